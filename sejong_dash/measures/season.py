"""What is known of the chosen plan's season at the end of as-of? Put together once for all that ask about pace."""

from dataclasses import dataclass

import pandas as pd

from ..basis import joined, weakest
from ..choices import Choices
from . import calendar, counts, goal, plan, plan_curve
from .goal import Wanted


@dataclass(frozen=True)
class Season:
    """The plan's days, what each should bring, and what was counted; every table has a row a day.

    `calendar`: date, day_type, holiday_kr, holiday_jp, weight, for all days of the plan. `by_day`: as `counts.daily`, up
    to as-of. `known`: as `counts.known`. `curve`: as `plan_curve`, None without a goal.
    """

    plan: pd.Series
    days: pd.DatetimeIndex
    calendar: pd.DataFrame
    known: pd.DataFrame
    by_day: pd.DataFrame
    wanted: Wanted | None
    curve: pd.DataFrame | None
    weights_basis: str
    weights_source: str

    @property
    def counted(self) -> bool:
        """Whether any day was counted."""
        return bool(self.by_day["visitors"].notna().any())

    @property
    def weights(self) -> pd.Series:
        """The weight of each day, index date."""
        return pd.Series(self.calendar["weight"].to_numpy(), index=self.days)

    def basis(self, *said: object) -> str:
        """The weakest of what is said, of the goal and of its spreading over the days."""
        return weakest([*said, *([self.wanted.basis, self.weights_basis] if self.wanted else [])])

    def source(self, *said: object) -> str:
        """The sources of what is said, of the goal and of its spreading over the days; of the plan where nothing is."""
        named = joined([*said, *([self.wanted.source_id, self.weights_source] if self.wanted else [])])
        return named or str(self.plan["source_id"])


def season(
    choices: Choices,
    plans: pd.DataFrame,
    goals: pd.DataFrame,
    prefectures: pd.DataFrame,
    visitors: pd.DataFrame,
    day_weights: pd.DataFrame,
) -> Season:
    """The season of the chosen plan and prefecture from the tables. A plan without dates to the day has no days.

    Raises KeyError where the plan is unknown.
    """
    chosen = plan.chosen(plans, choices.plan)
    days = plan.days(chosen)
    known = counts.known(visitors, choices.as_of, choices.prefecture)
    wanted = goal.wanted(goals, choices.plan, prefectures, choices.prefecture)
    kinds = calendar.calendar(days)
    weights = plan_curve.weigh(kinds, day_weights)
    return Season(
        plan=chosen,
        days=days,
        calendar=kinds.assign(weight=weights.to_numpy()),
        known=known,
        by_day=_by_day(visitors, known, days, choices),
        wanted=wanted,
        curve=plan_curve.plan_curve(wanted.visitors, weights) if wanted and len(days) else None,
        weights_basis=weakest(day_weights["basis"]),
        weights_source=joined(day_weights["source_id"]),
    )


def _by_day(visitors: pd.DataFrame, known: pd.DataFrame, days: pd.DatetimeIndex, choices: Choices) -> pd.DataFrame:
    """`counts.daily`; where a prefecture is chosen, a day that was counted for Japan without it is one on which nobody came
    from there, not one without a count."""
    mine = counts.daily(known, days, choices.as_of)
    if choices.prefecture is None:
        return mine
    japan = counts.daily(counts.known(visitors, choices.as_of), days, choices.as_of)
    nobody = mine["visitors"].isna() & japan["visitors"].notna()
    return mine.assign(
        visitors=mine["visitors"].mask(nobody, 0),
        basis=mine["basis"].where(~nobody, japan["basis"]),
        source_id=mine["source_id"].where(~nobody, japan["source_id"]),
    )
