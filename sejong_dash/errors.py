"""What went wrong, kept apart from the words that say it?

An error carries a key of `errors.toml` and the fields that its sentence needs, so that the screen can say it in the
reader's language and a log can keep it in any.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file.

    `line` is the physical line of the file (1 is the header; None: the file as a whole), `column` the header's name,
    `code` a key below `[problem]` in `errors.toml`, `expected` and `found` go into its sentence as they are.
    """

    code: str
    line: int | None = None
    column: str | None = None
    expected: str = ""
    found: str = ""


class DashError(Exception):
    """An error that the reader can do something about; `key` is an entry of `errors.toml`."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key, fields)
        self.key = key
        self.fields = fields


@dataclass
class TableError(DashError):
    """A table that cannot be used, with everything that is wrong in it."""

    table: str
    file: str
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__("table", table=self.table, file=self.file, count=len(self.problems))

    def __str__(self) -> str:
        said = [f"line {p.line}, {p.column}: {p.code} (expected {p.expected}; found {p.found!r})" for p in self.problems]
        return f"{self.file}: " + "; ".join(said)
