"""Forecast cases with the dashboard's method and with the simple ones that it must beat.

The simple ones give a point; its interval is where the middle 80 % of their own errors lay in cases of the other series at the
same share of the season (conformal prediction: Vovk, Gammerman & Shafer 2005). ETS has an interval of its own.
"""

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from sejong_dash.measures.season.forecast import Forecast, forecast
from sejong_dash.measures.season.forecasting.past_seasons import seasons_of

from .pool import Case
from .scores import Interval, score

_SMOOTHING = (0.02, 0.05, 0.1, 0.2)  # with 0.35 and 0.6 beside, the levels of long seasons run away and W doubles
_PATHS = 400
_GUESS = 0.3  # of the noise, in logarithms


def ours(case: Case) -> Interval:
    """Return the dashboard's forecast."""
    ends = (case.opens_on, case.closes_on, case.as_of)
    return interval_of(forecast(case.counts, *ends, reference=case.reference, kind=case.kind))


def interval_of(found: Forecast) -> Interval:
    """Return the interval of the final count, what is expected on days not counted included."""
    return Interval(*(value + found.uncounted for value in (found.low, found.total, found.high)))


def mean_times_days(case: Case) -> float:
    """Return the mean of the days counted, carried forward over the season."""
    return float(case.counts["visitors"].mean()) * len(case.dates)


def weekday_means(case: Case) -> float:
    """Return what was counted, and the mean of its weekday for every other day."""
    counted = case.counts.dropna(subset="visitors").set_index("date")["visitors"]
    by_weekday = counted.groupby(counted.index.day_of_week).mean().reindex(range(7)).fillna(counted.mean())
    others = case.dates.difference(counted.index)
    return float(counted.sum() + by_weekday.loc[others.day_of_week].sum())


def share_median(case: Case) -> float:
    """Return what was counted, divided by the median share that past seasons had reached on its last day."""
    known = case.counts.dropna(subset="visitors")
    day = int((known["date"].max() - case.opens_on).days) + 1
    at = day / len(case.dates)
    shares = [float(np.interp(at, season.points, season.shares)) for season in seasons_of(case.reference)]
    return case.counted / max(float(np.median(shares)), 1e-3) if shares else mean_times_days(case)


POINTS: dict[str, Callable[[Case], float]] = {
    "mean × days": mean_times_days,
    "weekday means": weekday_means,
    "share median": share_median,
}


def conformal(cases: list[Case], point: Callable[[Case], float]) -> Iterable[Interval]:
    """Yield the intervals of a method that gives points."""
    points = np.array([max(point(case), case.counted + 1) for case in cases])
    counted = np.array([case.counted for case in cases])
    ratio = np.log(np.maximum([case.final for case in cases] - counted, 1) / (points - counted))
    bins = pd.cut([case.share for case in cases], [0, 0.17, 0.37, 0.62, 0.82, 1], labels=False)
    table = pd.DataFrame({"set": [case.set_name for case in cases], "bin": bins, "series": [case.series for case in cases]})
    for i, row in enumerate(table.itertuples()):
        like = (table["set"] == row.set) & (table["bin"] == row.bin)
        others = like & (table["series"] != row.series)
        low, high = np.quantile(ratio[others if others.any() else table["series"] != row.series], [0.1, 0.9])
        rest = points[i] - counted[i]
        yield Interval(counted[i] + rest * np.exp(min(low, 0)), points[i], counted[i] + rest * np.exp(max(high, 0)))


def ets(case: Case) -> Interval:
    """Return simple exponential smoothing of the logarithms with a mean for each weekday, paths drawn from a fixed seed.

    ETS(A,N,A) of Hyndman & Athanasopoulos, the weekdays held fixed since a season has few weeks. Of several smoothings each is
    drawn as often as it explains the days counted. A first guess of the noise weighs as much as one day, and the level is no
    surer than a mean of the days counted: otherwise four days that happen to agree would leave no doubt.
    """
    counts = case.counts.set_index("date")["visitors"].reindex(case.dates[: (case.as_of - case.opens_on).days + 1])
    y = np.log(np.maximum(counts.interpolate(limit_direction="both").to_numpy(), 0.05 * counts.mean()))
    weekday = case.dates.day_of_week.to_numpy()
    gone, n = len(y), len(case.dates)
    effect = np.zeros(7)
    if gone >= 14:
        effect = np.array([y[weekday[:gone] == day].mean() for day in range(7)]) - y.mean()
    flat = y - effect[weekday[:gone]]
    levels, squares = np.array([_smoothed(flat, smoothing) for smoothing in _SMOOTHING]).T
    squares += _GUESS**2
    likely = (squares / squares.min()) ** (-gone / 2)
    rng = np.random.default_rng(1)
    drawn = rng.choice(len(likely), size=_PATHS, p=likely / likely.sum())
    noise = np.sqrt(squares[drawn] / gone)
    draws = rng.normal(size=(_PATHS, n - gone)) * noise[:, None]
    known = noise[:, None] / np.sqrt(gone) * rng.normal(size=(_PATHS, 1))
    paths = levels[drawn, None] + known + np.array(_SMOOTHING)[drawn, None] * (draws.cumsum(axis=1) - draws)
    rest = np.exp(paths + draws + effect[weekday[gone:]]).sum(axis=1)
    low, middle, high = np.quantile(rest, [0.1, 0.5, 0.9])
    return Interval(case.counted + low, case.counted + middle, case.counted + high)


def _smoothed(values: np.ndarray, smoothing: float) -> tuple[float, float]:
    """Return the level after the last of `values`, and the sum of the squared errors a day ahead."""
    level, squares = float(values[: min(7, len(values))].mean()), 0.0
    for value in values:
        squares += (value - level) ** 2
        level += smoothing * (value - level)
    return level, squares


def scored(cases: list[Case], names: Iterable[str]) -> pd.DataFrame:
    """Return the scores of the methods named: method and the columns of `scores.score`."""
    rows = []
    for name in names:
        found = conformal(cases, POINTS[name]) if name in POINTS else map({"forecast": ours, "ETS": ets}[name], cases)
        rows += [{"method": name, **score(case, interval)} for case, interval in zip(cases, found, strict=True)]
    return pd.DataFrame(rows)
