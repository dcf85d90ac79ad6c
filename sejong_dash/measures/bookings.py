"""How many bookings should have reached a stage by now?"""

from datetime import date

import numpy as np
import pandas as pd


def days_before(opens_on: pd.Timestamp, as_of: date) -> int:
    """Days from as-of to opening; negative once it is past."""
    return (pd.Timestamp(opens_on) - pd.Timestamp(as_of)).days


def due_share_pct(curve: pd.DataFrame, stage: str, days: int) -> float | None:
    """Percent of the goal that should have reached `stage` this many days before opening; None for a stage without rows.

    `curve` has stage, days_before_opening, share_pct. Between two rows the share goes straight; before the first row nothing
    is due, after the last one the last holds.
    """
    rows = curve[curve["stage"] == stage].sort_values("days_before_opening", ascending=False)
    if rows.empty:
        return None
    return float(np.interp(-days, -rows["days_before_opening"].astype("int64"), rows["share_pct"], left=0.0))
