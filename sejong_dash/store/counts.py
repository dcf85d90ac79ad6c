"""What is stored of the real counts, what would a change do to them, and how is it made or taken back?

`data/visitors.csv` is the truth, which people may open and edit as they like. This is the only place that writes it: one at a
time (`lock`), in one step (`disk`), without touching other rows (`sheet`), and with a journal from which every state can be
built again (`journal`). An edit made past it, in Excel say, is found by its content and becomes a change of its own.
Who did what is told by `history`.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import pandas as pd

from ..datasets import visitors
from ..errors import DashError
from . import disk, history, journal, lock, merge, plans
from .entries import entry, sheet_of, table_of
from .history import Change
from .journal import Entry, Journal
from .plans import Cells, Conflict, Plan, Wish
from .sheet import KEY, Key, Sheet

__all__ = ["Change", "Conflict", "Plan", "apply", "figures", "notice", "plan", "plan_undo", "undo", "version"]

_NEW = {"basis": "reported"}  # of a count of which nothing else is said
_TRIES = 5


def version() -> str:
    """The name of the stored counts as they are now: two equal ones stand for the same bytes."""
    return journal.version_of(disk.content(journal.table()))


def figures() -> pd.DataFrame:
    """What stands: date, jis_code, channel, visitors, recorded_on, basis, source_id; one row for each figure, the corrected
    ones left out; index = line in the file. Raises TableError."""
    table = table_of(disk.content(journal.table())).sort_values("recorded_on", kind="stable")
    return table.drop_duplicates(list(KEY), keep="last").sort_index()


def plan(rows: pd.DataFrame, *, shown: pd.DataFrame | None = None) -> Plan:
    """What it would do to store these rows: date, jis_code, channel, visitors; and basis, source_id or another of the file's
    columns where they are said. Other columns are not looked at. Nothing is stored.

    Without `shown` the rows are added to what stands, or correct it. `shown` are the figures that an editor showed
    before its reader made `rows` of them: what is not among the rows any more is removed, what the reader did not touch is left
    alone, and what somebody else changed meanwhile will be a conflict. (For a file that is all that is known of its
    days, `shown` is `figures()` of these days.)

    Raises TableError where the stored counts or the rows cannot be read, DashError where rows are invented or come twice.
    """
    content = disk.content(journal.table())
    sheet = sheet_of(content)
    stands, given = plans.figures(sheet), _given(rows, sheet)
    if shown is None:
        wishes = {key: Wish(stands.get(key), _with(stands.get(key) or _NEW, cells)) for key, cells in given.items()}
        return Plan(journal.version_of(content), *plans.told(wishes, stands), wishes)
    seen = _given(shown, sheet)
    wishes = {key: _edited(stands.get(key), seen.get(key), cells) for key, cells in given.items()}
    for key in seen.keys() - given.keys():
        wishes[key] = _edited(stands.get(key), seen[key], None)
    return Plan(journal.version_of(content), *plans.told(wishes, stands), wishes)


def plan_undo(number: int) -> Plan:
    """What it would do to take a change back. Raises DashError where that cannot be."""
    book = Journal()
    told = book.change(number)
    content = disk.content(journal.table())
    if told.kind == "begun":
        raise DashError("store_undo_first")
    if not told.figures:  # only the look of the file changed, or it cannot be read: the file as a whole is put back
        if number != len(book) or told.version != journal.version_of(content):
            raise DashError("store_undo_later", change=number)
        return Plan(told.version, *plans.told({}, {}), {}, undoes=number, content=book.content(number - 1))
    like = Sheet("", told.columns, (), "")
    wishes = {
        key: Wish(
            plans.figure(like, after),
            plans.figure(like, before),
            told.columns,
            tuple(before),
            tuple(after) if told.kind == "outside" else None,
        )
        for key, before, after in told.figures
    }
    return Plan(journal.version_of(content), *plans.told(wishes, plans.figures(sheet_of(content))), wishes, undoes=number)


def apply(plan: Plan, *, who: str, why: str, file: str = "", when: datetime | None = None) -> Change | None:
    """Store what was planned; None if there is nothing left to do. When it returns, the change is on the disk.

    What others have changed since is kept. Raises Conflict where they changed the same figures otherwise; DashError where
    nobody signs, or the folder is busy, closed or full; TableError where the counts cannot be read. Then nothing is stored.
    """
    who, why, file = _clean(who), _clean(why), _clean(PurePosixPath(file.replace("\\", "/")).name)
    if not who or not why:
        raise DashError("store_unsigned")
    now = when or _now()
    with _turn() as turn:
        for _ in range(_TRIES):
            _noticed(now)
            book, content = Journal(), disk.content(journal.table())
            new = merge.fulfilled(plan, book, content, now.date())
            if new == content:
                return None
            kind: journal.Kind = "applied" if plan.undoes is None else "undone"
            line = entry(book, kind, now, content, new, who=who, why=why, file=file, undoes=plan.undoes)
            if _stored(turn, line, content, new):
                return history.told(line)
    raise DashError("store_moving", file=journal.table().name)


def undo(number: int, *, who: str, why: str, when: datetime | None = None) -> Change | None:
    """Take a change back, as a change of its own; None if that has been done. Raises Conflict where the same figures have been
    changed since, and what `apply` raises."""
    return apply(plan_undo(number), who=who, why=why, when=when)


def notice() -> Change | None:
    """Write down what has happened past us: the file was edited by hand, or was there before the journal. Sweeps what a
    killed process left. The new change, or None. Raises DashError where the folder is busy, closed or full."""
    last = Journal().last
    if last and last.version == version() and not disk.staged(journal.table()):
        return None
    with _turn():
        found = _noticed(_now())
    return history.told(found) if found else None


@contextmanager
def _turn() -> Iterator[lock.Turn]:
    try:
        journal.folder().mkdir(parents=True, exist_ok=True)
        with lock.turn(journal.folder()) as turn:
            yield turn
    except OSError as trouble:
        raise disk.complaint(journal.table(), trouble) from trouble


def _noticed(now: datetime) -> Entry | None:
    """Mend the journal, and let its last line agree with the file."""
    book = Journal()
    book.mend()
    content = disk.content(journal.table())
    if book.last is not None and book.last.version == journal.version_of(content):
        return None
    line = entry(book, "outside" if book.last else "begun", now, book.content(len(book)), content)
    journal.append(line)
    return line


def _stored(turn: lock.Turn, line: Entry, old: bytes, new: bytes) -> bool:
    """Write ahead and swap; False if the file was edited past us meanwhile. Whatever fails, the old state stands.

    Who lost its turn to another machine takes nothing back: the journal is that machine's by then, and it has swept
    the staged file, so that a swap that comes too late finds nothing to swap.
    """
    file = journal.table()
    made = disk.stage(file, line.change, new)
    length = None
    try:
        turn.check()
        length = journal.append(line)
        if disk.content(file) == old:
            disk.swap(made, file)
            return True
    except OSError:
        _take_back(turn, length, made)
        raise
    _take_back(turn, length, made)
    return False


def _take_back(turn: lock.Turn, length: int | None, made: Path) -> None:
    turn.check()
    if length is not None:
        journal.cut(length)
    made.unlink(missing_ok=True)


def _edited(stands: Cells | None, seen: Cells | None, cells: Cells | None) -> Wish:
    """What a reader wishes who saw `seen` and made `cells` of it; None: no such row."""
    if cells == seen or (stands is None and cells is None):
        return Wish(stands, stands)
    as_seen = stands is not None and seen is not None and all(stands.get(name, "") == cell for name, cell in seen.items())
    before = stands if as_seen else None if seen is None else _with({}, seen)
    return Wish(before, None if cells is None else _with(before or _NEW, cells))


def _given(rows: pd.DataFrame, sheet: Sheet) -> dict[Key, Cells]:
    """Rows as figures, blank cells kept. Raises DashError where a figure comes twice or is invented, TableError."""
    columns = [
        name for name in dict.fromkeys((*KEY, "visitors", "basis", *sheet.columns)) if name in rows and name != plans.RECORDED
    ]
    texts = rows[columns].assign(date=pd.to_datetime(rows["date"]).dt.strftime("%Y-%m-%d")).astype("object")
    if pd.api.types.is_float_dtype(rows["visitors"].dtype):
        texts["visitors"] = rows["visitors"].astype("Int64").astype("object")  # a column with a gap comes as 12.0
    texts = texts.where(texts.notna(), "").astype(str)
    if "basis" in texts:
        texts["basis"] = texts["basis"].where(texts["basis"] != "", _NEW["basis"])
        if (texts["basis"] == "sample").any():
            raise DashError("store_sample")
    twice = texts[texts.duplicated(list(KEY))]
    if len(twice):
        raise DashError("store_twice", found=", ".join(cell or "-" for cell in twice[list(KEY)].iloc[0]), count=len(twice))
    checked = texts.assign(**{name: default for name, default in (_NEW | {"source_id": ""}).items() if name not in texts})
    file = io.StringIO(newline="")
    csv.writer(file).writerows([checked.columns, *checked.itertuples(index=False)])
    visitors.parse(file.getvalue().encode("utf-8"))
    named = [name for name in columns if name not in KEY]
    found = {}
    for row in texts.to_dict("records"):
        cells = {str(name): row[name].strip() for name in named}
        found[tuple(row[name].strip() for name in KEY)] = cells | {"visitors": str(int(cells["visitors"]))}
    return found  # type: ignore[return-value]


def _with(before: Cells, cells: Cells) -> Cells:
    return {name: cell for name, cell in (dict(before) | dict(cells)).items() if cell}


def _clean(text: str) -> str:
    """One line that can be written as UTF-8."""
    return " ".join(text.encode("utf-8", "replace").decode().split())


def _now() -> datetime:
    return datetime.now(ZoneInfo("Asia/Seoul"))
