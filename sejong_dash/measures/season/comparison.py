"""Compare what was counted with the week before, and with what was known at a meeting."""

from dataclasses import dataclass

import pandas as pd

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was counted, and what it is compared with, in visitors; `unlike` counts the days of another kind than their like."""

    now: int
    before: int
    unlike: int = 0

    @property
    def difference(self) -> int:
        """How many more there are now."""
        return self.now - self.before


def with_last_week(by_day: pd.DataFrame, kinds: pd.Series) -> Comparison | None:
    """Return the visitors of the last seven days counted beside those of the seven days before, which are the same weekdays.

    `by_day` is as `Season.by_day`, `kinds` the kind of each day (index date). None where one of the fourteen days was not counted
    in full: their sums would not be alike.
    """
    last = by_day.loc[by_day["visitors"].notna(), "date"].max()
    days = by_day[by_day["date"] <= last].tail(2 * _WEEK) if pd.notna(last) else by_day.iloc[:0]
    if len(days) < 2 * _WEEK or (days["state"] != "counted").any():
        return None
    sums = days["visitors"].astype("int64")
    kind = kinds.reindex(days["date"]).to_numpy()
    return Comparison(int(sums.tail(_WEEK).sum()), int(sums.head(_WEEK).sum()), int((kind[:_WEEK] != kind[_WEEK:]).sum()))
