"""Asks once about all cells of a file with the same doubt, where one answer is a rule of its sender: ¹ is a footnote, - is 0.

A doubt that is only of one cell (two dates that a cell may mean, a number under a merge, a formula without its result) is none of
these: the reader corrects its row.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from sejong_dash.intake.cells import amounts
from sejong_dash.intake.cells.spelling import load_words, narrow, simplify, strip_footnotes
from sejong_dash.intake.files.cell_marks import Place
from sejong_dash.intake.files.raw_sheet import RawSheet
from sejong_dash.intake.findings import Finding
from sejong_dash.intake.reading_account import Question
from sejong_dash.intake.table.column_readings import Mask
from sejong_dash.intake.table.count_unit import CellReader
from sejong_dash.intake.table.headings import TableLayout

from .marked_cells import CellPlaces, list_roles

TAKE, EACH = "take", "each"
TAKEN = "taken_by_answer"
_PREFIX = "cells:"
_MARKS = ("mark_in_cell", "struck_out", "hidden_text", "format_scaled")


def ask_rules(errors: Iterable[Finding]) -> list[Question]:
    """Return a question for each kind of doubt that the errors have, with the first cell as its example."""
    questions: dict[str, Question] = {}
    for error in errors:
        found = str(error.fields.get("found", ""))
        kind = _kind_of(error.code, error.column, found, error.proposal)
        if kind:
            key, example = _key_of(kind, found), f"{found} → {error.proposal}"
            questions.setdefault(key, Question(key, f"cells_{kind}", example, (TAKE, EACH), error.row))
    return list(questions.values())


def take_answered(
    sheet: RawSheet, layout: TableLayout, cells: pd.DataFrame, read_count: CellReader, factor: int
) -> tuple[pd.DataFrame, list[Finding], set[Place]]:
    """Return the cells with what the reader's answers make of them, a notice of each, and the places whose mark is settled."""
    answered = {key for key, answer in layout.answers.items() if key.startswith(_PREFIX) and answer == TAKE}
    if not answered:
        return cells, [], set()
    cells, roles, places = cells.copy(), list_roles(layout), CellPlaces(cells)
    notices: dict[tuple[int, str, str], Finding] = {}
    settled: set[Place] = set()

    def take(at: int, role: str, found: str, proposal: str) -> None:
        line = int(cells.at[at, "line"])
        cells.at[at, role] = proposal
        notices[line, role, found] = Finding(line, role, TAKEN, {"found": amounts.shorten(found), "value": proposal})

    for (line, column), mark in sheet.marks.cells.items():
        role, kind = roles.get(column), _kind_of(mark.code, roles.get(column), mark.found, mark.proposal)
        if role and _key_of(kind, mark.found) in answered and (kind != "format_scaled" or factor == 1):
            settled.add((line, column))
            for at in places.find(line, column if role == "visitors" else None):
                take(at, role, mark.found, str(mark.proposal))
    for text, proposal in _list_texts(cells["visitors"], read_count, answered).items():
        for at in np.flatnonzero((cells["visitors"] == text).to_numpy(dtype=bool)).tolist():
            take(at, "visitors", text, proposal)
    return cells, list(notices.values()), settled


def flag_taken_as_none(stood: pd.DataFrame, cells: pd.DataFrame) -> Mask:
    """Return in which cells an answer takes a sign or a word for 0."""
    is_taken = (stood["visitors"] != cells["visitors"]).to_numpy(dtype=bool, copy=True)
    for at in np.flatnonzero(is_taken):
        is_taken[at] = simplify(str(stood["visitors"].iat[at])) in load_words("number", "perhaps_none")
    return is_taken


def _list_texts(texts: pd.Series, read_count: CellReader, answered: set[str]) -> Mapping[str, str]:
    """Return what an answer makes of each text that is no count as it stands."""
    taken: dict[str, str] = {}
    for text in map(str, texts.unique()):
        error = read_count(text).error
        proposal = str(amounts.read(text).fields.get("proposal") or "") if error else ""
        if error and _key_of(_kind_of(error, "visitors", text, proposal), text) in answered:
            taken[text] = proposal
    return taken


def _kind_of(code: str, column: str | None, found: str, proposal: str | None) -> str:
    """Return the kind of a doubt that has a rule; blank for one without, and where there are several proposals, or none."""
    if not proposal or " / " in proposal or column is None:
        return ""
    if code in _MARKS:
        return code if code != "format_scaled" or column == "visitors" else ""
    if column != "visitors":
        return ""
    if code == "not_a_number":
        return "mark_in_cell" if strip_footnotes(found) != narrow(found).strip() else ""
    return {"missing_value": "perhaps_none", "not_an_integer": "point_of_thousands"}.get(code, "")


def _key_of(kind: str, found: str) -> str:
    """Return the key of a question; what may mean 0 is asked about for each way to write it."""
    return f"{_PREFIX}{kind}:{simplify(found)}" if kind == "perhaps_none" else f"{_PREFIX}{kind}"
