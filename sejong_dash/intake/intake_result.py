"""The result of reading a file of counts: clean rows, row errors, notices."""

from dataclasses import dataclass, field

import pandas as pd

from .findings import COLUMNS, Finding
from .reading_account import Checksum, Question, ReadingChange


@dataclass(frozen=True, slots=True)
class Candidate:
    """An encoding that the file can be read in: how much its text looks like counts, and how its first lines read."""

    encoding: str
    score: float
    sample: str


@dataclass(frozen=True)
class Intake:
    """What was understood of a file; it stores nothing.

    `rows` has date, jis_code (missing: not known), channel (missing: not given), visitors. `source` has, row by row of `rows`,
    the line each came from and the text that stood there: line, date, prefecture, channel, visitors. `wrong` has the same
    columns for the rows that cannot be used, and `totals` for the rows of totals, so that they can be checked again once rows
    are mended. `steps` tells, step by step, how the file was read. `candidates` are the encodings to choose from, `sheets` the
    names of a workbook's sheets. `changes` are what was changed or dropped, worst first; `checksum` compares the file's sum with
    that of the rows (None where nothing could be read); `questions` are what a reader must answer. `headings` are those of the
    table, by which a sender's next file is known.
    """

    filename: str
    rows: pd.DataFrame
    source: pd.DataFrame
    wrong: pd.DataFrame
    errors: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()
    steps: tuple[Finding, ...] = ()
    encoding: str | None = None
    candidates: tuple[Candidate, ...] = ()
    sheets: tuple[str, ...] = ()
    totals: pd.DataFrame = field(default_factory=lambda: build_empty_cells())
    changes: tuple[ReadingChange, ...] = ()
    checksum: Checksum | None = None
    questions: tuple[Question, ...] = ()
    headings: tuple[str, ...] = ()

    @property
    def outcome(self) -> str:
        """accept, accept_with_notice, partial (good rows and wrong ones) or reject_file (no row can be used)."""
        if not len(self.rows):
            return "reject_file"
        return "partial" if self.errors else "accept_with_notice" if self.notices else "accept"

    @property
    def unknown_channels(self) -> dict[str, int]:
        """The names of channels that nobody has used before, and how many rows have each: a reader must say what they are."""
        unknown = [notice.fields for notice in self.notices if notice.code == "channel_unknown"]
        return {str(fields["found"]): int(str(fields["count"])) for fields in unknown}


def reject_file(filename: str, finding: Finding) -> Intake:
    """Return the result for a file of which nothing can be used; `finding` says why."""
    return Intake(filename, build_empty_rows(), build_empty_cells(), build_empty_cells(), (finding,))


def build_empty_rows() -> pd.DataFrame:
    """Return an empty table with the columns and types of `Intake.rows`."""
    types = {"date": "datetime64[us]", "jis_code": "str", "channel": "str", "visitors": "Int64"}
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in types.items()})


def build_empty_cells() -> pd.DataFrame:
    """Return an empty table with the columns and types of `Intake.source`, `wrong` and `totals`."""
    cells = {name: pd.Series([], dtype="str") for name in COLUMNS}
    return pd.DataFrame({"line": pd.Series([], dtype="int64"), **cells})
