"""Define errors that carry the key of a sentence instead of its words.

The key stands in `errors.toml`; with the fields that the sentence needs, the screen can show it in the reader's language
and a log in any.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem in a file.

    `line` is the physical line of the file (1 is the header; None: the file as a whole), `column` the header's name,
    `code` a key below `[problem]` in `errors.toml`; `expected` and `found` go into its sentence as they are.
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

    def __reduce__(self) -> Any:
        """Let it come from another process, whatever its class is made of."""
        return _restore, (type(self), self.args, vars(self))


class UnknownPlanError(DashError, KeyError):
    """A plan that is not in the table of plans: it was removed, or the table could not be read when the plan was chosen."""

    def __init__(self, plan_id: str) -> None:
        super().__init__("unknown_plan", plan=plan_id)


@dataclass
class TableError(DashError):
    """A table that cannot be used, with all its problems."""

    table: str
    file: str
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__("table", table=self.table, file=self.file, count=len(self.problems))

    def __str__(self) -> str:
        lines = [f"line {p.line}, {p.column}: {p.code} (expected {p.expected}; found {p.found!r})" for p in self.problems]
        return f"{self.file}: " + "; ".join(lines)


class AddressError(DashError):
    """An address with parameters that cannot be used: a Problem for each, whose `column` is the parameter's name."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("address", count=len(problems))
        self.problems = problems


def _restore(kind: type[DashError], arguments: tuple[Any, ...], attributes: dict[str, Any]) -> DashError:
    error = kind.__new__(kind, *arguments)
    vars(error).update(attributes)
    return error
