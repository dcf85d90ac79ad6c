"""Assemble what is known of the chosen plan's season at the end of as-of, for every figure about pace."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

import numpy as np
import pandas as pd

from sejong_dash.basis import joined, weakest
from sejong_dash.choices import Choices
from sejong_dash.measures import calendar, goal, plan
from sejong_dash.measures.goal import Goal

from . import counts_as_of, plan_curve, prefecture_pace
from .coverage import Coverage, coverage
from .pace import Pace, pace

T = TypeVar("T")


class SeasonTables(Protocol):
    """The tables that a season is made of, each as its module in `datasets` loads it: what `datasets.Tables` offers of them."""

    def plans(self) -> pd.DataFrame: ...

    def goals(self) -> pd.DataFrame: ...

    def prefectures(self) -> pd.DataFrame: ...

    def visitors(self, sample: bool) -> pd.DataFrame: ...

    def day_weights(self) -> pd.DataFrame: ...

    def derived(self, key: Hashable, make: Callable[[], T], /) -> T:
        """Return what `make` returns, called once for each `key`."""
        ...


@dataclass(frozen=True)
class Season:
    """The days of a plan, the visitors planned for each, and the counts.

    `calendar`: date, day_type, holiday_kr, holiday_jp, weight, for all days of the plan. `by_day`: as `counts_as_of.daily`, up to
    as-of, with state, share, prefectures, channels, usual_prefectures, usual_channels (as `coverage`) and, with a goal, due (the
    running total due for what was counted). `known`: as `counts_as_of.known`. `curve`: as `plan_curve`, None without a goal.
    `coverage` is that of all of Japan, `due_by_place` as `prefecture_pace.due`, None without a goal.
    """

    plan: pd.Series
    as_of: date
    days: pd.DatetimeIndex
    calendar: pd.DataFrame
    known: pd.DataFrame
    by_day: pd.DataFrame
    goal: Goal | None
    curve: pd.DataFrame | None
    weights_basis: str
    weights_source: str
    coverage: Coverage
    due_by_place: pd.DataFrame | None

    @property
    def has_counts(self) -> bool:
        """Whether any day was counted."""
        return bool(self.by_day["visitors"].notna().any())

    @property
    def weights(self) -> pd.Series:
        """The weight of each day, index date."""
        return pd.Series(self.calendar["weight"].to_numpy(), index=self.days)

    @cached_property
    def pace(self) -> Pace:
        """Where the count stands against the plan curve at the end of as-of."""
        return pace(self.by_day, self.curve, self.weights, self.as_of)

    @property
    def lacking(self) -> str:
        """The days gone that were not counted in full (2026-04-10;2026-04-11) where no verdict is given for them, else blank."""
        if not self.pace.is_withheld or not self.has_counts:
            return ""
        return ";".join(f"{day:%Y-%m-%d}" for day in self.by_day.loc[self.by_day["state"] != "counted", "date"])

    def basis(self, *bases: object) -> str:
        """Return the weakest of `bases`, of the goal's and of the day weights'."""
        return weakest([*bases, *([self.goal.basis, self.weights_basis] if self.goal else [])])

    def source(self, *sources: object) -> str:
        """Return `sources`, those of the goal and of the day weights; the plan's where there are none."""
        named = joined([*sources, *([self.goal.source_id, self.weights_source] if self.goal else [])])
        return named or str(self.plan["source_id"])


def season_of(tables: SeasonTables, choices: Choices) -> Season:
    """Return the season of the chosen plan and prefecture at the end of as-of, made once for the tables; do not change it.

    Raises UnknownPlanError (a KeyError), and TableError where a table cannot be used.
    """

    def make() -> Season:
        goals, places, visitors = tables.goals(), tables.prefectures(), tables.visitors(choices.sample)
        parts = tables.derived(("goal parts", choices.plan), lambda: goal.by_prefecture(goals, choices.plan, places))
        if choices.prefecture is None:
            return _of_japan(choices, tables.plans(), goals, parts, places, visitors, tables.day_weights())
        return _of_prefecture(season_of(tables, replace(choices, prefecture=None)), choices.prefecture, parts, visitors)

    return tables.derived(("season", choices.plan, choices.as_of, choices.sample, choices.prefecture), make)


