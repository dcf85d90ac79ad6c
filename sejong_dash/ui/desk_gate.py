"""What did a log of the gates come to, which of its rows could not be counted, and what would its counts change?"""

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st
from babel import Locale

from .. import intake
from .. import words as wording
from ..exports import template, xlsx
from ..intake import gate_wrong
from ..words import Words
from . import desk_change, desk_tables, html
from .desk_source import Source

if TYPE_CHECKING:
    from ..intake.gate_log import GateCounts

_TOLD = 12  # wrong rows told one by one; the sheet has more
_COLUMNS = ("japan", "elsewhere", "gate", "country", "column")
_UNKNOWN = "ZZ"


def told(log: "GateCounts", source: Source, key: tuple[Any, ...], lang: str) -> None:
    """Where every entry went, day by day, and the offer to store the visitors from Japan."""
    words, said = wording.of(__file__, lang), _said(lang)
    st.html(html.told(words("understood"), _steps(log, source.name, words), lang))
    days = log.days()
    if len(days):
        st.html(html.heading(words("days"), lang))
        desk_tables.show(days.assign(date=days["date"].dt.strftime("%Y-%m-%d")), said, "desk-gate-days")
        with st.expander(words("apart")):
            _apart(log, said)
    if log.wrong_total:
        _wrong(log, source.name, words)
    if log.from_japan:
        desk_change.offer(log.counts, source.name, key, lang)


def _steps(log: "GateCounts", name: str, words: Words) -> list[str]:
    counted = {"read": log.rows_read, "japan": log.from_japan, "elsewhere": log.from_elsewhere, "wrong": log.wrong_total}
    japan, country = log.unnamed
    steps = [words("log", file=name), words("sum", **{name: words.number(number) for name, number in counted.items()})]
    days = log.days()["date"]
    if len(days):
        first, last = (f"{day:%Y-%m-%d}" for day in (days.min(), days.max()))
        steps.append(words("period", first=first, last=last, count=words.number(len(days))))
    steps += [
        words(entry, count=words.number(number))
        for entry, number in (("no_prefecture", japan), ("no_country", country), ("blank", log.blank_lines))
        if number
    ]
    if log.encoding != "utf-8":
        steps.append(words("encoding", found=log.encoding))
    steps.append(words("channel"))
    return [*steps, *(intake.sentence(one, name, words.lang) for one in intake.overlaps(log.counts))]


def _apart(log: "GateCounts", said: Words) -> None:
    """Everybody by gate, and who is not from Japan by country."""
    blank = desk_tables.places(said.lang)[""]
    names = dict(Locale(said.lang).territories) | {_UNKNOWN: blank, "": blank}
    for column, what in zip(st.columns(2), ("gate", "country"), strict=True):
        table = log.most(what)
        named = table[what].map(lambda one, names=names: names.get(one, one)) if what == "country" else table[what]
        with column:
            desk_tables.show(table.assign(**{what: named.replace("", names[""])}), said, f"desk-gate-{what}")


def _wrong(log: "GateCounts", name: str, words: Words) -> None:
    rows = [gate_wrong.sentence(one, words.lang) for one in log.wrong[:_TOLD]]
    st.html(html.told(words("wrong", count=words.number(log.wrong_total)), rows, words.lang, wrong=True))
    if log.wrong_total > _TOLD:
        st.caption(words("more_wrong", count=words.number(log.wrong_total - _TOLD), sheet=words.number(len(log.wrong))))
    st.download_button(
        words("sheet"),
        partial(sheet, log, name, words),
        f"{words('sheet_name')}.xlsx",
        template.MIMES["xlsx"],
        icon=":material/download:",
        on_click="ignore",
        key="desk-gate-sheet",
    )


def sheet(log: "GateCounts", name: str, words: Words) -> bytes:
    """The rows that could not be counted: line, column, what was found and why, to send to whoever keeps the gates."""
    rows = [(one.row, one.column or "", one.found, gate_wrong.said(one, words.lang)) for one in log.wrong]
    table = pd.DataFrame(rows, columns=["line", "column", "found", "trouble"])
    return xlsx.write(None, table, _said(words.lang).with_entries(title=words("sheet_name"), message=name))


def _said(lang: str) -> Words:
    words = wording.of(__file__, lang)
    return desk_tables.words(lang).with_entries(**{f"columns.{name}": words(f"columns.{name}") for name in _COLUMNS})
