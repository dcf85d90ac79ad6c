"""Store the real counts: give what stands, make change sets, apply them and undo changes.

`data/visitors.csv` is the truth, which people may open and edit as they like. This is the only place that writes it: one writer
at a time (`lock`), in one step (`disk`), without touching other rows (`counts_csv`), and with a journal from which every state
can be built again (`journal`). An edit made past it, in Excel say, is found by its content and becomes a change of its own.
`history` lists who did what. Where a database holds the counts (`backends`), the same is done to it in one transaction, and the
files are its working copy.
"""

from datetime import datetime
from pathlib import PurePosixPath

import pandas as pd

from sejong_dash import clock, paths
from sejong_dash.datasets.schema import last_good
from sejong_dash.datasets.schema.table_files import table_file
from sejong_dash.errors import DashError
from sejong_dash.latest import latest

from . import backends, disk, history, journal, journal_check
from .backends import Turn
from .change_set import RECORDED, ChangeSet, Conflict, Edit, current_figure, current_figures
from .counts_csv import KEY, CountsCsv
from .edits import edits_of
from .entries import new_entry, parse_csv, parse_table
from .history import Change
from .journal import Entry, Journal
from .merge import PreparedChange, merged_rows, prepare

__all__ = [
    "Change",
    "ChangeSet",
    "Conflict",
    "apply",
    "change_set",
    "figures",
    "record_outside_edit",
    "rows_after",
    "undo",
    "undo_change_set",
    "version",
]

_ATTEMPTS = 5
_LONGEST_LINE = 200  # letters of a name, a reason or the name of a file: every page reads the journal
_TABLE = "visitors.csv"


def version() -> str:
    """Return the name of the stored counts as they are now: two equal ones stand for the same bytes."""
    return journal.version_of(_content())


def figures() -> pd.DataFrame:
    """Return what stands: date, jis_code, channel, visitors, recorded_on, basis, source_id; one row for each figure, the
    corrected ones left out; index = line in the file. Raises TableError."""
    return latest(parse_table(_content()), KEY, "recorded_on").sort_index()


def change_set(rows: pd.DataFrame, *, shown: pd.DataFrame | None = None) -> ChangeSet:
    """Return what it would do to store these rows; nothing is stored.

    `rows`: date, jis_code, channel, visitors; and basis, source_id or another of the file's columns where they are known. Other
    columns are not looked at. Without `shown` the rows are added to what stands, or correct it. `shown` are the figures that an
    editor showed before its reader made `rows` of them: what is not among the rows any more is removed, what the reader did not
    touch is left alone, and what somebody else changed meanwhile will be a conflict. (For a file that is all that is known of
    its days, `shown` is `figures()` of these days.)

    Raises TableError where the stored counts or the rows cannot be read, DashError where rows are invented or come twice.
    """
    content = _content()
    counts_csv = parse_csv(content)
    current = current_figures(counts_csv)
    edits = edits_of(rows, shown, current, counts_csv.columns)
    return ChangeSet.of(journal.version_of(content), edits, current)


def undo_change_set(number: int) -> ChangeSet:
    """Return what it would do to undo a change. Raises DashError where that cannot be, TableError where the counts cannot be
    read."""
    book = Journal()
    change = book.change(number)
    content = _content()
    if change.kind == "begun" or number == 1:
        raise DashError("store_undo_first")
    if not change.figures:  # only the look of the file changed, or it cannot be read: the file as a whole is put back
        if number != len(book) or change.version != journal.version_of(content):
            raise DashError("store_undo_later", change=journal.ordinal(number))
        return ChangeSet.of(change.version, {}, {}, undoes=number, content=book.content(number - 1))
    columns, is_outside = CountsCsv.without_rows(change.columns), change.kind in ("outside", "repaired")
    edits = {
        key: Edit(
            before=current_figure(columns, after),
            after=current_figure(columns, before),
            columns=change.columns,
            rows=tuple(before),
            instead=tuple(after) if is_outside else None,
        )
        for key, before, after in change.figures
    }
    return ChangeSet.of(journal.version_of(content), edits, current_figures(parse_csv(content)), undoes=number)


