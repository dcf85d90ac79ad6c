"""Which marks on the way to the goal were passed when, and since when does the count lag?"""

import pandas as pd

MARKS = (10, 25, 50, 75, 90, 100)  # percent of the goal
LAG = 3  # days behind in a row before it is told: one or two are weather


def crossings(by_day: pd.DataFrame, goal: int) -> pd.DataFrame:
    """One row for each mark that was passed, in its order: mark_pct, date, visitors (the count at the end of that day).

    `by_day`: date, visitors (blank where not counted: the count stands still there). `goal` in visitors, above 0.
    """
    running = by_day["visitors"].fillna(0).astype("float64").cumsum()
    rows = []
    for mark in MARKS:
        over = running >= goal * mark / 100
        if over.any():
            at = int(over.to_numpy().argmax())
            rows.append((mark, by_day["date"].iloc[at], int(running.iloc[at])))
    return pd.DataFrame(rows, columns=["mark_pct", "date", "visitors"]).astype({"mark_pct": "int64", "visitors": "int64"})


def behind_since(by_day: pd.DataFrame, curve: pd.DataFrame) -> tuple[pd.Timestamp, int] | None:
    """The first of the counted days in a row, up to the last one, at whose end the count lay below the plan curve, and how
    many they are; None where they are fewer than three. Days that were not counted are left out on both sides."""
    counted = by_day.dropna(subset="visitors").merge(curve[["date", "planned"]], on="date")
    below = counted["visitors"].astype("float64").cumsum() < counted["planned"].cumsum()
    lag = int(below[::-1].cumprod().sum())
    return None if lag < LAG else (counted["date"].iloc[-lag], lag)
