"""Finds the row of the headings and the role of each column.

Headings are known words, in one row or in two. Days, prefectures or channels may run across the sheet: such a table is
wide, and each of its cells becomes a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sejong_dash.intake.cells import channels, prefecture_names
from sejong_dash.intake.cells.days import is_day
from sejong_dash.intake.cells.spelling import load_words, simplify, simplify_heading, strip_footnotes
from sejong_dash.intake.findings import Refused

from . import count_unit
from .heading_words import NEEDED, Answers, has_doubt, is_elsewhere, load_headings, read_heading
from .heading_words import role_of as role_of
from .total_words import is_total

SAMPLE_ROWS = 12
_LEAST_SHARE = 0.6  # of the cells of a column that must be days, or prefectures
Head = Sequence[tuple[int, Sequence[str]]]


@dataclass
class TableLayout:
    """The place of the headings and the role of each column.

    `at` is the place in the head, `line` the physical line of the (last) row of headings. `roles` maps date, prefecture, channel
    and visitors to columns. `wide` is the role of headings that run across, `across` are their columns.
    """

    at: int
    line: int
    titles: list[str]
    roles: dict[str, list[int]]
    wide: str | None = None
    across: list[int] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)  # columns with totals of the columns across
    understood: list[str] = field(default_factory=list)  # roles found by what stands below a heading, not by its word
    has_second_row: bool = False
    is_date_split: bool = False  # year, month and day in three columns
    heading_channel: str = ""  # the channel to which the heading narrows the counts
    answers: Answers = field(default_factory=dict)

    @property
    def free(self) -> list[int]:
        """The columns without a role."""
        used = _used_columns(self.roles) | set(self.across) | set(self.sums)
        return [at for at in range(len(self.titles)) if at not in used]

    @property
    def ignored(self) -> list[str]:
        """The headings of columns without a role."""
        return [self.titles[at] for at in self.free if self.titles[at].strip()]


def find_layout(head: Head, answers: Answers | None = None) -> TableLayout | None:
    """Return the layout of the first row, or two rows, whose headings name all that is needed; None where there is none.

    `answers` are what the reader says of headings that are in doubt.
    """
    answers = answers or {}
    for number, (line, row) in enumerate(head):
        below = [cells for _, cells in head[number + 1 :]]
        if (layout := _understand(number, line, [str(cell) for cell in row], below, answers)) is not None:
            return layout
        if number + 1 < len(head):
            second_line, second = head[number + 1]
            if _understand(number + 1, second_line, list(second), below[1:], answers) is not None:
                continue  # the next row needs no help from this one
            if any(is_day(cell) for cell in second) and any(is_prefecture(cell) for cell in second):
                continue  # a row of counts
            for joined in (_prefer_lower(row, second), _join(row, second)):
                if any(second) and (layout := _understand(number + 1, second_line, joined, below[1:], answers)) is not None:
                    layout.has_second_row = True
                    return layout
    return None


def refuse_ambiguous(layout: TableLayout) -> None:
    """Raise Refused where two columns have the same role, since nobody can tell which of them holds.

    A prefecture may have its name in one column and its code in another.
    """
    for role in (*NEEDED, "channel"):
        columns = layout.roles.get(role, [])
        if len(columns) > (2 if role == "prefecture" else 1) and not (role == "date" and layout.is_date_split):
            titles = ", ".join(f"‘{layout.titles[at].strip()}’" for at in columns)
            raise Refused("heading_twice", layout.line, columns=[role], found=titles)


def repeats_headings(row: Sequence[str], layout: TableLayout) -> bool:
    """Return whether a row is the headings again in the same places, their units, or the same headings in another language."""
    filled = [(at, cell) for at, cell in enumerate(row) if cell.strip()]
    places = {at: role for role, columns in layout.roles.items() for at in columns}
    parts = ("year", "month", "day") if layout.is_date_split else ()
    return bool(filled) and all(
        count_unit.is_unit(cell)
        or simplify(cell) in load_words("number", "counters")
        or (
            (role := role_of(cell, layout.answers)) is not None
            and (places.get(at) in (role, None) or role in parts)
            and (role != "visitors" or at >= len(layout.titles) or count_unit.is_same_unit(cell, layout.titles[at]))
        )
        or simplify_heading(cell) in load_headings("remark")
        or (at < len(layout.titles) and simplify(cell) == simplify(layout.titles[at]))
        for at, cell in filled
    )


def _used_columns(roles: dict[str, list[int]]) -> set[int]:
    return {at for columns in roles.values() for at in columns}


def is_prefecture(text: str) -> bool:
    """Return whether a text names a prefecture; a code does not count, since a number is no heading."""
    bare = strip_footnotes(text)
    return not bare.isdigit() and prefecture_names.read(bare, propose=False).value not in (None, "")


def is_place(text: str) -> bool:
    """Return whether a heading names a prefecture, or the visitors whose prefecture is not known."""
    return is_prefecture(text) or simplify(text) in load_words("prefecture", "not_known")


def _prefer_lower(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return the lower heading of each column where there is one, else the upper."""
    width = max(len(above), len(below))
    upper, lower = ([*row, *[""] * (width - len(row))] for row in (above, below))
    joined = []
    for at in range(width):
        is_lower = bool(lower[at].strip()) and role_of(upper[at]) is None
        is_doubtful = is_lower and bool(has_doubt(upper[at]))
        joined.append(f"{upper[at].strip()} {lower[at].strip()}" if is_doubtful else lower[at] if is_lower else upper[at])
    return joined


