"""Choose the constants of the forecast for the least Winkler loss on real seasons, and write them.

    python -m tests.bench.backtest.calibrate --data ../shared/backtest

A coordinate search from the constants as they are. The loss is the mean over sets and kinds of place of the logarithm of W, so
that a set of wide intervals does not outweigh the others. Two things are wanted beside: that the intervals of a set hold in
LEAST_HELD of cases, and that what is left of the sample's season is known within a factor of WIDEST at its as-of day, since an
expo's days are steadier than a zoo's. What would have been chosen without a kind of place, and its W there, is printed beside
(cross-validation by kind of place, among all constants that the search tried).
"""

import argparse
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from sejong_dash.choices import Choices
from sejong_dash.datasets import reference_seasons, snapshot
from sejong_dash.measures.season.forecasting import calibrated
from sejong_dash.measures.season.outlook import outlook
from sejong_dash.measures.season.season import season_of

from .methods import scored
from .pool import Case, cases

NAMES = tuple(name for name in vars(calibrated) if name.isupper())
LEAST_HELD, WIDEST, PENALTY = 0.75, 3.0, 3.0
SAMPLE = Choices("en", "reports-2024", date(2026, 5, 6), True)
STEPS = (1.25,)
MOST = {"SHARED": 0.98}
EVERY = {"one-off 45": 4, "one-off 20": 12, "one-off 90": 6, "fair": 4, "summer": 4, "dated": 1}  # of the seasons of a set
MEANINGS = {
    "BEND": "standard deviation of the drift of a day's logarithm",
    "DRIFT_DAYS": "days after which a drift has faded to a third",
    "SLOPE": "from the first day to the last, of a season of 45 days",
    "NOISE": "of a day's logarithm, before any count",
    "AHEAD": "what counts cannot show of the days left, in a season of 45 days",
    "AHEAD_POWER": "of the share of the season that is left",
    "CLASS_SPREAD": "between like events: of the logarithm of a day left against a day gone",
    "CLASS_WEIGHT": "seasons that this spread weighs as much as",
    "YEAR_NOISE": "between years of an event: times what their single days differ by",
    "YEAR_WEIGHT": "years that this noise weighs as much as",
    "SHARED": "correlation of the errors of counts and reference",
}

Constants = dict[str, float]


def thinned(pool: list[Case]) -> list[Case]:
    """Return every so many seasons of each set, with all their as-of days."""
    seasons: dict[tuple[str, str, pd.Timestamp], int] = {}
    for case in pool:
        seasons.setdefault((case.set_name, case.series, case.opens_on), len(seasons))
    chosen = [case for case in pool if case.set_name in EVERY]
    return [c for c in chosen if seasons[c.set_name, c.series, c.opens_on] % EVERY[c.set_name] == 0]


def loss(table: pd.DataFrame) -> float:
    """Return the loss of a table of scores, with `widest`: the factor within which the rest of the sample's season is known."""
    by_group = table.assign(group=table["group"].where(table["set"] != "dated", "dated")).groupby(["set", "group"])
    by_set = np.log(by_group["W"].mean()).groupby("set").mean()
    held = np.maximum(LEAST_HELD - table.groupby("set")["held"].mean(), 0).mean()
    wide = max(float(np.log(table["widest"].iloc[0] / WIDEST)), 0.0)
    return float(by_set.mean() + PENALTY * (held + wide))


def tried(pool: list[Case], constants: Constants) -> pd.DataFrame:
    """Return the scores of the forecast with `constants`."""
    for name, value in constants.items():
        setattr(calibrated, name, value)
    sample = outlook(season_of(snapshot(), SAMPLE), reference_seasons.load())
    widest = (sample.high - sample.counted) / (sample.low - sample.counted)
    return scored(pool, ["forecast"]).assign(widest=widest)


def search(pool: list[Case], constants: Constants) -> list[tuple[Constants, pd.DataFrame]]:
    """Return all constants that were tried with their scores, the best last."""
    seen = [(constants, tried(pool, constants))]
    best = loss(seen[0][1])
    print(f"{best:.4f} at the start, {len(pool)} cases", flush=True)
    for step in STEPS:
        for name in NAMES:
            for times in (step, 1 / step):
                moved = True
                while moved:
                    now = {**constants, name: round(min(constants[name] * times, MOST.get(name, np.inf)), 4)}
                    seen.append((now, tried(pool, now)))
                    moved = loss(seen[-1][1]) < best - 2e-4
                    if moved:
                        constants, best = now, loss(seen[-1][1])
                        print(f"{best:.4f} {name} {now[name]}", flush=True)
    return [*seen, next(pair for pair in seen if pair[0] == constants)]


def left_out(seen: list[tuple[Constants, pd.DataFrame]]) -> pd.DataFrame:
    """Return for each kind of place its W with all constants chosen by all, and with those chosen without it."""
    rows = {}
    for group in ("pools", "ferry", "zoo"):
        without = min(seen, key=lambda pair: loss(pair[1][pair[1]["group"] != group]))
        held_back, chosen = (table[table["group"] == group] for table in (without[1], seen[-1][1]))
        rows[group] = {
            "W": chosen["W"].mean(),
            "W chosen without": held_back["W"].mean(),
            "held": chosen["held"].mean(),
            "held chosen without": held_back["held"].mean(),
        }
    return pd.DataFrame(rows).T


def written(constants: Constants, pool: list[Case], found: float) -> str:
    """Return the module that holds the constants."""
    sets = pd.Series([case.set_name for case in pool]).value_counts()
    described = "; ".join(f"{name}: {number}" for name, number in sets.items())
    lines = [
        '"""Hold the constants of the forecast.',
        "",
        "They were chosen by `make calibrate DATA=…`, which writes this module: a coordinate search for the least Winkler loss.",
        "The pool: pools of New York 2017-2022, the ferry of Toronto 2023-2025, the zoo of Korkeasaari 2018-2023, and running",
        f"counts of eight expos and flower shows. Cases: {described}.",
        f"Loss {found:.4f}.",
        '"""',
        "",
        *(f"{name} = {constants[name]:g}  # {MEANINGS[name]}" for name in NAMES),
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
    pool = thinned(cases(asked.data, reference_seasons.load()))
    seen = search(pool, {name: float(getattr(calibrated, name)) for name in NAMES})
    constants, table = seen[-1]
    print(left_out(seen).round(3).to_string())
    Path(str(calibrated.__file__)).write_text(written(constants, pool, loss(table)), encoding="utf-8")


if __name__ == "__main__":
    main()