def season_of_channel(tables: SeasonTables, choices: Choices) -> Season:
    """Return `season_of`, narrowed to the channel that is chosen, if any.

    A plan asks nothing of a channel: with one there is no goal, no plan curve and nothing due. A day without a row of the channel
    counts 0 where the day was counted in full, else it is missing. Raises as `season_of`.
    """
    channel = choices.channel
    if channel is None:
        return season_of(tables, choices)

    def make() -> Season:
        whole = season_of(tables, choices)
        known = whole.known[whole.known["channel"] == channel]
        mine = counts_as_of.daily(known, whole.days, whole.as_of)
        nobody = (mine["visitors"].isna() & (whole.by_day["state"] == "counted")).to_numpy()
        columns = ["prefectures", "channels", "usual_prefectures", "usual_channels", "share"]
        state = whole.by_day["state"].mask(mine["visitors"].isna() & ~nobody, "missing")
        by_day = mine.assign(
            visitors=mine["visitors"].mask(nobody, 0),
            basis=mine["basis"].where(~nobody, whole.by_day["basis"]),
            source_id=mine["source_id"].where(~nobody, whole.by_day["source_id"]),
            state=state,
            **whole.by_day[columns].to_dict("series"),
        )
        return replace(whole, known=known, by_day=by_day, goal=None, curve=None, due_by_place=None)

    return tables.derived(("season", choices.plan, choices.as_of, choices.sample, choices.prefecture, channel), make)


def _of_japan(
    choices: Choices,
    plans: pd.DataFrame,
    goals: pd.DataFrame,
    parts: pd.DataFrame | None,
    prefectures: pd.DataFrame,
    visitors: pd.DataFrame,
    day_weights: pd.DataFrame,
) -> Season:
    """Return the season of all prefectures together."""
    chosen = plan.chosen(plans, choices.plan)
    days = plan.days(chosen)
    known = counts_as_of.known(visitors, choices.as_of)
    of_goal = None if parts is None else parts.set_index("jis_code")["goal"]
    people = prefectures.set_index("jis_code")["population_2020"]
    seen = coverage(known, days, choices.as_of, people if of_goal is None or not of_goal.sum() else of_goal)
    kinds = calendar.calendar(days)
    weights = plan_curve.weigh(kinds, day_weights)
    wanted = goal.goal_for(goals, choices.plan, prefectures)
    curve = plan_curve.plan_curve(wanted.visitors, weights) if wanted and len(days) else None
    due = None if curve is None or of_goal is None else prefecture_pace.due(curve, seen.shares, of_goal)
    by_day = counts_as_of.daily(known, days, choices.as_of).join(seen.days, on="date")
    if curve is not None:
        by_day["due"] = _due(curve, by_day["share"])
    return Season(
        plan=chosen,
        as_of=choices.as_of,
        days=days,
        calendar=kinds.assign(weight=weights.to_numpy()),
        known=known,
        by_day=by_day,
        goal=wanted,
        curve=curve,
        weights_basis=weakest(day_weights["basis"]),
        weights_source=joined(day_weights["source_id"]),
        coverage=seen,
        due_by_place=due,
    )


def _of_prefecture(japan: Season, place: str, parts: pd.DataFrame | None, visitors: pd.DataFrame) -> Season:
    """Return the season of one prefecture, from that of all of Japan."""
    due, curve = japan.due_by_place, japan.curve
    known = counts_as_of.known(visitors, japan.as_of, place)
    by_day = _days_of(place, japan, counts_as_of.daily(known, japan.days, japan.as_of))
    if curve is not None and parts is not None and due is not None:
        by_day["due"] = due[place].reindex(by_day["date"]).to_numpy()
        curve = plan_curve.part_curve(curve, parts.set_index("jis_code")["goal"], place)
    wanted = None if parts is None else goal.part_of(parts, place)
    return replace(japan, known=known, by_day=by_day, goal=wanted, curve=curve)


def _due(curve: pd.DataFrame, share: pd.Series) -> np.ndarray:
    """Return the running total due for what was counted, in whole visitors."""
    planned = curve["planned"].to_numpy(dtype=float)[: len(share)]
    return np.asarray(np.floor((planned * share.to_numpy(dtype=float)).cumsum() + 0.5).astype("int64"))


def _days_of(place: str, season: Season, mine: pd.DataFrame) -> pd.DataFrame:
    """Return `by_day` of a prefecture; a day without its row counts 0 where Japan was counted in full, else it is missing."""
    japan = season.by_day
    share = season.coverage.shares[place].reindex(mine["date"]).to_numpy()
    nobody = (mine["visitors"].isna() & (share == 1.0)).to_numpy()
    state = np.where(mine["visitors"].isna() & ~nobody, "missing", np.where(share < 1.0, "partial", "counted"))
    table = mine.assign(
        visitors=mine["visitors"].mask(nobody, 0),
        basis=mine["basis"].where(~nobody, japan["basis"]),
        source_id=mine["source_id"].where(~nobody, japan["source_id"]),
    )
    columns = ["prefectures", "channels", "usual_prefectures", "usual_channels"]
    return table.assign(state=pd.Series(state, index=table.index, dtype="str"), share=share, **japan[columns].to_dict("series"))
