"""Tests of the bar of the goal: the basis of its counts, and what it says once the expo is over."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from discovery import BASE, tables_now

from sejong_dash import words
from sejong_dash.charts import goal_bar


def test_counts_leave_their_basis_where_the_plan_asks_for_nobody_yet(data_copy: Path) -> None:
    goals = data_copy / "goals.csv"
    goals.write_text(goals.read_text("utf-8").replace("japan,,150000", "japan,,10"), "utf-8")
    table = goal_bar.table(replace(BASE, as_of=date(2026, 4, 10)), tables_now())
    assert table["goal"].iloc[0] == 10
    assert table["due"].iloc[0] == 0
    assert table["visitors"].iloc[0] > 0
    assert set(table["basis"]) == {"sample"}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_after_closing_nothing_is_left_or_due_by_now(lang: str) -> None:
    own = words.of(goal_bar.__file__, lang)
    table = goal_bar.table(replace(BASE, lang=lang, as_of=date(2026, 6, 10)), tables_now())
    fields = {"goal": own.goal(150_000, "at_least"), "done": "142,726", "share": "95.2%", "left": "7,274"}
    assert goal_bar.message(table, own).startswith(own("message_over_short", **fields))
    figure = goal_bar.draw(table, own)
    assert figure.data[1].name == own("name.short")
    assert figure.layout.annotations[0].text.startswith(own("due_over", value="", share="").split(" ")[0])
    reached = table.assign(visitors=[150_001, 0])
    assert own("message_over_reached", goal=fields["goal"], done="150,001", share="95.2%") in goal_bar.message(reached, own)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_goal_of_a_prefecture_is_said_to_be_an_assumption(lang: str) -> None:
    own, shared = words.of(goal_bar.__file__, lang), words.shared(lang)
    table = goal_bar.table(replace(BASE, lang=lang, prefecture="13"), tables_now())
    japan = goal_bar.table(replace(BASE, lang=lang), tables_now())
    note = {"ko": "가정", "ja": "仮定", "en": "assumption"}[lang]
    for days_left in (18, 0):
        for change in ({}, {"visitors": [150_001, 0]}, {"visitors": pd.array([pd.NA, pd.NA], "Int64"), "lacking": ""}):
            said = goal_bar.message(table.assign(days_left=days_left, **change), own)
            assert note in said
            assert shared.goal(table["goal"].iloc[0]) in said
            assert note not in goal_bar.message(japan.assign(days_left=days_left, **change), own)
