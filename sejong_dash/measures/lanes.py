"""Where does each row of a timeline stand, and its label, so that nothing lies on anything else?

Across, places are dates; down, they are pixels, since a line of text is as tall on a phone as on a wall. A figure is drawn
before the screen's width is known: labels are broken for the narrowest drawing that may show it, PHONE or WIDE.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from . import lettering

PHONE = 296  # px that a drawing has on the narrowest screen
WIDE = 510  # px that it has beside the menus on a screen of 1024
LETTER, LINE = 12, 15  # px
BAR, GAP = 12, 9  # px
_OPEN = 0.07  # part of the axis along which an open end fades
_BESIDE = 0.04  # part of the axis that stays free between a bar's middle and a label at the drawing's edge
_LEAST = 9  # em: with less room beside its bar, a label stands above it


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: what stands at its head, where that stands, where the lane begins."""

    heading: str
    heading_y: float
    top: float


def years(days: pd.Series) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Whole years around every day."""
    known = days.dropna()
    return pd.Timestamp(known.min().year, 1, 1), pd.Timestamp(known.max().year + 1, 1, 1)


def spans(rows: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """left and right: where starts_on, ends_on are drawn, the last day included; an open end reaches a little beyond what is
    known. Blank for a row without any date."""
    beyond = (last - first) * _OPEN
    left, right = rows["starts_on"], rows["ends_on"] + timedelta(days=1)
    left, right = left.fillna(right - beyond), right.fillna(left + beyond)
    return rows.assign(left=left.clip(first, last), right=right.clip(first, last))


def labelled(
    rows: pd.DataFrame,
    titles: pd.Series,
    first: pd.Timestamp,
    last: pd.Timestamp,
    lang: str,
    room: int = PHONE,
    at_edge: "pd.Series[bool] | None" = None,
) -> pd.DataFrame:
    """side, lines, edge: the title in as few lines as there is room for in a drawing of `room` px, on the side of the bar that
    takes fewer, or above it (`above_left`, `above_right`: from which end on) where neither side has any; `edge` is how far
    left (px) the row then reaches. Labels of the rows `at_edge` stand above them at the drawing's further edge (`edge_left`,
    `edge_right`), so that the way down to the bar's middle is free; a row without dates belongs to the one before."""
    sides, lines, edges = [], [], []
    for left, right, title in zip(rows["left"], rows["right"], titles, strict=True):
        begin, end = (0.0, 0.0) if pd.isna(left) else ((left - first) / (last - first), (right - first) / (last - first))
        rooms = {"right": (1 - end) * room - GAP, "left": begin * room - GAP}
        if max(rooms.values()) < _LEAST * LETTER:
            rooms = {"above_left": (1 - begin) * room, "above_right": end * room}
            rooms = {max(rooms, key=lambda one: rooms[one]): max(rooms.values())}
        tried = {side: lettering.wrap(title, max(free, 4 * LETTER) / LETTER, lang) for side, free in rooms.items()}
        side = min(tried, key=lambda one: len(tried[one]))
        wide = max(map(lettering.width, tried[side])) * LETTER
        sides.append(side)
        lines.append(tried[side])
        edges.append({"left": begin * room - wide - GAP, "above_right": end * room - wide}.get(side, begin * room))
    middle = 0.0
    for number in [] if at_edge is None else at_edge.to_numpy().nonzero()[0]:
        row = rows.iloc[number]
        middle = middle if pd.isna(row["left"]) else (row["left"] - first + (row["right"] - row["left"]) / 2) / (last - first)
        free = max(middle, 1 - middle) - _BESIDE
        sides[number] = "edge_left" if middle >= 0.5 else "edge_right"
        lines[number], edges[number] = lettering.wrap(titles.iloc[number], room * free / LETTER, lang), 0.0
    return rows.assign(side=sides, lines=lines, edge=edges)


def placed(rows: pd.DataFrame, headings: Mapping[str, str], top: float) -> tuple[pd.DataFrame, list[Lane], float]:
    """y of each row's bar, label_y of the middle of its label, its lanes (rows of the same `field`, which stand together), and
    where the last one ends.

    A heading shares the line of its lane's first row where that leaves it room.
    """
    y, lanes, places, labels = top, [], [], []
    for field, lane in rows.groupby("field", sort=False):
        heading, begins = headings[str(field)], y
        shares = lane["edge"].iloc[0] > lettering.width(heading) * (LETTER + 1) + LETTER
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
