"""Draw a map on paper as traces in plain axes, which need neither a browser's WebGL nor a network."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.layout import ground, projection, text_width
from sejong_dash.words import Words

from . import _shapes
from ._views import TEXT, WIDTH, View

_CLEAR = "rgba(0,0,0,0)"
_LETTER, _SWATCH, _LINE = 13, 50, 24  # of the legend, in pixels


def empty_map(where: View, legend: Sequence[tuple[str, str]], words: Words) -> go.Figure:
    """Return a figure of the sea, its axes in degrees, with room above for the lines of the legend.

    A degree of latitude is as long as it is in the middle of the view.
    """
    widths, room = [text_width.width(meaning) * _LETTER + _SWATCH for _, meaning in legend], 0.86 * WIDTH
    # over several lines all entries stand in columns, as wide as the longest
    lines = 1 if sum(widths) <= room else math.ceil(len(widths) / max(int(room // max(widths)), 1))
    figure = theme.figure(words.lang, height=820 - _LINE + _LINE * lines, hovermode=False, margin={"t": _LINE * lines})
    (west, south), (east, north) = where.corners
    sea = {"fillcolor": theme.SEA, "line_width": 0, "layer": "below", "xref": "paper", "yref": "paper"}
    figure.add_shape(type="rect", x0=0, y0=0, x1=1, y1=1, **sea)
    figure.update_xaxes(visible=False, range=[west, east])
    figure.update_yaxes(visible=False, range=[south, north], scaleanchor="x", scaleratio=where.stretch)
    return figure


def add_land(figure: go.Figure, near: bool, version: str) -> None:
    """Draw the neighbours, Korea and Sejong."""
    fill(figure, _shapes.outlines("neighbours", version), theme.LAND, theme.LAND, opacity=0.65)
    fill(figure, _shapes.outlines("korea", version), theme.LAND, theme.LAND if near else theme.REST)
    fill(figure, [_shapes.around_sejong(version)], theme.LAND, theme.LAND)
    fill(figure, _shapes.outlines("sejong", version), theme.REST_SOFT, theme.REST)


def add_prefectures(figure: go.Figure, legend: Sequence[tuple[str, str]], colours: Mapping[str, str], version: str) -> None:
    """Draw a trace for each entry of the legend, with the prefectures of that colour.

    An entry without a prefecture is in the legend too; a sign in ink is its own swatch.
    """
    shape = _shapes.drawn(version)
    for colour, meaning in legend:
        members = [shape[code] for code, own_colour in colours.items() if own_colour == colour and code in shape]
        halo = {"color": theme.PAPER, "width": 2.2}
        fill(figure, members, colour, theme.PAPER, line=halo, name=meaning, showlegend=True)
        if not members:
            marker = {"symbol": "square", "size": 12, "color": _CLEAR if colour == theme.INK else colour, "line": {"width": 0}}
            figure.add_scatter(x=[None], y=[None], mode="markers", marker=marker, name=meaning, hoverinfo="skip")
    fill(figure, [shape[code] for code in shape if code not in colours], theme.LAND, theme.PAPER)
    fill(figure, list(shape.values()), _CLEAR, theme.PLAN)


def add_chosen(figure: go.Figure, code: str | None, version: str) -> None:
    """Draw the edge of the chosen prefecture, if any."""
    if code in _shapes.drawn(version):
        fill(figure, [_shapes.drawn(version)[code]], _CLEAR, theme.INK, line={"color": theme.INK, "width": 2.5})


def add_lines(figure: go.Figure, lines: Iterable[Mapping[str, Any]]) -> None:
    """Draw lines, each with line, colour and width."""
    for line in lines:
        stroke(figure, line["line"], line["colour"], line["width"])


def add_signs(figure: go.Figure, data: Sequence[Mapping[str, Any]]) -> None:
    """Draw signs, each with text, at and colour."""
    for tint in sorted({sign["colour"] for sign in data}):
        alike = [sign for sign in data if sign["colour"] == tint]
        x, y = zip(*(sign["at"] for sign in alike), strict=True)
        look = {"mode": "text", "textfont": {"size": 11, "color": tint}, "showlegend": False, "hoverinfo": "skip"}
        figure.add_scatter(x=x, y=y, text=[f"<b>{sign['text']}</b>" for sign in alike], **look)


def add_islets(figure: go.Figure, at: Sequence[projection.Place]) -> None:
    """Draw a dot for each islet."""
    _dots(figure, at, theme.LAND, 5, theme.REST)


def add_frame(figure: go.Figure) -> None:
    """Draw the line around the islands that are drawn elsewhere."""
    stroke(figure, ground.frame(), theme.AXIS, 1)


def add_labels(figure: go.Figure, laid: Sequence[Mapping[str, Any]]) -> None:
    """Draw leaders, points and labels on paper of their own."""
    for label in laid:
        stroke(figure, [label["from"], label["at"]], theme.MUTED, 1)
    _dots(figure, [label["from"] for label in laid], theme.INK, 6, theme.PAPER)
    notes = theme.Notes()
    for label in laid:
        look = {"bgcolor": theme.PAPER, "opacity": 0.95, "bordercolor": label["colour"], "borderwidth": 1.5, "borderpad": 3}
        font = {"size": TEXT, "color": theme.INK}
        notes.text(x=label["at"][0], y=label["at"][1], text=f"<b>{label['text']}</b>", font=font, **look)
    notes.write(figure)


def fill(figure: go.Figure, geometries: Iterable[Mapping[str, Any]], colour: str, edge: str, **look: Any) -> None:
    """Draw the outer rings of shapes as one trace."""
    rings = [polygon[0] for geometry in geometries for polygon in projection.polygons(dict(geometry))]
    if rings:
        x = [value for line in rings for value in (*(lon for lon, _ in line), None)]  # None lifts the pen
        y = [value for line in rings for value in (*(lat for _, lat in line), None)]
        usual = {"line": {"color": edge, "width": 0.8}, "showlegend": False, "hoverinfo": "skip"}
        figure.add_scatter(x=x, y=y, mode="lines", fill="toself", fillcolor=colour, **usual | look)


def stroke(figure: go.Figure, line: Iterable[projection.Place], colour: str, width: float) -> None:
    """Draw a line through places."""
    x, y = zip(*line, strict=True)
    figure.add_scatter(x=x, y=y, mode="lines", line={"color": colour, "width": width}, showlegend=False, hoverinfo="skip")


def _dots(figure: go.Figure, at: Sequence[projection.Place], colour: str, size: float, edge: str) -> None:
    x, y = zip(*at, strict=True) if at else ((), ())
    marker = {"color": colour, "size": size, "line": {"color": edge, "width": 1}}
    figure.add_scatter(x=x, y=y, mode="markers", marker=marker, showlegend=False, hoverinfo="skip")
