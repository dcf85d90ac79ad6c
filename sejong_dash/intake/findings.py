"""Findings in somebody's file, and the sentences that report them to a reader.

A finding keeps its code and fields apart from its words (`findings.toml`), so that it has a sentence in each of three languages.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sejong_dash.datasets import snapshot
from sejong_dash.words import Words
from sejong_dash.words import of as words_of

from .reading_account import Question

COLUMNS = ("date", "prefecture", "channel", "visitors")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to report about a file, an error or a notice.

    `row` is the physical line of the file (in a workbook the row of the sheet; None: the file as a whole), `column` is one of
    COLUMNS (None: the whole row), `code` is a key of `findings.toml`, and `fields` holds what its sentence needs.
    `fields["proposal"]`, where there is one, is text that would be right in this cell.
    """

    row: int | None
    column: str | None
    code: str
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def proposal(self) -> str | None:
        """What the cell may have meant; several are joined with ` / `, and "unknown" is a prefecture that is not known."""
        proposal = self.fields.get("proposal")
        return str(proposal) if proposal else None


class Refused(Exception):
    """Raised where a file as a whole cannot be used; `read` turns it into an Intake with this finding as its only error."""

    def __init__(self, code: str, row: int | None = 1, **fields: object) -> None:
        super().__init__(code)
        self.finding = Finding(row, None, code, fields)
        self.questions: tuple[Question, ...] = ()  # what an answer of the reader would settle
        self.headings: tuple[str, ...] = ()


def moving_file_error() -> Refused:
    """Return the error of a file that is being written while it is read."""
    return Refused("file_moving", None)


def memory_error(most: int) -> Refused:
    """Return the error of a file that needs more memory to be read than so many megabytes."""
    return Refused("too_much_memory", None, most=most)


def time_error(most: int) -> Refused:
    """Return the error of a file that cannot be read within so many seconds."""
    return Refused("too_much_time", None, most=most)


def describe(finding: Finding, filename: str, lang: str) -> str:
    """Return a finding in words: where it is, what was expected and found, what to do."""
    words = words_of(__file__, lang)
    where = _place(finding, filename, words)
    if not filename:
        where = where.strip(" ,")
        where = where[:1].upper() + where[1:]
    return words("line", where=where, said=describe_without_place(finding, lang))


def describe_without_place(finding: Finding, lang: str) -> str:
    """Return a finding in words for a reader who sees where it is."""
    words = words_of(__file__, lang)
    key = f"found.{finding.code}_{finding.column}"
    fields = {name: _format(words, name, value) for name, value in finding.fields.items()}
    sentence = words(key if words.has(key) else f"found.{finding.code}", **fields)
    proposal = localize_proposal(finding, lang)
    return words.sentences([sentence, words("proposal", proposal=proposal)]) if proposal else sentence


def describe_question(question: Question, lang: str) -> str:
    """Return a question about a file in words; what stands in the file is in it."""
    return words_of(__file__, lang)(f"question.{question.kind}", found=question.found)


def describe_option(question: Question, option: str, lang: str) -> str:
    """Return an answer to a question in words."""
    words = words_of(__file__, lang)
    name, _, value = option.partition(":")
    if name in COLUMNS:
        return words("option.role", role=words(f"column.{name}"))
    if option.isdigit():
        return words("option.unit", factor=words.number(int(option)))
    if name == "only":
        return words("option.only", value=value)
    key = f"option.{name}_{question.kind}"
    return words(key if words.has(key) else f"option.{name}")


def localize_proposal(finding: Finding, lang: str) -> str | None:
    """Return the proposal as the reader would write it: a prefecture by its name in the reader's language."""
    if finding.column != "prefecture" or not finding.proposal:
        return finding.proposal
    words = words_of(__file__, lang)
    table = snapshot().prefectures()
    names = dict(zip(table["name_ja"], table[f"name_{lang}"], strict=True)) | {"unknown": words("unknown_prefecture")}
    return " / ".join(str(names.get(name, name)) for name in finding.proposal.split(" / "))


def _place(finding: Finding, filename: str, words: Words) -> str:
    if finding.row is None:
        return words("where.file", file=filename)
    if finding.column is None:
        return words("where.row", file=filename, row=finding.row)
    return words("where.cell", file=filename, row=finding.row, column=words(f"column.{finding.column}"))


def _format(words: Words, key: str, value: object) -> str:
    if key == "columns" and isinstance(value, Iterable) and not isinstance(value, str):
        return words("between").join(words(f"column.{name}") for name in value)
    if key == "rows" and isinstance(value, str):
        return words("between").join(value.split())
    if isinstance(value, int) and not isinstance(value, bool):
        return words.number(value)
    return str(value)
