"""Tests that every milestone is drawn, no more precisely than it is known, and nothing after as-of as done."""

import re
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest
from discovery import tables_now

from sejong_dash import words
from sejong_dash.charts import programme_timeline as chart
from sejong_dash.choices import Choices
from sejong_dash.datasets import milestones, plans
from sejong_dash.datasets.schema.columns import FIELDS

BASE = Choices("ko", "reports-2024", date(2026, 5, 6), sample=True)
LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)
MERGED = {"reports-2024", "2024-03-28"} - {BASE.plan}  # decisions for the same days as a later one
DAYS = [date(2020, 6, 1), date(2023, 11, 1), date(2024, 7, 1), date(2026, 5, 3), date(2026, 5, 6), date(2029, 1, 1)]


@cache
def drawn(choices: Choices) -> tuple[pd.DataFrame, go.Figure]:
    """The chart of the shipped data and its table, made once for all tests."""
    table = chart.table(choices, tables_now())
    return table, chart.draw(table, words.of(chart.__file__, choices.lang))


def bars(figure: go.Figure) -> pd.DataFrame:
    """milestone, start, end, done of each bar."""
    rows = [
        (name, pd.Timestamp(base), pd.Timestamp(base) + pd.Timedelta(milliseconds=long), trace.meta["done"])
        for trace in figure.data
        if trace.type == "bar"
        for name, base, long in zip(trace.customdata, trace.base, trace.x, strict=True)
    ]
    return pd.DataFrame(rows, columns=["milestone_id", "start", "end", "done"])


@LANGS
@pytest.mark.parametrize("narrow", [False, True])
def test_no_milestone_is_lost(lang: str, narrow: bool) -> None:
    table, figure = drawn(replace(BASE, lang=lang, narrow=narrow))
    known = set(milestones.load()["milestone_id"])
    assert set(table["milestone_id"].dropna()) == known
    assert set(bars(figure)["milestone_id"]) == known | set(table.loc[table["state"] != "cancelled", "plan_id"].dropna()) - MERGED
    for title in table.loc[table["kind"] != "decision", "title"]:
        assert any(
            title.replace(" ", "") in (a.text or "").replace("<br>", "").replace(" ", "") for a in figure.layout.annotations
        )


def test_a_milestone_of_several_fields_stands_in_each() -> None:
    table = chart.table(BASE, tables_now())
    assert list(table.loc[table["milestone_id"] == "chiba-governor-promise", "field"]) == ["garden", "digital", "medical"]


@pytest.mark.dear
@pytest.mark.parametrize("as_of", DAYS)
def test_no_bar_is_shorter_than_what_is_known(as_of: date) -> None:
    table, figure = drawn(replace(BASE, as_of=as_of))
    whole = bars(figure).groupby("milestone_id", dropna=False).agg({"start": "min", "end": "max"})
    for row in table[table["milestone_id"].notna()].drop_duplicates("milestone_id").to_dict("records"):
        bar = whole.loc[row["milestone_id"]]
        if pd.notna(row["starts_on"]):
            assert bar["start"] <= row["starts_on"]
        if pd.notna(row["ends_on"]):
            assert bar["end"] >= row["ends_on"] + pd.Timedelta(days=1)


@pytest.mark.dear
@pytest.mark.parametrize("as_of", DAYS)
def test_nothing_after_as_of_is_drawn_as_done(as_of: date) -> None:
    _, figure = drawn(replace(BASE, as_of=as_of))
    end_of = pd.Timestamp(as_of) + pd.Timedelta(days=1)
    each = bars(figure)
    assert (each.loc[each["done"], "end"] <= end_of).all()
    for trace in figure.data:
        if trace.type == "scatter" and trace.meta and trace.meta["done"]:
            assert all(pd.Timestamp(at) <= end_of for at in trace.x)


