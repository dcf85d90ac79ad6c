"""Tallies of gate logs: what a row counts as, and the rows that could not be counted."""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from . import gate_time
from .gate_origin import Origins, fold

UNREAD = "\ufffd"  # stands where bytes are no text
REPEATED = "=repeated"  # stands in an answer for each further scan of a ticket on the same day
BETWEEN = "\x1f"  # the parts of what is compared as one text

Cells = Sequence[str]  # time, place, country, gate, and those of the columns that may say what a row is
Key = tuple[str, str, str]  # day, origin, gate
Origin = tuple[str, str]  # origin, gate


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row that could not be counted: its physical line, the column's title (None: the row as a whole), the code of what is
    wrong, the text that stood there, and the file in a folder of them."""

    row: int
    column: str | None
    code: str
    found: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class NoEntry:
    """What says that a row is no entry: the column's title, the text that stands there, the kind (exit, refused, staff, repeat,
    test, heading; answer: the reader has said so)."""

    column: str
    found: str
    kind: str


@dataclass(frozen=True)
class LogFormat:
    """The format of a log's rows.

    `time` holds the places of the moment, or of day and clock; `labels` those of place, country and gate (None: no such column)
    and of the columns that may say what a row is; `verdicts` those of them that must. `is_day_before`: the days stand there as
    23:59:08 of the day before. `answers` says whether what stands in a column is an entry, where the reader has answered that.
    """

    header: tuple[str, ...]
    time: tuple[int, ...]
    labels: tuple[int | None, ...]
    delimiter: str
    encoding: str
    origins: Origins
    verdicts: frozenset[int] = frozenset()
    is_day_before: bool = False
    answers: Mapping[tuple[str, str], bool] = field(default_factory=lambda: MappingProxyType({}))
    tickets: tuple[str, ...] = ()  # titles of columns with the number of a ticket, which may have been scanned again
    known: dict[Cells, "Origin | NoEntry | WrongRow"] = field(default_factory=dict, compare=False)  # labels that have come before

    def pick(self, row: Sequence[str]) -> Cells:
        """Return the cells of a row that matter."""
        return (" ".join(row[at] for at in self.time), *("" if at is None else row[at] for at in self.labels))

    @property
    def unused(self) -> tuple[str, ...]:
        """The titles of the columns that say nothing here."""
        used = {*self.time, *self.labels[:3], *self.verdicts, *map(self.header.index, self.tickets[:1])}
        return tuple(title for at, title in enumerate(self.header) if at not in used)

    @property
    def repeats(self) -> bool | None:
        """Whether each further scan of a ticket on the same day is an entry too; None: that is not answered."""
        return self.answers.get((self.tickets[0], REPEATED)) if self.tickets else True

    @property
    def ticket(self) -> int | None:
        """The place of the ticket, where it must be known which were scanned again."""
        return None if self.repeats else self.header.index(self.tickets[0])

    def title(self, at: int | None) -> str:
        return "" if at is None else self.header[at]


@dataclass
class Tally:
    """The counts of a part of a log; rows are numbered from its own first line. Every row is counted, no entry or wrong.

    `values` has how often each text stands in the columns that may say what a row is. `scans` has line, key and ticket of the
    entries that were read one by one, `scan_table` (Arrow: line, key, ticket) those of all others, where tickets matter.
    """

    lines: int = 0
    blank: int = 0
    headings: int = 0
    counted: Counter[Key] = field(default_factory=Counter)
    no_entry: Counter[NoEntry] = field(default_factory=Counter)
    values: Counter[tuple[str, str]] = field(default_factory=Counter)
    questions: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[WrongRow] = field(default_factory=list)
    wrong_total: int = 0
    scans: list[tuple[int, Key, str]] = field(default_factory=list)
    scan_table: Any = None

    @property
    def rows(self) -> int:
        return self.counted.total() + self.wrong_total + self.no_entry.total()

    def add(self, outcome: Key | NoEntry | WrongRow, rows: int = 1) -> None:
        """Count rows with an outcome; a wrong row is listed by `list_wrong`."""
        if isinstance(outcome, WrongRow):
            self.wrong_total += rows
            if outcome.code in ("verdict_unknown", "ticket_repeated"):
                self.questions[outcome.column or "", outcome.found] += rows
        elif isinstance(outcome, NoEntry) and outcome.kind == "heading":
            self.headings += rows
        elif isinstance(outcome, NoEntry):
            self.no_entry[outcome] += rows
        else:
            self.counted[outcome] += rows

    def add_group(self, day: str, labels: Cells, rows: int, log_format: LogFormat) -> "Origin | NoEntry | WrongRow":
        """Count rows of a day with the same labels; wrong ones are listed by `list_wrong`."""
        outcome = log_format.known.get(labels) or log_format.known.setdefault(labels, classify_labels(labels, log_format))
        self.add((day, *outcome) if isinstance(outcome, tuple) else outcome, rows)
        self.note_values(labels[3:], log_format, rows)
        return outcome

    def add_row(self, cells: Cells, line: int, log_format: LogFormat, most: int, ticket: str = "") -> None:
        """Count a row by its cells, and list it where it is wrong."""
        outcome = classify(cells, log_format)
        self.add(outcome)
        self.note_values(cells[4:], log_format)
        if isinstance(outcome, WrongRow):
            self.list_wrong(outcome, line, most)
        elif ticket and isinstance(outcome, tuple):
            self.scans.append((line, outcome, ticket))

    def set_repeats(self, repeats: Counter[Key], log_format: LogFormat) -> None:
        """Take scans of tickets that were scanned before out of the counts: they are no entries, or wait for an answer."""
        rows, title = repeats.total(), log_format.tickets[0]
        self.counted -= repeats
        if rows and log_format.repeats is None:
            self.add(WrongRow(0, title, "ticket_repeated", REPEATED), rows)
        elif rows:
            self.add(NoEntry(title, REPEATED, "repeat"), rows)

    def list_wrong(self, wrong: WrongRow, line: int, most: int) -> None:
        """List a row that was counted as wrong, if it is among the first `most`."""
        if len(self.wrong) < most:
            self.wrong.append(replace(wrong, row=line))

    def include(self, part: "Tally") -> None:
        """Add all numbers of the next part of the log."""
        self.lines += part.lines
        self.blank += part.blank
        self.headings += part.headings
        self.wrong_total += part.wrong_total
        self.counted.update(part.counted)
        self.no_entry.update(part.no_entry)
        self.values.update(part.values)
        self.questions.update(part.questions)

    def note_values(self, others: Cells, log_format: LogFormat, rows: int = 1) -> None:
        """Note what stands in the columns that may say what a row is, in other rows than headings."""
        if others and all(text == log_format.title(at) for at, text in zip(log_format.labels[3:], others, strict=True)):
            return
        for at, text in zip(log_format.labels[3:], others, strict=True):
            self.values[log_format.title(at), text.strip()] += rows


def classify(cells: Cells, log_format: LogFormat) -> Key | NoEntry | WrongRow:
    """Return the key under which a row counts, or what says that it is no entry, or what is wrong with it (with the line 0, which
    the caller knows)."""
    time, *labels = cells
    outcome = classify_labels(labels, log_format)
    if isinstance(outcome, NoEntry):
        return outcome
    title = log_format.header[log_format.time[0]]
    if fold(time.strip("\ufeff")) == fold(" ".join(log_format.title(at) for at in log_format.time)):
        return NoEntry(title, time, "heading")  # logs of several days in one file
    if UNREAD in time:
        return WrongRow(0, title, "encoding_broken", time)
    day, code = gate_time.day_of(time, log_format.is_day_before)
    if code and not (isinstance(outcome, WrongRow) and outcome.code == "encoding_broken"):
        return WrongRow(0, title, code, time)
    return outcome if isinstance(outcome, WrongRow) else (day, *outcome)


def classify_labels(labels: Cells, log_format: LogFormat) -> Origin | NoEntry | WrongRow:
    """Return origin and gate of a row by all of its cells but the time."""
    place, country, gate, *others = labels
    titles = [log_format.title(at) for at in log_format.labels]
    unsure = None
    for at, title, text in zip(log_format.labels[2:], titles[2:], (gate, *others), strict=True):
        word = fold(text)
        answer, kind = log_format.answers.get((title, text.strip())), load_no_entry_words().get(word, "")
        if answer is None and kind and (kind == "exit" or at != log_format.labels[2]):
            return NoEntry(title, text.strip(), kind)
        if answer is False:
            return NoEntry(title, text.strip(), "answer")
        if answer is None and at in log_format.verdicts and word not in load_entry_words():
            unsure = WrongRow(0, title, "verdict_unknown", text.strip())
    for title, text in zip(titles, labels, strict=True):
        if UNREAD in text:
            return WrongRow(0, title, "encoding_broken", text)
    origin, code = log_format.origins.find(place, country)
    if code:
        return WrongRow(0, titles[0] or titles[1], code, place or country)
    return unsure or (origin, gate.strip())


@cache
def _load() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("gate_vocabulary.toml").read_text(encoding="utf-8"))


@cache
def load_headings(*roles: str) -> frozenset[str]:
    """Return the headings of the roles."""
    return frozenset(fold(word) for role in roles for word in _load()["headings"][role])


@cache
def load_no_entry_words() -> dict[str, str]:
    """Return the kind of row (exit, refused …) that each word means."""
    return {fold(word): kind for kind, words in _load()["no_entry"].items() for word in words}


@cache
def load_entry_words() -> frozenset[str]:
    """Return the words that mean an entry."""
    return frozenset(fold(word) for word in _load()["entry"]["words"])
