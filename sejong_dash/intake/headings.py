"""In which row do the headings stand, and which column is what?

Headings are known words, in one row or in two. Days, prefectures or channels may run across the sheet: such a table is
wide, and each of its cells becomes a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from . import channels, places, scale
from .days import is_day
from .intake import Refused
from .plain import heading, listed, narrow, plain, vocabulary
from .total_words import is_total

NEEDED = ("date", "prefecture", "visitors")
_SAMPLE_ROWS = 12
Head = Sequence[tuple[int, Sequence[str]]]


@dataclass
class Layout:
    """Where things stand. `at` counts rows of the head, `line` is the physical line of the (last) row of headings."""

    at: int
    line: int
    titles: list[str]
    roles: dict[str, list[int]]
    wide: str | None = None  # what runs across
    across: list[int] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)  # columns with totals of what runs across
    understood: list[str] = field(default_factory=list)  # roles found by what stands below a heading, not by its word
    second: bool = False
    parted: bool = False  # year, month and day in three columns

    @property
    def ignored(self) -> list[str]:
        used = {one for several in self.roles.values() for one in several} | set(self.across) | set(self.sums)
        return [title for number, title in enumerate(self.titles) if number not in used and title.strip()]


def find(head: Head) -> Layout | None:
    """The layout of the row, or the two rows, that name what is needed; the first that does."""
    for number, (line, row) in enumerate(head):
        below = [cells for _, cells in head[number + 1 :]]
        if (layout := _layout(number, line, [str(one) for one in row], below)) is not None:
            return layout
        if number + 1 < len(head):
            second_line, second = head[number + 1]
            if _layout(number + 1, second_line, list(second), below[1:]) is not None:
                continue  # the next row needs no help from this one
            for joined in (_under(row, second), _joined(row, second)):
                if any(second) and (layout := _layout(number + 1, second_line, joined, below[1:])) is not None:
                    layout.second = True
                    return layout
    return None


def certain(layout: Layout) -> None:
    """Raises Refused where two columns say that they are the same thing: nobody can tell which of them holds. (A prefecture may
    have its name in one and its code in another.)"""
    for role in (*NEEDED, "channel"):
        columns = layout.roles.get(role, [])
        if len(columns) > (2 if role == "prefecture" else 1) and not (role == "date" and layout.parted):
            said = ", ".join(f"‘{layout.titles[at].strip()}’" for at in columns)
            raise Refused("heading_twice", layout.line, columns=[role], found=said)


def missing(head: Head) -> tuple[int, list[str], list[str]]:
    """Where no row will do: the line of the nearest one, what it has and what it lacks."""
    best: tuple[int, list[str]] = (1, [])
    for line, row in head:
        there = [role for role in NEEDED if any(heading(one) in _headings(role) for one in row)]
        if len(there) > len(best[1]):
            best = (line, there)
    return best[0], best[1], [role for role in NEEDED if role not in best[1]]


def repeats(row: Sequence[str]) -> bool:
    """A row of headings again, of units, or of the same headings in another language."""
    said = [cell for cell in row if cell.strip()]
    return bool(said) and all(
        scale.is_unit(cell)
        or plain(cell) in listed("number", "counters")
        or role_of(cell) is not None
        or heading(cell) in _headings("remark")
        for cell in said
    )


def role_of(title: str) -> str | None:
    said = heading(title)
    return next((role for role in (*NEEDED, "channel", "year", "month", "day") if said in _headings(role)), None)


@cache
def _headings(role: str) -> frozenset[str]:
    return frozenset(heading(word) for word in vocabulary()["headings"][role])


def _named(text: str) -> bool:
    """A prefecture by name; a number is no heading."""
    return not narrow(text).isdigit() and places.read(text, propose=False).value not in (None, "")


def _under(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """The lower heading where there is one, else the upper."""
    width = max(len(above), len(below))
    upper, lower = ([*row, *[""] * (width - len(row))] for row in (above, below))
    return [lower[one] if lower[one].strip() and role_of(upper[one]) is None else upper[one] for one in range(width)]


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """2026년 4월 over 10일, 11일, 12일: the month is said once for all."""
    width, said, joined = max(len(above), len(below)), "", []
    upper, lower = ([*row, *[""] * (width - len(row))] for row in (above, below))
    for one in range(width):
        said = upper[one].strip() or said
        if role_of(upper[one]) is not None and not lower[one].strip():
            joined.append(upper[one])
        else:
            joined.append(f"{said} {lower[one]}".strip() if lower[one].strip() else upper[one])
    return joined


def _layout(number: int, line: int, row: list[str], below: list[Sequence[str]]) -> Layout | None:
    if len([cell for cell in row if cell.strip()]) < 2:
        return None
    roles: dict[str, list[int]] = {}
    for at, cell in enumerate(row):
        if cell.strip() and (role := role_of(cell)) is not None:
            roles.setdefault(role, []).append(at)
    layout = Layout(number, line, row, roles)
    if "date" not in roles and {"year", "month", "day"} <= set(roles):
        roles["date"], layout.parted = [roles.pop(part)[0] for part in ("year", "month", "day")], True
    for part in ("year", "month", "day"):
        roles.pop(part, None)
    if "visitors" in roles and roles.keys() & {"date", "prefecture"}:
        _by_content(layout, below, {"date", "prefecture"} - set(roles))
        _channel_by_content(layout, below)
        if set(NEEDED) <= set(roles):
            return layout
    return None if "visitors" in roles else _wide(layout, below)


def _wide(layout: Layout, below: list[Sequence[str]]) -> Layout | None:
    """Days, prefectures or channels in the headings."""
    row, roles = layout.titles, layout.roles
    used = {one for several in roles.values() for one in several}
    free = [at for at, cell in enumerate(row) if cell.strip() and at not in used]
    kinds = {
        "date": [at for at in free if is_day(row[at])] if "date" not in roles else [],
        "prefecture": [at for at in free if _named(row[at])] if "prefecture" not in roles else [],
        "channel": [at for at in free if channels.is_known(row[at])] if "channel" not in roles else [],
    }
    kind, across = max(kinds.items(), key=lambda one: len(one[1]))
    if not across or (kind == "channel" and not {"date", "prefecture"} <= set(roles)):
        return None
    rest = {"date", "prefecture"} - {kind} - set(roles)
    if rest and len(across) < 2:
        return None
    layout.wide, layout.across = kind, across
    layout.sums = [at for at in free if at not in across and is_total(row[at])]
    _by_content(layout, below, rest)
    return layout if {"date", "prefecture"} - {kind} <= set(roles) else None


def _by_content(layout: Layout, below: list[Sequence[str]], lacking: set[str]) -> None:
    """A column whose cells are days or prefectures is what it says, if it is the only one."""
    used = {one for several in layout.roles.values() for one in several} | set(layout.across) | set(layout.sums)
    for role in sorted(lacking):
        fits = []
        for at in range(len(layout.titles)):
            cells = [row[at] for row in below[:_SAMPLE_ROWS] if at < len(row) and row[at].strip() and not is_total(row[at])]
            good = [cell for cell in cells if (is_day(cell) if role == "date" else _named(cell))]
            if at not in used and cells and len(good) >= 0.6 * len(cells):
                fits.append(at)
        if len(fits) == 1:
            layout.roles[role] = fits
            layout.understood.append(role)


def _channel_by_content(layout: Layout, below: list[Sequence[str]]) -> None:
    """Every cell below names a channel, or most of them do below 구분 or 区分, which may head anything."""
    used = {one for several in layout.roles.values() for one in several}
    free = [at for at, title in enumerate(layout.titles) if at not in used and title.strip()]
    rows = [row for row in below[:_SAMPLE_ROWS] if any(cell.strip() for cell in row) and not any(map(is_total, row))]
    names = {at: sum(at < len(row) and channels.is_known(row[at]) for row in rows) for at in free}
    perhaps = _headings("channel_perhaps")
    fits = [at for at, known in names.items() if known * (2 if heading(layout.titles[at]) in perhaps else 1) >= len(rows) > 0]
    if "channel" not in layout.roles and len(fits) == 1:
        layout.roles["channel"] = fits
        layout.understood.append("channel")
