"""How is a map put on paper? The same shapes as traces in plain axes, which need neither a browser's WebGL nor a network."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from .. import theme
from ..measures import ground, lettering, sheet
from ..words import Words
from . import _shapes
from ._views import TEXT, WIDTH, View

_CLEAR = "rgba(0,0,0,0)"
_LETTER, _SWATCH, _LINE = 13, 50, 24  # of the legend, in pixels


def sheet_of(where: View, legend: Sequence[tuple[str, str]], words: Words) -> go.Figure:
    """An empty sheet: degrees, with a degree of latitude as long as it is in the middle of the view, and room above for as
    many lines as the legend has."""
    lines = math.ceil(sum(lettering.width(said) * _LETTER + _SWATCH for _, said in legend) / (0.86 * WIDTH))
    figure = theme.figure(words.lang, height=820 - _LINE + _LINE * lines, hovermode=False, margin={"t": _LINE * lines})
    (west, south), (east, north) = where.corners
    sea = {"fillcolor": theme.SEA, "line_width": 0, "layer": "below", "xref": "paper", "yref": "paper"}
    figure.add_shape(type="rect", x0=0, y0=0, x1=1, y1=1, **sea)
    figure.update_xaxes(visible=False, range=[west, east])
    figure.update_yaxes(visible=False, range=[south, north], scaleanchor="x", scaleratio=where.stretch)
    return figure


def land(figure: go.Figure, near: bool) -> None:
    """Neighbours, Korea, Sejong."""
    fill(figure, _shapes.outlines("neighbours"), theme.LAND, theme.LAND, opacity=0.65)
    fill(figure, _shapes.outlines("korea"), theme.LAND, theme.LAND if near else theme.REST)
    fill(figure, [_shapes.around_sejong()], theme.LAND, theme.LAND)
    fill(figure, _shapes.outlines("sejong"), theme.REST_SOFT, theme.REST)


def coloured(figure: go.Figure, legend: Sequence[tuple[str, str]], colours: Mapping[str, str]) -> None:
    """A trace for each entry of the legend, with the prefectures of that colour; an entry without any stands there too, and a
    sign in ink is its own swatch."""
    shape = _shapes.drawn()
    for colour, said in legend:
        some = [shape[code] for code, one in colours.items() if one == colour and code in shape]
        halo = {"color": theme.PAPER, "width": 2.2}
        fill(figure, some, colour, theme.PAPER, line=halo, name=said, showlegend=True)
        if not some:
            marker = {"symbol": "square", "size": 12, "color": _CLEAR if colour == theme.INK else colour, "line": {"width": 0}}
            figure.add_scatter(x=[None], y=[None], mode="markers", marker=marker, name=said, hoverinfo="skip")
    fill(figure, [shape[code] for code in shape if code not in colours], theme.LAND, theme.PAPER)
    fill(figure, list(shape.values()), _CLEAR, theme.PLAN)


def chosen(figure: go.Figure, code: str | None) -> None:
    if code in _shapes.drawn():
        fill(figure, [_shapes.drawn()[code]], _CLEAR, theme.INK, line={"color": theme.INK, "width": 2.5})


def strokes(figure: go.Figure, data: Iterable[Mapping[str, Any]]) -> None:
    """Lines with line, colour and width."""
    for one in data:
        stroke(figure, one["line"], one["colour"], one["width"])


def signs(figure: go.Figure, data: Sequence[Mapping[str, Any]]) -> None:
    """A sign in each prefecture."""
    for tint in sorted({one["colour"] for one in data}):
        some = [one for one in data if one["colour"] == tint]
        x, y = zip(*(one["at"] for one in some), strict=True)
        look = {"mode": "text", "textfont": {"size": 11, "color": tint}, "showlegend": False, "hoverinfo": "skip"}
        figure.add_scatter(x=x, y=y, text=[f"<b>{one['text']}</b>" for one in some], **look)


def islets(figure: go.Figure, at: Sequence[sheet.Place]) -> None:
    _dots(figure, at, theme.LAND, 5, theme.REST)


def frame(figure: go.Figure) -> None:
    stroke(figure, ground.frame(), theme.AXIS, 1)


def labels(figure: go.Figure, laid: Sequence[Mapping[str, Any]]) -> None:
    """Leaders, points and labels on paper of their own."""
    for one in laid:
        stroke(figure, [one["from"], one["at"]], theme.MUTED, 1)
    _dots(figure, [one["from"] for one in laid], theme.INK, 6, theme.PAPER)
    notes = theme.Notes()
    for one in laid:
        look = {"bgcolor": theme.PAPER, "opacity": 0.95, "bordercolor": one["colour"], "borderwidth": 1.5, "borderpad": 3}
        font = {"size": TEXT, "color": theme.INK}
        notes.text(x=one["at"][0], y=one["at"][1], text=f"<b>{one['text']}</b>", font=font, **look)
    notes.write(figure)


def fill(figure: go.Figure, geometries: Iterable[Mapping[str, Any]], colour: str, edge: str, **look: Any) -> None:
    rings = [one[0] for geometry in geometries for one in sheet.polygons(dict(geometry))]
    if rings:
        x = [value for line in rings for value in (*(lon for lon, _ in line), None)]  # None lifts the pen
        y = [value for line in rings for value in (*(lat for _, lat in line), None)]
        usual = {"line": {"color": edge, "width": 0.8}, "showlegend": False, "hoverinfo": "skip"}
        figure.add_scatter(x=x, y=y, mode="lines", fill="toself", fillcolor=colour, **usual | look)


def stroke(figure: go.Figure, line: Iterable[sheet.Place], colour: str, width: float) -> None:
    x, y = zip(*line, strict=True)
    figure.add_scatter(x=x, y=y, mode="lines", line={"color": colour, "width": width}, showlegend=False, hoverinfo="skip")


def _dots(figure: go.Figure, at: Sequence[sheet.Place], colour: str, size: float, edge: str) -> None:
    x, y = zip(*at, strict=True) if at else ((), ())
    marker = {"color": colour, "size": size, "line": {"color": edge, "width": 1}}
    figure.add_scatter(x=x, y=y, mode="markers", marker=marker, showlegend=False, hoverinfo="skip")
