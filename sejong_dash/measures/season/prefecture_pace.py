"""Compute the visitors that are due from each prefecture by the end of a day."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from sejong_dash.measures.goal import apportion


def due(curve: pd.DataFrame, shares: pd.DataFrame, parts: pd.Series) -> pd.DataFrame:
    """Return the running total that the plan asks of each prefecture: whole visitors, index date, columns as `parts`.

    `curve` is that of all of Japan (as `plan_curve`), `shares` what of each prefecture was counted on each day up to as-of (as
    `coverage.Coverage.shares`), `parts` the parts of the goal (index jis_code). A day that was not counted asks for nothing, a
    partial one for the part that was counted, a day to come for all: nothing that is missing among the counts is held against
    anybody. A row sums to what is asked of all prefectures together, but for days that were counted for no prefecture.
    """
    days = pd.DatetimeIndex(curve["date"])
    counted = shares.reindex(index=days, columns=parts.index).fillna(1.0).to_numpy(dtype=float)
    weights = (curve["planned"].to_numpy(dtype=float)[:, None] * counted).cumsum(axis=0) * parts.to_numpy(dtype=float)
    totals = np.floor(weights.sum(axis=1) / max(float(parts.sum()), 1.0) + 0.5).astype("int64")
    return apportion(totals, pd.DataFrame(weights, index=days, columns=parts.index))


def at(due: pd.DataFrame, day: date) -> "pd.Series[int]":
    """Return the row of `due` at the end of a day; zeros before opening, the last one after closing."""
    past = due[due.index <= pd.Timestamp(day)]
    return past.iloc[-1] if len(past) else pd.Series(0, index=due.columns, dtype="int64")


def until(due: pd.DataFrame, day: date, alone: date | None = None) -> "pd.Series[int]":
    """Return the row of `due` at the end of `day`; with `alone`, what is asked of that day alone."""
    return at(due, day) if alone is None else at(due, alone) - at(due, alone - timedelta(days=1))
