"""Tests of what is to be done: days whose counts are wanted come first, nothing is listed that is done."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from discovery import BASE, tables_now

from sejong_dash import words
from sejong_dash.cards import Card, to_do


def cards(**changes: object) -> list[Card]:
    choices = replace(BASE, **{"lang": "en", **changes})
    return to_do.cards(to_do.table(choices, tables_now()), words.of(str(to_do.__file__), choices.lang))


def test_a_day_that_was_not_counted_leads_to_the_desk() -> None:
    assert [card.title for card in cards()] == [
        "Enter 22 Apr: not counted",
        "In 18 days: Buddha's Birthday in Korea (24 May)",
        "18 days to closing (24 May)",
    ]
    assert [card.link for card in cards()] == ["data?", "", ""]


def test_a_day_counted_in_part_is_to_be_completed(data_copy: Path) -> None:
    file = data_copy / "sample" / "visitors.csv"
    rows = pd.read_csv(file, dtype="str", keep_default_na=False)
    rows[(rows["date"] != "2026-05-04") | rows["jis_code"].isin(["13", "27", "23"])].to_csv(file, index=False, encoding="utf-8")
    shown = cards()
    assert [card.title for card in shown][:2] == ["Enter 22 Apr: not counted", "Complete 4 May: counted in part"]
    assert len(shown) == 4


def test_counted_days_are_said_to_be_complete() -> None:
    assert cards(as_of=date(2026, 4, 21))[0].title == "Counted days so far: all 12"


def test_before_opening_and_after_closing() -> None:
    assert [card.title for card in cards(as_of=date(2026, 4, 1))] == [
        "In 28 days: Golden Week in Japan (29 Apr)",
        "9 days to opening (10 Apr)",
    ]
    assert [card.title for card in cards(as_of=date(2026, 6, 10))] == ["Enter 22 Apr: not counted"]


@pytest.mark.parametrize("day", pd.date_range("2026-04-05", "2026-05-30", freq="5D"))
def test_there_are_at_most_four_lines(day: pd.Timestamp) -> None:
    assert len(cards(as_of=day.date())) <= 4
    assert len(cards(as_of=day.date(), sample=False)) <= 4


def test_days_without_a_count_name_the_source_of_the_counts() -> None:
    row = to_do.table(BASE, tables_now()).iloc[0]
    assert (row["event"], row["basis"]) == ("missing", "sample")
    assert row["source_id"].startswith("sample;")


def test_a_plan_without_dates_has_nothing_to_list() -> None:
    assert to_do.table(replace(BASE, plan="2023-10-26"), tables_now()).empty
