"""Compute what the next days must bring, and what the same days bring at the recent level."""

from dataclasses import dataclass

import pandas as pd

from sejong_dash.measures import goal

from .pace import RECENT
from .season import Season


@dataclass(frozen=True, slots=True)
class ComingWeek:
    """The next seven days, or those left.

    `needed` is what they must bring so that the goal is reached by closing, by the weight of each day; `alike` what the same days
    bring at the level of the days counted in full among the last seven. None where it is not known or no verdict is given.
    """

    days: int
    needed: int | None
    alike: int | None


def coming_week(now: Season) -> ComingWeek:
    """Return what the next days of a season must bring; before opening, what the first of them must."""
    pace = now.pace
    weights = now.weights[now.days > pd.Timestamp(now.as_of)]
    week = weights.head(RECENT)
    if pace.goal is None or pace.is_withheld or (pace.days_gone and not now.has_counts):
        return ComingWeek(len(week), None, None)
    needed = goal.split(max(pace.goal - pace.counted, 0), weights).head(RECENT) if len(week) else week
    alike = None if pace.level is None else round(pace.level * float(week.sum()))
    return ComingWeek(len(week), int(needed.sum()), alike)


def more_pct(needed: float | None, alike: float | None) -> int | None:
    """Return by how many percent what is needed exceeds what like days bring; None where either is unknown or nothing."""
    if not needed or not alike:
        return None
    return round(100 * (needed / alike - 1))
