"""The label at a line's end lies below it, clear of the line, and never on the days of the axis."""

from dataclasses import replace
from datetime import date

import plotly.graph_objects as go
import pytest
from discovery import BASE, tables_now

from sejong_dash import theme, words
from sejong_dash.charts import _days, visitor_progress


def label_of(line: list[float]) -> go.layout.Annotation:
    figure, notes = go.Figure(), theme.Notes()
    _days.add_end_label(notes, [*range(len(line))], line, 150_000, "last", theme.DONE)
    notes.write(figure)
    (label,) = figure.layout.annotations
    return label


def test_a_label_lies_below_its_line() -> None:
    label = label_of([100_000 + 1000 * day for day in range(20)])
    assert label.yanchor == "top"
    assert label.yshift < 0


@pytest.mark.parametrize("line", [[300.0], [0.0, 5_000.0, 9_000.0]])
def test_a_label_of_a_low_line_lies_above_it(line: list[float]) -> None:
    label = label_of(line)
    assert label.yanchor == "bottom"
    assert label.yshift > 0


@pytest.mark.parametrize(
    ("day", "anchor"), [(date(2026, 4, 11), "bottom"), (date(2026, 4, 28), "top"), (date(2026, 5, 20), "bottom")]
)
def test_the_count_so_far_is_named_clear_of_the_days(day: date, anchor: str) -> None:
    table = visitor_progress.table(replace(BASE, as_of=day), tables_now())
    figure = visitor_progress.draw(table, words.of(visitor_progress.__file__, "ko"))
    total = table["cumulative"].dropna().iloc[-1]
    (label,) = [note for note in figure.layout.annotations if note.text == f"{total:,.0f}명"]
    assert label.yanchor == anchor
