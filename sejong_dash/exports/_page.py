"""How is an exhibit written in HTML, for whoever opens the file or prints it?

What comes from a table, a title or a source goes through `escape`; what a script reads is JSON in which no tag can end.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.io
import plotly.offline as plotly_offline

from .. import paths, theme
from .. import words as wording
from ..exhibits import Exhibit, caption
from ..words import Words
from .report import Report

_MOST_DIGITS = 4  # behind the point, as in the workbook


def words_of(lang: str) -> Words:
    """The words of pages (_page.toml) in a language."""
    return wording.of(__file__, lang)


def head(shown: Exhibit) -> str:
    """Title, the mark of invented counts, message, and the number to read first."""
    words = shown.words
    said = "" if shown.quiet or not shown.message else f'<p class="message">{escape(shown.message)}</p>'
    band = f'<p class="band">{escape(words("sample"))}</p>' if words("sample") else ""
    first = f'<p class="headline">{escape(shown.headline)}</p>' if shown.headline else ""
    return f"<h2>{escape(words('title'))}</h2>{band}{said}{first}"


def foot(shown: Exhibit) -> str:
    """Basis, unit, sources, as-of, plan and what was decided since; cards that differ carry their own marks and sources."""
    words = shown.words
    parts = [mark(words, words("basis"))] if shown.alike else []
    pairs = [("caption.unit", "unit"), ("caption.sources", "sources")] if shown.alike else []
    pairs.append(("caption.plan", "plan"))
    said = [words("colon", name=words(name), value=words(value)) for name, value in pairs if words.has(value) and words(value)]
    said.append(words("stamp"))
    said += [words("state")] if words("state") else []
    return f'<p class="caption">{"".join(parts)}{"".join(f"<span>{escape(one)}</span>" for one in said)}</p>'


def mark(words: Words, basis: str) -> str:
    """How far a figure may be trusted."""
    return f'<span class="mark {escape(basis)}">{escape(words(f"basis.{basis}"))}</span>'


def cards(shown: Exhibit) -> str:
    """Cards in a grid, group by group; each with its own mark and source where these differ."""
    with paths.frozen(shown.choices.data):
        lines = {} if shown.alike else {one.source_id: caption.source_line(one.source_id, shown.words) for one in shown.cards}
    parts = []
    for group, some in groupby(shown.cards, key=lambda one: one.group):
        named = f"<h3>{escape(group)}</h3>" if group else ""
        body = "".join(_card(one, shown.words, lines) for one in some)
        parts.append(f'{named}<div class="cards" style="--card: {escape(shown.card_width)}">{body}</div>')
    return "".join(parts)


def _card(card: Any, words: Words, lines: dict[str, str]) -> str:
    wordy = " wordy" if len(card.value) > 14 else ""
    parts = [("name", card.title), ("value", card.value), ("badge", card.badge), ("text", card.text)]
    said = "".join(f'<p class="{name}">{escape(text)}</p>' for name, text in parts if text)
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in card.facts)
    said += f"<dl>{facts}</dl>" if facts else ""
    if lines and card.basis:
        said += f'<p class="foot">{mark(words, card.basis)}<span>{escape(lines[card.source_id])}</span></p>'
    return f'<div class="card {escape(card.tone)}{wordy}">{said}</div>'


def table(shown: Exhibit) -> str:
    """What is drawn as a table, under the reader's column names: numbers to the right, codes in words."""
    words, own, rows = shown.words, words_of(shown.words.lang), shown.table
    with paths.frozen(shown.choices.data):
        columns = [_column(str(name), rows[name], words, own) for name in rows.columns]
    sides = [' class="n"' if pd.api.types.is_numeric_dtype(kind) else "" for kind in rows.dtypes]
    heads = "".join(
        f'<th scope="col"{side}>{escape(words(f"columns.{name}"))}</th>' for name, side in zip(rows.columns, sides, strict=True)
    )
    body = "".join(
        "<tr>" + "".join(f"<td{side}>{escape(cell)}</td>" for cell, side in zip(cells, sides, strict=True)) + "</tr>"
        for cells in zip(*columns, strict=True)
    )
    count = own("rows", count=words.number(len(rows)))
    return (
        f"<details><summary>{escape(own('table'))} <span>{escape(count)}</span></summary>"
        f'<div class="table" tabindex="0"><table><caption>{escape(words("title"))}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div></details>"
    )


