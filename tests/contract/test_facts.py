"""The tables hold what the sources report: dates, amounts, and how far each is known.

The figures stand here a second time, each with its source, so that a slip in a table is found.
"""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sejong_dash.datasets import benchmarks, goals, milestones, places, plans, programme, sources
from sejong_dash.paths import PROJECT

TOUR, OVERVIEW = "daejeon-2023", "sejong-japan-2024"
BOTH = f"{TOUR};{OVERVIEW}"
GARDENS = {"shizuoka": "22", "nara": "29", "shiga": "25", "gifu": "21"}
EXPO_DAYS = ("2026-04-10", "2026-05-24", "day")

# project: fields, prefecture, first day, last day, precision, status, sources
PROGRAMME = {
    "shizuoka-governor": ("garden", "22", "2023-11-02", "2023-11-02", "day", "held", TOUR),
    "hamamatsu-flower-expo": ("garden", "22", "2024-01-01", "2024-12-31", "year", "held", f"{TOUR};at-s-1451910"),
    "shizuoka-know-how": ("garden", "22", "2023-11-01", None, "month", "planned", TOUR),
    "shizuoka-invitation": ("garden", "22", "2026-01-01", "2026-12-31", "year", "planned", TOUR),
    **{f"garden-{name}": ("garden", code, *EXPO_DAYS, "campaign_planned", OVERVIEW) for name, code in GARDENS.items()},
    "chiba-promise": ("digital;medical;garden", "12", "2023-10-30", "2023-10-30", "day", "promised", TOUR),
    "chiba-digital": ("digital", "12", "2024-01-01", "2024-12-31", "year", "in_progress", OVERVIEW),
    "qst-hospital": ("medical", "12", "2023-10-01", "2023-11-30", "month", "proposed", TOUR),
    "toshiba-power-systems": ("medical", None, "2023-11-01", "2023-11-30", "month", "promised", TOUR),
    "toshiba-ess": ("medical", None, "2024-01-01", "2024-12-31", "year", "in_progress", OVERVIEW),
    "heavy-ion-centre": ("medical", None, "2028-01-01", "2028-12-31", "year", "planned", BOTH),
    "nara-medical": ("medical", "29", "2023-01-01", "2024-12-31", "year", "in_progress", BOTH),
    "riken-quantum": ("quantum", "11", "2023-01-01", "2024-12-31", "year", "in_progress", BOTH),
    "quera-kaist": ("quantum", None, None, "2023-10-31", "month", "agreed", TOUR),
    "yamanashi-hydrogen": ("hydrogen", "19", "2023-01-01", "2024-12-31", "year", "in_progress", BOTH),
    "kyoto-smart-city": ("smart_city", "26", "2024-01-01", "2024-12-31", "year", "in_progress", OVERVIEW),
    "jetro-startup": ("startup", "13", "2024-01-01", "2024-12-31", "year", "agreed", OVERVIEW),
    "expo-2025-osaka": ("trade", "27", "2025-01-01", "2025-12-31", "year", "planned", OVERVIEW),
    "governors-meeting": ("city_brand", None, "2023-11-01", "2023-11-30", "month", "held", TOUR),
    "japan-government": ("city_brand", "13", "2023-11-02", "2023-11-02", "day", "held", TOUR),
    "japan-tour": ("all", None, "2023-10-30", "2023-11-03", "day", "held", TOUR),
    "press-conference": ("all", None, "2023-11-06", "2023-11-06", "day", "held", TOUR),
}