def test_what_is_under_way_is_done_up_to_as_of() -> None:
    _, figure = drawn(replace(BASE, as_of=date(2024, 7, 1)))
    parts = bars(figure).query("milestone_id == 'hamanako-flower-expo'")
    assert list(parts.sort_values("start")["done"]) == [True, False]


def test_what_is_only_planned_is_never_drawn_as_done() -> None:
    _, figure = drawn(replace(BASE, as_of=date(2040, 1, 1)))
    each = bars(figure).set_index("milestone_id")["done"]
    assert not each[BASE.plan]  # the expo itself is a plan
    for name in ("garden-nara-expo-days", "expo-2025-osaka-firms", "heavy-ion-centre-opening", "shizuoka-garden-team"):
        assert not each[name]


def test_only_what_is_known_to_the_day_is_solid() -> None:
    table, figure = drawn(BASE)
    exact = set(table.loc[table["precision"] == "day", "milestone_id"].dropna())
    for trace in figure.data:
        if trace.type == "bar" and trace.marker.color in (chart.theme.DONE, chart.theme.PAPER):
            assert {*trace.customdata} <= exact | {BASE.plan}


def test_an_open_end_has_an_arrow() -> None:
    _, figure = drawn(BASE)
    arrows = {
        (name, symbol)
        for trace in figure.data
        if trace.type == "scatter" and trace.customdata is not None
        for name, symbol in zip(trace.customdata, trace.marker.symbol, strict=True)
        if name not in plans.ids().to_list() and symbol.startswith("triangle")
    }
    assert arrows == {("quera-kaist-agreement", "triangle-left"), ("shizuoka-garden-team", "triangle-right")}


@pytest.mark.parametrize("field", FIELDS[:-1])
def test_a_field_shows_its_own_and_what_concerns_all(field: str) -> None:
    table = chart.table(replace(BASE, field=field), tables_now())
    assert set(table["field"]) == {field, "all"}


def test_a_prefecture_shows_its_own() -> None:
    table = chart.table(replace(BASE, prefecture="11"), tables_now())
    assert set(table["milestone_id"]) == {"riken-quantum-2023", "riken-quantum-2024"}


def test_a_prefecture_without_any_gives_an_empty_table() -> None:
    assert chart.table(replace(BASE, prefecture="02"), tables_now()).empty
    assert words.of(chart.__file__, "ko")("empty")


def test_a_plan_without_dates_has_no_bar_of_its_own() -> None:
    table = chart.table(replace(BASE, plan="2024-12-11"), tables_now())
    assert "expo" not in set(table["kind"])
    table = table[table["kind"] == "milestone"]
    assert len(table.drop_duplicates("milestone_id")) == len(milestones.load())


def test_a_milestone_without_any_date_is_told_and_not_drawn() -> None:
    table = chart.table(BASE, tables_now())
    last = table.index[table["kind"] == "milestone"][-1]
    table.loc[last, ["starts_on", "ends_on"]] = pd.NaT
    table.loc[last, "stage"] = "undated"
    figure = chart.draw(table, words.of(chart.__file__, "en"))
    assert table.loc[last, "milestone_id"] not in set(bars(figure)["milestone_id"])
    assert any(
        "".join(table.loc[last, "title"].split()) in "".join((a.text or "").replace("<br>", "").split())
        for a in figure.layout.annotations
    )


@LANGS
def test_the_years_are_written_as_the_reader_writes_them(lang: str) -> None:
    _, figure = drawn(replace(BASE, lang=lang))
    said = words.shared(lang)
    assert figure.layout.xaxis.tickformat.replace("%Y", "2026") == said.date(date(2026, 1, 1), "year")
    assert any(said.date(BASE.as_of) in (a.text or "") for a in figure.layout.annotations)