def _column(name: str, cells: pd.Series, words: Words, own: Words) -> list[str]:
    if pd.api.types.is_datetime64_any_dtype(cells):
        return [f"{cell:%Y-%m-%d}" if pd.notna(cell) else "" for cell in cells]
    if pd.api.types.is_bool_dtype(cells):
        return [own("true" if cell else "false") if pd.notna(cell) else "" for cell in cells]
    if pd.api.types.is_numeric_dtype(cells):
        digits = _digits(cells.dropna())
        return [words.number(cell, digits) if pd.notna(cell) else "" for cell in cells]
    if name == "source_id":
        lines = {cell: caption.source_line(cell, words) for cell in cells.dropna().unique()}
        return [lines.get(cell, "") for cell in cells]
    return [_said(name, str(cell), words) if pd.notna(cell) else "" for cell in cells]


def _digits(numbers: pd.Series) -> int:
    """As many places behind the point as the column needs, so that its points stand below each other."""
    figures = numbers.astype("float64")
    return next((n for n in range(_MOST_DIGITS) if (figures.round(n) == figures).all()), _MOST_DIGITS)


def _said(name: str, cell: str, words: Words) -> str:
    """A code as the reader says it, where the words know it: basis, status, field, channel."""
    codes = [f"{name}.{one}" for one in cell.split(";")]
    return words("join").join(map(words, codes)) if all(map(words.has, codes)) else cell


def figure(shown: Exhibit) -> str:
    """The figure of a chart, or of a map's twin on paper, as JSON that may stand in a page; blank for cards."""
    return _safe(plotly.io.to_json(shown.paper(), validate=False)) if shown.paper else ""


def _safe(text: str) -> str:
    return text.replace("<", "\\u003c")


def twins(figures: Iterable[str]) -> str:
    """JSON: the colours of these figures that have a twin for the dark page, with that twin."""
    used = sorted({one for figure in figures for one in _strings(json.loads(figure))})
    return _safe(json.dumps({one: theme.dress(one, True) for one in used if theme.dress(one, True) != one}))


def _strings(spec: Any) -> Iterator[str]:
    if isinstance(spec, str):
        yield spec
    elif isinstance(spec, dict | list):
        for one in spec.values() if isinstance(spec, dict) else spec:
            yield from _strings(one)


def article(shown: Exhibit, body: str, tail: str = "") -> str:
    """An exhibit in one language: its words, what is drawn, and what is said below."""
    lang = shown.words.lang
    return (
        f'<article lang="{lang}"><div class="above">{head(shown)}</div><div class="body">{body or cards(shown)}</div>'
        f'<div class="below">{foot(shown)}{tail}</div></article>'
    )


def opening(report: Report, page_numbers: bool = False) -> str:
    """Titles, stamps, what was left out, and the contents with a link to each part; one chart by itself needs no contents."""
    head = f'<header>{titles(report)}<div class="stamp">{stamps(report)}</div>{_left_out(report)}</header>'
    if report.single:
        return head
    contents = _each(report, [report.words(n)("contents") for n in range(len(report.languages))])
    number = '<span class="number"></span>' if page_numbers else ""
    lines = []
    for n, part in enumerate(report.parts, start=1):
        named = _each(report, [one.words("title") for one in part])
        lines.append(f'<li><a href="#part-{n}"><span class="named">{named}</span>{number}</a></li>')
    return f"{head}<nav><h2>{contents}</h2><ol>{''.join(lines)}</ol></nav>"


def titles(report: Report, tag: str = "h1") -> str:
    """The report's title in each of its languages."""
    return _each(report, report.titles, tag)


def stamps(report: Report, tag: str = "p") -> str:
    """Its stamp in each of its languages."""
    return _each(report, [report.stamp(n) for n in range(len(report.languages))], tag)


def _left_out(report: Report) -> str:
    return f'<p class="caption">{escape(report.told_left_out())}</p>' if report.left_out else ""


def _each(report: Report, said: Sequence[str], tag: str = "span") -> str:
    """The same in each language of the report, marked as such."""
    both = zip(said, report.languages, strict=True)
    return "".join(f'<{tag} lang="{lang}">{escape(one)}</{tag}>' for one, lang in both)


@cache
def beside(name: str) -> str:
    """A style or a script that lies beside this module."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


@cache
def library() -> str:
    """The script library that draws, as Plotly ships it."""
    return plotly_offline.get_plotlyjs()
