"""Compute the goal, its split over prefectures and its straight line over the days."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sejong_dash.basis import joined


def of_plan(goals: pd.DataFrame, plan_id: str, scope: str = "japan") -> pd.Series | None:
    """Return the row of a plan's goal for `scope`, None where there is none."""
    rows = goals[(goals["plan_id"] == plan_id) & (goals["scope"] == scope)]
    return None if rows.empty else rows.iloc[0]


def bound_of(stated: pd.Series) -> str | None:
    """Return the bound of a row of goals, None where the goal is the number itself."""
    return str(stated["bound"]) if pd.notna(stated.get("bound")) else None


def split(total: int, weights: pd.Series) -> pd.Series:
    """Return `total` visitors split by `weights` (any scale, not negative): whole visitors that sum to `total`, index as weights.

    Largest-remainder method (Hamilton): each gets the whole part of its quota, and the rest goes to the largest fractions; of
    equal fractions to the first. With all weights zero all weigh the same.
    Source: Balinski & Young, Fair Representation, 1982, appendix A.
    """
    # in integers of any size: the quota of a float may fall on the wrong side of the next visitor
    ratios = [weight.as_integer_ratio() for weight in weights.tolist()]
    common = math.lcm(*(denominator for _, denominator in ratios))
    shares = [numerator * (common // denominator) for numerator, denominator in ratios]
    if not any(shares):
        shares = [1] * len(shares)
    everything, total = sum(shares), int(total)
    whole = [total * share // everything for share in shares]
    largest = sorted(range(len(shares)), key=lambda i: -(total * shares[i] % everything))
    for i in largest[: total - sum(whole)]:
        whole[i] += 1
    return pd.Series(whole, index=weights.index, dtype="int64")


def apportion(totals: np.ndarray, weights: pd.DataFrame) -> pd.DataFrame:
    """Return each of `totals` (whole visitors) split by its row of `weights` (not negative), every row summing to its total.

    Webster's method (Sainte-Laguë): unlike with the largest remainder, no part shrinks when the total grows, so that a running
    total can be split day after day. A row without any weight is split evenly. Shape, index and columns are those of `weights`.
    Source: Balinski & Young, Fair Representation, 1982, appendix A.
    """
    share = weights.to_numpy(dtype=float)
    share = np.where(share.sum(axis=1, keepdims=True) > 0, share, 1.0)
    wanted = np.asarray(totals, dtype=np.int64)
    quota = wanted[:, None] * (share / share.sum(axis=1, keepdims=True))
    found = np.floor(quota + 0.5 + 1e-9)
    rows = np.arange(len(found))
    while (lacks := wanted - found.sum(axis=1).astype(np.int64)).any():
        more = np.where(share > 0, share / (found + 0.5), -1.0).argmax(axis=1)
        with np.errstate(divide="ignore"):
            least = np.where(found > 0, share / (found - 0.5), np.inf)
        fewer = share.shape[1] - 1 - least[:, ::-1].argmin(axis=1)  # the last of equals, as the first of equals gains first
        found[rows, np.where(lacks > 0, more, fewer)] += np.sign(lacks)
    return pd.DataFrame(found.astype("int64"), index=weights.index, columns=weights.columns)


def a_day(visitors: int, days: int) -> int:
    """Return how many visitors each of `days` must bring so that `visitors` come in all: whole visitors, rounded up."""
    return -(-visitors // days)


def share_pct(counted: float, goal: float) -> float:
    """Return `counted` in percent of `goal`, to one decimal; 100.0 only where the goal is reached."""
    share = math.floor(1000 * counted / goal + 0.5) / 10
    return min(share, 99.9) if counted < goal else share


def by_prefecture(goals: pd.DataFrame, plan_id: str, prefectures: pd.DataFrame) -> pd.DataFrame | None:
    """Return the plan's goal for Japan by prefecture: jis_code, goal (visitors), basis, source_id; None without such a goal.

    A goal stated for a prefecture holds; the rest is split by population (2020), which is an assumption.
    """
    japan = of_plan(goals, plan_id)
    if japan is None:
        return None
    stated = goals[(goals["plan_id"] == plan_id) & (goals["scope"] == "prefecture")].set_index("jis_code")
    table = prefectures.set_index("jis_code")[["population_2020", "source_id"]]
    rest = table.index.difference(stated.index)
    left = max(int(japan["visitors"]) - int(stated["visitors"].sum()), 0)
    shares = split(left, table.loc[rest, "population_2020"])
    goal = pd.concat([stated["visitors"].astype("int64"), shares]).reindex(table.index)
    return pd.DataFrame(
        {
            "goal": goal,
            "basis": pd.Series("assumption", index=table.index).where(
                ~table.index.isin(stated.index), stated["basis"].reindex(table.index)
            ),
            "source_id": stated["source_id"]
            .reindex(table.index)
            .fillna(table["source_id"].map(lambda place: joined([japan["source_id"], place]))),
        }
    ).reset_index()


def straight_line(total: int, days: pd.DatetimeIndex) -> pd.Series:
    """Return the running total at the end of each day if every day brought the same, in visitors; index date."""
    return pd.Series(total * np.arange(1, len(days) + 1) / max(len(days), 1), index=days, name="goal_cumulative")


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal in visitors, with its basis and sources; `bound` as in datasets.goals."""

    visitors: int
    basis: str
    source_id: str
    bound: str | None = None


def goal_for(goals: pd.DataFrame, plan_id: str, prefectures: pd.DataFrame, prefecture: str | None = None) -> Goal | None:
    """Return the plan's goal for Japan, or a prefecture's part of it; None where the plan has no goal."""
    if prefecture is None:
        japan = of_plan(goals, plan_id)
        return None if japan is None else Goal(int(japan["visitors"]), japan["basis"], japan["source_id"], bound_of(japan))
    shares = by_prefecture(goals, plan_id, prefectures)
    return None if shares is None else part_of(shares, prefecture)


def part_of(shares: pd.DataFrame, prefecture: str) -> Goal:
    """Return a prefecture's part of the goal from what `by_prefecture` returns."""
    part = shares[shares["jis_code"] == prefecture].iloc[0]
    return Goal(int(part["goal"]), part["basis"], part["source_id"])
