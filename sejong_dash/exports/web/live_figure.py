"""Writes a figure as a page draws it: what Plotly is given, as JSON, in the colours of the reader's theme."""

import json
from typing import Any

import plotly
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.exhibits import Exhibit
from sejong_dash.exports import single_file
from sejong_dash.exports.model.safe_text import visible_json
from sejong_dash.exports.pictures import chrome

_ALWAYS = {"displaylogo": False, "responsive": False}  # drawings.js follows the width
_WITHOUT_BAR = {**_ALWAYS, "displayModeBar": False}


def write(shown: Exhibit, *, dark: bool) -> bytes:
    """Return `data`, `layout` and `config` of a chart's figure as JSON, of a map those of its small drawing.

    `shown` is not empty.
    """
    if isinstance(shown.figure, go.Figure) or shown.small is None:
        return _written(shown.figure, dark, _settings(shown)).encode()
    return _written(shown.small(), dark, _WITHOUT_BAR).encode()


def write_slide(figure: go.Figure, *, dark: bool) -> str:
    """Return the same of the figure of a slide, which has no bar of buttons."""
    return _written(figure, dark, _WITHOUT_BAR)


def _written(figure: Any, dark: bool, settings: dict[str, Any]) -> str:
    spec = theme.dress(figure.to_dict(), dark)
    return visible_json(f'{plotly.io.to_json(spec, validate=False)[:-1]},"config":{json.dumps(settings)}}}')


def _settings(shown: Exhibit) -> dict[str, Any]:
    """Return the settings of Plotly's bar: hidden where the server makes pictures, else with its picture button alone."""
    if chrome.found():
        return _WITHOUT_BAR
    name = single_file.file_name(shown, "png").removesuffix(".png")
    options = {"format": "png", "scale": 2, "filename": name}
    return {**_ALWAYS, "displayModeBar": True, "modeBarButtons": [["toImage"]], "toImageButtonOptions": options}
