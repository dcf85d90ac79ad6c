"""Let rows of a file that cannot be used be corrected: in a grid, or by whoever wrote them."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from sejong_dash import intake
from sejong_dash import words as wording
from sejong_dash.exports.sheets import template
from sejong_dash.intake import Finding, Intake
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.desk import count_tables, entry_grid

_MOST_ROWS = 2000  # in the grid
_TAKEN, _UNSEEN = "_desk_taken", "_desk_unseen"
Lines = list[tuple[int, list[str]]]  # the line of each row, and its cells in the order of COLUMNS
_ACROSS_ROWS = ("duplicate_row", "duplicate_conflict")  # what is found again as long as the rows are the same


@dataclass(frozen=True)
class Corrected:
    """The rows of a file since its reader has corrected some, as text: `lines` are to be read again, `left` stay wrong.

    A row is left where nobody has changed or confirmed it, and its text alone does not say what is wrong: a mark in the file or
    another column does.
    """

    lines: Lines
    left: pd.DataFrame


def show(read: Intake, key: str, lang: str) -> Corrected | None:
    """Show the wrong rows in a grid; return all rows of the file, with these corrected, once the reader asks for it.

    A row that is deleted is left out; totals stay, to be checked again.
    """
    words, tables = wording.of(__file__, lang), count_tables.words(lang)
    errors = _errors_by_line(read, lang)
    trouble = read.wrong["line"].map(lambda line: tables.sentences(errors.get(int(line), [])))
    wrong = read.wrong.assign(trouble=trouble.astype("str"))[["line", *count_tables.COLUMNS, "trouble"]].head(_MOST_ROWS)
    if not len(wrong):
        return None
    st.html(markup.heading(words("mend"), lang, words("paste")))
    place = f"{_TAKEN}-{key}"
    base = _with_proposals(wrong, read.errors, lang) if st.session_state.get(place) else wrong
    unseen = _unseen(read, f"{_UNSEEN}-{key}")
    if unseen:
        base = base.assign(right=False)
    edited = entry_grid.editor(base, f"desk-mend-{key}-{bool(st.session_state.get(place))}", lang, "delete")
    with st.container(horizontal=True, gap="small"):
        is_corrected = st.button(words("read_again"), type="primary", icon=":material/refresh:", key="desk-read-again")
        if any(_has_one_proposal(error) for error in read.errors) and not st.session_state.get(place):
            st.button(words("take"), key="desk-take", on_click=_take, args=(place,))
    if not is_corrected:
        return None
    cells = edited[["line", *count_tables.COLUMNS]].fillna("").astype({"line": "int64"})
    is_same = pd.Series([tuple(row) in unseen for row in cells.itertuples(index=False)], index=cells.index, dtype="bool")
    is_left = is_same & ~edited["right"].fillna(False).astype("bool") if unseen else is_same
    good = read.source.assign(**count_tables.as_text(read.rows, lang).to_dict("series"))
    rows = pd.concat([good, cells[~is_left], read.wrong.iloc[_MOST_ROWS:], read.totals])[["line", *count_tables.COLUMNS]]
    lines = rows.sort_values("line", kind="stable").fillna("").astype({"line": "int64"})
    if not len(lines):
        return None
    return Corrected([(int(line), list(cells)) for line, *cells in lines.itertuples(index=False)], cells[is_left])


def _unseen(read: Intake, place: str) -> set[tuple[Any, ...]]:
    """The wrong rows, line and cells, in whose text nothing is wrong; kept in the session, at `place`."""
    if place not in st.session_state:
        wrong = read.wrong[["line", *count_tables.COLUMNS]].head(_MOST_ROWS)
        rows = [(int(line), *cells) for line, *cells in wrong.itertuples(index=False)]
        alone = count_tables.read_lines([(at, [*row[1:]]) for at, row in enumerate(rows, start=2)], read.filename)
        seen = {error.row for error in alone.errors}
        across = {error.row for error in read.errors if error.code in _ACROSS_ROWS}
        st.session_state[place] = {row for at, row in enumerate(rows, start=2) if at not in seen and row[0] not in across}
    unseen: set[tuple[Any, ...]] = st.session_state[place]
    return unseen


def sheet(read: Intake, lang: str) -> bytes:
    """Return a workbook of every row that cannot be used, with what is wrong with it, to send to whoever wrote it. Corrected, it
    is dropped like any other file."""
    words, labels = wording.of(__file__, lang), count_tables.words(lang)
    errors = _errors_by_line(read, lang)
    marked = {(error.row, name) for error in read.errors for name in ([error.column] if error.column else count_tables.COLUMNS)}
    rows = [
        template.RowToCorrect(
            int(line),
            cells,
            [name for name in count_tables.COLUMNS if (line, name) in marked],
            "\n".join(errors.get(int(line), [])),
        )
        for line, *cells in read.wrong[["line", *count_tables.COLUMNS]].itertuples(index=False)
    ]
    columns = ("line", *count_tables.COLUMNS, "trouble")
    return template.write_corrections(
        words("sheet_said", file=read.filename), columns, rows, *count_tables.menu_names(lang), labels
    )


def _errors_by_line(read: Intake, lang: str) -> dict[int, list[str]]:
    """What is wrong with each row, for a reader who sees the row."""
    labels = count_tables.words(lang)
    errors: dict[int, list[str]] = {}
    for error in read.errors:
        if error.row is not None:
            text = intake.describe_without_place(error, lang)
            if error.column:
                text = labels("colon", name=labels(f"columns.{error.column}"), value=text)
            errors.setdefault(error.row, []).append(text)
    return errors


def _take(place: str) -> None:
    st.session_state[place] = True


def _has_one_proposal(error: Finding) -> bool:
    """Whether there is a single proposal for this cell: of several, a person chooses."""
    return bool(error.row and error.column and error.proposal and " / " not in error.proposal)


def _with_proposals(wrong: pd.DataFrame, errors: tuple[Finding, ...], lang: str) -> pd.DataFrame:
    filled = wrong.copy()
    for error in errors:
        if _has_one_proposal(error):
            filled.loc[filled["line"] == error.row, error.column] = intake.localize_proposal(error, lang)
    return filled
