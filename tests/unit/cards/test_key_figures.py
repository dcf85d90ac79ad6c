"""Tests of the four figures: the same as everywhere else, each with a picture of it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from discovery import BASE, tables_now

from sejong_dash import words
from sejong_dash.cards import Card, day_sentence, key_figures, verdict
from sejong_dash.store import snapshots


def figures(**changes: object) -> pd.Series:
    table = key_figures.table(replace(BASE, **changes), tables_now())
    return table.drop_duplicates("figure").set_index("figure")["value"]


def cards(lang: str = "ko", **changes: object) -> list[Card]:
    table = key_figures.table(replace(BASE, lang=lang, **changes), tables_now())
    return key_figures.cards(table, words.of(str(key_figures.__file__), lang))


def test_the_four_figures_of_a_day() -> None:
    assert [card.value for card in cards()] == ["83,787명", "−9,897명", "137,096명", "25,318명"]
    assert [card.text for card in cards("en")] == [
        "55.9% of the goal",
        "2.0 days late",
        "80% interval 118,613–165,470",
        "recent level 21,210 (increase needed 19%)",
    ]
    assert [card.badge for card in cards("en")] == ["", "", "chance low (10–35%)", ""]


def test_they_are_those_of_the_other_exhibits() -> None:
    sentence, row = day_sentence.table(BASE, tables_now()).iloc[0], verdict.table(BASE, tables_now()).iloc[0]
    found = figures()
    for name in ("counted", "share_pct", "gap", "gap_days", "forecast", "low", "high"):
        assert found[name] == sentence[name], name
    assert (found["week"], found["week_alike"]) == (sentence["week_needed"], sentence["week_alike"])
    assert found["chance_pct"] == row["chance_pct"]


def test_each_has_its_picture() -> None:
    counted, gap, forecast, week = (card.picture for card in cards())
    assert counted.kind == "progress"
    assert counted.numbers == (83_787, 93_684, 150_000)
    assert gap.kind == "line"
    assert gap.numbers[-1] == -9_897
    assert len(gap.numbers) == 26  # of 27 days one was not counted
    assert (forecast.kind, forecast.numbers) == ("interval", (118_613, 137_096, 165_470, 150_000))
    assert (week.kind, week.numbers) == ("bars", (25_318, 21_210))


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_before_opening_it_is_the_plan(lang: str) -> None:
    shown = cards(lang, as_of=date(2026, 4, 1))
    assert len(shown) == 4
    assert shown[0].value == words.shared(lang).goal(150_000, "at_least")
    assert "counted" not in figures(as_of=date(2026, 4, 1))
    own = words.of(str(key_figures.__file__), lang)
    assert [card.title for card in shown][-1] == own("figure.all_days")  # 45 days are no days to closing, which are 53


def test_over_it_is_the_result() -> None:
    found = figures(as_of=date(2026, 6, 10))
    assert (found["gap_goal"], found["counted"]) == (-7_274, 142_726)
    assert {"forecast", "week", "gap", "chance_pct"}.isdisjoint(found.index)


def test_nothing_counted_is_not_zero() -> None:
    shown = cards("en", sample=False)
    assert [card.value for card in shown] == ["150,000 or more", "27 days", "18 days"]
    assert "counted" not in figures(sample=False)


def test_a_value_is_never_too_long_to_be_large() -> None:
    for lang in words.LANGUAGES:
        assert not any(card.is_wordy for card in cards(lang))


def test_a_plan_without_a_goal_shows_what_needs_none() -> None:
    shown = cards("en", plan="2024-07-24")
    assert [card.title for card in shown] == [
        "Visitors so far",
        "Forecast for closing",
        "Daily average, 7 recent days",
        "To closing",
    ]
    assert shown[0].value == "83,787"
    assert shown[1].badge == ""
    assert key_figures.table(replace(BASE, plan="2023-10-26"), tables_now()).empty


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_second_figure_is_the_comparison_that_is_chosen(lang: str) -> None:
    values, shown = figures(against="week"), cards(lang, against="week")
    assert values["gap_week"] == values["this_week"] - values["last_week"]
    own = words.of(str(key_figures.__file__), lang)
    assert shown[1].title == own("figure.gap_week")
    assert own("figure.gap") not in [card.title for card in shown]


def test_a_meeting_is_compared_with_what_is_known_now(data_copy: Path) -> None:
    version = snapshots.create()
    counts = data_copy / "sample" / "visitors.csv"
    counts.write_text(counts.read_text("utf-8") + "2026-05-06,13,other,321,2026-05-06,sample,sample\n", "utf-8")
    values = figures(against=version)
    assert values["gap_meeting"] == 321
    assert values["at_meeting"] == values["counted"] - 321
