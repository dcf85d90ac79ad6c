"""Compute the forecast of a season, the same for every card, chart, slide and file."""

from dataclasses import replace
from typing import Protocol

import numpy as np
import pandas as pd

from sejong_dash.choices import Choices

from .forecast import Forecast, forecast
from .season import Season, SeasonTables, season_of

KIND = "garden"  # of the expo, as in the table of past seasons
_SIDES = ["visitors", "low", "high"]


class OutlookTables(SeasonTables, Protocol):
    """The tables that a forecast is made of, each as its module in `datasets` loads it."""

    def reference_seasons(self) -> pd.DataFrame: ...


def outlook_of(tables: OutlookTables, choices: Choices) -> Forecast:
    """Return the forecast of the chosen plan and prefecture, made once for the tables; do not change it.

    The plan must have days. Raises UnknownPlanError (a KeyError), and TableError where a table cannot be used.
    """
    key = ("outlook", choices.plan, choices.as_of, choices.sample, choices.prefecture)
    return tables.derived(key, lambda: outlook(season_of(tables, choices), tables.reference_seasons()))


def outlook(now: Season, reference: pd.DataFrame) -> Forecast:
    """Return the forecast as seen at the end of as-of; not `is_known` where too much was not counted.

    Only days counted in full inform the forecast; visitors of partial days are added to the count. The running totals are
    rounded to whole visitors here and nowhere else. `uncounted` stays what `forecast` says of days not counted in full, partial
    days included. `reference` is as in `forecast.forecast`.
    """
    full = now.by_day.assign(visitors=now.by_day["visitors"].where(now.by_day["state"] == "counted"))
    if now.pace.is_withheld:
        full = full.iloc[:0]
    ends = (now.days[0], now.days[-1], now.as_of)
    seen = forecast(full, *ends, day_weights=now.weights, reference=reference, kind=KIND)
    if not seen.is_known:
        return seen
    part = now.pace.counted - seen.counted  # counted on partial days
    reached = seen.cumulative.assign(**{side: np.floor(seen.cumulative[side] + part + 0.5) for side in _SIDES})
    total, low, high = (float(np.floor(value + part + 0.5)) for value in (seen.total, seen.low, seen.high))
    return replace(seen, total=total, low=low, high=high, counted=seen.counted + part, cumulative=reached)


def reached_on(now: Season, seen: Forecast) -> pd.Timestamp | None:
    """Return the day on which the goal was reached, or is reached by the forecast; None where it is not."""
    goal = now.pace.goal
    if not goal:
        return None
    running = now.by_day.set_index("date")["visitors"].fillna(0).cumsum()
    both = pd.concat([running.astype("float64"), seen.cumulative.set_index("date")["visitors"]])
    over = both[both >= goal]
    return pd.Timestamp(over.index[0]) if len(over) else None
