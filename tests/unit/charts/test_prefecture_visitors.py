"""Tests that the gap of each prefecture follows from its part of the goal and the plan curve, and that all stand in order."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from discovery import tables_now

from sejong_dash import words
from sejong_dash.charts import prefecture_visitors as chart
from sejong_dash.choices import Choices
from sejong_dash.measures.season.pace import pace
from sejong_dash.measures.season.season import season_of

BASE = Choices("ko", "reports-2024", date(2026, 5, 6), sample=True)
LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)


def said(table: pd.DataFrame, lang: str = "ko") -> str:
    return chart.message(table, words.of(chart.__file__, lang))


def japan(choices: Choices):
    now = season_of(tables_now(), choices)
    return pace(now.by_day, now.curve, now.weights, choices.as_of)


@pytest.mark.parametrize("as_of", [date(2026, 4, 10), date(2026, 4, 22), date(2026, 5, 6), date(2026, 5, 24), date(2026, 6, 30)])
def test_goal_due_and_visitors_sum_to_those_of_japan(as_of: date) -> None:
    choices = replace(BASE, as_of=as_of)
    table, whole = chart.table(choices, tables_now()), japan(choices)
    assert table["goal"].sum() == whole.goal == 150_000
    assert table["due"].sum() == whole.due
    assert table["visitors"].sum() == whole.counted
    known = table[table["name"].notna()]
    assert len(known) == 47
    assert ((known["due"] - known["goal"] * whole.due / whole.goal).abs() < 1).all()
    assert (known["gap"] == known["visitors"] - known["due"]).all()
    assert (known["share_pct"] - 100 * known["visitors"] / known["goal"]).abs().max() < 0.006


def test_the_largest_shortfall_stands_first_and_who_is_not_known_last() -> None:
    table = chart.table(BASE, tables_now())
    assert table["gap"].iloc[:-1].is_monotonic_increasing
    last = table.iloc[-1]
    assert pd.isna(last["jis_code"])
    assert pd.isna(last["goal"])
    assert pd.isna(last["gap"])
    assert last["visitors"] > 0


def test_before_opening_the_parts_of_the_goal_stand_alone() -> None:
    table = chart.table(replace(BASE, as_of=date(2026, 4, 1)), tables_now())
    assert len(table) == 47
    assert table[["visitors", "due", "gap", "share_pct"]].isna().all().all()
    assert table["goal"].is_monotonic_decreasing
    assert table["goal"].iloc[0] == 16_704
    assert "16,704" in said(table)


def test_one_prefecture_has_the_same_figures_as_in_the_whole() -> None:
    (row,) = chart.table(replace(BASE, prefecture="29"), tables_now()).to_dict("records")
    (same,) = chart.table(BASE, tables_now()).query("jis_code == '29'").to_dict("records")
    assert row == same
    for lang in words.LANGUAGES:
        assert str(abs(row["gap"])) in said(chart.table(replace(BASE, prefecture="29", lang=lang), tables_now()), lang)


@LANGS
def test_gaps_stand_at_the_right_and_gardens_are_marked(lang: str) -> None:
    table = chart.table(replace(BASE, lang=lang), tables_now())
    figure = chart.draw(table, words.of(chart.__file__, lang))
    shown = [*figure.layout.yaxis2.ticktext[1:], *figure.layout.yaxis3.ticktext]
    assert shown == [words.shared(lang).signed(gap) for gap in table["gap"].dropna()]
    marked = [name for name in figure.layout.yaxis.ticktext if name.startswith("★")]
    assert len(marked) == 4
    assert len(figure.layout.yaxis.ticktext) == len(table) == 48
    assert figure.layout.yaxis2.range == figure.layout.yaxis.range == figure.layout.yaxis3.range


@LANGS
def test_the_message_names_the_largest_shortfall(lang: str) -> None:
    table = chart.table(replace(BASE, lang=lang), tables_now())
    told = said(table, lang)
    assert table["name"].iloc[0] in told
    assert words.shared(lang).number(-table["gap"].iloc[0]) in told
    assert "−" not in told  # a shortfall has no sign of its own
    assert str((table["gap"] < 0).sum()) in told
    ahead = table.assign(gap=table["gap"].abs())
    assert "47" in said(ahead, lang)


def test_counts_without_a_goal_and_a_goal_without_days(data_copy: Path) -> None:
    table = chart.table(replace(BASE, plan="2024-03-28"), tables_now())
    assert table[["goal", "due", "gap"]].isna().all().all()
    assert table["visitors"].iloc[:-1].is_monotonic_decreasing
    assert said(table)
    assert "yaxis2" not in chart.draw(table, words.of(chart.__file__, "ko")).layout
    (data_copy / "plans.csv").write_text(
        (data_copy / "plans.csv")
        .read_text(encoding="utf-8")
        .replace("2026-04-10,2026-05-24,day,planned,2024", ",,,planned,2024", 1),
        encoding="utf-8",
    )
    table = chart.table(BASE, tables_now())
    assert table["goal"].sum() == 150_000
    assert table["visitors"].isna().all()


def test_a_stated_goal_holds_and_a_goal_of_nothing_has_no_share(data_copy: Path) -> None:
    with (data_copy / "goals.csv").open("a", encoding="utf-8") as file:
        file.write(
            "reports-2024,prefecture,29,5000,,reported,daejeon-2023\nreports-2024,prefecture,13,0,,reported,daejeon-2023\n"
        )
    table = chart.table(BASE, tables_now()).set_index("jis_code")
    assert table["goal"].sum() == 150_000
    assert (table.loc["29", "goal"], table.loc["13", "goal"], table.loc["13", "due"]) == (5000, 0, 0)
    assert table.loc["13", "gap"] == table.loc["13", "visitors"]
    assert pd.isna(table.loc["13", "share_pct"])
    assert table["due"].sum() == japan(BASE).due


def test_a_goal_of_zero_says_no_infinity(data_copy: Path) -> None:
    text = (data_copy / "goals.csv").read_text(encoding="utf-8").replace("japan,,150000", "japan,,0")
    (data_copy / "goals.csv").write_text(text, encoding="utf-8")
    table = chart.table(BASE, tables_now())
    assert table["due"].sum() == table["goal"].sum() == 0
    assert table["share_pct"].isna().all()
    assert "47" in said(table)
    assert chart.draw(table, words.of(chart.__file__, "ko"))
