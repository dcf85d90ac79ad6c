"""Shows the rows of a slide as people read them: names instead of codes, dates as exact as they are known, rounded numbers.

What only a program needs is left out; the files that can be downloaded have all of it.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any

import pandas as pd

from sejong_dash import words as wording
from sejong_dash.exhibits import Exhibit
from sejong_dash.words import Words

_ONLY_FOR_PROGRAMS = {
    *("jis_code", "class_low", "class_high", "at_as_of", "office_lat", "office_lon", "lat", "lon", "coordinates", "chosen"),
    *("measure", "view", "zoom", "window", "shown", "shown_from", "shown_to", "as_of", "weekday", "followed", "later", "earlier"),
    *("under_way", "amount_kind", "source_id"),
}
_NAMED_ON_CARDS = {"figure", "event", "under_way"}  # whose rows have a name on their cards alone
_ENDS = ("_id", "_source_id", "_precision")  # sources stand on the slide; how exact a date is shows in the date
_PRECISIONS = {"starts_on": "precision", "ends_on": "precision", "opens_on": "dates_precision", "closes_on": "dates_precision"}
_LARGE = 100  # from here on a tenth is too fine for a meeting
_CODE = re.compile(r"[a-z]+[a-z0-9]*(?:[_-][a-z0-9]+)*")
# "(garden: …, none: …)" and "(1: Monday … 7: Sunday)", in brackets of either width
_EXPLAINS_CODES = re.compile(
    r"\s*[（(](?:[^（()）]*\b[a-z_]{3,}\s*[:：][^（()）]*"
    r"|1[:：][^（()）]*7[:：][^（()）]*)[)）]"
)


def table(drawn: Exhibit) -> str:
    """Return the rows of an exhibit as an HTML table, for questions in the meeting."""
    own, words = wording.of(__file__, drawn.choices.lang), drawn.words
    heads, cells = _of_cards(drawn, own) if drawn.cards and _NAMED_ON_CARDS & {*drawn.table.columns} else _of_rows(drawn, own)
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in cells)
    caption = f"<caption>{escape(words('title'))}</caption>"
    rows = f"<table>{caption}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="sj-slide-table" tabindex="0">{rows}</div>'


def _of_cards(drawn: Exhibit, own: Words) -> tuple[list[str], list[list[str]]]:
    """Return headings and rows for figures of several kinds, each as its card shows it."""
    rows = [[card.title, card.value, card.text] for card in drawn.cards]
    return [own("card.title"), own("card.value"), own("card.text")], rows


def _of_rows(drawn: Exhibit, own: Words) -> tuple[list[str], list[list[str]]]:
    columns = {name: cells for name, cells in _columns(drawn, own) if any(cells)}
    heads = [_head(name, drawn, own) for name in columns]
    return heads, [list(row) for row in zip(*columns.values(), strict=True)]


def _columns(drawn: Exhibit, own: Words) -> Iterator[tuple[str, list[str]]]:
    """Yield the columns for readers with their cells; a column with codes that have no name is for programs."""
    rows, words = drawn.table, drawn.words
    for name in rows.columns:
        if name in _ONLY_FOR_PROGRAMS or name == "precision" or name.endswith(_ENDS):
            continue
        if name == "value" and drawn.choices.measure == "participation" and "projects" in rows.columns:
            continue  # the number of projects again
        precision = name.removesuffix("_on") + "_precision" if name.endswith("_on") else ""
        precision = precision if precision in rows.columns else _PRECISIONS.get(name, "")
        exact = rows[precision] if precision in rows.columns else pd.Series("day", index=rows.index)
        if all(_is_known(name, value, words, own) for value in rows[name]):
            yield name, [_cell(name, *pair, words, own) for pair in zip(rows[name], exact, strict=True)]


def _is_known(column: str, value: Any, words: Words, own: Words) -> bool:
    """Return whether a cell is no code, or a code that has a name."""
    parts = value.split(";") if isinstance(value, str) and not column.startswith("holiday_") else []
    return not any(_CODE.fullmatch(part) and _named(column, part, words, own) is None for part in parts)


def _head(name: str, drawn: Exhibit, own: Words) -> str:
    if name == "value" and "measure" in drawn.table.columns:
        return drawn.words(f"list.{drawn.choices.measure}")
    if name == "visitors" and "expo" in drawn.table.columns:
        return own("heading.visitors_or_goal")
    if own.has(f"heading.{name}"):
        return own(f"heading.{name}")
    return _EXPLAINS_CODES.sub("", drawn.words(f"columns.{name}"))


def _cell(column: str, value: Any, precision: Any, words: Words, own: Words) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, str):
        if column.startswith("holiday_"):
            return words.holiday(column.removeprefix("holiday_"), value) if value else ""
        names = [_named(column, part, words, own) for part in value.split(";")]
        return words("comma").join(name for name in names if name) if all(names) else value
    if isinstance(value, bool):
        return own(f"bool.{str(value).lower()}")
    if isinstance(value, datetime):
        return words.date(value.date(), precision if isinstance(precision, str) and precision else "day")
    if column.endswith("year"):
        return str(int(value))
    return words.number(value, 0 if float(value).is_integer() or abs(value) >= _LARGE else 1)


def _named(column: str, code: str, words: Words, own: Words) -> str | None:
    """Return the name of a code; None where it has none, as for any other text."""
    key = f"basis.{code}" if column.endswith("_basis") else f"{column}.{code}"
    return next((known(key) for known in (own, words) if known.has(key)), None)
