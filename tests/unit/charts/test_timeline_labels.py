"""No label of the timeline lies on another, hides the expo's days or the line of as-of, or is far from its bar."""

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go
import pytest
from discovery import BASE, tables_now

from sejong_dash import theme, words
from sejong_dash.charts import programme_timeline as chart
from sejong_dash.layout import lanes, text_width

LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)
ZOOMS = pytest.mark.parametrize("zoom", ["", "year", "days"])
NARROW = pytest.mark.parametrize("narrow", [False, True])


class Label(NamedTuple):
    """A text of the drawing and its box in px."""

    note: Any
    left: float
    right: float
    top: float
    bottom: float


def drawn(**choices: Any) -> tuple[pd.DataFrame, go.Figure]:
    asked = replace(BASE, **choices)
    table = chart.table(asked, tables_now())
    return table, chart.draw(table, words.of(chart.__file__, asked.lang))


def labels(figure: go.Figure, room: float) -> list[Label]:
    """All texts of a drawing that is `room` px wide."""
    first, last = (pd.Timestamp(at) for at in figure.layout.xaxis.range)
    found = []
    for note in figure.layout.annotations:
        if note.showarrow or not note.text:
            continue
        lines = note.text.replace("<b>", "").replace("</b>", "").split("<br>")
        wide = max(text_width.width(line) for line in lines) * note.font.size
        at = note.x * room if note.xref == "paper" else (pd.Timestamp(note.x) - first) / (last - first) * room
        left = at + (note.xshift or 0) - (wide if note.xanchor == "right" else 0)
        tall = (len(lines) - 1) * 1.25 * note.font.size + note.font.size
        found.append(Label(note, left, left + wide, note.y - tall / 2, note.y + tall / 2))
    return found


@NARROW
@ZOOMS
@LANGS
def test_no_label_lies_on_another_or_leaves_the_drawing(lang: str, zoom: str, narrow: bool) -> None:
    """At the width for which the labels are broken, which is the narrowest; wider drawings only have more room."""
    _, figure = drawn(lang=lang, zoom=zoom, narrow=narrow)
    room = lanes.PHONE if narrow else lanes.WIDE
    boxes = labels(figure, room)
    for number, label in enumerate(boxes):
        assert label.left >= -6, label.note.text
        assert label.right <= room + 6, label.note.text
        for other in boxes[number + 1 :]:
            is_beside = label.right <= other.left or other.right <= label.left
            assert is_beside or label.bottom <= other.top or other.bottom <= label.top, (label.note.text, other.note.text)


@NARROW
@ZOOMS
@LANGS
@pytest.mark.parametrize("as_of", [date(2023, 11, 1), date(2024, 7, 1), date(2026, 5, 6)])
def test_no_label_hides_as_of_or_the_expos_days(lang: str, zoom: str, narrow: bool, as_of: date) -> None:
    _, figure = drawn(lang=lang, zoom=zoom, narrow=narrow, as_of=as_of)
    first, last = (pd.Timestamp(at) for at in figure.layout.xaxis.range)
    upright = [shape for shape in figure.layout.shapes if shape.type == "line" and shape.line.color == theme.MISSING]
    lines = [shape for shape in upright if shape.x0 == shape.x1]
    bands = [shape for shape in figure.layout.shapes if shape.type == "rect" and shape.fillcolor == theme.SHADE]
    assert len(lines) == (first <= pd.Timestamp(as_of) < last)
    assert bands
    kept = lines if zoom == "days" else [*lines, *bands]
    for room in (lanes.PHONE,) if narrow else (lanes.WIDE, 1150, 1900):
        covering = []
        for label in labels(figure, room):
            for shape in kept:
                begin, end = ((pd.Timestamp(at) - first) / (last - first) * room for at in (shape.x0, shape.x1))
                is_met = label.left < end and begin < label.right and label.top < shape.y1 and shape.y0 < label.bottom
                if is_met and label.note.hovertext:
                    covering.append(label.note)
        assert [note.text for note in covering if note.bgcolor] == []
        if not narrow and as_of == BASE.as_of and not zoom:
            # none but those of days within the expo's, and those lie on its band alone
            begin, end = (pd.Timestamp(at) for at in (bands[0].x0, bands[0].x1))
            assert [note.text for note in covering if not begin < pd.Timestamp(note.x) < end] == []


@LANGS
def test_a_state_keeps_its_date_and_its_label_leads_to_its_bar(lang: str) -> None:
    table, figure = drawn(lang=lang)
    own, moves = words.of(chart.__file__, lang), table[table["kind"] == "decision"]
    written = [note.text for note in figure.layout.annotations if note.text and not note.showarrow]
    for row in moves.to_dict("records"):
        decided = own("decided", state=own(f"state.{row['state']}"), date=own.date(row["decided_on"], row["decided_precision"]))
        assert any(decided in line.replace("\u00a0", " ") for text in written for line in text.split("<br>")), decided
    leads = [shape for shape in figure.layout.shapes if shape.name == "lead"]
    assert len(leads) == moves["window"].nunique()
    for lead in leads:
        assert pd.Timestamp(lead.x0) == pd.Timestamp(figure.layout.xaxis.range[0])
        (label,) = [box for box in labels(figure, lanes.WIDE) if box.note.hovertext and box.bottom < lead.y0 < box.bottom + 16]
        assert label.left < 6
    assert {shape.y0 for shape in leads} <= {at for trace in figure.data if trace.customdata is not None for at in trace.y}
