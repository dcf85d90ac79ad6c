"""Reports the cells whose text is not what a sheet shows: marks, strokes, formats, merged numbers, hidden rows and columns."""

from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from sejong_dash.intake.cells.amounts import shorten
from sejong_dash.intake.files.cell_marks import Place
from sejong_dash.intake.files.raw_sheet import RawSheet
from sejong_dash.intake.findings import COLUMNS, Finding
from sejong_dash.intake.table.column_readings import MOST_LISTED, Mask
from sejong_dash.intake.table.headings import TableLayout

QUESTION = "hidden_rows"
DROP = "drop"


def list_roles(layout: TableLayout) -> dict[int, str]:
    """Return the role of each column that has one."""
    return {at: role for role in COLUMNS for at in layout.roles.get(role, [])} | dict.fromkeys(layout.across, "visitors")


def check_marks(
    sheet: RawSheet,
    layout: TableLayout,
    cells: pd.DataFrame,
    is_count: Mask,
    is_bad: Mask,
    settled: Collection[Place] = (),
) -> list[Finding]:
    """Return the errors of marked cells, but for those `settled`, and of merged numbers, and mark their rows in `is_bad`."""
    found: dict[int, Finding] = {}
    roles = list_roles(layout)
    places = CellPlaces(cells)
    for (line, column), mark in sheet.marks.cells.items():
        role = roles.get(column)
        if role is None or (line, column) in settled or (mark.code == "format_scaled" and role != "visitors"):
            continue
        fields = {"found": shorten(mark.found)} | ({"proposal": mark.proposal} if mark.proposal else {})
        for at in places.find(line, column if role == "visitors" else None):
            found.setdefault(at, Finding(line, role, mark.code, fields))
    if sheet.torn_line is not None:
        for at in places.find(sheet.torn_line):
            found[at] = Finding(sheet.torn_line, "visitors", "torn_line", {"found": shorten(str(cells.at[at, "visitors"]))})
    for at, finding in _list_merged(sheet, layout, cells, places):
        found.setdefault(at, finding)
    kept = {at: finding for at, finding in sorted(found.items()) if is_count[at]}
    is_bad[list(kept)] = True
    findings = list(dict.fromkeys((finding.row, finding.column, finding.code) for finding in kept.values()))
    first = {(finding.row, finding.column, finding.code): finding for finding in reversed(kept.values())}
    listed = [first[key] for key in findings[:MOST_LISTED]]
    if len(findings) > MOST_LISTED:
        rest = {"count": len(findings) - MOST_LISTED, "first": findings[MOST_LISTED][0], "code": findings[MOST_LISTED][2]}
        listed.append(Finding(findings[-1][0], findings[-1][1], "more_errors", rest))
    return listed


def check_hidden(sheet: RawSheet, layout: TableLayout, lines: np.ndarray) -> list[Finding]:
    """Return a notice of rows, columns or a sheet that the file's reader does not see, and that were read."""
    findings = []
    if sheet.is_hidden:
        findings.append(Finding(None, None, "hidden_sheet", {"found": sheet.name}))
    hidden = sorted(sheet.marks.hidden_rows & set(lines.tolist()))
    if hidden:
        findings.append(Finding(hidden[0], None, "hidden_rows", {"count": len(hidden), "rows": " ".join(map(str, hidden[:20]))}))
    used = [at for role in COLUMNS for at in layout.roles.get(role, [])] + layout.across
    findings += [
        Finding(layout.line, None, "hidden_column", {"found": layout.titles[at].strip() or str(at + 1)})
        for at in used
        if at in sheet.marks.hidden_columns
    ]
    return findings


class CellPlaces:
    """Finds the rows of a table of cells by line, and by the column of their number."""

    def __init__(self, cells: pd.DataFrame) -> None:
        self._lines, self._columns = cells["line"].to_numpy(), cells["at"].to_numpy()

    def find(self, line: int, column: int | None = None, last: int | None = None) -> list[int]:
        start = int(np.searchsorted(self._lines, line))
        end = int(np.searchsorted(self._lines, line if last is None else last, side="right"))
        return [at for at in range(start, end) if column is None or self._columns[at] == column]


def _list_merged(sheet: RawSheet, layout: TableLayout, cells: pd.DataFrame, places: CellPlaces) -> Iterator[tuple[int, Finding]]:
    """Give each row of a number that a merged cell gives to several rows, or several columns, with its error."""
    numbers = set(layout.across or layout.roles.get("visitors", [])[:1])
    for top, left, bottom, right in sheet.marks.merged:
        columns = [column for column in range(left, right + 1) if column in numbers]
        if top <= layout.line or not columns or (bottom == top and len(columns) == 1):
            continue
        at_first = places.find(top, columns[0])
        text = str(cells.at[at_first[0], "visitors"]) if at_first else ""
        for column in columns:
            for at in places.find(top, column, bottom):
                fields = {"found": shorten(text), "first": top, "last": bottom}
                yield at, Finding(int(cells.at[at, "line"]), "visitors", "merged_number", fields)
