"""Show how a file was understood, and let a reader choose how else to read it."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any
from unicodedata import normalize

import pandas as pd
import streamlit as st

from sejong_dash import intake
from sejong_dash import words as wording
from sejong_dash.intake import Finding, Intake
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.desk import count_tables
from sejong_dash.words import Words

from . import new_channels

_CHOICES = ("encoding", "sheet", "year", "order")
_ORDERS = ("", "mdy", "dmy")
_MOST_NOTICES, _MOST_ROWS = 200, 1000


def choices(file: str) -> dict[str, Any]:
    """Return what the reader has chosen for this file otherwise than it was understood, as `intake.read` takes it."""
    chosen = {name: st.session_state.get(f"_desk_{name}_{file}") for name in _CHOICES}
    return chosen | {"channels": new_channels.answers(file)}


def show(read: Intake, now: Intake, file: str, lang: str) -> bool:
    """Show how the file was read, its rows beside what stood in it, and the other ways to read it.

    `now` is the file since its rows were corrected. Return whether every channel is known.
    """
    words = wording.of(__file__, lang)
    steps = [intake.describe_without_place(step, lang) for step in read.steps if not step.code.startswith("overlaps_")]
    st.html(markup.bullets(words("understood"), steps, lang))
    _show_other_ways(read, file, words)
    is_known = new_channels.ask(now.unknown_channels, file, lang)
    if len(now.rows):
        st.html(markup.heading(words("first_rows"), lang))
        count_tables.show(_with_source(now, lang), count_tables.words(lang), "desk-rows")
    return is_known


def show_notices(notices: Iterable[Finding], lang: str) -> None:
    """Show the notices of single rows, but for those of cells that stand as the desk's own templates and menus write them."""
    words = wording.of(__file__, lang)
    rows = [notice for notice in notices if notice.row and notice.code != "channel_unknown"]  # of which there is a question
    lines = [sentence(notice, lang) for notice in rows if not is_own(notice, lang)]
    if lines:
        with st.expander(words("notices", count=words.number(len(lines)))):
            st.html(markup.bullets("", lines[:_MOST_NOTICES], lang))


def sentence(finding: Finding, lang: str) -> str:
    """Return a finding for a reader who has the file before them: its row, if it is of a row, and what it is."""
    if finding.row is None:
        return intake.describe_without_place(finding, lang)
    return intake.describe(_with_channel_name(finding, lang), "", lang).strip()


def _with_channel_name(finding: Finding, lang: str) -> Finding:
    """A finding with the channel's name in the desk's tables, not its code."""
    if finding.code != "channel_named":
        return finding
    name = count_tables.channel_name(str(finding.fields["value"]), count_tables.words(lang))
    return replace(finding, fields={**finding.fields, "value": name})


def is_own(finding: Finding, lang: str) -> bool:
    """Return whether a cell, or a heading, stands as the desk itself writes it."""
    labels_by_lang = {code: count_tables.words(code) for code in wording.LANGUAGES}
    if finding.code == "headings_japanese":
        return lang == "ja"
    if finding.code == "column_ignored":  # of the sheet with the rows to correct
        own = {labels(f"columns.{name}") for labels in labels_by_lang.values() for name in ("line", "trouble")}
        return str(finding.fields["found"]) in own
    if finding.code not in ("channel_named", "prefecture_not_known"):
        return False
    key = f"channel.{finding.fields['value']}" if finding.code == "channel_named" else "unknown"
    own = {normalize("NFKC", labels(key)) for labels in labels_by_lang.values() if labels.has(key)}
    return normalize("NFKC", str(finding.fields["found"])) in own


def _with_source(read: Intake, lang: str) -> pd.DataFrame:
    """The rows in the reader's words, and what stood in the file where that is not the same."""
    labels = count_tables.words(lang)
    after = count_tables.as_text(read.rows.head(_MOST_ROWS), lang)
    before = read.source.head(_MOST_ROWS).reset_index(drop=True)
    found = pd.Series("", index=after.index, dtype="str")
    for name in count_tables.COLUMNS:
        differs = (before[name].str.strip() != after[name]) & (before[name].str.strip() != "")
        cells = before[name].map(lambda cell, name=name: labels("colon", name=labels(f"columns.{name}"), value=cell))
        found = found.where(~differs, found + found.map(lambda text: labels("join") if text else "") + cells)
    numbers = read.rows["visitors"].head(_MOST_ROWS).reset_index(drop=True)
    return pd.concat([before["line"], after.assign(visitors=numbers, found=found)], axis="columns")


def _show_other_ways(read: Intake, file: str, words: Words) -> None:
    """Show menus for other sheets, years, orders of dates and encodings, where there are any."""
    if len(read.sheets) > 1:
        st.selectbox(words("sheet"), read.sheets, width=320, **_kept("sheet", file))
    if any("year_missing" in error.code for error in read.errors) or choices(file)["year"]:
        st.number_input(words("year"), 2020, 2040, None, width=320, **_kept("year", file))
    if any("date_ambiguous" in error.code for error in read.errors) or choices(file)["order"]:
        orders = {order: words(f"order.{order or 'none'}") for order in _ORDERS}
        st.selectbox(words("order.label"), orders, format_func=orders.__getitem__, width=320, **_kept("order", file))
    if not read.candidates:
        return
    encodings = [candidate.encoding for candidate in read.candidates]
    is_unsure = read.outcome == "reject_file" or any(notice.code == "encoding_unsure" for notice in read.notices)
    with st.expander(words("encodings"), expanded=is_unsure):
        at = encodings.index(read.encoding) if read.encoding in encodings else 0
        st.selectbox(
            words("encoding"), encodings, at, format_func=partial(_encoding_name, words), width=320, **_kept("encoding", file)
        )
        shown = [encodings[at], *(name for name in encodings if name != encodings[at])][:2]
        for column, name in zip(st.columns(len(shown)), shown, strict=True):
            sample = next(candidate.sample for candidate in read.candidates if candidate.encoding == name)
            column.caption(
                words("preview_chosen" if name == encodings[at] else "preview_other", name=_encoding_name(words, name))
            )
            column.code("\n".join(sample.splitlines()[:8]), language=None)


def _kept(name: str, file: str) -> dict[str, Any]:
    """Settings of a menu whose choice counts once it is made: what it shows at first is what was understood."""
    return {"key": f"desk-{name}-{file}", "on_change": _keep, "args": (name, file)}


def _keep(name: str, file: str) -> None:
    key = f"desk-{name}-{file}"
    if key in st.session_state:  # the message may come when its menu has gone
        st.session_state[f"_desk_{name}_{file}"] = st.session_state[key]


def _encoding_name(words: Words, encoding: str) -> str:
    return words(f"named.{encoding}") if words.has(f"named.{encoding}") else encoding