# milestone: project, first day, last day, precision, source
MILESTONES = {
    "venue-first-phase": (None, "2020-11-04", "2020-11-04", "day", "sjsori-46379"),
    "quera-kaist-agreement": ("quera-kaist", None, "2023-10-31", "month", TOUR),
    "qst-hospital-offer": ("qst-hospital", "2023-10-01", "2023-11-30", "month", TOUR),
    "japan-tour-days": ("japan-tour", "2023-10-30", "2023-11-03", "day", TOUR),
    "chiba-governor-promise": ("chiba-promise", "2023-10-30", "2023-10-30", "day", TOUR),
    "toshiba-power-systems-promise": ("toshiba-power-systems", "2023-11-01", "2023-11-30", "month", TOUR),
    "nara-medical-proposal": ("nara-medical", "2023-11-01", "2023-11-30", "month", TOUR),
    "riken-quantum-2023": ("riken-quantum", "2023-11-01", "2023-11-30", "month", TOUR),
    "yamanashi-smart-city": ("yamanashi-hydrogen", "2023-11-01", "2023-11-30", "month", TOUR),
    "shizuoka-garden-team": ("shizuoka-know-how", "2023-11-01", None, "month", TOUR),
    "shizuoka-governor-meeting": ("shizuoka-governor", "2023-11-02", "2023-11-02", "day", TOUR),
    "governors-meeting-end": ("governors-meeting", "2023-11-02", "2023-11-02", "day", TOUR),
    "japan-government-meeting": ("japan-government", "2023-11-02", "2023-11-02", "day", TOUR),
    "press-conference-day": ("press-conference", "2023-11-06", "2023-11-06", "day", TOUR),
    "hamanako-flower-expo": ("hamamatsu-flower-expo", "2024-01-01", "2024-12-31", "year", f"{TOUR};at-s-1451910"),
    "chiba-digital-2024": ("chiba-digital", "2024-01-01", "2024-12-31", "year", OVERVIEW),
    "toshiba-ess-2024": ("toshiba-ess", "2024-01-01", "2024-12-31", "year", OVERVIEW),
    "nara-medical-2024": ("nara-medical", "2024-01-01", "2024-12-31", "year", OVERVIEW),
    "riken-quantum-2024": ("riken-quantum", "2024-01-01", "2024-12-31", "year", OVERVIEW),
    "yamanashi-hydrogen-2024": ("yamanashi-hydrogen", "2024-01-01", "2024-12-31", "year", OVERVIEW),
    "kyoto-smart-city-2024": ("kyoto-smart-city", "2024-01-01", "2024-12-31", "year", OVERVIEW),
    "jetro-startup-2024": ("jetro-startup", "2024-01-01", "2024-12-31", "year", OVERVIEW),
    "expo-2025-osaka-firms": ("expo-2025-osaka", "2025-01-01", "2025-12-31", "year", OVERVIEW),
    "shizuoka-governor-invited": ("shizuoka-invitation", "2026-01-01", "2026-12-31", "year", TOUR),
    **{f"garden-{name}-expo-days": (f"garden-{name}", *EXPO_DAYS, OVERVIEW) for name in GARDENS},
    "heavy-ion-centre-opening": ("heavy-ion-centre", "2028-01-01", "2028-12-31", "year", BOTH),
}

# plan: decided on, precision, opens, closes, precision, state, sources
PLANS = {
    "reports-2024": ("2024-01-01", "year", *EXPO_DAYS, "planned", OVERVIEW),
    "2022-10-17": ("2022-10-17", "day", "2025-04-11", "2025-05-25", "day", "announced", "ccnnews-272718;tf-2034368"),
    "2023-10-26": ("2023-10-26", "day", "2026-03-01", "2026-05-31", "season", "postponed", "hankyung-202310267675y"),
    "2024-03-28": ("2024-03-28", "day", *EXPO_DAYS, "planned", "seoul-20240328500040"),
    "2024-07-24": ("2024-07-24", "day", *EXPO_DAYS, "approved", "dtnews24-775942"),
    "2024-10-31": ("2024-10-31", "day", "2026-09-01", "2026-11-30", "season", "moved", "daum-20241031151512455"),
    "2024-12-11": ("2024-12-11", "day", None, None, None, "cancelled", "segye-20241211516190"),
}