def apply(changes: ChangeSet, *, who: str, why: str, file: str = "", when: datetime | None = None) -> Change | None:
    """Store a change set and return the change; None if there is nothing left to do. When it returns, the change is on the disk.

    What others have changed since is kept. Raises Conflict where they changed the same figures otherwise; DashError where
    nobody signs, or the folder is busy, closed or full; TableError where the counts cannot be read. Then nothing is stored.
    """
    who, why, file = _one_line(who), _one_line(why), _one_line(PurePosixPath(file.replace("\\", "/")).name)
    if not who or not why:
        raise DashError("store_unsigned", missing=tuple(name for name, text in (("who", who), ("why", why)) if not text))
    if are_of_query():
        raise DashError("store_query")
    now = when or clock.now()
    for attempt in range(_ATTEMPTS):
        record_outside_edit()
        # the last times while others wait: who is quicker each time must not keep us out
        prepares_in_turn = attempt >= _ATTEMPTS - 2
        prepared = None if prepares_in_turn else _prepared(changes, now, who=who, why=why, file=file)
        with backends.current().turn() as turn:
            _record_outside_edit(turn, now)
            if prepared is None or not prepared.fits(Journal(), disk.read(journal.table_path())):
                if not prepares_in_turn:
                    continue
                prepared = prepare(changes, now, who=who, why=why, file=file)
            if prepared.entry is None:
                return None
            if turn.store(prepared.entry, prepared.old, prepared.new):
                journal_check.record()
                if len(prepared.new) < len(prepared.old):  # taken out on purpose: nothing is shown in their place
                    last_good.forget(_TABLE)
                return history.change_from(prepared.entry)
    raise DashError("store_moving", file=journal.table_path().name)


def rows_after(changes: ChangeSet, *, when: datetime | None = None) -> pd.DataFrame:
    """Return the rows of the counts as they would stand if the change set were applied now: date, recorded_on (the date where
    none is written). Nothing is stored. Raises Conflict, DashError where the file of the counts cannot be read, and TableError
    where what stands in it cannot."""
    content = _content()
    if changes.content is not None:
        counts_csv = parse_csv(changes.content)
        rows = counts_csv.rows()
    else:
        counts_csv, edited = merged_rows(changes, Journal(), content, (when or clock.now()).date())
        rows = counts_csv.rows() | edited
    days = [(key[0], counts_csv.cell(row, RECORDED) or key[0]) for key, of_figure in rows.items() for row in of_figure]
    return pd.DataFrame(days, columns=["date", RECORDED]).apply(pd.to_datetime, format="%Y-%m-%d")


def undo(number: int, *, who: str, why: str, when: datetime | None = None) -> Change | None:
    """Undo a change, as a change of its own; None if that has been done. Raises Conflict where the same figures have been
    changed since, and what `apply` raises."""
    return apply(undo_change_set(number), who=who, why=why, when=when)


def record_outside_edit() -> Change | None:
    """Record in the journal what has happened past the dashboard, and return it as a change; None where nothing has.

    The file was edited by hand, or was there before the journal. Also removes what a killed process left behind. Raises
    DashError where the folder is busy, closed or full.
    """
    if are_of_query():
        return None
    if journal_check.find() is None:
        book = Journal()
        last = None if book.is_torn else book.last
        with disk.reading(journal.table_path()):
            if last is not None and last.version == version() and not disk.staged(journal.table_path()):
                return None
    with backends.current().turn() as turn:
        entry = _record_outside_edit(turn, clock.now())
    return history.change_from(entry) if entry else None


def are_of_query() -> bool:
    """Whether the counts are what a query answers: then they are stored where it asks, and not here."""
    return (paths.live_dir() / "visitors.sql").is_file()


def _prepared(changes: ChangeSet, now: datetime, *, who: str, why: str, file: str) -> PreparedChange:
    with disk.reading(journal.table_path()):
        return prepare(changes, now, who=who, why=why, file=file)


def _content() -> bytes:
    path = table_file("visitors") if are_of_query() else journal.table_path()
    with disk.reading(path):
        return disk.read(path)


def _record_outside_edit(turn: Turn, now: datetime) -> Entry | None:
    """Repair the journal, and let its last entry agree with the file."""
    damage = journal_check.repair(now)
    book = Journal()
    book.repair()
    content = disk.read(journal.table_path())
    if damage is None and book.last is not None and book.last.version == journal.version_of(content):
        journal_check.record()
        return None
    kind: journal.Kind = "repaired" if damage else "outside" if book.last else "begun"
    entry = new_entry(book, kind, now, book.content(len(book)), content, file=damage.copy if damage else "")
    turn.record(entry, content)
    journal_check.record()
    return entry


def _one_line(text: str) -> str:
    """Return a text as one line that can be written as UTF-8 and holds nothing that is not seen, at most 200 letters of it."""
    seen = "".join(sign if sign.isprintable() else " " for sign in text.encode("utf-8", "replace").decode())
    return " ".join(seen.split())[:_LONGEST_LINE]