@LANGS
def test_the_message_counts_every_milestone_once_and_leaves_what_is_next_to_the_cards(lang: str) -> None:
    table = chart.table(replace(BASE, lang=lang), tables_now())
    said = chart.message(table, words.of(chart.__file__, lang))
    counts = [int(number) for number in re.findall(r"\d+", said.replace(words.shared(lang).date(BASE.as_of), ""))]
    assert counts[0] == sum(counts[1:]) == len(milestones.load()) + 1
    title = milestones.load().set_index("milestone_id").loc["buddhas-birthday-2026", f"title_{lang}"]
    assert title not in said


def test_the_plan_has_a_row_for_each_time_of_the_expo_and_an_arrow_to_the_next() -> None:
    table, figure = drawn(BASE)
    moves = table[table["kind"] == "decision"]
    assert list(moves["plan_id"]) == list(chart.plan.history(plans.load())["plan_id"])
    assert list(moves["window"]) == [1, 2, 3, 3, 3, 4, 5]
    arrows = [a for a in figure.layout.annotations if a.showarrow]
    assert len(arrows) == moves["window"].nunique() - 1
    assert all(before.x == after.ax and before.y < after.y for before, after in pairwise(arrows))
    decided = {pd.Timestamp(x) for t in figure.data if t.type == "scatter" and "line-ns" in (t.marker.symbol or ()) for x in t.x}
    assert decided == set(moves.loc[moves["decided_precision"] == "day", "decided_on"])


def test_what_is_decided_later_is_hollow() -> None:
    _, figure = drawn(replace(BASE, as_of=date(2024, 5, 1)))
    colours = {t.customdata[0]: t.marker.color for t in figure.data if t.type == "bar" and t.customdata[0] in set(plans.ids())}
    assert colours["2024-10-31"] == chart.theme.PAPER
    assert colours["2022-10-17"] == chart.theme.PLAN


@pytest.mark.parametrize("zoom", ["year", "days"])
@pytest.mark.parametrize("narrow", [False, True])
@LANGS
def test_a_zoom_shows_what_reaches_into_it(lang: str, zoom: str, narrow: bool) -> None:
    table, figure = drawn(replace(BASE, lang=lang, zoom=zoom, narrow=narrow))
    first, last = table[["shown_from", "shown_to"]].iloc[0]
    assert first <= table["opens_on"].iloc[0] < table["closes_on"].iloc[0] < last
    assert tuple(pd.Timestamp(at) for at in figure.layout.xaxis.range) == (first, last)
    each = bars(figure)
    assert (each["start"] >= first).all()
    assert (each["end"] <= last).all()
    inside = milestones.load().query("starts_on < @last and ends_on >= @first")
    assert set(table["milestone_id"].dropna()) == set(inside["milestone_id"])


def test_the_expos_days_show_their_holidays() -> None:
    table = chart.table(replace(BASE, zoom="days"), tables_now())
    off = table[table["kind"] == "day_off"]
    assert off["starts_on"].between(table["opens_on"].iloc[0], table["closes_on"].iloc[0]).all()
    assert {"일본 쇼와의 날", "일본 어린이날(일본)"} & set(off["title"])
    free = chart.timeline.shaded_days(table)
    assert pd.Timestamp("2026-05-05") in free
    assert pd.Timestamp("2026-05-08") not in free


def test_a_partner_shows_its_own() -> None:
    table = chart.table(replace(BASE, partner="chiba-prefecture"), tables_now())
    assert set(table["milestone_id"]) == {"chiba-governor-promise", "chiba-digital-2024"}
    assert chart.table(replace(BASE, partner="nobody"), tables_now()).empty


@LANGS
def test_everything_but_a_holiday_can_be_pressed(lang: str) -> None:
    table, figure = drawn(replace(BASE, lang=lang))
    items = chart.items(table, words.of(chart.__file__, lang))
    pressed = {name for trace in figure.data if trace.customdata is not None for name in trace.customdata}
    assert pressed <= set(items)
    assert set(milestones.load()["milestone_id"]) | set(plans.ids()) == set(items)
