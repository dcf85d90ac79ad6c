"""Find the shares of the goal that were passed, and since when the count lags behind the plan."""

import pandas as pd

MARKS = (10, 25, 50, 75, 90, 100)  # percent of the goal
LAG = 3  # days behind in a row before it is reported: one or two may be the weather


def crossings(by_day: pd.DataFrame, goal: int) -> pd.DataFrame:
    """Return one row for each of MARKS that was passed, ascending: mark_pct, date, visitors (running total at that day's end).

    `by_day` has date, visitors (blank where not counted, which adds nothing). `goal` is in visitors, above 0.
    """
    running = by_day["visitors"].fillna(0).astype("float64").cumsum()
    rows = []
    for mark in MARKS:
        over = running >= goal * mark / 100
        if over.any():
            at = int(over.to_numpy().argmax())
            rows.append((mark, by_day["date"].iloc[at], int(running.iloc[at])))
    return pd.DataFrame(rows, columns=["mark_pct", "date", "visitors"]).astype({"mark_pct": "int64", "visitors": "int64"})


def behind_since(by_day: pd.DataFrame) -> tuple[pd.Timestamp, int] | None:
    """Return the first day of the current run of days behind the plan, and the number of days of the run.

    `by_day` has date, visitors, due (running total). Days without a count are left out. None for a run
    of fewer than LAG days.
    """
    counted = by_day.dropna(subset="visitors")
    below = counted["visitors"].astype("float64").cumsum() < counted["due"]
    lag = int(below[::-1].cumprod().sum())
    return None if lag < LAG else (counted["date"].iloc[-lag], lag)
