"""Estimate the final count before opening, from bookings, or say why that cannot be done.

Past seasons say how visitors spread over the days, not how many come: before the first count only bookings carry a number. Each
stage of booking (asked, quoted, booked, paid) gives an estimate: what has reached it, divided by the share that should have by
then (`booking_curve`, an assumption). Their geometric mean is the median. The interval has the spread of the stages and that of
like events around a plain pace. No bookings are known in the pool, so it is not tested.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sejong_dash.measures.bookings_due import days_before, due_share_pct

from . import interval

EVENTS_SPREAD = (
    0.33  # in logarithms, of a day left against a day gone: the 15 points of eight events in data/reference_seasons.csv
)
LEAST_DUE_PCT = 5.0  # a stage of which less is due yet says nothing


@dataclass(frozen=True, slots=True)
class BeforeOpening:
    """The final count that bookings suggest: median and 80 % interval, in visitors; or why there is none.

    `reason` is blank, `no_bookings` where nothing is booked, `too_early` where no stage should have reached a twentieth yet.
    """

    low: float
    median: float
    high: float
    reason: str


def before_opening(
    bookings: pd.DataFrame, curve: pd.DataFrame, days: pd.DatetimeIndex, as_of: date, place: str | None = None
) -> BeforeOpening:
    """Return what bookings known at the end of as-of suggest for the season of `days`, of one prefecture or of all.

    `bookings`: recorded_on, visit_on, jis_code, stage, visitors; `curve`: stage, days_before_opening, share_pct.
    """
    known = bookings[(bookings["recorded_on"] <= pd.Timestamp(as_of)) & bookings["visit_on"].isin(days)]
    if place is not None:
        known = known[known["jis_code"] == place]
    reached = known.groupby("stage")["visitors"].sum().astype(float)
    reached = reached[reached > 0]
    if reached.empty:
        return _none("no_bookings")
    due = {stage: due_share_pct(curve, str(stage), days_before(days[0], as_of)) or 0.0 for stage in reached.index}
    estimates = np.array([reached[stage] / share * 100 for stage, share in due.items() if share >= LEAST_DUE_PCT])
    if not len(estimates):
        return _none("too_early")
    logs = np.log(estimates)
    median = float(np.exp(logs.mean()))
    wide = float(np.exp(interval.EDGE * np.hypot(EVENTS_SPREAD, logs.std())))
    return BeforeOpening(median / wide, median, median * wide, "")


def _none(reason: str) -> BeforeOpening:
    return BeforeOpening(float("nan"), float("nan"), float("nan"), reason)
