"""Draws up what was changed or dropped between a file and its table, and compares the file's sum with that of the table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from .cells import amounts
from .cells.spelling import narrow
from .findings import Finding
from .reading_account import CHANGED, IN_DOUBT, MOST_CELLS, REWRITTEN, CellChange, Checksum, ReadingChange, SumDifference

_IN_DOUBT = {"hidden_rows", "hidden_column", "hidden_sheet", "total_mismatch", "total_alone", "channel_of_heading"}
_CHANGED = {
    *("unit_of_heading", "unit_expanded", "year_filled", "order_chosen", "timezone_converted", "time_dropped", "merged_cells"),
    *("column_ignored", "column_understood", "prefecture_not_known", "total_row_skipped", "average_row_skipped", "note_skipped"),
    *("skipped_preamble", "second_header", "repeated_header", "wide_table", "days_to_come", "rows_left_out", "rows_added_up"),
    *("nul_padding", "taken_by_answer"),
}
_REWRITTEN = {
    *(
        "number_rewritten",
        "unit_stripped",
        "date_rewritten",
        "excel_serial",
        "code_padded",
        "code_shortened",
        "code_text",
        "name_copied",
    ),
    *("text_cleaned", "channel_named"),
}
_MORE = ("more_errors", "more_notices")
_MOST_LINES = 20


@dataclass
class SumParts:
    """The numbers of a sheet as they stand, one for each cell in a column of counts, and what became of each.

    `values` are the numbers, `lines` their lines, `kinds` the reason why a number was left out ("" where it counts).
    """

    values: np.ndarray = field(default_factory=lambda: np.zeros(0))
    lines: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype="int64"))
    kinds: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=object))

    def extend(self, texts: pd.Series, lines: np.ndarray, kinds: Sequence[str] | np.ndarray | str) -> None:
        """Add cells; `kinds` is one reason for all, or one for each."""
        each = np.full(len(texts), kinds, dtype=object) if isinstance(kinds, str) else np.asarray(kinds, dtype=object)
        self.values = np.concatenate([self.values, read_as_they_stand(texts)])
        self.lines = np.concatenate([self.lines, np.asarray(lines, dtype="int64")])
        self.kinds = np.concatenate([self.kinds, each])


def read_as_they_stand(texts: pd.Series) -> np.ndarray:
    """Return the number in each cell as it stands, before any unit; 0 where a cell holds none, or several."""
    which, different = pd.factorize(texts)
    return np.array([*(_read_number(str(text)) for text in different), 0.0])[which]


def make_checksum(parts: SumParts, understood: int, unit: str) -> Checksum:
    """Return the check sum; `unit` is the code of the reason why the numbers that count differ from what stands."""
    stands = float(parts.values.sum())
    differences = []
    for kind in dict.fromkeys(parts.kinds.tolist()):
        chosen = parts.kinds == kind
        if kind and parts.values[chosen].any():
            lines = dict.fromkeys(parts.lines[chosen].tolist())
            differences.append(
                SumDifference(kind, _plain(-parts.values[chosen].sum()), int(chosen.sum()), tuple(lines)[:_MOST_LINES])
            )
    rest = understood - stands - sum(difference.amount for difference in differences)
    if abs(rest) > 1e-6:
        counted = parts.kinds == ""
        lines = dict.fromkeys(parts.lines[counted].tolist())
        differences.append(SumDifference(unit, _plain(rest), int(counted.sum()), tuple(lines)[:_MOST_LINES]))
    differences.sort(key=lambda difference: -abs(difference.amount))
    return Checksum(_plain(stands), understood, tuple(differences))


def list_changes(errors: Iterable[Finding], notices: Iterable[Finding]) -> tuple[ReadingChange, ...]:
    """Return what was changed or dropped, worst first: by severity, then by the number of cells."""
    counts: dict[str, int] = {}
    cells: dict[str, list[CellChange]] = {}
    severities: dict[str, int] = {}
    examples: dict[str, Finding] = {}
    pairs = [*((finding, True) for finding in errors), *((finding, False) for finding in notices)]
    for finding, is_error in pairs:
        is_more = finding.code in _MORE
        code = str(finding.fields.get("code", finding.code)) if is_more else finding.code
        severity = IN_DOUBT if is_error else _severity_of(code)
        if severity is None:
            continue
        severities[code] = severity
        examples.setdefault(code, finding)
        count = finding.fields.get("count")
        counts[code] = counts.get(code, 0) + (int(str(count)) if is_more or (finding.row is None and count is not None) else 1)
        places = cells.setdefault(code, [])
        if not is_more and len(places) < MOST_CELLS:
            before, after = (str(finding.fields.get(name, "")) for name in ("found", "value"))
            places.append(CellChange(finding.row, finding.column, before, after))
    changes = [ReadingChange(code, severities[code], counts[code], tuple(cells[code]), examples[code]) for code in counts]
    return tuple(sorted(changes, key=lambda change: (-change.severity, -change.count)))


def _severity_of(code: str) -> int | None:
    return IN_DOUBT if code in _IN_DOUBT else CHANGED if code in _CHANGED else REWRITTEN if code in _REWRITTEN else None


def _read_number(text: str) -> float:
    reading = amounts.read(text)
    if reading.error is None:
        return float(reading.value)
    try:
        number = float(narrow(text))
    except ValueError:
        return 0.0
    return number if reading.error in ("not_an_integer", "out_of_range") and abs(number) < 1e15 else 0.0


def _plain(number: float) -> float:
    return int(number) if float(number).is_integer() else round(float(number), 6)