def _join(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return upper and lower headings joined: 2026년 4월 stands once above 10일, 11일, 12일."""
    width, last, joined = max(len(above), len(below)), "", []
    upper, lower = ([*row, *[""] * (width - len(row))] for row in (above, below))
    for at in range(width):
        last = upper[at].strip() or last
        if role_of(upper[at]) is not None and not lower[at].strip():
            joined.append(upper[at])
        else:
            joined.append(f"{last} {lower[at]}".strip() if lower[at].strip() else upper[at])
    return joined


def _understand(number: int, line: int, row: list[str], below: list[Sequence[str]], answers: Answers) -> TableLayout | None:
    if len([cell for cell in row if cell.strip()]) < 2:
        return None
    roles: dict[str, list[int]] = {}
    channels_named = []
    for at, cell in enumerate(_cut_at_gap(row, below, answers)):
        reading = read_heading(cell, answers)
        if cell.strip() and reading.role is not None:
            roles.setdefault(reading.role, []).append(at)
            channels_named += [reading.channel] if reading.channel else []
    layout = TableLayout(number, line, row, roles, answers=answers)
    if "date" not in roles and {"year", "month", "day"} <= set(roles):
        roles["date"], layout.is_date_split = [roles.pop(part)[0] for part in ("year", "month", "day")], True
    for part in ("year", "month", "day"):
        roles.pop(part, None)
    if "visitors" in roles and roles.keys() & {"date", "prefecture"}:
        _assign_by_content(layout, below, {"date", "prefecture"} - set(roles))
        _assign_channel_by_content(layout, below)
        layout.heading_channel = channels_named[0] if channels_named and "channel" not in roles else ""
        if set(NEEDED) <= set(roles):
            return layout
    return None if "visitors" in roles else _understand_wide(layout, below)


def _cut_at_gap(row: list[str], below: list[Sequence[str]], answers: Answers) -> list[str]:
    """Return the headings up to a blank column behind which another table begins."""
    for gap, title in enumerate(row):
        is_blank = not title.strip() and not any(cells[gap].strip() for cells in below if gap < len(cells))
        before, after = ({role_of(cell, answers) for cell in part} - {None} for part in (row[:gap], row[gap + 1 :]))
        if is_blank and set(NEEDED) <= before and after & before:
            return row[:gap]
    return row


def _understand_wide(layout: TableLayout, below: list[Sequence[str]]) -> TableLayout | None:
    """Return the layout of a table with days, prefectures or channels in its headings."""
    row, roles = layout.titles, layout.roles
    used = _used_columns(roles)
    free = [at for at, cell in enumerate(row) if cell.strip() and at not in used]
    candidates = {
        "date": [at for at in free if is_day(row[at])] if "date" not in roles else [],
        "prefecture": [at for at in free if is_place(row[at])] if "prefecture" not in roles else [],
        "channel": [at for at in free if channels.is_known(row[at])] if "channel" not in roles else [],
    }
    wide, across = max(candidates.items(), key=lambda candidate: len(candidate[1]))
    if not across or (wide == "channel" and not {"date", "prefecture"} <= set(roles)):
        return None
    rest = {"date", "prefecture"} - {wide} - set(roles)
    if rest and len(across) < 2:
        return None
    layout.wide, layout.across = wide, across
    layout.sums = [at for at in free if at not in across and is_total(row[at])]
    _assign_by_content(layout, below, rest)
    return layout if {"date", "prefecture"} - {wide} <= set(roles) else None


def _assign_by_content(layout: TableLayout, below: list[Sequence[str]], lacking: set[str]) -> None:
    """Give a column whose cells are days or prefectures its role, if it is the only such column."""
    used = _used_columns(layout.roles) | set(layout.across) | set(layout.sums)
    for role in sorted(lacking):
        fits = []
        for at in range(len(layout.titles)):
            cells = [row[at] for row in below[:SAMPLE_ROWS] if at < len(row) and row[at].strip() and not is_total(row[at])]
            fitting = [cell for cell in cells if (is_day(cell) if role == "date" else is_prefecture(cell))]
            title = layout.titles[at]
            is_other = has_doubt(title) or simplify_heading(title) in load_headings("other_day")
            is_other = is_other or bool(read_heading(title, layout.answers).doubtful_role) or is_elsewhere(title)
            if at not in used and cells and len(fitting) >= _LEAST_SHARE * len(cells) and not is_other:
                fits.append(at)
        if len(fits) == 1:
            layout.roles[role] = fits
            layout.understood.append(role)


def _assign_channel_by_content(layout: TableLayout, below: list[Sequence[str]]) -> None:
    """Give the channel to a column whose cells all name one; half of them suffice below 구분 or 区分, which may head anything."""
    used = _used_columns(layout.roles)
    free = [at for at, title in enumerate(layout.titles) if at not in used and title.strip()]
    rows = [row for row in below[:SAMPLE_ROWS] if any(cell.strip() for cell in row) and not any(map(is_total, row))]
    names = {at: sum(at < len(row) and channels.is_known(row[at]) for row in rows) for at in free}
    perhaps = load_headings("channel_perhaps")
    fits = [
        at for at, known in names.items() if known * (2 if simplify_heading(layout.titles[at]) in perhaps else 1) >= len(rows) > 0
    ]
    if "channel" not in layout.roles and len(fits) == 1:
        layout.roles["channel"] = fits
        layout.understood.append("channel")
