"""Merge a change set into the counts as they stand, whatever others have done to them since it was made.

All of a change is prepared before its turn to write has come: a hundred thousand rows take seconds, and others wait meanwhile.
"""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from sejong_dash.errors import DashError

from . import disk, journal
from .change_set import RECORDED, ChangeSet, Conflict, Edit, FigureCells, conflict_frame, current_figure, edited_rows, fit_edit
from .counts_csv import CountsCsv, FigureKey, Row, fit_row
from .entries import new_entry, parse_csv
from .journal import Entry, Journal


@dataclass(frozen=True)
class PreparedChange:
    """What would be written, made from the counts `old` and a journal of `length` lines: the counts `new`, and the journal's
    next entry; None where nothing is left to do."""

    old: bytes
    length: int
    new: bytes
    entry: Entry | None

    def fits(self, book: Journal, content: bytes) -> bool:
        """Return whether nobody has changed journal or counts since."""
        return len(book) == self.length and content == self.old


def prepare(changes: ChangeSet, now: datetime, *, who: str, why: str, file: str) -> PreparedChange:
    """Return what applying a change set would write now; nothing is written.

    Raises Conflict where others have changed the same figures otherwise, TableError where the counts cannot be read, OSError.
    """
    book, content = Journal(), disk.read(journal.table_path())
    merged = merged_content(changes, book, content, now.date())
    if merged == content:
        return PreparedChange(content, len(book), merged, None)
    kind: journal.Kind = "applied" if changes.undoes is None else "undone"
    entry = new_entry(book, kind, now, content, merged, who=who, why=why, file=file, undoes=changes.undoes)
    assert entry.line  # which takes a second where there are many rows
    return PreparedChange(content, len(book), merged, entry)


def merged_content(change_set: ChangeSet, book: Journal, content: bytes, today: date) -> bytes:
    """Return the file's content with the change set applied; the same where nothing is left to do.

    Raises Conflict, with every figure that others changed otherwise; DashError where the whole file was to be put back and has
    changed since; TableError where the content cannot be read.
    """
    if change_set.content is not None:
        if journal.version_of(content) not in (change_set.version, journal.version_of(change_set.content)):
            raise DashError("store_undo_later", change=journal.ordinal(change_set.undoes or 0))
        return change_set.content
    counts_csv, wanted = merged_rows(change_set, book, content, today)
    if not wanted:
        return content
    merged = counts_csv.with_rows(wanted).write()
    parse_csv(merged)  # what is stored can be read again
    return merged


def merged_rows(
    change_set: ChangeSet, book: Journal, content: bytes, today: date
) -> tuple[CountsCsv, dict[FigureKey, list[Row]]]:
    """Return the file's rows, and the rows that figures are to have instead once the change set is applied; none where nothing
    is left to do. Raises Conflict, and TableError where the content cannot be read."""
    counts_csv = parse_csv(content)
    rows = counts_csv.rows()
    edits: dict[FigureKey, Edit] = {}
    theirs: dict[FigureKey, FigureCells | None] = {}
    for key, edit in change_set.edits.items():
        edit, standing = fit_edit(edit, counts_csv.columns), rows.get(key, [])
        if _is_done(edit, counts_csv, standing):
            continue
        if current_figure(counts_csv, standing) != edit.before or edit.instead not in (None, tuple(standing)):
            theirs[key] = current_figure(counts_csv, standing)
        edits[key] = edit
    if theirs:
        raise Conflict(change_set, _with_last_change(conflict_frame(change_set, theirs), theirs, book), theirs)
    if not edits:
        return counts_csv, {}
    counts_csv = counts_csv.with_column(RECORDED)
    rows, morning = counts_csv.rows(), _rows_this_morning(book, counts_csv.columns, today)
    return counts_csv, {
        key: edited_rows(counts_csv, key, morning.get(key, rows.get(key, [])), fit_edit(edit, counts_csv.columns), today)
        for key, edit in edits.items()
    }


def _is_done(edit: Edit, counts_csv: CountsCsv, standing: list[Row]) -> bool:
    if edit.instead is not None:
        return tuple(standing) == edit.rows
    return edit.before == edit.after or current_figure(counts_csv, standing) == edit.after


def _rows_this_morning(book: Journal, columns: tuple[str, ...], today: date) -> dict[FigureKey, list[Row]]:
    """The rows that figures changed today had when the day began; what was written by hand counts as it stands, since nothing
    that was not written here is ever taken for a slip."""
    morning: dict[FigureKey, list[Row]] = {}
    by_hand: set[FigureKey] = set()
    for entry in book.backwards():
        if datetime.fromisoformat(entry.when).date() != today:
            break
        is_ours = entry.kind in ("applied", "undone")
        for key, before, after in entry.figures or ():
            if key in by_hand or (key in morning and not is_ours):
                by_hand.add(key)
                continue
            morning[key] = [fit_row(row, entry.columns, columns) for row in (before if is_ours else after)]
            if not is_ours:
                by_hand.add(key)
    return morning


def _with_last_change(figures: pd.DataFrame, keys: dict[FigureKey, FigureCells | None], book: Journal) -> pd.DataFrame:
    """Figures with who changed each of them last, when, and by which change."""
    last: dict[FigureKey, Entry] = {}
    for entry in book.backwards():
        last |= {key: entry for key in entry.by_figure if key in keys and key not in last}
        if len(last) == len(keys):
            break
    entries = [last.get(key) for key in keys]
    return figures.assign(
        who=[entry.who if entry else "" for entry in entries],
        when=[datetime.fromisoformat(entry.when) if entry else None for entry in entries],
        change=[entry.change if entry else 0 for entry in entries],
    )
