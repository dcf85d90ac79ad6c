"""Write an exhibit in HTML, for a page that is opened or printed.

Templates escape what comes from a table, a title or a source; what a script reads is JSON in which no tag can end.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.io
from markupsafe import Markup

from sejong_dash import plotly_script, theme
from sejong_dash import words as wording
from sejong_dash.exhibits import Exhibit, caption
from sejong_dash.exports.model.safe_text import visible_json
from sejong_dash.words import Words

from . import card_html
from .templating import macro

_MOST_DIGITS = 4  # behind the point, as in the workbook
_NOTHING = Markup()
_CARD_LOOK = card_html.CardLook("div", "", partial(macro, "mark"), partial(macro, "badge"))


def words_of(lang: str) -> Words:
    """Return the words of pages (exhibit_html.toml) in a language."""
    return wording.of(__file__, lang)


def _caption_lines(shown: Exhibit) -> list[str]:
    """Return unit, sources, plan, as-of and the plan's state, behind a mark; cards that differ carry their own sources."""
    shared = ("unit", "sources") if shown.has_shared_caption else ()
    return list(caption.lines(shown.words, (*shared, "plan", "stamp", "state")).values())


def cards(shown: Exhibit) -> Markup:
    """Return cards in a grid, group by group; each with its own mark and source where these differ."""
    lines = {} if shown.has_shared_caption else shown.source_lines
    return card_html.cards(shown.cards, shown.words, lines, shown.card_width, _CARD_LOOK)


def table(shown: Exhibit) -> Markup:
    """Return what is drawn as a table, under the reader's column names: numbers to the right, codes in words."""
    words, own, rows = shown.words, words_of(shown.words.lang), shown.table
    columns = [_column(str(name), rows[name], shown, own) for name in rows.columns]
    headings = [(words(f"columns.{name}"), pd.api.types.is_numeric_dtype(rows[name])) for name in rows.columns]
    count = own("rows", count=words.number(len(rows)))
    return macro("table", words("title"), own("table"), count, headings, list(zip(*columns, strict=True)))


def _column(name: str, cells: pd.Series, shown: Exhibit, own: Words) -> list[str]:
    words = shown.words
    if pd.api.types.is_datetime64_any_dtype(cells):
        return [f"{cell:%Y-%m-%d}" if pd.notna(cell) else "" for cell in cells]
    if pd.api.types.is_bool_dtype(cells):
        return [own("true" if cell else "false") if pd.notna(cell) else "" for cell in cells]
    if pd.api.types.is_numeric_dtype(cells):
        digits = _digits(cells.dropna())
        return [words.number(cell, digits) if pd.notna(cell) else "" for cell in cells]
    if name == "source_id":
        return [shown.source_lines[cell] if pd.notna(cell) else "" for cell in cells]
    return [_reading(name, str(cell), words) if pd.notna(cell) else "" for cell in cells]


def _digits(numbers: pd.Series) -> int:
    """Return as many places behind the point as the column needs, so that its points stand below each other."""
    figures = numbers.astype("float64")
    return next((n for n in range(_MOST_DIGITS) if (figures.round(n) == figures).all()), _MOST_DIGITS)


def _reading(name: str, cell: str, words: Words) -> str:
    """Return a code as the reader says it, where the words know it: basis, status, field, channel."""
    codes = [f"{name}.{code}" for code in cell.split(";")]
    return words("join").join(map(words, codes)) if all(map(words.has, codes)) else cell


def figure(shown: Exhibit) -> Markup:
    """Return the figure of a chart, or of a map's twin on paper, as JSON that may stand in a page; blank for cards."""
    return _safe(plotly.io.to_json(shown.paper(), validate=False)) if shown.paper else _NOTHING


def _safe(text: str) -> Markup:
    return Markup(visible_json(text).replace("<", "\\u003c"))


def twins(figures: Iterable[str]) -> Markup:
    """Return as JSON the colours of these figures that have a twin for the dark page, with that twin."""
    used = sorted({text for figure in figures for text in _strings(json.loads(figure))})
    return _safe(json.dumps({colour: theme.dress(colour, True) for colour in used if theme.dress(colour, True) != colour}))


def _strings(spec: Any) -> Iterator[str]:
    if isinstance(spec, str):
        yield spec
    elif isinstance(spec, dict | list):
        for entry in spec.values() if isinstance(spec, dict) else spec:
            yield from _strings(entry)


def article(shown: Exhibit, body: Markup, tail: Markup = _NOTHING) -> Markup:
    """Return an exhibit in a language: its texts, what is drawn (its cards where `body` is blank), and its caption below."""
    return macro("article", shown, body or cards(shown), _caption_lines(shown), tail)


@cache
def beside(name: str) -> Markup:
    """Return a style or a script that lies beside this module."""
    return Markup(Path(__file__).with_name(name).read_text(encoding="utf-8"))


@cache
def library() -> Markup:
    """Return the script library that draws."""
    return Markup(plotly_script.read().decode())
