"""Choose the constants of the forecast for the least Winkler loss on real seasons, and write them.

    python -m tests.bench.backtest.calibrate --data ../shared/backtest

A coordinate search (Hooke & Jeeves 1961 name it exploratory moves) from round figures, on all cases, until no step gains: so it
finds the same whatever stood in the module before. The loss is the mean over sets and kinds of place of the logarithm of W, so
that a set of wide intervals does not outweigh the others. Two things are wanted beside: that the intervals of a set hold in
LEAST_HELD of cases, and that what is left of the sample's season is known within a factor of WIDEST at its as-of day, since an
expo's days are steadier than a zoo's. The search is made once more without each kind of place, from the same start but by the
large step alone and on every second season, and what it then finds is tried on the kind left out (cross-validation: Stone
1974): that is printed beside.
"""

import argparse
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd

from sejong_dash.choices import Choices
from sejong_dash.datasets import reference_seasons, snapshot
from sejong_dash.measures.season.forecast import counts_of, forecast_of
from sejong_dash.measures.season.forecasting import calibrated
from sejong_dash.measures.season.forecasting.past_seasons import PastSeason, seasons_of
from sejong_dash.measures.season.outlook import outlook
from sejong_dash.measures.season.season import season_of

from .methods import interval_of
from .pool import Case, cases
from .scores import score

LEAST_HELD, WIDEST, PENALTY = 0.75, 3.0, 3.0
SAMPLE = Choices("en", "reports-2024", date(2026, 5, 6), True)
STEPS = (1.5, 1.2)
FINE = {"YEAR_PEAK": 0.1}  # of the step, where a day of the year is multiplied
LEAST_GAIN = 1e-3  # of the loss: what gains less is left as it is
MOST = {"SHARED": 0.98}
KINDS = ("pools", "ferry", "zoo")  # left out in turn
START = {
    "BEND": 0.5,
    "DRIFT_DAYS": 14.0,
    "SLOPE": 0.5,
    "NOISE": 0.2,
    "AHEAD": 0.2,
    "AHEAD_POWER": 0.25,
    "YEAR_SWING": 0.5,
    "YEAR_PEAK": 200.0,
    "CLASS_SPREAD": 0.5,
    "CLASS_WEIGHT": 2.0,
    "YEAR_NOISE": 1.0,
    "YEAR_WEIGHT": 2.0,
    "SHARED": 0.5,
}
MEANINGS = {
    "BEND": "standard deviation of the drift of a day's logarithm",
    "DRIFT_DAYS": "days after which a drift has faded to a third",
    "SLOPE": "from the first day to the last, of a season of 45 days",
    "NOISE": "of a day's logarithm, before any count",
    "AHEAD": "what counts cannot show of the days left, in a season of 45 days",
    "AHEAD_POWER": "of the share of the season that is left",
    "YEAR_SWING": "of a day's logarithm from the mean of the year to its peak, where nothing is known of an event",
    "YEAR_PEAK": "day of the year with most visitors there",
    "CLASS_SPREAD": "between like events: of the logarithm of a day left against a day gone",
    "CLASS_WEIGHT": "seasons that this spread weighs as much as",
    "YEAR_NOISE": "between years of an event: times what their single days differ by",
    "YEAR_WEIGHT": "years that this noise weighs as much as",
    "SHARED": "correlation of the errors of counts and reference",
}

Constants: TypeAlias = dict[str, float]
Tables: TypeAlias = Callable[[list[Constants]], list[pd.DataFrame]]


def loss(table: pd.DataFrame) -> float:
    """Return the loss of a table of scores, with `widest`: the factor within which the rest of the sample's season is known."""
    by_group = table.groupby(["set", "group"])
    by_set = np.log(by_group["W"].mean()).groupby("set").mean()
    held = np.maximum(LEAST_HELD - table.groupby("set")["held"].mean(), 0).mean()
    wide = max(float(np.log(table["widest"].iloc[0] / WIDEST)), 0.0)
    return float(by_set.mean() + PENALTY * (held + wide))


@dataclass(frozen=True, slots=True)
class Read:
    """A case with its tables read once for all constants, as `forecast_of` takes them."""

    case: Case
    counts: np.ndarray
    days: pd.DatetimeIndex
    seasons: list[PastSeason]

    def scores(self) -> dict[str, float | str]:
        """Return the scores of the forecast with the constants as they are."""
        gone = int((self.days <= self.case.as_of).sum())
        found = forecast_of(self.counts, self.days, gone, self.seasons, kind=self.case.kind)
        return score(self.case, interval_of(found))


def read(pool: list[Case]) -> list[Read]:
    """Return the cases, read."""
    seasons = {id(case.reference): seasons_of(case.reference) for case in pool}
    return [Read(case, counts_of(case.counts, case.dates), case.dates, seasons[id(case.reference)]) for case in pool]


_held: list[Read] = []  # by each process, so that cases are not sent to it again with every task


def hold(pool: list[Case]) -> None:
    """Keep the cases in this process."""
    _held[:] = read(pool)


