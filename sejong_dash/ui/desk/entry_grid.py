"""Show the grid in which rows are typed or pasted, and a stored day is corrected."""

from dataclasses import replace
from datetime import date
from typing import Any, Literal

import pandas as pd
import streamlit as st

from sejong_dash import intake
from sejong_dash import words as wording
from sejong_dash.intake import Finding
from sejong_dash.store import counts
from sejong_dash.ui.blocks import markup

from . import count_tables, step_bar
from .changes import change_preview
from .reading import file_checks, interpretation, new_channels
from .step_bar import StepBar

_EMPTY_ROWS = 100  # each has its number, which a row that the reader adds has not
_HEIGHT = 360  # pixels, of the empty grid
_MOST_ERRORS = 30
_TYPED = "_desk_typed"


def show(bar: StepBar) -> None:
    """Show an empty grid, or what stands of a chosen day, to be corrected or removed; and what storing it would change."""
    lang, words = bar.lang, wording.of(__file__, bar.lang)
    bar.set("file", step_bar.WAITING, "write")
    day = st.date_input(words("day"), None, format="YYYY-MM-DD", help=words("day_help"), key="desk-day", width=320)
    held = st.session_state.get(_TYPED)
    if held is None or held["day"] != day:
        held = st.session_state[_TYPED] = _open(day, lang) | {"round": (held or {}).get("round", 0) + 1}
    st.html(markup.note(words("paste"), lang))
    edited = editor(held["base"], f"desk-type-{held['round']}", lang, "dynamic")
    rows = edited[list(count_tables.COLUMNS)].fillna("").astype("str")
    lines = [(int(number) + 1, list(cells)) for number, *cells in rows.itertuples() if any(map(str.strip, cells))]
    if not lines and held["shown"] is None:
        return
    place = f"typed-{held['round']}"
    bar.set("file", step_bar.DONE, "rows", count=len(lines))
    answers = new_channels.answers(place)
    read = count_tables.read_lines(lines, words("typed"), answers)
    if read.errors and lines:
        errors = [intake.describe(_in_grid(error), "", lang).strip() for error in read.errors]
        bar.set("read", step_bar.DONE, "rows", count=len(lines))
        bar.set("mend", step_bar.WRONG, "errors", count=len(errors))
        listed = markup.bullets("", errors[:_MOST_ERRORS], lang, wrong=True)
        st.html(step_bar.heading("mend", lang, words("errors", count=words.number(len(errors))), listed))
        return  # a half-typed row is not stored
    notices = [_in_grid(notice) for notice in read.notices]
    bar.set("read", step_bar.DONE, "rows", count=len(read.rows))
    interpretation.show_notices(notices, lang)
    if not new_channels.ask(read.unknown_channels, place, lang):
        new_channels.waiting(lang)
        bar.set("mend", step_bar.WRONG, "asked", count=len(read.unknown_channels))
    else:
        bar.set("mend", step_bar.DONE, "clean")
        caveats = change_preview.Caveats(file_checks.warnings(notices, lang), file_checks.facts(notices, lang))
        key = ("typed", held["round"], str(lines), str(answers))
        change_preview.offer(read.rows, words("typed"), key, bar, shown=held["shown"], caveats=caveats)


def forget() -> None:
    """Empty the grid."""
    st.session_state.pop(_TYPED, None)


def _in_grid(finding: Finding) -> Finding:
    """A finding with the grid's row numbers: it has its headings outside, so that its first row is the second that is read."""
    fields = dict(finding.fields)
    if isinstance(fields.get("first"), int):
        fields["first"] = int(str(fields["first"])) - 1
    if "rows" in fields and finding.code == "duplicate_conflict":
        fields["rows"] = " ".join(str(int(line) - 1) for line in str(fields["rows"]).split())
    return replace(finding, row=finding.row and finding.row - 1, fields=fields)


def _open(day: date | None, lang: str) -> dict[str, Any]:
    """An empty grid, or what stands of a day: its `base` as text, and as `shown` the figures that its reader saw."""
    if day is None:
        base = pd.DataFrame("", index=pd.RangeIndex(1, _EMPTY_ROWS + 1), columns=list(count_tables.COLUMNS), dtype="str")
        return {"day": day, "base": base, "shown": None}
    stands = counts.figures()
    shown = stands.loc[stands["date"] == pd.Timestamp(day), ["date", "jis_code", "channel", "visitors"]].reset_index(drop=True)
    base = count_tables.as_text(shown, lang)
    base.index = pd.RangeIndex(1, len(base) + 1)
    return {"day": day, "base": base, "shown": shown}


def editor(base: pd.DataFrame, key: str, lang: str, rows: Literal["delete", "dynamic"]) -> pd.DataFrame:
    """Show rows of text in which a reader can write, paste and delete, and return them as edited.

    Every column is text: a column of numbers refuses `1,200명` in the browser without a word.
    """
    tables = count_tables.words(lang)
    texts = {name: st.column_config.TextColumn(tables(f"columns.{name}")) for name in count_tables.COLUMNS}
    more = {name: st.column_config.Column(tables(f"columns.{name}"), width="small") for name in ("line",) if name in base}
    if "trouble" in base:
        more["trouble"] = st.column_config.TextColumn(tables("columns.trouble"), width="large")
    if "right" in base:
        more["right"] = st.column_config.CheckboxColumn(tables("columns.right"), help=tables("right_help"))
    return st.data_editor(
        base,
        num_rows=rows,
        hide_index=rows != "dynamic",
        height=_HEIGHT if len(base) == _EMPTY_ROWS else "auto",
        disabled=["line", "trouble"],
        column_config=texts | more,
        key=key,
        alt=tables("table"),
        placeholder="",
    )
