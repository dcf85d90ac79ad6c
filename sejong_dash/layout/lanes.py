"""Lay out the rows of a timeline and their labels, so that nothing lies on anything else.

Across, places are dates; down, they are pixels, since a line of text is as tall on a phone as on a wall. A figure is drawn
before the screen's width is known: labels are broken for the narrowest drawing that may show it, PHONE or WIDE.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from . import text_width

PHONE = 296  # px that a drawing has on the narrowest screen
WIDE = 510  # px that it has beside the menus on a screen of 1024
LETTER, LINE = 12, 15  # px
BAR, GAP = 12, 9  # px
_OPEN = 0.07  # part of the axis along which an open end fades
_SHIFT = 6  # px of a label above its bar that are not its text: how far in it begins, and air before what is kept free
_BESIDE = 0.04  # part of the axis that stays free between a bar's middle and a label at the drawing's edge
_LEAST = 9  # em: with less room beside its bar, a label stands above it
_WIDEST = 2000  # px that a drawing has on a wall
Free = Sequence[tuple[float, float]]  # parts of the axis, from and to


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: its heading, where that stands, where the lane begins (px)."""

    heading: str
    heading_y: float
    top: float


def years(days: pd.Series) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and last end of whole years around every day."""
    known = days.dropna()
    return pd.Timestamp(known.min().year, 1, 1), pd.Timestamp(known.max().year + 1, 1, 1)


def spans(rows: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Add left and right: where starts_on and ends_on are drawn, the last day included.

    An open end reaches a little beyond what is known. Both are blank for a row without any date.
    """
    beyond = (last - first) * _OPEN
    left, right = rows["starts_on"], rows["ends_on"] + timedelta(days=1)
    left, right = left.fillna(right - beyond), right.fillna(left + beyond)
    return rows.assign(left=left.clip(first, last), right=right.clip(first, last))


def labelled(
    rows: pd.DataFrame,
    titles: pd.Series,
    first: pd.Timestamp,
    last: pd.Timestamp,
    room: int = PHONE,
    at_edge: "pd.Series[bool] | None" = None,
    kept_free: Sequence[tuple[pd.Timestamp, pd.Timestamp]] = (),
) -> pd.DataFrame:
    """Add side, lines, edge and clear: the title in as few lines as there is room for, on the better side of its bar.

    A drawing is `room` px wide. A title stands on the side of the bar where it takes fewer lines, or above it (`above_left`,
    `above_right`: from which end on) where neither side has room; `edge` is how far left (px) the row then reaches. Labels of
    the rows `at_edge` stand above them at the drawing's further edge (`edge_left`, `edge_right`), so that the way down to the
    bar's middle is free; a row without dates belongs to the row before.

    A label ends before what is `kept_free` (bands and lines, from and to); not `clear` is one that has no room to do so.
    """
    whole = last - first
    free = [((begin - first) / whole, (end - first) / whole) for begin, end in kept_free]
    sides, lines, edges, clear = [], [], [], []
    for left, right, title in zip(rows["left"], rows["right"], titles, strict=True):
        begin, end = (0.0, 0.0) if pd.isna(left) else ((left - first) / whole, (right - first) / whole)
        rooms = _rooms(begin, end, room, free)
        broken = {side: _break_title(title, wide) for side, (wide, _) in rooms.items()}
        side = min(broken, key=lambda side: len(broken[side]))
        wide = max(map(text_width.width, broken[side])) * LETTER
        sides.append(side)
        lines.append(broken[side])
        edges.append({"left": begin * room - wide - GAP, "above_right": end * room - wide}.get(side, begin * room))
        clear.append(rooms[side][1])
    middle = 0.0
    for number in [] if at_edge is None else at_edge.to_numpy().nonzero()[0]:
        row = rows.iloc[number]
        middle = middle if pd.isna(row["left"]) else (row["left"] - first + (row["right"] - row["left"]) / 2) / whole
        is_left = middle >= 0.5
        wide = (max(middle, 1 - middle) - _BESIDE) * room
        until = min(wide, _way(0.0, 0.0, free if is_left else _mirrored(free))[0] * room - GAP)
        clear[number] = until >= _LEAST * LETTER
        sides[number] = "edge_left" if is_left else "edge_right"
        lines[number], edges[number] = _break_title(titles.iloc[number], until if clear[number] else wide), 0.0
    return rows.assign(side=sides, lines=lines, edge=edges, clear=clear)


def _rooms(begin: float, end: float, room: int, free: Free) -> dict[str, tuple[float, bool]]:
    """Return for each side of a bar where its label may stand: how wide (px) that may be, and whether it covers nothing."""
    passed = (GAP - 2) / _WIDEST  # the gap beside the bar passes this much of the axis in a drawing of any width
    ways = {"right": _way(end, passed, free), "left": _way(1 - begin, passed, _mirrored(free))}
    rooms = {side: (way * room - GAP, is_clear) for side, (way, is_clear) in ways.items()}
    if max(wide for wide, _ in rooms.values()) >= _LEAST * LETTER:
        return rooms
    for kept in (free, []):
        ways = {"above_left": _way(begin, 0.0, kept), "above_right": _way(1 - end, 0.0, _mirrored(kept))}
        side = max(ways, key=lambda side: ways[side][0])
        way, is_clear = ways[side]
        if way * room >= _LEAST * LETTER:
            break
    return {side: (way * room - _SHIFT, is_clear and kept is free)}


def _way(at: float, passed: float, free: Free) -> tuple[float, bool]:
    """Return how much of the axis lies between `at` and what is kept free to its right, and whether `at` is outside of that."""
    ahead = [pair for pair in free if pair[1] > at + passed]
    return min([1.0, *(begin for begin, _ in ahead if begin >= at)]) - at, all(begin >= at for begin, _ in ahead)


def _mirrored(free: Free) -> Free:
    return [(1 - end, 1 - begin) for begin, end in free]


def _break_title(title: str, room: float) -> list[str]:
    """Break a title for a room in px, which is never taken for less than four letters."""
    return text_width.break_lines(title, max(room / LETTER, 4.0), is_label=True)


def placed(rows: pd.DataFrame, headings: Mapping[str, str], top: float) -> tuple[pd.DataFrame, list[Lane], float]:
    """Return the rows with y of the bar and label_y of its label, their lanes, and where the last lane ends (px).

    A lane holds the rows of the same `field`, which stand together.

    A heading shares the line of its lane's first row where that leaves it room.
    """
    y, lanes, places, labels = top, [], [], []
    for field, lane in rows.groupby("field", sort=False):
        heading, begins = headings[str(field)], y
        shares = lane["edge"].iloc[0] > text_width.width(heading) * (LETTER + 1) + LETTER
        y += 7 if shares else 28
        for lines, side in zip(lane["lines"], lane["side"], strict=True):
            text = len(lines) * LINE
            if side.startswith(("above", "edge")):
                labels.append(y + 4 + text / 2)
                places.append(y + 4 + text + 3 + BAR / 2)
                y += text + BAR + 14
            else:
                tall = max(text, BAR) + 8
                places.append(y + tall / 2)
                labels.append(places[-1])
                y += tall
        lanes.append(Lane(heading, labels[-len(lane)] if shares else begins + 16, begins))
        y += 7
    return rows.assign(y=places, label_y=labels), lanes, y
