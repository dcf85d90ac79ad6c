"""Tests of what each day left must bring: it sums to what the goal lacks, also at the edges of a season."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from discovery import tables_now

from sejong_dash import words
from sejong_dash.charts import required_rate as chart
from sejong_dash.choices import Choices
from sejong_dash.datasets import reference_seasons
from sejong_dash.measures.season.outlook import outlook, reached_on
from sejong_dash.measures.season.season import Season, season_of

BASE = Choices("ko", "reports-2024", date(2026, 5, 6), sample=True)
LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)
AS_OF = [
    date(2026, 4, 1),
    date(2026, 4, 10),
    date(2026, 4, 22),
    date(2026, 5, 6),
    date(2026, 5, 23),
    date(2026, 5, 24),
    date(2026, 7, 1),
]


def said(lang: str) -> words.Words:
    return words.of(chart.__file__, lang)


def season_at(choices: Choices) -> Season:
    return season_of(tables_now(), choices)


def told(choices: Choices) -> str:
    return chart.message(chart.table(choices, tables_now()), said(choices.lang))


def write(folder: Path, rows: list[str], goal: str = "japan,,150000") -> None:
    header = "date,jis_code,channel,visitors,recorded_on,basis,source_id"
    (folder / "visitors.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    head = "plan_id,scope,jis_code,visitors,basis,source_id"
    (folder / "goals.csv").write_text(f"{head}\nreports-2024,{goal},reported,sejong-japan-2024\n", encoding="utf-8")


@pytest.mark.parametrize("prefecture", [None, "29", "02"])
@pytest.mark.parametrize("as_of", AS_OF, ids=str)
def test_what_is_needed_sums_to_what_the_goal_lacks(as_of: date, prefecture: str | None) -> None:
    table = chart.table(replace(BASE, as_of=as_of, prefecture=prefecture), tables_now())
    left = table["part"] == "left"
    assert left.equals(table["date"] > pd.Timestamp(as_of))
    lacks = max(int(table["goal"].iloc[0]) - int(table["visitors"].sum()), 0)
    assert int(table["needed"].sum()) == (lacks if left.any() else 0)
    assert table.loc[~left, ["needed", "at_recent_level"]].isna().all(axis=None)
    assert table.loc[table["part"] != "counted", "visitors"].isna().all()
    quota = lacks * table.loc[left, "weight"] / table.loc[left, "weight"].sum()
    assert ((table.loc[left, "needed"] - quota).abs() < 1).all()


@pytest.mark.parametrize("prefecture", [None, "29"])
@pytest.mark.parametrize("as_of", AS_OF[:5], ids=str)
def test_the_message_says_what_pace_says(as_of: date, prefecture: str | None) -> None:
    choices = replace(BASE, as_of=as_of, prefecture=prefecture)
    now = season_at(choices)
    rate, stands, seen = (
        chart._rate(chart.table(choices, tables_now()), said("ko")),
        now.pace,
        outlook(now, reference_seasons.load()),
    )
    assert (rate.counted, rate.days_left, rate.days_missing) == (stands.counted, stands.days_left, stands.days_missing)
    assert rate.needed == stands.needed
    assert rate.recent == (None if stands.recent is None else pytest.approx(stands.recent))
    assert rate.recent_alike == (None if stands.alike is None else pytest.approx(stands.alike))
    assert rate.at_close == (seen.total if seen.is_known else None)
    assert rate.reached_on == reached_on(now, seen)


def test_the_recent_level_is_that_of_the_last_seven_days_for_days_of_another_kind() -> None:
    table = chart.table(BASE, tables_now())
    lately = table[(table["date"] > "2026-04-29") & table["visitors"].notna()]
    level = lately["visitors"].sum() / lately["weight"].sum()
    left = table[table["part"] == "left"]
    pd.testing.assert_series_equal(left["at_recent_level"], left["weight"] * level, check_names=False)
    assert left["cumulative"].tolist() == outlook(season_at(BASE), reference_seasons.load()).cumulative["visitors"].tolist()


def test_fourteen_counted_days_and_all_that_are_left_are_drawn() -> None:
    table, own = chart.table(BASE, tables_now()), said("ko")
    bars = {trace.name: trace for trace in chart.draw(table, own).data}
    assert len(bars[own("counted")].x) == 14
    assert len(bars[own("needed")].x) == len(bars[own("at_recent_level")].x) == 18
    assert bars[own("needed")].marker.color != bars[own("counted")].marker.color
    assert own("missing") not in bars  # 22 April is before them
    table = chart.table(replace(BASE, as_of=date(2026, 4, 25)), tables_now())
    early = {trace.name: trace for trace in chart.draw(table, own).data}
    assert [str(day)[:10] for day in early[own("missing")].x] == ["2026-04-22"]


@LANGS
def test_in_the_season_all_figures_are_said(lang: str) -> None:
    own, sentence = said(lang), told(replace(BASE, lang=lang))
    for part in ("3,679", "5,166", "3,082", "19%", "12,904", own.date(date(2026, 5, 24))):
        assert part in sentence


@LANGS
def test_the_day_on_which_the_goal_falls_is_said(lang: str, data_copy: Path) -> None:
    write(data_copy, [f"2026-04-{day},,,100,,reported," for day in range(10, 17)], "japan,,900")
    choices = Choices(lang, BASE.plan, date(2026, 4, 16), sample=False)
    now = season_at(choices)
    day = reached_on(now, outlook(now, reference_seasons.load()))
    assert day is not None
    assert pd.Timestamp("2026-04-16") < day < pd.Timestamp("2026-04-20")  # 700 in seven days: 200 more take two or three
    assert said(lang)("falls", date=said(lang).date(day)) in told(choices)


@LANGS
def test_a_goal_that_is_reached_asks_for_nothing(lang: str, data_copy: Path) -> None:
    write(data_copy, ["2026-04-10,,,90,,reported,", "2026-04-11,,,20,,reported,"], "japan,,100")
    choices = Choices(lang, BASE.plan, date(2026, 4, 12), sample=False)
    table, own = chart.table(choices, tables_now()), said(lang)
    assert set(table.loc[table["part"] == "left", "needed"]) == {0}
    reached = own("reached", goal=own.goal(100), date=own.date(date(2026, 4, 11)), counted="110")
    assert chart.message(table, own).startswith(reached)
    assert own("needed") not in [trace.name for trace in chart.draw(table, own).data]


@LANGS
@pytest.mark.parametrize(
    ("visitors_", "key"), [(140, "closed_reached"), (100, "closed_reached"), (99, "closed_missed"), (0, "closed_missed")]
)
def test_after_closing_the_result_is_said(lang: str, visitors_: int, key: str, data_copy: Path) -> None:
    rows = [f"{day:%Y-%m-%d},,,0,,reported," for day in pd.date_range("2026-04-10", "2026-05-23") if day.day != 20]
    write(data_copy, [*rows, f"2026-05-24,,,{visitors_},,reported,"], "japan,,100")
    own, choices = said(lang), Choices(lang, BASE.plan, date(2026, 6, 30), sample=False)
    table = chart.table(choices, tables_now())
    assert table["needed"].isna().all()
    share = own.percent(visitors_ / 100)
    expected = own(key, counted=str(visitors_), goal=own.goal(100), gap=str(abs(visitors_ - 100)), share=share)
    assert chart.message(table, own) == own.sentences([expected, own("lacking.missing", days="2")])
    chart.draw(table, own)


@LANGS
@pytest.mark.parametrize(
    ("as_of", "rows", "key"),
    [
        (date(2026, 4, 1), [], "before"),
        (date(2026, 4, 20), [], "uncounted"),
        (date(2026, 7, 1), [], "closed_uncounted"),
        (date(2026, 5, 20), [f"{day:%Y-%m-%d},,,12,,reported," for day in pd.date_range("2026-04-10", "2026-05-13")], "stale"),
        (date(2026, 4, 12), [f"2026-04-{day},,,0,,reported," for day in (10, 11, 12)], "nobody"),
    ],
)
def test_a_season_that_says_little_is_told_as_such(lang: str, as_of: date, rows: list[str], key: str, data_copy: Path) -> None:
    write(data_copy, rows)
    own, table = said(lang), chart.table(Choices(lang, BASE.plan, as_of, sample=False), tables_now())
    sentence = chart.message(table, own)
    assert not any(bad in sentence for bad in ("nan", "inf", "NaT", "None"))
    assert own(key).split("{")[0] in sentence
    chart.draw(table, own)


@pytest.mark.parametrize("goal", ["japan,,0", "all,,10"])
def test_without_a_goal_nothing_is_needed(goal: str, data_copy: Path) -> None:
    write(data_copy, ["2026-04-11,,,12,,reported,"], goal)
    assert chart.table(replace(BASE, sample=False), tables_now()).empty


def test_a_plan_without_days_has_no_rows() -> None:
    assert chart.table(replace(BASE, plan="2024-12-11"), tables_now()).empty
