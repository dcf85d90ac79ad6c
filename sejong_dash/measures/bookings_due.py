"""Compute the share of the goal that bookings should have reached at a stage."""

from datetime import date

import numpy as np
import pandas as pd


def days_before(opens_on: pd.Timestamp, as_of: date) -> int:
    """Return the days from as-of to opening; negative after it."""
    return int((pd.Timestamp(opens_on) - pd.Timestamp(as_of)).days)


def due_share_pct(curve: pd.DataFrame, stage: str, days: int) -> float | None:
    """Return the percent of the goal that should have reached `stage` by `days` before opening; None for a stage without rows.

    `curve` has stage, days_before_opening, share_pct. The share is interpolated linearly between rows; it is 0 before the first
    row and that of the last row after it.
    """
    rows = curve[curve["stage"] == stage].sort_values("days_before_opening", ascending=False)
    if rows.empty:
        return None
    return float(np.interp(-days, -rows["days_before_opening"].astype("int64"), rows["share_pct"], left=0.0))
