"""Is the sentence of the day true, and does it hold back where the counts are stale?"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import discovery
import pytest
from discovery import BASE

from sejong_dash import words
from sejong_dash.cards import crossings, day_sentence, pace_figures, what_it_takes
from sejong_dash.charts import catch_up, goal_bar, prefecture_visitors, visitor_progress
from sejong_dash.choices import WhatIf


def said(lang: str = "en", **changes: object) -> str:
    choices = replace(BASE, lang=lang, **changes)
    return day_sentence.message(day_sentence.table(choices), words.of(str(day_sentence.__file__), lang))


def test_behind_on_a_day_of_the_expo() -> None:
    row = day_sentence.table(BASE).iloc[0]
    assert row["state"] == "running"
    assert row["gap"] == goal_bar.table(BASE)["gap"].iloc[0] < 0
    assert row["low"] <= row["forecast"] <= row["high"]
    assert row["forecast"] == visitor_progress.table(BASE)["forecast"].iloc[-1]
    assert said().startswith("9,897 behind the plan. 83,787 have come (55.9% of the goal), 2.0 days behind the plan curve.")


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_stale_counts_get_no_verdict(lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = "date,jis_code,channel,visitors,recorded_on,basis,source_id\n2026-04-10,13,group,900,,reported,sejong-japan-2024\n"
    for file in discovery.DATA.rglob("*.*"):
        copy_ = tmp_path / file.relative_to(discovery.DATA)
        copy_.parent.mkdir(parents=True, exist_ok=True)
        copy_.write_bytes(file.read_bytes())
    (tmp_path / "visitors.csv").write_text(counts, encoding="utf-8")
    monkeypatch.setenv("SEJONG_DATA", str(tmp_path))
    fresh = day_sentence.table(replace(BASE, sample=False, as_of=date(2026, 4, 11))).iloc[0]
    assert fresh["state"] == "running"
    stale = day_sentence.table(replace(BASE, sample=False, as_of=date(2026, 4, 12)))
    assert stale["state"].iloc[0] == "stale"
    told = day_sentence.message(stale, words.of(str(day_sentence.__file__), lang))
    assert "2" in told
    assert "900" in told
    assert "150" not in told  # neither goal nor forecast: nothing that could be taken for a verdict


def test_before_and_after() -> None:
    assert said(as_of=date(2026, 4, 1)).startswith("Nothing counted yet.")
    over = day_sentence.table(replace(BASE, as_of=date(2026, 6, 10))).iloc[0]
    assert over["state"] == "over"
    assert said(as_of=date(2026, 6, 10)).startswith(f"Ended {over['goal'] - over['counted']:,} short of the goal.")


def test_the_week_adds_up() -> None:
    row = day_sentence.table(BASE).iloc[0]
    figures = pace_figures.table(BASE).set_index("figure")["value"]
    assert row["week_days"] == 7
    assert 0 < row["week_needed"] < row["goal"] - row["counted"]
    assert row["week_past"] == round(figures["recent"] * 7)


def test_the_place_that_lacks_most_is_the_first_of_the_chart() -> None:
    row, chart = day_sentence.table(BASE).iloc[0], prefecture_visitors.table(BASE).iloc[0]
    assert (row["place"], row["place_gap"]) == (chart["name"], chart["gap"])
    assert row["place_gap"] < 0


def test_marks_and_the_lag_are_told() -> None:
    table = crossings.table(BASE)
    assert list(table["event"]) == ["behind", "passed", "passed", "passed"]
    assert list(table["mark_pct"].dropna()) == [50, 25, 10]


def test_the_planner_s_cards_and_chart_say_the_same() -> None:
    choices = replace(BASE, what_if=WhatIf(campaign_pct=30, campaign_place="40", capacity=4000))
    figures = what_it_takes.table(choices).set_index("figure")["value"]
    chart = catch_up.table(choices)
    end = chart.iloc[-1]
    assert figures["scenario"] == pytest.approx(end["scenario_cumulative"], abs=0.02)
    assert figures["forecast"] == pytest.approx(end["forecast_cumulative"], abs=0.02)
    assert chart["scenario"].max() <= 4000
    assert figures["with_measures"] == pytest.approx(chart["scenario"].mean(), abs=0.02)
    plain = what_it_takes.table(BASE).set_index("figure")["value"]
    grown = (chart["forecast"] * (1 + plain["uplift"] / 100)).sum()
    assert grown == pytest.approx(150_000 - 83_787, abs=5)  # the uplift that is told does reach the goal
