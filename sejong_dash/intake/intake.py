"""What came out of somebody's file?

A finding keeps its key and fields apart from the words (`intake.toml`), so that the desk can say it in three languages.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from ..datasets import prefectures
from ..words import Words
from ..words import of as words_of

COLUMNS = ("date", "prefecture", "channel", "visitors")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was noticed: `row` is the physical line of the file (in a workbook the row of the sheet; None: the
    file as a whole), `column` one of COLUMNS (None: the whole row), `code` a key of `intake.toml`, `fields` what its
    sentence needs. `fields["proposal"]`, where there is one, is text that would be right in this cell."""

    row: int | None
    column: str | None
    code: str
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def proposal(self) -> str | None:
        """What the cell may have meant; "unknown" for a prefecture that is not known. Several stand with ` / ` between."""
        said = self.fields.get("proposal")
        return str(said) if said else None


class Refused(Exception):
    """The file as a whole cannot be used; `read` turns it into an Intake with this one error."""

    def __init__(self, code: str, row: int | None = 1, **fields: object) -> None:
        super().__init__(code)
        self.finding = Finding(row, None, code, fields)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An encoding that the file can be read in: how much its text looks like counts, and how its first lines read."""

    encoding: str
    score: float
    sample: str


@dataclass(frozen=True)
class Intake:
    """What was understood of a file; nothing is stored by making one.

    `rows` has date, jis_code (missing = not known), channel (missing = not said), visitors. `source` has, row by row of
    `rows`, where it came from and what stood there: line, date, prefecture, channel, visitors as text. `wrong` has the same
    columns for the rows that cannot be used. `done` says, step by step, how the file was read.
    """

    filename: str
    rows: pd.DataFrame
    source: pd.DataFrame
    wrong: pd.DataFrame
    errors: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()
    done: tuple[Finding, ...] = ()
    encoding: str | None = None
    candidates: tuple[Candidate, ...] = ()
    sheets: tuple[str, ...] = ()

    @property
    def outcome(self) -> str:
        """accept, accept_with_notice, partial (good rows and wrong ones) or reject_file (no row can be used)."""
        if not len(self.rows):
            return "reject_file"
        return "partial" if self.errors else "accept_with_notice" if self.notices else "accept"

    def changes(self) -> pd.DataFrame:
        """Every cell that reads otherwise than it stood in the file: row, column, before, after."""
        after = {
            "date": self.rows["date"].dt.strftime("%Y-%m-%d"),
            "prefecture": self.rows["jis_code"].fillna(""),
            "channel": self.rows["channel"].fillna(""),
            "visitors": self.rows["visitors"].astype("str"),
        }
        parts = []
        for name in COLUMNS:
            before = self.source[name]
            moved = (before != after[name].astype("str")).to_numpy()
            part = pd.DataFrame({"row": self.source["line"][moved], "before": before[moved], "after": after[name][moved]})
            parts.append(part.assign(column=name))
        changed = pd.concat(parts, ignore_index=True)[["row", "column", "before", "after"]]
        return changed.sort_values("row", kind="stable", ignore_index=True)


def empty_rows() -> pd.DataFrame:
    """No rows, with the types that rows have."""
    kinds = {"date": "datetime64[us]", "jis_code": "str", "channel": "str", "visitors": "Int64"}
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in kinds.items()})


def empty_cells() -> pd.DataFrame:
    """No cells, with the columns that `source` and `wrong` have."""
    cells = {name: pd.Series([], dtype="str") for name in COLUMNS}
    return pd.DataFrame({"line": pd.Series([], dtype="int64"), **cells})


def refused(filename: str, finding: Finding) -> Intake:
    """A file of which nothing can be used, and why."""
    return Intake(filename, empty_rows(), empty_cells(), empty_cells(), (finding,))


def moving() -> Refused:
    """The file is being written while it is read."""
    return Refused("file_moving", None)


def sentence(finding: Finding, filename: str, lang: str) -> str:
    """A finding in words: where it is, what was expected and found, what to do."""
    words = words_of(__file__, lang)
    where = _where(finding, filename, words)
    if not filename:
        where = where.strip(" ,")
        where = where[:1].upper() + where[1:]
    return words("line", where=where, said=without_place(finding, lang))


def without_place(finding: Finding, lang: str) -> str:
    """A finding in words for a reader who sees where it is."""
    words = words_of(__file__, lang)
    key = f"found.{finding.code}_{finding.column}"
    fields = {name: _said(words, name, value) for name, value in finding.fields.items()}
    said = words(key if words.has(key) else f"found.{finding.code}", **fields)
    meant = proposed(finding, lang)
    return words.sentences([said, words("proposal", proposal=meant)]) if meant else said


def proposed(finding: Finding, lang: str) -> str | None:
    """What the cell may have meant, as the reader would write it: a prefecture by its name in the reader's language."""
    if finding.column != "prefecture" or not finding.proposal:
        return finding.proposal
    words = words_of(__file__, lang)
    table = prefectures.load()
    names = dict(zip(table["name_ja"], table[f"name_{lang}"], strict=True)) | {"unknown": words("unknown_prefecture")}
    return " / ".join(str(names.get(one, one)) for one in finding.proposal.split(" / "))


def _where(finding: Finding, filename: str, words: Words) -> str:
    if finding.row is None:
        return words("where.file", file=filename)
    if finding.column is None:
        return words("where.row", file=filename, row=finding.row)
    return words("where.cell", file=filename, row=finding.row, column=words(f"column.{finding.column}"))


def _said(words: Words, key: str, value: object) -> str:
    if key == "columns" and isinstance(value, Iterable) and not isinstance(value, str):
        return words("between").join(words(f"column.{name}") for name in value)
    if key == "rows" and isinstance(value, str):
        return words("between").join(value.split())
    if isinstance(value, int) and not isinstance(value, bool):
        return words.number(value)
    return str(value)
