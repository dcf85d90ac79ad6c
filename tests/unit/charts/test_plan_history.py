"""Every decision stands in its order, with its own dates and no others."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest
from discovery import tables_now

from sejong_dash import words
from sejong_dash.charts import plan_history as chart
from sejong_dash.choices import Choices
from sejong_dash.datasets import plans

BASE = Choices("ko", "reports-2024", date(2026, 5, 6), sample=True)
LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)


def figure(choices: Choices) -> go.Figure:
    return chart.draw(chart.table(choices, tables_now()), words.of(chart.__file__, choices.lang))


@LANGS
def test_every_decision_has_its_row_and_symbol_and_state_in_words(lang: str) -> None:
    table = chart.table(replace(BASE, lang=lang), tables_now())
    assert sorted(table["plan_id"]) == sorted(plans.load()["plan_id"])
    assert table["decided_on"].is_monotonic_increasing
    drawn = figure(replace(BASE, lang=lang))
    marked = [trace.meta["plan_id"] for trace in drawn.data if trace.type == "scatter" and trace.name != "crossed"]
    assert marked == list(table["plan_id"])
    texts = " ".join(a.text for a in drawn.layout.annotations)
    for state in table["state"]:
        assert words.shared(lang)(f"state.{state}") in texts


def test_each_state_has_its_own_symbol() -> None:
    assert len(set(chart._SYMBOLS.values())) == len(plans.STATES)
    assert set(chart._SYMBOLS) == set(plans.STATES)


def test_bars_span_the_expo_and_a_decision_known_to_the_year_spans_the_year() -> None:
    table, drawn = chart.table(BASE, tables_now()).set_index("plan_id"), figure(BASE)
    bars = {}
    for trace in drawn.data:
        if trace.type == "bar":
            start = pd.Timestamp(trace.base[0])
            bars.setdefault(trace.meta["plan_id"], []).append((start, start + pd.Timedelta(milliseconds=trace.x[0])))
    for plan_id, row in table.iterrows():
        expected = []
        if row["decided_precision"] == "year":
            expected.append((row["decided_on"], row["decided_on"] + pd.DateOffset(years=1)))
        if pd.notna(row["opens_on"]):
            expected.append((row["opens_on"], row["closes_on"] + pd.Timedelta(days=1)))
        assert bars.get(plan_id, []) == expected


def test_a_season_is_soft_and_days_are_solid() -> None:
    table, drawn = chart.table(BASE, tables_now()).set_index("plan_id"), figure(BASE)
    for trace in drawn.data:
        if trace.type == "bar" and pd.Timestamp(trace.base[0]) == table.loc[trace.meta["plan_id"], "opens_on"]:
            solid = table.loc[trace.meta["plan_id"], "dates_precision"] == "day"
            assert (trace.marker.color != chart.theme.REST_SOFT) == solid


@LANGS
def test_cancelled_without_dates_says_so(lang: str) -> None:
    said = words.of(chart.__file__, lang)("no_dates")
    assert said in [a.text for a in figure(replace(BASE, lang=lang)).layout.annotations]


@pytest.mark.parametrize("plan_id", list(plans.load()["plan_id"]))
def test_the_followed_plan_alone_is_marked(plan_id: str) -> None:
    table = chart.table(replace(BASE, plan=plan_id), tables_now())
    assert list(table.loc[table["followed"], "plan_id"]) == [plan_id]
    marked = [a.text for a in figure(replace(BASE, plan=plan_id)).layout.annotations if "표시 중인 계획" in a.text]
    assert len(marked) == 1


def test_what_is_decided_after_as_of_is_marked_and_not_counted() -> None:
    early = replace(BASE, as_of=date(2024, 6, 1))
    table = chart.table(early, tables_now())
    assert list(table.loc[table["later"], "plan_id"]) == ["2024-07-24", "2024-10-31", "2024-12-11"]
    said = chart.message(table, words.of(chart.__file__, "en"))
    assert "4" in said
    assert "28 March 2024" in said
    marks = [trace for trace in figure(early).data if trace.type == "scatter" and trace.name != "crossed"]
    colours = {trace.meta["plan_id"]: trace.marker.color for trace in marks}
    assert colours["2024-12-11"] == chart.theme.PAPER


def test_before_every_decision_the_message_says_so() -> None:
    said = chart.message(chart.table(replace(BASE, as_of=date(2020, 1, 1)), tables_now()), words.of(chart.__file__, "en"))
    assert "1 January 2020" in said


def test_a_plan_that_knows_only_its_opening_is_drawn() -> None:
    table = chart.table(BASE, tables_now())
    table.loc[0, "closes_on"] = pd.NaT
    chart.draw(table, words.of(chart.__file__, "ja"))


def test_the_moves_are_drawn_as_moves() -> None:
    """2025 -> spring 2026 -> the days in spring -> autumn -> crossed out where it was to be."""
    table, drawn = chart.table(BASE, tables_now()), figure(BASE)
    arrows = [(pd.Timestamp(a.ax), pd.Timestamp(a.x)) for a in drawn.layout.annotations if a.showarrow]
    given = table.dropna(subset=["opens_on"]).drop_duplicates(["opens_on", "closes_on", "dates_precision"])
    middles = [row.opens_on + (row.closes_on + pd.Timedelta(days=1) - row.opens_on) / 2 for row in given.itertuples()]
    assert arrows == [*pairwise(middles), (middles[-1], middles[-1])]
    crossed = [trace for trace in drawn.data if trace.name == "crossed"]
    assert [pd.Timestamp(trace.x[0]) for trace in crossed] == [middles[-1]]
