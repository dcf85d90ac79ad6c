"""Measure how far off the forecast would have been at three expos, each told from the other two.

    python -m tests.bench.backtest --data ../shared/backtest

Osaka 2025 has every day. Yeosu 2012 has its first 22 days and then points of the running count, Suncheon 2023 points
alone: the visitors between two points are spread over the days between them, a Saturday or Sunday 1.4 weekdays. At an as-of
only what was known by then is spread: the last point at or before it closes the counts, and the days between
that point and as-of are handed over as not counted. The final count holds for all of it, those days too, so what the
forecast says of the final count is its total and what it expects on the days not counted.

The other two expos are handed over whole, as a past season is. Nothing of the folder is kept in the project but the shares
in data/reference_seasons.csv, from which this command reads nothing.

A baseline: the mean of the days counted, times the days of the season; and the same with a mean for each weekday.
An interval is meant to hold the final count in 80 % of cases; three seasons cannot show whether it does.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sejong_dash.measures.season.forecast import forecast

AT = (0.10, 0.25, 0.50, 0.75)
SUNCHEON_FINAL = 9_800_000  # told as "about"


@dataclass(frozen=True)
class Expo:
    """A season that is over: what was counted by day, and the points of the running count (day, visitors so far)."""

    name: str
    opens_on: pd.Timestamp
    days: int
    by_day: list[float]
    points: list[tuple[int, float]]

    @property
    def dates(self) -> pd.DatetimeIndex:
        return pd.date_range(self.opens_on, periods=self.days, name="date")

    @property
    def actual(self) -> float:
        return self.points[-1][1]

    def known_by(self, day: int) -> pd.DataFrame:
        """date, visitors for the days up to `day` (from 1) as far as they were known at its end."""
        dates, counts = self.dates, np.full(day, np.nan)
        weight = np.where(dates.day_of_week >= 5, 1.4, 1.0)
        counts[: len(self.by_day)] = self.by_day[:day]
        since, so_far = 0, 0.0
        for until, reached in self.points:
            if until > day:
                break
            if until > len(self.by_day):
                stretch = weight[since:until]
                counts[since:until] = (reached - so_far) * stretch / stretch.sum()
            since, so_far = until, reached
        return pd.DataFrame({"date": dates[:day], "visitors": counts})

    def curve(self) -> pd.DataFrame:
        """season, day, days, cumulative_share at the points that are known."""
        days, shares = zip(*((day, reached / self.actual) for day, reached in self.points), strict=True)
        return pd.DataFrame({"season": self.name, "day": days, "days": self.days, "cumulative_share": shares})


def read(folder: Path) -> list[Expo]:
    osaka = pd.read_csv(folder / "expo2025_osaka_daily.csv", parse_dates=["date"])["visitors"]
    yeosu = pd.read_csv(folder / "yeosu_expo_2012_daily_partial.csv")["visitors"]
    return [
        Expo("Osaka 2025", pd.Timestamp("2025-04-13"), 184, osaka.tolist(), _running(osaka)),
        Expo(
            "Yeosu 2012",
            pd.Timestamp("2012-05-12"),
            93,
            yeosu.tolist(),
            _running(yeosu) + _points(folder / "yeosu_expo_2012_milestones.csv", pd.Timestamp("2012-05-12"), len(yeosu)),
        ),
        Expo(
            "Suncheon 2023",
            pd.Timestamp("2023-04-01"),
            214,
            [],
            _points(folder / "suncheon_2023_milestones.csv", pd.Timestamp("2023-04-01"), 0),
        ),
    ]


def _running(by_day: pd.Series) -> list[tuple[int, float]]:
    return [(day, float(reached)) for day, reached in enumerate(by_day.cumsum(), start=1)]


def _points(file: Path, opens_on: pd.Timestamp, after: int) -> list[tuple[int, float]]:
    """The running count where it was told, from the day `after`; a round figure that was passed that day counts as its end."""
    table = pd.read_csv(file, parse_dates=["date"])
    table = table[table["kind"].str.startswith("cumulative")]
    day = (table["date"] - opens_on).dt.days + 1
    return sorted((int(d), float(v)) for d, v in zip(day, table["value"], strict=True) if d > after)


def baselines(known: pd.DataFrame, dates: pd.DatetimeIndex) -> tuple[float, float]:
    """The mean day so far over the whole season; and what was counted with weekday means for the other days."""
    counted = known.dropna(subset="visitors").set_index("date")["visitors"]
    by_weekday = counted.groupby(counted.index.day_of_week).mean().reindex(range(7)).fillna(counted.mean())
    others = dates.difference(counted.index)
    return counted.mean() * len(dates), counted.sum() + by_weekday.loc[others.day_of_week].sum()


def cases(expos: list[Expo], at: list[float]) -> Iterator[dict[str, object]]:
    for expo in expos:
        others = pd.concat([other.curve() for other in expos if other is not expo])
        for share in at:
            day = round(share * expo.days)
            known = expo.known_by(day)
            if not known["visitors"].notna().any():
                continue
            as_of = expo.dates[day - 1]
            told = forecast(known, expo.dates[0], expo.dates[-1], as_of, reference=others)
            low, total, high = (one + told.uncounted for one in (told.low, told.total, told.high))
            mean, weekdays = baselines(known, expo.dates)
            yield {
                "season": expo.name,
                "at": share,
                "as_of": as_of.date(),
                "blank": int(known["visitors"].isna().sum()),
                "total": total,
                "low": low,
                "high": high,
                "actual": expo.actual,
                "error": total / expo.actual - 1,
                "mean": mean / expo.actual - 1,
                "weekdays": weekdays / expo.actual - 1,
                "held": low <= expo.actual <= high,
            }


def summed_up(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Median absolute errors and how often the interval held."""
    off = table.assign(**{column: table[column].astype(float).abs() for column in ("error", "mean", "weekdays")})
    return off.groupby(by, sort=False).agg(
        cases=("held", "size"),
        error=("error", "median"),
        mean=("mean", "median"),
        weekdays=("weekdays", "median"),
        held=("held", "mean"),
    )