def tried(constants: Constants) -> pd.DataFrame:
    """Return the scores of the forecast with `constants`: set, group, W, held, widest; the dated events are one group."""
    for name, value in constants.items():
        setattr(calibrated, name, value)
    sample = outlook(season_of(snapshot(), SAMPLE), reference_seasons.load())
    table = pd.DataFrame([case.scores() for case in _held])[["set", "group", "W", "held"]]
    group = table["group"].where(table["set"] != "dated", "dated")
    return table.assign(group=group, widest=(sample.high - sample.counted) / (sample.low - sample.counted))


def several(pool: list[Case]) -> ProcessPoolExecutor:
    """Return processes that hold the cases, one for each core."""
    return ProcessPoolExecutor(os.cpu_count(), initializer=hold, initargs=(pool,))


def thinned(pool: list[Case]) -> list[Case]:
    """Return every second season, with all its as-of days."""
    seasons: dict[tuple[str, str, pd.Timestamp], int] = {}
    return [c for c in pool if seasons.setdefault((c.set_name, c.series, c.opens_on), len(seasons)) % 2 == 0]


def remembered(scores: Callable[[Iterable[Constants]], Iterable[pd.DataFrame]]) -> Tables:
    """Return `scores` of several constants, each computed only once."""
    known: dict[tuple[float, ...], pd.DataFrame] = {}

    def tables(wanted: list[Constants]) -> list[pd.DataFrame]:
        keys = [tuple(constants.values()) for constants in wanted]
        new = {key: constants for key, constants in zip(keys, wanted, strict=True) if key not in known}
        known.update(zip(new, scores(list(new.values())), strict=True))
        return [known[key] for key in keys]

    return tables


def neighbours(constants: Constants, name: str, step: float) -> list[Constants]:
    """Return the constants with that of `name` a step up, and a step down."""
    step = 1 + (step - 1) * FINE.get(name, 1.0)
    values = (min(constants[name] * times, MOST.get(name, np.inf)) for times in (step, 1 / step))
    return [{**constants, name: float(f"{value:.3g}")} for value in values]


def search(tables: Tables, without: str = "", steps: tuple[float, ...] = STEPS) -> Constants:
    """Return the constants with the least loss on all kinds of place but `without`."""

    def losses(wanted: list[Constants]) -> list[float]:
        return [loss(table[table["group"] != without]) for table in tables(wanted)]

    constants, best = START, losses([START])[0]
    for step in steps:
        moved = True
        while moved:
            moved = False
            for name in START:
                near = neighbours(constants, name, step)
                least, at = min(zip(losses(near), range(len(near)), strict=True))
                if least < best - LEAST_GAIN:
                    constants, best, moved = near[at], least, True
                    print(f"{best:.4f} {name} {constants[name]:g}{without and ', without ' + without}", flush=True)
    return constants


def left_out(tables: Tables, constants: Constants, kind: str, chosen_on: Tables) -> pd.DataFrame:
    """Return for each set of a kind of place W and coverage with `constants`, and with what was chosen without that kind."""
    without_kind = search(chosen_on, kind, STEPS[:1])
    with_all, without = (table[table["group"] == kind] for table in tables([constants, without_kind]))
    beside = with_all.assign(W_without=without["W"], held_without=without["held"])
    return beside.groupby(["set", "group"], sort=False)[["W", "held", "W_without", "held_without"]].mean()


def written(constants: Constants, pool: list[Case], found: float) -> str:
    """Return the module that holds the constants."""
    sets = pd.Series([case.set_name for case in pool]).value_counts()
    described = "; ".join(f"{name}: {number}" for name, number in sets.items())
    lines = [
        '"""Hold the constants of the forecast.',
        "",
        "They were chosen by `make calibrate DATA=…`, which writes this module: a coordinate search from round figures for the",
        "least Winkler loss, until no step gained. The pool: pools of New York 2017-2022, ferry of Toronto 2023-2025, zoo",
        "of Korkeasaari 2018-2023, and running counts of eight expos and flower shows (see docs/forecast.md). Cases:",
        f"{described}. Loss {found:.4f}.",
        '"""',
        "",
        *(f"{name} = {constants[name]:g}  # {meaning}" for name, meaning in MEANINGS.items()),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    ask = argparse.ArgumentParser(
        prog="python -m tests.bench.backtest.calibrate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    ask.add_argument("--data", type=Path, default=Path("../shared/backtest"), help="the folder with the counts")
    asked = ask.parse_args()
    if not asked.data.is_dir():
        raise SystemExit(f"{asked.data} is no folder: name the one with the counts with --data")
    pool = [case for case in cases(asked.data, reference_seasons.load()) if case.set_name != "expos"]
    with several(pool) as whole, several(thinned(pool)) as half:
        tables, fewer = (remembered(partial(processes.map, tried)) for processes in (whole, half))
        constants = search(tables)
        found = loss(tables([constants])[0])
        Path(str(calibrated.__file__)).write_text(written(constants, pool, found), encoding="utf-8")
        for kind in KINDS:
            print(left_out(tables, constants, kind, fewer).round(3).to_string(), flush=True)


if __name__ == "__main__":
    main()
