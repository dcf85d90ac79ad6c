"""Read the counts of three long expos, and hand each over as it was known at an as-of day.

Osaka 2025 has every day. Yeosu 2012 has its first 22 days and then points of the running count, Suncheon 2023 points
alone: the visitors between two points are spread over the days between them, a Saturday or Sunday 1.4 weekdays. At an as-of
only what was known by then is spread: the last point at or before it closes the counts, and the days between
that point and as-of are handed over as not counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

WEEKEND = 1.4  # weekdays
Point = tuple[int, float]


@dataclass(frozen=True)
class Expo:
    """A season that is over: what was counted by day, and the points of the running count (day, visitors so far)."""

    name: str
    kind: str
    dates: pd.DatetimeIndex
    by_day: list[float]
    points: list[Point]

    @property
    def final(self) -> float:
        return self.points[-1][1]

    def known_by(self, day: int) -> pd.DataFrame:
        """Return date, visitors for the days up to `day` (from 1) as far as they were known at its end."""
        known = spread(self.dates, [point for point in self.points if point[0] <= day]).reindex(range(day))
        known["date"] = self.dates[:day]
        known.loc[: len(self.by_day) - 1, "visitors"] = self.by_day[:day]
        return known

    def curve(self) -> pd.DataFrame:
        """Return the known points as a past season."""
        days, shares = zip(*((day, reached / self.final) for day, reached in self.points), strict=True)
        return pd.DataFrame(
            {
                "season": self.name,
                "day": days,
                "days": len(self.dates),
                "cumulative_share": shares,
                "opens_on": self.dates[0],
                "kind": self.kind,
            }
        )


def spread(dates: pd.DatetimeIndex, points: Sequence[Point]) -> pd.DataFrame:
    """Return date, visitors up to the last point, each gain spread over its days by their kind."""
    weight = np.where(dates.day_of_week >= 5, WEEKEND, 1.0)
    last = points[-1][0] if points else 0
    counts, since, so_far = np.full(last, np.nan), 0, 0.0
    for until, reached in points:
        stretch = weight[since:until]
        counts[since:until] = (reached - so_far) * stretch / stretch.sum()
        since, so_far = until, reached
    return pd.DataFrame({"date": dates[:last], "visitors": counts})


def read(folder: Path) -> list[Expo]:
    """Return the three expos."""
    osaka = pd.read_csv(folder / "expo2025_osaka_daily.csv", parse_dates=["date"])["visitors"]
    yeosu = pd.read_csv(folder / "yeosu_expo_2012_daily_partial.csv")["visitors"]
    in_yeosu, in_suncheon = pd.date_range("2012-05-12", periods=93), pd.date_range("2023-04-01", periods=214)
    later = _points(folder / "yeosu_expo_2012_milestones.csv", in_yeosu[0], len(yeosu))
    in_osaka = pd.date_range("2025-04-13", periods=184)
    suncheon = _points(folder / "suncheon_2023_milestones.csv", in_suncheon[0], 0)
    return [
        Expo("Osaka 2025", "world", in_osaka, osaka.tolist(), _running(osaka)),
        Expo("Yeosu 2012", "world", in_yeosu, yeosu.tolist(), _running(yeosu) + later),
        Expo("Suncheon 2023", "garden", in_suncheon, [], suncheon),
    ]


def _running(by_day: pd.Series) -> list[Point]:
    return [(day, float(reached)) for day, reached in enumerate(by_day.cumsum(), start=1)]


def _points(file: Path, opens_on: pd.Timestamp, after: int) -> list[Point]:
    """Return the running count where it is known, from the day `after`; a round figure passed on a day counts as its end."""
    table = pd.read_csv(file, parse_dates=["date"])
    table = table[table["kind"].str.startswith("cumulative")]
    day = (table["date"] - opens_on).dt.days + 1
    return sorted((int(d), float(v)) for d, v in zip(day, table["value"], strict=True) if d > after)


def expo_cases(folder: Path, shares: Sequence[float]) -> Iterator[tuple[object, ...]]:
    """Yield the fields of a case for each expo and share, the other two expos being the reference."""
    expos = read(folder)
    for expo in expos:
        others = pd.concat([other.curve() for other in expos if other is not expo])
        for share in shares:
            day = round(share * len(expo.dates))
            known = expo.known_by(day)
            if known["visitors"].notna().any():
                ends = (expo.dates[0], expo.dates[-1], expo.dates[day - 1])
                yield ("expos", expo.name, share, known, *ends, expo.final, others, expo.kind)
