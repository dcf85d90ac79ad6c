"""Describes an error to the reader in plain sentences."""

from typing import NamedTuple

from sejong_dash.errors import AddressError, DashError, Problem, TableError
from sejong_dash.words import Words

_MOST = 10  # problems that are listed; more would hide the first


class ErrorText(NamedTuple):
    """What is wrong, each problem of a table with where it is and what was expected and found, and what to do."""

    summary: str
    problems: list[str]
    advice: list[str]

    @property
    def sentences(self) -> list[str]:
        """All of it in the order in which it is read."""
        return [self.summary, *self.problems, *self.advice]


def describe_error(error: DashError, words: Words) -> ErrorText:
    """Return an error in sentences; `words` are those of errors.toml."""
    if isinstance(error, AddressError):
        problems = [describe_parameter(problem, words) for problem in error.problems]
        return ErrorText(words("address", count=len(problems)), problems, [])
    if not isinstance(error, TableError):
        return ErrorText(words(error.key, **error.fields), [], [])
    rest = len(error.problems) - _MOST
    return ErrorText(
        words("table", file=error.file, count=len(error.problems)),
        [describe_problem(problem, error.file, words) for problem in error.problems[:_MOST]],
        [*([words("more", count=rest)] if rest > 0 else []), words("what_to_do")],
    )


def describe_problem(problem: Problem, file: str, words: Words) -> str:
    """Return one problem of a table in a sentence; `words` are those of errors.toml."""
    kind = "cell" if problem.line and problem.column else "line" if problem.line else "column" if problem.column else "file"
    where = words(f"where.{kind}", file=file, line=problem.line, column=problem.column)
    found = problem.found or words("blank_found")
    what = words(f"problem.{problem.code}", expected=problem.expected, found=found, column=problem.column)
    return words("colon", name=where, value=what)


def describe_parameter(problem: Problem, words: Words) -> str:
    """Return what is wrong with a parameter of an address in a sentence; `words` are those of errors.toml."""
    key = f"problem.{problem.code}"
    given = {"expected": problem.expected, "found": problem.found or words("blank_found"), "column": problem.column}
    what = words(key, **given) if words.has(key) else words(f"address_problem.{problem.code}", **given)
    return words("colon", name=words("where.parameter", column=problem.column), value=what)
