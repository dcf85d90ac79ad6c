"""Ahead or behind, by how many visitors and how many days, and what must each day left bring?"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

RECENT = 7  # days that "lately" means


@dataclass(frozen=True, slots=True)
class Pace:
    """Where the count stands against the plan curve at the end of as-of; None: cannot be said.

    Days that were not counted are left out on both sides: `due` is what the plan wants of the days that were counted, so
    that a missing day is never taken for a day on which nobody came. `due_missing` is what the plan wants of the others.
    """

    counted: int
    days_gone: int
    days_left: int
    days_missing: int
    goal: int | None
    due: int | None
    due_missing: int | None
    gap: int | None  # counted - due, visitors
    gap_days: float | None  # days by which the plan curve reached `counted` earlier (behind: negative) or reaches it later
    share: float | None  # counted / goal
    needed: float | None  # visitors a day on the days left, to reach the goal by closing
    recent: float | None  # mean of the counted days among the last seven, visitors a day
    level: float | None  # the same for a day of weight 1: recent days are compared with days of another kind by it
    reached_on: pd.Timestamp | None  # the day on which the goal falls if recent days go on; None: not by closing
    at_close: float | None  # what the count would be at closing if recent days go on


def pace(by_day: pd.DataFrame, curve: pd.DataFrame | None, weights: pd.Series, as_of: date) -> Pace:
    """`by_day` has one row for each day up to as-of (date, visitors; missing days blank), `weights` all days of the plan
    (index date), `curve` what each should bring (as `plan_curve`), None without a goal.
    """
    days = pd.DatetimeIndex(weights.index)
    end = pd.Timestamp(as_of)
    counted_days = by_day.dropna(subset="visitors")
    counted = int(counted_days["visitors"].sum())
    gone, left = int((days <= end).sum()), int((days > end).sum())
    goal = None if curve is None or curve.empty else int(curve["planned_cumulative"].iloc[-1])
    lately = counted_days[counted_days["date"] > end - pd.Timedelta(days=RECENT)]
    weighed = float(weights.reindex(lately["date"]).sum())
    level = float(lately["visitors"].sum()) / weighed if weighed else None
    to_come = weights[days > end]
    due = due_missing = gap = gap_days = None
    if curve is not None and goal is not None:
        past = curve[curve["date"] <= end]
        there = past["date"].isin(counted_days["date"])
        due, due_missing = int(past.loc[there, "planned"].sum()), int(past.loc[~there, "planned"].sum())
        gap = counted - due
        gap_days = _days_ahead(counted + due_missing, curve, gone)
    at_close = None if level is None else counted + level * float(to_come.sum())
    return Pace(
        counted=counted,
        days_gone=gone,
        days_left=left,
        days_missing=int(by_day["visitors"].isna().sum()),
        goal=goal,
        due=due,
        due_missing=due_missing,
        gap=gap,
        gap_days=gap_days,
        share=counted / goal if goal else None,
        needed=max(goal - counted, 0) / left if goal is not None and left else None,
        recent=float(lately["visitors"].mean()) if len(lately) else None,
        level=level,
        reached_on=_reached(by_day, counted, goal, level, to_come),
        at_close=at_close,
    )


def _days_ahead(stands_at: float, curve: pd.DataFrame, gone: int) -> float | None:
    """How many days later than as-of the plan curve comes to `stands_at` (negative: it was there before)."""
    line = np.concatenate([[0], curve["planned_cumulative"].to_numpy(dtype=float)])
    if line[-1] <= 0:
        return None
    stands_at = min(max(float(stands_at), 0.0), line[-1])
    return float(np.interp(stands_at, line, np.arange(len(line)))) - gone


def _reached(
    by_day: pd.DataFrame, counted: int, goal: int | None, level: float | None, to_come: pd.Series
) -> pd.Timestamp | None:
    """The day on which the goal fell, or falls at the level of the recent days."""
    if not goal:
        return None
    if counted >= goal:
        running = by_day["visitors"].fillna(0).cumsum()
        return pd.Timestamp(by_day.loc[running >= goal, "date"].iloc[0])
    if level is None:
        return None
    running = counted + (level * to_come).cumsum()
    over = running[running >= goal]
    return pd.Timestamp(over.index[0]) if len(over) else None
