"""Compare what was forecast on earlier days of a season with what came by as-of."""

from dataclasses import replace

import numpy as np
import pandas as pd

from sejong_dash.choices import Choices

from .outlook import OutlookTables, outlook_of
from .season import Season, season_of

MOST = 8  # earlier days that are looked at
_FEWEST = 3  # days counted before the first of them
_COLUMNS = ["made_on", "forecast", "low", "high", "actual"]


def forecast_record(tables: OutlookTables, choices: Choices) -> pd.DataFrame:
    """Return the forecasts of earlier days for the count at the end of as-of, and the count that came.

    Columns: made_on, forecast, low, high (80 %), actual, all in visitors. Only days counted in full are compared: `actual` is
    what was counted up to made_on and on such days since. As-of after the last day is the last day. No rows where too little is
    counted, and none for a day on which no forecast was given.
    """
    now = season_of(tables, choices)
    full = now.by_day.loc[now.by_day["state"] == "counted"].set_index("date")["visitors"].astype(float)
    if now.pace.is_withheld or len(full) <= _FEWEST:
        return pd.DataFrame(columns=_COLUMNS)
    days = full.index[_FEWEST - 1 : -1]
    chosen = days[np.unique(np.linspace(0, len(days) - 1, min(MOST, len(days))).round().astype(int))]
    rows = [_compared(tables, replace(choices, as_of=day.date()), now, full) for day in chosen]
    return pd.DataFrame([row for row in rows if row], columns=_COLUMNS)


def _compared(tables: OutlookTables, then: Choices, now: Season, full: pd.Series) -> dict[str, object] | None:
    """Return the row of one earlier day; None where no forecast was given on it."""
    made = outlook_of(tables, then)
    since = full[full.index > pd.Timestamp(then.as_of)]
    if not made.is_known or since.empty:
        return None
    each = made.daily.set_index("date")["visitors"].reindex(since.index)
    reached = made.cumulative.set_index("date").loc[since.index[-1]]
    rest = reached["visitors"] - made.counted
    expected = float(each.sum())
    if rest <= 0:
        return None
    low, high = (made.counted + expected * max(reached[side] - made.counted, 0.0) / rest for side in ("low", "high"))
    values = {"forecast": made.counted + expected, "low": low, "high": high, "actual": made.counted + float(since.sum())}
    return {"made_on": pd.Timestamp(then.as_of), **{name: round(value) for name, value in values.items()}}
