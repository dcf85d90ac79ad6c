"""Who changed which counts, how is a change taken back, and how did one figure come to be what it is?"""

import re
from datetime import date

import pandas as pd
import streamlit as st

from .. import words as wording
from ..store import counts, history
from ..store.counts import Change
from ..words import Words
from . import desk_change, desk_tables, filters, html

_RECEIPT = re.compile(r"(\d{4}-\d{2}-\d{2})\.(\d{2})?\.([^.]*)")
_CHANNELS = ("individual", "group", "exchange", "")


def changes(lang: str) -> None:
    """All changes, the last one first; the figures of the one that is chosen, and its undo."""
    words = wording.of(__file__, lang)
    known = history.history()
    if known and counts.notice() is not None:  # the file was edited by hand since
        known = history.history()
    if not known:
        st.html(html.note(words("none"), lang))
        return
    desk_tables.show(_listed(known, words), desk_tables.words(lang), "desk-changes")
    numbers = {one.number: one for one in known}
    number = st.selectbox(words("choose"), list(numbers), format_func=lambda one: _named(numbers[one], words), key="desk-change")
    chosen = numbers[number]
    figures = history.receipt(change=number)
    if len(figures):
        told = desk_tables.readable(figures[["date", "jis_code", "channel", "before", "after"]], lang)
        desk_tables.show(told, desk_tables.words(lang), "desk-change-figures")
    if chosen.kind == "begun":
        st.html(html.note(words("begun_note"), lang))
    elif chosen.undone_by is not None:
        st.html(html.note(words("undone_by", number=words.number(chosen.undone_by)), lang))
    else:
        desk_change.undo(number, lang)


def _listed(known: list[Change], words: Words) -> pd.DataFrame:
    rows = [(one.number, f"{one.when:%Y-%m-%d %H:%M}", one.who, _what(one, words), one.why, one.file) for one in known]
    return pd.DataFrame(rows, columns=["change", "when", "who", "what", "why", "file"])


def _what(one: Change, words: Words) -> str:
    parts = [words(f"kind.{one.kind}", number=words.number(one.undoes or 0))]
    parts += [words(name, count=words.number(getattr(one, name))) for name in ("new", "changed", "removed") if getattr(one, name)]
    parts += [words("undone_by", number=words.number(one.undone_by))] if one.undone_by else []
    return words("join").join(parts)


def _named(one: Change, words: Words) -> str:
    return words("named", number=words.number(one.number), when=f"{one.when:%Y-%m-%d %H:%M}", who=one.who or words("nobody"))


def receipt(figure: str, lang: str) -> None:
    """The history of one figure, as the address names it: `?receipt=2026-05-06.13.group`."""
    words = wording.of(__file__, lang)
    asked = _RECEIPT.fullmatch(figure)
    day, place, channel = _figure(asked, words)
    if day is None:
        st.html(html.note(words("which"), lang))
        return
    tables, names = desk_tables.words(lang), desk_tables.places(lang)
    stands = counts.figures().fillna({"jis_code": "", "channel": ""})
    row = stands[(stands["date"] == pd.Timestamp(day)) & (stands["jis_code"] == place) & (stands["channel"] == channel)]
    known = {"date": words.date(day), "prefecture": names.get(place, place)}
    known["channel"] = desk_tables.channel(channel, tables) or tables("unknown")
    if len(row):
        line = {"line": words.number(int(row.index[0])), "version": counts.version()}
        value = words("value", value=words.number(int(row["visitors"].iloc[0])))
        st.html(html.headline(value, lang))
        st.html(html.line(words("stands", **known, **line), lang))
    else:
        st.html(html.line(words("no_figure", **known), lang))
    told = history.receipt(day, place, channel)
    if not len(told):
        st.html(html.note(words("no_history"), lang))
        return
    table = told.assign(when=told["when"].map(lambda at: f"{at:%Y-%m-%d %H:%M}").astype("str"))
    columns = ["change", "when", "who", "why", "file", "before", "after", "version"]
    st.html(html.line(words("formula"), lang))
    desk_tables.show(table[columns], tables, "desk-receipt")


def _figure(asked: re.Match[str] | None, words: Words) -> tuple[date | None, str, str]:
    """The figure of the address, or another that is chosen here and put into the address."""
    names = desk_tables.places(words.lang)
    day, place, channel = _parts(asked)
    tables = desk_tables.words(words.lang)
    places, channels = list(names), list(dict.fromkeys([*_CHANNELS, channel]))
    key = asked.group() if asked else ""
    with st.container(horizontal=True, gap="small", key="desk-receipt-of"):
        day = st.date_input(tables("columns.date"), day, format="YYYY-MM-DD", key=f"receipt-day-{key}", width=200)
        at = places.index(place) if place in places else 0
        place = st.selectbox(
            tables("columns.prefecture"), places, at, format_func=names.__getitem__, key=f"receipt-place-{key}", width=220
        )
        channel = st.selectbox(
            tables("columns.channel"),
            channels,
            channels.index(channel),
            format_func=lambda one: desk_tables.channel(one, tables) or tables("unknown"),
            key=f"receipt-channel-{key}",
            width=260,
        )
    if day is not None and f"{day}.{place}.{channel}" != key:
        filters.ask("receipt", f"{day}.{place}.{channel}")
        st.rerun()
    return day, place, channel


def _parts(asked: re.Match[str] | None) -> tuple[date | None, str, str]:
    if asked is None:
        return None, "", "individual"
    try:
        return date.fromisoformat(asked[1]), asked[2] or "", asked[3]
    except ValueError:
        return None, "", "individual"
