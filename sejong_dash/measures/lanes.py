"""Where does each row of a timeline stand, and its label, so that nothing lies on anything else on a phone?

Across, places are dates; down, they are pixels, since a line of text is as tall on a phone as on a wall.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from . import lettering

PHONE = 296  # px that a drawing has on the narrowest screen
LETTER, LINE = 12, 15  # px
BAR, GAP = 12, 9  # px
_OPEN = 0.07  # part of the axis along which an open end fades


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
    return rows.assign(left=left.fillna(right - beyond).clip(lower=first), right=right.fillna(left + beyond).clip(upper=last))


def labelled(rows: pd.DataFrame, titles: pd.Series, first: pd.Timestamp, last: pd.Timestamp, lang: str) -> pd.DataFrame:
    """side, lines, edge: the title in as few lines as there is room for on a phone, on the side of the bar that takes fewer;
    `edge` is how far left (px on a phone) the row then reaches."""
    sides, lines, edges = [], [], []
    for left, right, title in zip(rows["left"], rows["right"], titles, strict=True):
        begin, end = (0.0, 0.0) if pd.isna(left) else ((left - first) / (last - first), (right - first) / (last - first))
        rooms = {"right": (1 - end) * PHONE, "left": begin * PHONE}
        tried = {side: lettering.wrap(title, max(room - GAP, 4 * LETTER) / LETTER, lang) for side, room in rooms.items()}
        side = min(tried, key=lambda one: len(tried[one]))
        wide = max(map(lettering.width, tried[side])) * LETTER + GAP
        sides.append(side)
        lines.append(tried[side])
        edges.append(begin * PHONE - (wide if side == "left" else 0))
    return rows.assign(side=sides, lines=lines, edge=edges)


def placed(rows: pd.DataFrame, headings: Mapping[str, str], top: float) -> tuple[pd.DataFrame, list[Lane], float]:
    """y of each row, its lanes (rows of the same `field`, which stand together), and where the last one ends.

    A heading shares the line of its lane's first row where that leaves it room.
    """
    y, lanes, places = top, [], []
    for field, lane in rows.groupby("field", sort=False):
        heading, begins = headings[str(field)], y
        shares = lane["edge"].iloc[0] > lettering.width(heading) * (LETTER + 1) + LETTER
        y += 7 if shares else 28
        for lines in lane["lines"]:
            tall = max(len(lines) * LINE, BAR) + 8
            places.append(y + tall / 2)
            y += tall
        lanes.append(Lane(heading, places[-len(lane)] if shares else begins + 16, begins))
        y += 7
    return rows.assign(y=places), lanes, y
