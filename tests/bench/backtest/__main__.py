"""Measure how good the forecast is on real seasons, beside simple methods.

    python -m tests.bench.backtest --data ../shared/backtest

Prints W, coverage, width, CRPS, bias and error by set, by share of the season and by kind of place; then how often a goal was
reached by the chance that was given for it. The sets stand in `pool.py`, the scores in `scores.py`, the methods in `methods.py`.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from sejong_dash.datasets import reference_seasons
from sejong_dash.measures.season.chance import BANDS, band
from sejong_dash.measures.season.forecast import forecast

from .methods import mean_times_days, scored
from .pool import Case, cases
from .scores import summed_up

METHODS = ("forecast", "mean × days", "weekday means", "share median", "ETS")
GOALS = (0.7, 0.85, 1.0, 1.15, 1.4)  # of the mean carried forward: goals that look sure, open and out of reach


def chances(pool: list[Case]) -> pd.DataFrame:
    """Return for each case and goal the chance that the forecast gives, and whether the goal was reached: 0 or 1."""
    rows = []
    for case in pool:
        ends = (case.opens_on, case.closes_on, case.as_of)
        found = forecast(case.counts, *ends, reference=case.reference, kind=case.kind)
        for times in GOALS:
            goal = times * mean_times_days(case)
            if goal > case.counted:
                is_reached = float(case.final >= goal)
                rows.append({"set": case.set_name, "goal": times, "chance": found.chance(goal), "reached": is_reached})
    return pd.DataFrame(rows)


def brier(table: pd.DataFrame) -> tuple[float, float]:
    """Return the Brier score of the chances, and that of the share of such goals that was reached anywhere in the table."""
    usual = table.groupby("goal")["reached"].transform("mean")
    return float(((table["chance"] - table["reached"]) ** 2).mean()), float(((usual - table["reached"]) ** 2).mean())


def reliability(table: pd.DataFrame) -> pd.DataFrame:
    """Return for each band of chances how many there were, the mean of them and how often the goal was reached."""
    bands = pd.Categorical(table["chance"].map(band), BANDS)
    return table.groupby(bands, observed=True).agg(
        cases=("chance", "size"), chance=("chance", "mean"), reached=("reached", "mean")
    )


def main() -> None:
    ask = argparse.ArgumentParser(
        prog="python -m tests.bench.backtest", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--data", type=Path, default=Path("../shared/backtest"), help="the folder with the counts")
    ask.add_argument("--sets", default="", help="sets to try, separated by commas; all without it")
    asked = ask.parse_args()
    if not asked.data.is_dir():
        raise SystemExit(f"{asked.data} is no folder: name the one with the counts with --data")
    pool = cases(asked.data, reference_seasons.load())
    if asked.sets:
        pool = [case for case in pool if case.set_name in asked.sets.split(",")]
    table = scored(pool, METHODS)
    pd.set_option("display.width", 160, "display.max_rows", None)
    print(summed_up(table, ["set", "method"]).round(3).to_string())
    mine = table[table["method"] == "forecast"]
    bins = pd.cut(table["share"], np.array([0, 0.17, 0.37, 0.62, 0.82, 1]), labels=["10 %", "25 %", "50 %", "75 %", "90 %"])
    print("\nby share of the season, all sets but expos")
    short = table.assign(at=bins)[table["set"] != "expos"]
    print(summed_up(short[short["method"].isin(METHODS[:2])].sort_values("at"), ["at", "method"]).round(3).to_string())
    print("\nby kind of place or event")
    print(summed_up(mine, ["set", "group"]).round(3).to_string())
    told = chances([case for case in pool if case.set_name != "expos"])
    print("\nchance of reaching a goal: Brier score {:.3f}, of the usual share {:.3f}".format(*brier(told)))
    print(reliability(told).round(3).to_string())


if __name__ == "__main__":
    main()
