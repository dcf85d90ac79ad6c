"""How many visitors are wanted, by whom and by when?"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..basis import joined


def of_plan(goals: pd.DataFrame, plan_id: str, scope: str = "japan") -> pd.Series | None:
    """The goal of a plan for `scope`, or None where none is stated."""
    rows = goals[(goals["plan_id"] == plan_id) & (goals["scope"] == scope)]
    return None if rows.empty else rows.iloc[0]


def split(total: int, weights: pd.Series) -> pd.Series:
    """`total` in whole visitors over `weights` (any scale, not negative), summing to `total` to the visitor.

    Largest-remainder method (Hamilton): each gets the whole part of its quota, and what is left goes to the largest
    fractions; ties fall to the one that stands first. With all weights zero everybody weighs the same.
    """
    # in whole numbers, however large: a float's quota may fall on the wrong side of the next visitor
    ratios = [one.as_integer_ratio() for one in weights.tolist()]
    common = math.lcm(*(below for _, below in ratios))
    weight = [above * (common // below) for above, below in ratios]
    if not any(weight):
        weight = [1] * len(weight)
    everything, total = sum(weight), int(total)
    whole = [total * one // everything for one in weight]
    largest = sorted(range(len(weight)), key=lambda i: -(total * weight[i] % everything))
    for i in largest[: total - sum(whole)]:
        whole[i] += 1
    return pd.Series(whole, index=weights.index, dtype="int64")


def by_prefecture(goals: pd.DataFrame, plan_id: str, prefectures: pd.DataFrame) -> pd.DataFrame | None:
    """The plan's goal for Japan over the prefectures: jis_code, goal, basis, source_id; None without such a goal.

    A goal stated for a prefecture holds; the rest is split by population, which is an assumption.
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
    """What would have come by the end of each day if each brought the same (cumulative, an assumption)."""
    return pd.Series(total * np.arange(1, len(days) + 1) / max(len(days), 1), index=days, name="goal_cumulative")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many visitors are wanted, with the basis and the sources of that figure."""

    visitors: int
    basis: str
    source_id: str


def wanted(goals: pd.DataFrame, plan_id: str, prefectures: pd.DataFrame, prefecture: str | None = None) -> Wanted | None:
    """The plan's goal for Japan, or for one prefecture its part of it; None where the plan states no goal."""
    if prefecture is None:
        japan = of_plan(goals, plan_id)
        return None if japan is None else Wanted(int(japan["visitors"]), japan["basis"], japan["source_id"])
    shares = by_prefecture(goals, plan_id, prefectures)
    if shares is None:
        return None
    mine = shares[shares["jis_code"] == prefecture].iloc[0]
    return Wanted(int(mine["goal"]), mine["basis"], mine["source_id"])
