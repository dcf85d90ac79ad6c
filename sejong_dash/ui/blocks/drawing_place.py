"""Writes the place of a chart on a page or a slide, in which drawings.js draws it in the reader's browser."""

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from sejong_dash.exhibits import Exhibit
from sejong_dash.words import Words


class Press(NamedTuple):
    """What a press on a mark of a chart chooses: `name` of the choice (blank: nothing), `code` of the mark that is chosen."""

    name: str
    code: str


def place(shown: Exhibit, source: str, height: int, press: Press, sketch: str) -> str:
    """Return the place of a chart, `height` pixels high; drawings.js draws there what it gets from the address `source`.

    `sketch` is HTML that stands there until then.
    """
    name = shown.name.rpartition(".")[2]
    return _written(shown, height, {"name": name, "source": source, "press": press.name, "chosen": press.code}, sketch)


def place_of_map(name: str, source: str, label: str, words: Words) -> str:
    """Return the place of a map that is drawn as a chart, as high as its style says; `label` is what a screen reader reads."""
    return _place({"name": name, "source": source}, label, "", words, "")


def place_on_slide(shown: Exhibit, name: str, figure: str, height: int) -> str:
    """Return the place of a chart on a slide, with its figure as JSON inside, since it is drawn at once."""
    return _written(shown, height, {"name": name, "source": name, "figure": figure})


def _written(shown: Exhibit, height: int, data: Mapping[str, str], sketch: str = "") -> str:
    return _place(data, shown.message, f' style="height:{height}px"', shown.words, sketch)


def _place(data: Mapping[str, str], label: str, style: str, words: Words, sketch: str) -> str:
    texts = {"failed": words("drawing.failed"), "again": words("drawing.again")}
    attributes = "".join(f' data-{key}="{escape(value)}"' for key, value in {**data, **texts}.items() if value)
    return f'<div class="sj-drawing" role="img" aria-label="{escape(label)}"{style}{attributes}>{sketch}</div>'
