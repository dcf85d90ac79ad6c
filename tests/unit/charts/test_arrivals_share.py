"""Tests that each share is its numerator of its denominator, and that the reported ones are met."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from discovery import tables_now

from sejong_dash import words
from sejong_dash.charts import arrivals_share as chart
from sejong_dash.choices import Choices
from sejong_dash.datasets import benchmarks

BASE = Choices("ko", "reports-2024", date(2026, 5, 6), sample=True)
LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)


def said(choices: Choices) -> str:
    return chart.message(chart.table(choices, tables_now()), words.of(chart.__file__, choices.lang))


def test_numerator_denominator_and_share_stand_in_the_table() -> None:
    table = chart.table(BASE, tables_now())
    assert list(zip(table["expo"], table["arrivals_year"], strict=True)) == [
        ("sejong", 2025),
        ("sejong", 2019),
        ("yeosu_2012", 2012),
        ("suncheon_2013", 2013),
    ]
    assert table["visitors"].tolist() == [150_000, 150_000, 91_000, 14_000]
    assert (table["share_pct"] - 100 * table["visitors"] / table["arrivals"]).abs().max() < 0.006
    april_may = (257_903 * 0.7 + 291_626 * 24 / 31, 290_092 * 0.7 + 286_273 * 24 / 31)
    assert table["arrivals"].tolist() == [*map(round, april_may), 940_000, 1_382_000]


def test_the_shares_are_those_that_were_reported() -> None:
    stated = benchmarks.load().set_index("benchmark_id")["value"]
    shares = chart.table(BASE, tables_now())["share_pct"].tolist()
    assert round(shares[0]) == stated["goal-share-arrivals-2025"]
    assert round(shares[1]) == stated["goal-share-arrivals-2019"]


def test_what_rests_on_general_knowledge_says_so() -> None:
    """The arrivals in the days of Yeosu 2012 and of Suncheon 2013 are in none of the reports."""
    assert chart.table(BASE, tables_now())["basis"].tolist() == ["reported", "reported", "general", "general"]


@LANGS
def test_the_message_says_how_many_times_yeosu(lang: str) -> None:
    table = chart.table(replace(BASE, lang=lang), tables_now())
    told = said(replace(BASE, lang=lang))
    sejong, _, yeosu, suncheon = table["visitors"] / table["arrivals"]
    assert f"{sejong / yeosu:.1f}" in told
    assert f"{sejong / suncheon:.0f}" == "36"  # 37 of the shares as they are rounded in the table
    assert words.of(chart.__file__, lang)("times", name="", times="36").strip() in told
    assert words.shared(lang).goal(150_000, "at_least") in told
    assert words.of(chart.__file__, lang)("about", value="37%") in told
    assert words.shared(lang).bounded("37%", "at_least") not in told


@LANGS
def test_every_derived_figure_is_said_to_be_about(lang: str) -> None:
    about = words.of(chart.__file__, lang)("about", value="").strip()
    drawn = chart.draw(chart.table(replace(BASE, lang=lang), tables_now()), words.of(chart.__file__, lang))
    assert all(about in label for trace in drawn.data for label in trace.text)
    notes = [note.text for note in drawn.layout.annotations]
    assert [note.count(about) for note in notes] == [1, 1, 2, 2]


def test_wanted_and_reached_differ_in_more_than_colour() -> None:
    wanted, reached = chart.draw(chart.table(BASE, tables_now()), words.of(chart.__file__, "ko")).data
    assert wanted.name != reached.name
    assert wanted.marker.line.width
    assert not reached.marker.line.width


def test_a_plan_without_a_goal_shows_past_expos_alone() -> None:
    for lang in words.LANGUAGES:
        choices = replace(BASE, plan="2024-03-28", lang=lang)
        assert chart.table(choices, tables_now())["expo"].tolist() == ["yeosu_2012", "suncheon_2013"]
        assert "9.7%" in said(choices)


def test_a_prefecture_does_not_change_the_goal_of_japan() -> None:
    assert chart.table(replace(BASE, prefecture="29"), tables_now()).equals(chart.table(BASE, tables_now()))


def test_rows_that_are_gone_are_not_missed_and_a_goal_of_zero_says_no_infinity(data_copy: Path) -> None:
    path = data_copy / "benchmarks.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith(("arrivals-japan-2012", "suncheon"))) + "\n", "utf-8")
    assert chart.table(BASE, tables_now())["expo"].tolist() == ["sejong", "sejong"]
    assert "37%" in said(BASE)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    goals = data_copy / "goals.csv"
    goals.write_text(goals.read_text(encoding="utf-8").replace("japan,,150000", "japan,,0"), "utf-8")
    assert chart.table(BASE, tables_now())["share_pct"].tolist()[:2] == [0, 0]
    assert "inf" not in said(BASE)
    path.write_text(lines[0] + "\n", "utf-8")
    assert len(chart.table(BASE, tables_now())), "a table that is emptied past the dashboard is shown as it was last"