GOALS = {
    ("reports-2024", "japan"): (150_000, "at_least", OVERVIEW),
    ("2022-10-17", "all"): (1_800_000, None, "ccnnews-272718;tf-2034368"),
    ("2022-10-17", "abroad"): (180_000, None, "ccnnews-272718;tf-2034368"),
    ("2024-03-28", "all"): (1_800_000, None, "seoul-20240328500040"),
    ("2024-03-28", "abroad"): (180_000, None, "seoul-20240328500040"),
}

BENCHMARKS = {
    "arrivals-japan-2019-04": ("2019-04", 290_092, "kto"),
    "arrivals-japan-2019-05": ("2019-05", 286_273, "kto"),
    "arrivals-japan-2024-04": ("2024-04", 229_252, "kto"),
    "arrivals-japan-2025-04": ("2025-04", 257_903, "kto"),
    "arrivals-japan-2025-05": ("2025-05", 291_626, "kto"),
    "arrivals-japan-2019": ("2019", 3_271_706, "kto"),
    "arrivals-japan-2024": ("2024", 3_224_079, "kto"),
    "arrivals-japan-2025": ("2025", 3_653_137, "kto"),
    "goal-share-arrivals-2025": ("2026-04-10/2026-05-24", 37, f"kto;{OVERVIEW}"),
    "goal-share-arrivals-2019": ("2026-04-10/2026-05-24", 35, f"kto;{OVERVIEW}"),
    "goal-share-abroad": ("2026-04-10/2026-05-24", 83, f"seoul-20240328500040;{OVERVIEW}"),
    "yeosu-2012-visitors": ("2012", 8_203_956, "yeosu-2012-organiser"),
    "yeosu-2012-days": ("2012", 93, "yeosu-2012-organiser"),
    "yeosu-2012-japan": ("2012", 91_000, "yeosu-2012-organiser"),
    "suncheon-2013-japan": ("2013", 14_000, "suncheon-2013-organiser"),
    "hamanako-2024-visitors": ("2024", 1_006_586, "at-s-1451910"),
    "hamanako-2024-goal": ("2024", 950_000, "at-s-1451910"),
    "hamanako-2024-days": ("2024", 86, "at-s-1451910"),
}

# source: title, published on, precision, address
SOURCES = {
    TOUR: ("일본 방문한 세종시 '중입자·양자·정원 국제교류 물꼬'", "2023-11-06", "day", None),
    OVERVIEW: ("일본 교류협력에 성과내는 세종", "2024-01-01", "year", None),
    "ccnnews-272718": (None, None, None, "ccnnews.co.kr idxno=272718"),
    "tf-2034368": (None, None, None, "m.tf.co.kr/amp/national/2034368.htm"),
    "hankyung-202310267675y": (None, None, None, "hankyung.com/article/202310267675Y"),
    "seoul-20240328500040": (None, None, None, "go.seoul.co.kr id=20240328500040"),
    "dtnews24-775942": (None, None, None, "dtnews24.com idxno=775942"),
    "daum-20241031151512455": (None, None, None, "v.daum.net/v/20241031151512455"),
    "segye-20241211516190": (None, None, None, "m.segye.com/ampView/20241211516190"),
    "hankyung-201912236758y": (None, None, None, "hankyung.com/article/201912236758Y"),
    "sjsori-46379": (None, None, None, "sjsori.com/news/articleView.html?idxno=46379"),
    "at-s-1451910": (None, None, None, "at-s.com/news/article/shizuoka/1451910.html"),
    "kto": (None, None, None, None),
    "yeosu-2012-organiser": (None, None, None, None),
    "suncheon-2013-organiser": (None, None, None, None),
}
TABLES = sorted((PROJECT / "data").glob("*.csv"))


