"""What does the file look like once a plan is carried out on it, whatever others have done to it meanwhile?"""

from datetime import date, datetime

import pandas as pd

from ..errors import DashError
from . import journal, plans
from .entries import sheet_of
from .journal import Entry, Journal
from .plans import Cells, Conflict, Plan, Wish
from .sheet import Key, Row, Sheet, fitted


def fulfilled(plan: Plan, book: Journal, content: bytes, today: date) -> bytes:
    """The file's content with the plan applied to it; the same where nothing is left to do. Raises Conflict, with every
    figure that others changed otherwise."""
    if plan.content is not None:
        if journal.version_of(content) not in (plan.version, journal.version_of(plan.content)):
            raise DashError("store_undo_later", change=plan.undoes)
        return plan.content
    sheet = sheet_of(content)
    rows = sheet.rows()
    wishes: dict[Key, Wish] = {}
    theirs: dict[Key, Cells | None] = {}
    for key, told in plan.wishes.items():
        wish, stand = plans.fit(told, sheet), rows.get(key, [])
        if _done(wish, sheet, stand):
            continue
        if plans.figure(sheet, stand) != wish.before or wish.instead not in (None, tuple(stand)):
            theirs[key] = plans.figure(sheet, stand)
        wishes[key] = wish
    if theirs:
        raise Conflict(plan, _named(plans.clashes(plan, theirs), theirs, book), theirs)
    if not wishes:
        return content
    sheet = sheet.with_column(plans.RECORDED)
    rows, morning = sheet.rows(), _this_morning(book, sheet, today)
    wanted = {
        key: plans.settle(sheet, key, morning.get(key, rows.get(key, [])), plans.fit(wish, sheet), today)
        for key, wish in wishes.items()
    }
    new = sheet.with_rows(wanted).write()
    sheet_of(new)  # what is stored can be read again
    return new


def _done(wish: Wish, sheet: Sheet, stand: list[Row]) -> bool:
    if wish.instead is not None:
        return tuple(stand) == wish.rows
    return wish.before == wish.after or plans.figure(sheet, stand) == wish.after


def _this_morning(book: Journal, sheet: Sheet, today: date) -> dict[Key, list[Row]]:
    """The rows that figures had when today began, of those that have been changed today. What was written by hand counts
    as it stands: nothing that was not written here is ever taken for a slip."""
    since: dict[Key, list[Row]] = {}
    by_hand: set[Key] = set()
    for entry in book.backwards():
        if datetime.fromisoformat(entry.when).date() != today:
            break
        ours = entry.kind in ("applied", "undone")
        for key, before, after in entry.figures or ():
            if key in by_hand or (key in since and not ours):
                by_hand.add(key)
                continue
            since[key] = [fitted(row, entry.columns, sheet.columns) for row in (before if ours else after)]
            if not ours:
                by_hand.add(key)
    return since


def _named(figures: pd.DataFrame, keys: dict[Key, Cells | None], book: Journal) -> pd.DataFrame:
    """Figures with who changed each of them last, when, and by which change."""
    last: dict[Key, Entry] = {}
    for entry in book.backwards():
        last |= {key: entry for key in entry.of if key in keys and key not in last}
        if len(last) == len(keys):
            break
    found = [last.get(key) for key in keys]
    return figures.assign(
        who=[entry.who if entry else "" for entry in found],
        when=[datetime.fromisoformat(entry.when) if entry else None for entry in found],
        change=[entry.change if entry else 0 for entry in found],
    )
