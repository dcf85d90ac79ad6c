"""Lists every number of a sheet with what became of it, for the check sum."""

import numpy as np
import pandas as pd

from sejong_dash.intake.findings import Finding
from sejong_dash.intake.reading_balance import SumParts

from .column_readings import Mask
from .row_cells import RowCells
from .row_verdicts import RowVerdicts


def list_parts(
    collected: RowCells, below: pd.DataFrame, verdicts: RowVerdicts, errors: list[Finding], is_wrong: Mask
) -> SumParts:
    """Return every number in the columns of counts, and in the rows `below` the table, with what became of it."""
    codes: dict[int, str] = {}
    for error in errors:
        if error.row is not None and error.code != "more_errors":
            codes.setdefault(error.row, error.code)
    lines, unreadable = verdicts.lines, collected.unreadable
    kinds = np.full(len(lines), "", dtype=object)
    kinds[~verdicts.is_count] = "rows_left_out"
    for number in map(int, np.flatnonzero(is_wrong)):
        kinds[number] = codes.get(int(lines[number]), "more_errors")
    kinds[verdicts.is_total] = "total_row_skipped"
    kinds[verdicts.is_heading] = "repeated_header"
    parts = SumParts()
    parts.extend(collected.cells["visitors"], lines, kinds)
    parts.extend(unreadable["visitors"], unreadable["line"].to_numpy(), "too_many_cells")
    parts.extend(below["visitors"], below["line"].to_numpy(), "second_table")
    is_first = ~collected.cells["line"].duplicated().to_numpy()
    for at in verdicts.lost:
        parts.extend(collected.side[at][is_first], lines[is_first], "heading_not_understood")
    return parts