def plain(table: pd.DataFrame, key: str | list[str], columns: list[str]) -> dict[Any, tuple[Any, ...]]:
    """The columns of each row as text, numbers or None, by key."""
    rows = zip(table.set_index(key).index, *(table[name].tolist() for name in columns), strict=True)
    return {name: tuple(map(_plain, cells)) for name, *cells in rows}


def _plain(cell: Any) -> Any:
    return None if pd.isna(cell) else str(cell.date()) if isinstance(cell, pd.Timestamp) else cell


def test_the_programme_is_what_was_reported() -> None:
    columns = ["field", "jis_code", "starts_on", "ends_on", "precision", "status", "source_id"]
    assert plain(programme.load(), "project_id", columns) == PROGRAMME
    assert set(programme.load()["basis"]) == {"reported"}


def test_the_only_amount_is_an_estimate_of_the_centre() -> None:
    stated = programme.load().dropna(subset="amount_krw")
    assert stated[["project_id", "amount_krw", "amount_kind"]].values.tolist() == [
        ["heavy-ion-centre", 500_000_000_000, "estimate"]
    ]


def test_seats_that_no_report_names_are_general_knowledge() -> None:
    seats = programme.load().set_index("project_id")["place_basis"]
    assert set(seats.index[seats == "general"]) == {"riken-quantum", "jetro-startup", "japan-government"}


def test_the_milestones_are_what_was_reported() -> None:
    table = milestones.load()
    columns = ["project_id", "starts_on", "ends_on", "precision", "source_id"]
    assert plain(table[table["basis"] == "reported"], "milestone_id", columns) == MILESTONES
    days_off = table[table["basis"] == "general"].set_index("milestone_id")
    assert [str(day.date()) for day in days_off["starts_on"]] == ["2026-04-29", "2026-05-05", "2026-05-24"]
    assert str(days_off.loc["golden-week-2026", "ends_on"].date()) == "2026-05-06"


def test_the_plan_and_its_history_are_what_was_reported() -> None:
    columns = ["decided_on", "decided_precision", "opens_on", "closes_on", "dates_precision", "state", "source_id"]
    assert plain(plans.load(), "plan_id", columns) == PLANS
    assert set(plans.load()["basis"]) == {"reported"}
    assert plans.load()["plan_id"].iloc[0] == "reports-2024"  # which the dashboard follows unless another is chosen


def test_the_goals_are_what_was_reported() -> None:
    table = goals.load()
    stated = plain(table[table["basis"] == "reported"], ["plan_id", "scope"], ["visitors", "bound", "source_id"])
    assert stated == GOALS


def test_the_benchmarks_are_what_was_reported() -> None:
    table = benchmarks.load()
    stated = plain(table[table["basis"] == "reported"], "benchmark_id", ["period", "value", "source_id"])
    assert stated == BENCHMARKS


def test_the_venue_is_what_was_reported() -> None:
    park = places.load().set_index("place_id").loc["sejong-central-park"]
    assert (park["area_m2"], park["first_phase_m2"]) == (1_409_307, 520_000)
    assert str(park["first_phase_opened_on"].date()) == "2020-11-04"
    assert (park["lat"], park["lon"], park["coordinates"]) == (36.495, 127.28, "approximate")
    assert (park["basis"], park["source_id"]) == ("reported", "hankyung-201912236758y;sjsori-46379")
    assert [park["name_ko"], park["name_ja"], park["name_en"]] == ["세종중앙공원", "世宗中央公園", "Sejong Central Park"]


def test_the_sources_are_those_of_the_reports() -> None:
    known = plain(sources.load(), "source_id", ["title", "published_on", "precision", "address"])
    assert {name: known.get(name) for name in SOURCES} == SOURCES


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_what_is_reported_has_a_source_that_is_listed(path: Path) -> None:
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    if "basis" in rows:
        named = rows.loc[rows["basis"] == "reported", "source_id"].str.split(";")
        assert named.map(lambda ids: all(ids) and bool(ids)).all()
        assert set(named.explode().dropna()) <= set(sources.load()["source_id"])
