"""Every project has its mark in each of its fields, and every partner its whole name."""

from collections import Counter
from dataclasses import replace
from datetime import date

import plotly.graph_objects as go
import pytest
from discovery import tables_now

from sejong_dash import words
from sejong_dash.charts import programme_matrix as chart
from sejong_dash.choices import Choices
from sejong_dash.datasets import programme

BASE = Choices("ko", "reports-2024", date(2026, 5, 6), sample=True)
LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)


def drawn(choices: Choices) -> go.Figure:
    return chart.draw(chart.table(choices, tables_now()), words.of(chart.__file__, choices.lang))


@LANGS
def test_every_project_has_a_mark_in_each_field(lang: str) -> None:
    marks = Counter(name for trace in drawn(replace(BASE, lang=lang)).data for name in trace.customdata)
    assert marks == {row.project_id: len(row.field.split(";")) for row in programme.load().itertuples()}


@LANGS
def test_partners_keep_their_whole_name(lang: str) -> None:
    names = {name.replace("<br>", "").replace(" ", "") for name in drawn(replace(BASE, lang=lang)).layout.yaxis.ticktext}
    assert names == {name.replace(" ", "") for name in programme.load()[f"partner_{lang}"]}


def test_no_two_marks_lie_on_each_other() -> None:
    places = [(x, y) for trace in drawn(BASE).data for x, y in zip(trace.x, trace.y, strict=True)]
    assert len(set(places)) == len(places)


def test_a_mark_stands_in_its_partners_row() -> None:
    table, figure = chart.table(BASE, tables_now()), drawn(BASE)
    partners = list(table["partner"].unique())
    rules = sorted({shape.y0 for shape in figure.layout.shapes if shape.xref == "paper"})
    for trace in figure.data:
        for name, y in zip(trace.customdata, trace.y, strict=True):
            row = partners.index(table.loc[table["project_id"] == name, "partner"].iloc[0])
            assert rules[row] < y < rules[row + 1]


def test_statuses_differ_in_symbol_not_in_colour_alone() -> None:
    symbols = [look["symbol"] for look in chart._LOOKS.values()]
    assert len(set(symbols)) == len(symbols)
    assert set(chart._LOOKS) == {*programme.STATUSES, "ahead"}


def test_what_begins_after_as_of_is_not_said_to_be_done() -> None:
    table = chart.table(replace(BASE, as_of=date(2020, 1, 1)), tables_now())
    assert not table["status"].isin(["held", "in_progress", "promised", "proposed"]).any()
    assert "held" not in {trace.meta["status"] for trace in drawn(replace(BASE, as_of=date(2020, 1, 1))).data}


def test_filters() -> None:
    assert set(chart.table(replace(BASE, prefecture="29"), tables_now())["project_id"]) == {"garden-nara", "nara-medical"}
    quantum = chart.table(replace(BASE, field="quantum"), tables_now())
    assert set(quantum["field"]) == {"quantum", "all"}
    assert chart.table(replace(BASE, prefecture="02"), tables_now()).empty


@LANGS
def test_message_counts_partners_and_projects(lang: str) -> None:
    said = chart.message(chart.table(replace(BASE, lang=lang), tables_now()), words.of(chart.__file__, lang))
    rows = programme.load()
    assert str(len(rows)) in said
    assert str(rows[f"partner_{lang}"].nunique()) in said


def test_a_partner_and_what_can_be_pressed() -> None:
    assert set(chart.table(replace(BASE, partner="chiba-prefecture"), tables_now())["project_id"]) == {
        "chiba-promise",
        "chiba-digital",
    }
    table = chart.table(BASE, tables_now())
    assert set(chart.items(table, words.of(chart.__file__, "ko"))) == set(programme.load()["project_id"])


def test_the_key_counts_each_project_once() -> None:
    said = {trace.meta["status"]: trace.name for trace in drawn(BASE).data}
    counts = Counter(programme.load()["status"])
    assert {status: name.rsplit(" ", 1)[1] for status, name in said.items()} == {s: f"{n}건" for s, n in counts.items()}


def test_the_key_stands_below_the_rows_upright_on_a_phone_alone() -> None:
    wide, phone = drawn(BASE), drawn(replace(BASE, narrow=True))
    assert (wide.layout.legend.orientation, phone.layout.legend.orientation) == ("h", "v")
    assert wide.layout.height < phone.layout.height
    for figure in (wide, phone):
        bottom, rows = figure.layout.yaxis.range[0], max(shape.y1 for shape in figure.layout.shapes)
        key = (1 - figure.layout.legend.y) * bottom
        assert rows < key < rows + 20
        assert figure.layout.legend.yanchor == "top"
        entries = len(figure.data) if figure is phone else -(-len(figure.data) // 3)
        assert key + 20 * entries <= bottom + 1 + 4