def main() -> None:
    ask = argparse.ArgumentParser(
        prog="python -m tests.bench.backtest", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--data", type=Path, default=Path("../shared/backtest"), help="the folder with the counts of the expos")
    ask.add_argument("--every", type=float, default=0.05, help="step of the second table, as a share of the season")
    said = ask.parse_args()
    if not said.data.is_dir():
        raise SystemExit(f"{said.data} is no folder: name the one with the expos' counts with --data")
    expos = read(said.data)
    table = pd.DataFrame(cases(expos, list(AT)))
    print(f"{'season':<15}{'at':>5}{'as-of':>12}{'blank':>7}{'forecast':>12}{'low':>12}{'high':>12}{'actual':>12}", end="")
    print(f"{'error':>8}{'mean':>8}{'weekday':>9}  held")
    for row in table.itertuples(index=False):
        print(f"{row.season:<15}{row.at:>5.0%}{row.as_of!s:>12}{row.blank:>7}", end="")
        print(f"{row.total:>12,.0f}{row.low:>12,.0f}{row.high:>12,.0f}{row.actual:>12,.0f}", end="")
        print(f"{row.error:>+8.1%}{row.mean:>+8.1%}{row.weekdays:>+9.1%}  {'yes' if row.held else 'no'}")
    steps = [round(one, 4) for one in np.arange(said.every, 0.999, said.every)]
    close = pd.DataFrame(cases(expos, steps))
    for title, one, by in (
        ("at the four points, median absolute error", table, "at"),
        (f"every {said.every:.0%} of the season", close, "season"),
        ("", close.assign(all="all"), "all"),
    ):
        print(f"\n{title or by:<44}{'cases':>6}{'error':>9}{'mean':>9}{'weekday':>9}{'held':>7}")
        for name, row in summed_up(one, by).iterrows():
            label = f"{name:.0%}" if isinstance(name, float) else name
            print(f"{label:<44}{row.cases:>6.0f}{row.error:>9.1%}{row['mean']:>9.1%}{row.weekdays:>9.1%}{row.held:>7.0%}")


if __name__ == "__main__":
    main()
