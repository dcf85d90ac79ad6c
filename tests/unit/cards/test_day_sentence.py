"""Tests of the sentence of the day: it is true, and holds back where counts are stale or missing."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from discovery import BASE, tables_now

from sejong_dash import words
from sejong_dash.cards import crossings, day_sentence, pace_figures, what_it_takes
from sejong_dash.charts import catch_up, goal_bar, prefecture_visitors, required_rate, visitor_progress
from sejong_dash.choices import WhatIf


def said(lang: str = "en", **changes: object) -> str:
    choices = replace(BASE, lang=lang, **changes)
    return day_sentence.message(day_sentence.table(choices, tables_now()), words.of(str(day_sentence.__file__), lang))


def test_behind_on_a_day_of_the_expo() -> None:
    row = day_sentence.table(BASE, tables_now()).iloc[0]
    assert row["state"] == "running"
    assert row["gap"] == goal_bar.table(BASE, tables_now())["gap"].iloc[0] < 0
    assert row["low"] <= row["forecast"] <= row["high"]
    assert row["forecast"] == visitor_progress.table(BASE, tables_now())["forecast"].iloc[-1]
    assert said().startswith("9,897 behind the plan. Counted so far: 83,787 (55.9% of the goal), 2.0 days behind the plan curve.")


@pytest.mark.dear
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_stale_counts_get_no_verdict(lang: str, data_copy: Path) -> None:
    counts = "date,jis_code,channel,visitors,recorded_on,basis,source_id\n2026-04-10,13,group,900,,reported,sejong-japan-2024\n"
    (data_copy / "visitors.csv").write_text(counts, encoding="utf-8")
    fresh = day_sentence.table(replace(BASE, sample=False, as_of=date(2026, 4, 11)), tables_now()).iloc[0]
    assert fresh["state"] == "running"
    stale = day_sentence.table(replace(BASE, sample=False, as_of=date(2026, 4, 12)), tables_now())
    assert stale["state"].iloc[0] == "stale"
    told = day_sentence.message(stale, words.of(str(day_sentence.__file__), lang))
    assert "2" in told
    assert "900" in told
    assert "150" not in told  # neither goal nor forecast: nothing that could be taken for a verdict


def test_before_and_after() -> None:
    assert said(as_of=date(2026, 4, 1)).startswith("Not open yet.")
    over = day_sentence.table(replace(BASE, as_of=date(2026, 6, 10)), tables_now()).iloc[0]
    assert over["state"] == "over"
    assert said(as_of=date(2026, 6, 10)).startswith(f"Ended {over['goal'] - over['counted']:,} short of the goal.")


def test_the_week_adds_up() -> None:
    row = day_sentence.table(BASE, tables_now()).iloc[0]
    figures = pace_figures.table(BASE, tables_now()).set_index("figure")["value"]
    assert row["week_days"] == 7
    assert 0 < row["week_needed"] < row["goal"] - row["counted"]
    # the last seven days were Golden Week: what they brought is set against days of the kinds that are left
    assert (row["week_needed"], row["week_alike"]) == (25_318, 21_210)
    assert row["week_alike"] < round(figures["recent"] * 7) == 36_165
    assert "36,165" not in said()
    assert "At the level of the last 7 days: 21,210; increase needed: 19%" in said()


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_three_days_after_the_opening_are_called_three_days(lang: str) -> None:
    own = words.of(str(day_sentence.__file__), lang)
    assert own.recently(3, 3) in said(lang, as_of=date(2026, 4, 12))
    assert own.recently(6, 7) in said(lang, as_of=date(2026, 4, 25))  # 22 April was not counted


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize(("as_of", "state"), [(date(2026, 5, 6), "uncounted"), (date(2026, 6, 10), "uncounted")])
def test_without_any_count_nothing_is_zero(lang: str, as_of: date, state: str) -> None:
    table = day_sentence.table(replace(BASE, sample=False, as_of=as_of), tables_now())
    assert table["state"].iloc[0] == state
    assert table[["counted", "gap", "gap_goal", "week_needed", "forecast"]].isna().all(axis=None)
    told = said(lang, sample=False, as_of=as_of)
    assert not re.search(r"(?<![\d,])0(?![\d,.])", told), told


@pytest.mark.dear
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_five_days_of_thirty_one_get_no_verdict_and_a_word_on_what_to_bring(lang: str, data_copy: Path) -> None:
    rows = [f"2026-04-{day},13,group,360,,reported,sejong-japan-2024" for day in range(10, 15)]
    head = "date,jis_code,channel,visitors,recorded_on,basis,source_id"
    (data_copy / "visitors.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    choices = replace(BASE, sample=False, as_of=date(2026, 5, 10), lang=lang)
    table, own = day_sentence.table(choices, tables_now()), words.of(str(day_sentence.__file__), lang)
    told = day_sentence.message(table, own)
    assert table["state"].iloc[0] == "withheld"
    assert "1,800" in told
    assert own.day_spans(pd.date_range("2026-04-15", "2026-05-10")) in told
    for chart in (goal_bar, visitor_progress, pace_figures, required_rate):
        words_of = words.of(str(chart.__file__), lang)
        text = chart.message(chart.table(choices, tables_now()), words_of)
        assert (
            own("lacking.withheld", gone="31", lacking="26", dates=own.day_spans(pd.date_range("2026-04-15", "2026-05-10")))
            in text
        )
    assert what_it_takes.table(choices, tables_now()).empty
    assert catch_up.table(choices, tables_now()).empty
    assert visitor_progress.table(choices, tables_now())["forecast"].isna().all()
    assert goal_bar.table(choices, tables_now())["visitors"].tolist() == [1800, pd.NA]


def test_the_place_that_lacks_most_is_the_first_of_the_chart() -> None:
    row, chart = day_sentence.table(BASE, tables_now()).iloc[0], prefecture_visitors.table(BASE, tables_now()).iloc[0]
    assert (row["place"], row["place_gap"]) == (chart["name"], chart["gap"])
    assert row["place_gap"] < 0


def test_marks_and_the_lag_are_told() -> None:
    table = crossings.table(BASE, tables_now())
    assert list(table["event"]) == ["behind", "passed", "passed", "passed"]
    assert list(table["mark_pct"].dropna()) == [50, 25, 10]


def test_the_planner_s_cards_and_chart_say_the_same() -> None:
    choices = replace(BASE, what_if=WhatIf(campaign_pct=30, campaign_place="40", capacity=4000))
    figures = what_it_takes.table(choices, tables_now()).set_index("figure")["value"]
    chart = catch_up.table(choices, tables_now())
    end = chart.iloc[-1]
    assert figures["scenario"] == pytest.approx(end["scenario_cumulative"], abs=0.02)
    assert figures["forecast"] == pytest.approx(end["forecast_cumulative"], abs=0.02)
    assert chart["scenario"].max() <= 4000
    assert figures["with_measures"] == pytest.approx(chart["scenario"].mean(), abs=0.02)
    plain = what_it_takes.table(BASE, tables_now()).set_index("figure")["value"]
    grown = (chart["forecast"] * (1 + plain["uplift"] / 100)).sum()
    assert grown == pytest.approx(150_000 - 83_787, abs=5)  # the uplift that is told does reach the goal
