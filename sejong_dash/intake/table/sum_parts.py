"""Lists every number of a sheet with what became of it, for the check sum."""

import numpy as np
import pandas as pd

from sejong_dash.intake.findings import Finding
from sejong_dash.intake.reading_balance import SumParts

from .column_readings import Mask


def list_parts(
    cells: pd.DataFrame,
    unreadable: pd.DataFrame,
    below: pd.DataFrame,
    side: pd.DataFrame,
    lost: list[int],
    errors: list[Finding],
    is_total: Mask,
    is_heading: Mask,
    is_wrong: Mask,
    is_count: Mask,
) -> SumParts:
    """Return every number in the columns of counts with what became of it."""
    codes: dict[int, str] = {}
    for error in errors:
        if error.row is not None and error.code != "more_errors":
            codes.setdefault(error.row, error.code)
    kinds = np.full(len(cells), "", dtype=object)
    lines = cells["line"].to_numpy()
    kinds[~is_count] = "rows_left_out"
    for number in map(int, np.flatnonzero(is_wrong)):
        kinds[number] = codes.get(int(lines[number]), "more_errors")
    kinds[is_total] = "total_row_skipped"
    kinds[is_heading] = "repeated_header"
    parts = SumParts()
    parts.extend(cells["visitors"], lines, kinds)
    parts.extend(unreadable["visitors"], unreadable["line"].to_numpy(), "too_many_cells")
    parts.extend(below["visitors"], below["line"].to_numpy(), "second_table")
    is_first = ~cells["line"].duplicated().to_numpy()
    for at in lost:
        parts.extend(side[at][is_first], lines[is_first], "heading_not_understood")
    return parts
