"""Ahead or behind, and what must each day left bring?"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

_RECENT = 7  # days that "lately" means


@dataclass(frozen=True, slots=True)
class Pace:
    """Where the count stands against the straight line at the end of as-of; None: cannot be said."""

    counted: int
    days_gone: int
    days_left: int
    days_missing: int
    goal: int | None
    due: float | None  # the straight line at as-of
    gap: float | None  # counted - due
    share: float | None  # counted / goal
    needed: float | None  # for each day left
    recent: float | None  # mean of the last counted days among the last seven


def pace(by_day: pd.DataFrame, days: pd.DatetimeIndex, as_of: date, goal: int | None) -> Pace:
    """`by_day` has one row for each day up to as-of (date, visitors; missing days blank), `days` are the plan's."""
    counted = int(by_day["visitors"].fillna(0).sum())
    gone = int((days <= pd.Timestamp(as_of)).sum())
    left = len(days) - gone
    due = goal * gone / len(days) if goal is not None and len(days) else None
    lately = by_day.loc[by_day["date"] > pd.Timestamp(as_of) - pd.Timedelta(days=_RECENT), "visitors"].dropna()
    return Pace(
        counted=counted,
        days_gone=gone,
        days_left=left,
        days_missing=int(by_day["visitors"].isna().sum()),
        goal=goal,
        due=due,
        gap=None if due is None else counted - due,
        share=counted / goal if goal else None,
        needed=max(goal - counted, 0) / left if goal is not None and left else None,
        recent=float(lately.mean()) if len(lately) else None,
    )
