"""How is a trouble said to the reader, as plain sentences?"""

from typing import NamedTuple

from ..errors import DashError, Problem, TableError
from ..words import Words

_MOST = 10  # problems that are told; more would hide the first


class Complaint(NamedTuple):
    """What is wrong; of a table, each problem with where it stands, what was expected and found; what else is to be said."""

    said: str
    problems: list[str]
    then: list[str]

    @property
    def sentences(self) -> list[str]:
        return [self.said, *self.problems, *self.then]


def complaint(trouble: DashError, words: Words) -> Complaint:
    """A trouble as sentences; `words` are those of errors.toml."""
    if not isinstance(trouble, TableError):
        return Complaint(words(trouble.key, **trouble.fields), [], [])
    rest = len(trouble.problems) - _MOST
    return Complaint(
        words("table", file=trouble.file, count=len(trouble.problems)),
        [problem(one, trouble.file, words) for one in trouble.problems[:_MOST]],
        [*([words("more", count=rest)] if rest > 0 else []), words("what_to_do")],
    )


def problem(one: Problem, file: str, words: Words) -> str:
    """One problem of a table in a sentence."""
    kind = "cell" if one.line and one.column else "line" if one.line else "column" if one.column else "file"
    where = words(f"where.{kind}", file=file, line=one.line, column=one.column)
    found = one.found or words("blank_found")
    what = words(f"problem.{one.code}", expected=one.expected, found=found, column=one.column)
    return words("colon", name=where, value=what)
