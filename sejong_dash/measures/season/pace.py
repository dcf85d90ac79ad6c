"""Compare the count with the plan curve, and compute what each day left must bring and what the last days brought."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sejong_dash.measures.goal import a_day, share_pct

RECENT = 7  # days of the recent level
STALE = 2  # days without a count at the end, from which no verdict is given
_FEW = 2  # days that may be missing whatever the share: at the opening, one day is half of all
_MOST, _MOST_OVER = 0.2, 0.05  # of the plan for the days gone that may be missing: while the expo runs, once it is over


@dataclass(frozen=True, slots=True)
class Pace:
    """The count compared with the plan curve at the end of as-of; None means not known.

    What was not counted is left out on both sides: `due` is what the plan asks of what was counted, so that a missing day is
    never taken for a day on which nobody came. `due_missing` is what the plan asks of the rest of the days gone. Where too much
    is missing (`is_withheld`), everything that would judge the count is None.
    """

    counted: int
    days_gone: int
    days_left: int
    days_missing: int
    days_partial: int
    missing_share: float  # 0 to 1: of what the plan asks of the days gone, the part that was not counted
    is_withheld: bool
    stale_days: int  # days gone since the last count
    goal: int | None
    due: int | None
    due_missing: int | None
    gap: int | None  # counted - due, visitors
    gap_days: float | None  # days, to a tenth, by which the plan curve reached `counted` earlier (behind: negative) or later
    gap_goal: int | None  # counted - goal, visitors
    share_pct: float | None  # counted in percent of the goal, to a tenth
    needed: int | None  # visitors a day on the days left, to reach the goal by closing; rounded up
    recent: float | None  # mean of the days counted in full among the last seven, visitors a day
    recent_days: int  # how many these are
    level: float | None  # the same for a day of weight 1: recent days are compared with days of another kind by it
    alike: float | None  # what a day left brings at that level, by the weights of the days left; visitors a day

    @property
    def state(self) -> str:
        """One of before, uncounted, withheld, stale, running, over."""
        if not self.days_gone:
            return "before"
        if self.days_missing == self.days_gone:
            return "uncounted"
        if self.is_withheld:
            return "withheld"
        if not self.days_left:
            return "over"
        return "stale" if self.stale_days >= STALE else "running"


def pace(by_day: pd.DataFrame, curve: pd.DataFrame | None, weights: pd.Series, as_of: date) -> Pace:
    """Return where the count stands.

    `by_day` has one row for each day up to as-of: date, visitors (missing days blank), state, share, and with a goal due (as
    `season.Season.by_day`). `weights` are those of all days of the plan (index date), `curve` what each should bring (as
    `plan_curve`), None without a goal.
    """
    days, end = pd.DatetimeIndex(weights.index), pd.Timestamp(as_of)
    counted = int(by_day["visitors"].sum())
    gone, left = int((days <= end).sum()), int((days > end).sum())
    goal = None if curve is None or curve.empty else int(curve["planned_cumulative"].iloc[-1])
    past, to_come = weights[days <= end], weights[days > end]
    missing_share = 1 - float(past.to_numpy() @ by_day["share"].to_numpy()) / float(past.sum()) if past.sum() else 0.0
    lacking = int((by_day["state"] != "counted").sum())
    reached = bool(goal) and counted >= (goal or 0)
    is_withheld = lacking > _FEW * (left > 0) and missing_share > (_MOST if left else _MOST_OVER) and not reached
    level, recent, recent_days = _recent_level(by_day, weights, end)
    due = due_missing = None
    if curve is not None and goal is not None:
        due = int(by_day["due"].iloc[-1]) if len(by_day) else 0
        due_missing = int(curve["planned_cumulative"].iloc[gone - 1]) - due if gone else 0
    judged = goal is not None and due is not None and not is_withheld
    last = by_day.loc[by_day["visitors"].notna(), "date"].max()
    return Pace(
        counted=counted,
        days_gone=gone,
        days_left=left,
        days_missing=int((by_day["state"] == "missing").sum()),
        days_partial=int((by_day["state"] == "partial").sum()),
        missing_share=missing_share,
        is_withheld=is_withheld,
        stale_days=0 if pd.isna(last) else (end - last).days,
        goal=goal,
        due=due,
        due_missing=due_missing,
        gap=counted - due if judged and due is not None else None,
        gap_days=_days_ahead(counted + (due_missing or 0), curve, gone) if judged and curve is not None else None,
        gap_goal=counted - goal if judged and goal is not None else None,
        share_pct=share_pct(counted, goal) if judged and goal else None,
        needed=a_day(max(goal - counted, 0), left) if judged and goal is not None and left else None,
        recent=recent,
        recent_days=recent_days,
        level=level,
        alike=None if level is None or not left else level * float(to_come.mean()),
    )


def _recent_level(by_day: pd.DataFrame, weights: pd.Series, end: pd.Timestamp) -> tuple[float | None, float | None, int]:
    """Level, mean and number of the days counted in full among the last seven."""
    recent = by_day[(by_day["state"] == "counted") & (by_day["date"] > end - pd.Timedelta(days=RECENT))]
    weighed = float(weights.reindex(recent["date"]).sum())
    total = float(recent["visitors"].sum())
    return (total / weighed if weighed else None), (total / len(recent) if len(recent) else None), len(recent)


def _days_ahead(stands_at: float, curve: pd.DataFrame, gone: int) -> float | None:
    """Return how many days after as-of, to a tenth, the plan curve reaches `stands_at`; negative if it was reached before."""
    line = np.concatenate([[0], curve["planned_cumulative"].to_numpy(dtype=float)])
    if line[-1] <= 0:
        return None
    stands_at = min(max(float(stands_at), 0.0), line[-1])
    return round(float(np.interp(stands_at, line, np.arange(len(line)))) - gone, 1)
