"""Of which rows is a figure made, and by which formula?"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from ..basis import joined, weakest
from ..choices import Choices
from . import counts, goal, plan, prefecture_pace, what_if
from .figures import Figure
from .forecast import forecast
from .pace import RECENT, pace
from .season import Season, season


@dataclass(frozen=True)
class Tables:
    """What figures are made of."""

    plans: pd.DataFrame
    goals: pd.DataFrame
    prefectures: pd.DataFrame
    visitors: pd.DataFrame
    day_weights: pd.DataFrame
    reference_seasons: pd.DataFrame


@dataclass(frozen=True)
class Receipt:
    """A figure and what it stands on.

    `value` is None where there is none (not counted, no goal, no forecast). `rows` are the counts that it rests on, as
    `counts.known`, index = line in the file; the value of one that was counted is their sum. `formula` names a sentence,
    `numbers` what is filled in.
    """

    figure: Figure
    value: float | None
    rows: pd.DataFrame
    formula: str
    numbers: Mapping[str, float] = field(default_factory=dict)
    basis: str = "assumption"
    source_id: str = ""


def receipt(asked: Figure, choices: Choices, tables: Tables) -> Receipt | None:
    """The receipt of a figure as it stood at the end of as-of; None where the plan has no days and the figure names none.

    Raises KeyError where the plan is unknown.
    """
    days = plan.days(plan.chosen(tables.plans, choices.plan))
    figure = asked.settled(days, choices.as_of, choices.prefecture)
    if figure.first is None or figure.last is None:
        return None
    if figure.kind == "counted":
        return _counted(figure, choices, tables, days)
    here = replace(choices, prefecture=figure.place)
    now = season(here, tables.plans, tables.goals, tables.prefectures, tables.visitors, tables.day_weights)
    makers = {"due": _due, "goal": _goal, "left": _left, "needed": _needed, "level": _level}
    if figure.kind in makers:
        return makers[figure.kind](figure, here, now, tables)
    return (_ahead if figure.kind in ("forecast", "scenario") else _planned)(figure, here, now, tables)


def _counted(figure: Figure, choices: Choices, tables: Tables, days: pd.DatetimeIndex) -> Receipt:
    first, last = pd.Timestamp(figure.first), pd.Timestamp(figure.last)
    known = counts.known(tables.visitors, choices.as_of)
    known = known[known["date"].between(first, last)]
    rows = known
    for column, wanted in (("jis_code", figure.place), ("channel", figure.channel)):
        if wanted is not None:
            rows = rows[rows[column].fillna("") == wanted]
    ended = days[(days >= first) & (days <= min(last, pd.Timestamp(choices.as_of)))]
    gaps = int((~ended.isin(known["date"])).sum())
    numbers: dict[str, float] = {"count": len(rows), "days": rows["date"].nunique(), "gaps": gaps, "of_days": len(ended)}
    if known.empty:
        return Receipt(figure, None, rows, "nothing", numbers=numbers)
    formula = ("nobody" if rows.empty else "one" if len(rows) == 1 else "day" if first == last else "total") + (
        "_gaps" * bool(gaps)
    )
    said = rows if len(rows) else known  # from where nobody came on a day that was counted, that day says so
    return Receipt(
        figure, float(rows["visitors"].sum()), rows, formula, numbers, weakest(said["basis"]), joined(said["source_id"])
    )


def _seen(now: Season) -> pd.DataFrame:
    """The counts on the plan's days up to as-of."""
    return now.known[now.known["date"].isin(now.days)]


def _nothing(figure: Figure, now: Season) -> Receipt:
    return Receipt(figure, None, _seen(now).iloc[:0], "no_figure")


def _planned(figure: Figure, choices: Choices, now: Season, tables: Tables) -> Receipt:
    if now.curve is None or now.wanted is None:
        return _nothing(figure, now)
    inside = now.curve["date"].between(pd.Timestamp(figure.first), pd.Timestamp(figure.last))
    numbers: dict[str, float] = {"goal": now.wanted.visitors, "days": int(inside.sum()), "all_days": len(now.days)}
    if figure.kind == "straight":
        value = now.wanted.visitors * numbers["days"] / max(len(now.days), 1)
    else:
        value = float(now.curve.loc[inside, "planned"].sum())
        numbers |= {"weight": float(now.weights[inside.to_numpy()].sum()), "all_weights": float(now.weights.sum())}
    return Receipt(figure, value, _seen(now).iloc[:0], figure.kind, numbers=numbers, basis=now.basis(), source_id=now.source())


def _due(figure: Figure, choices: Choices, now: Season, tables: Tables) -> Receipt:
    japan = season(
        replace(choices, prefecture=None), tables.plans, tables.goals, tables.prefectures, tables.visitors, tables.day_weights
    )
    parts = goal.by_prefecture(tables.goals, choices.plan, tables.prefectures)
    if japan.curve is None or parts is None or now.wanted is None or japan.wanted is None:
        return _nothing(figure, now)
    total = prefecture_pace.by_as_of(prefecture_pace.asked(japan.curve, japan.by_day), pd.Timestamp(figure.last).date())
    numbers: dict[str, float] = {"goal": now.wanted.visitors, "whole": japan.wanted.visitors, "total": total}
    value, formula = float(total), "due"
    if figure.place:
        value, formula = float(prefecture_pace.due(total, parts.set_index("jis_code")["goal"])[figure.place]), "due_part"
    return Receipt(figure, value, _seen(now).iloc[:0], formula, numbers=numbers, basis=now.basis(), source_id=now.source())


def _goal(figure: Figure, choices: Choices, now: Season, tables: Tables) -> Receipt:
    japan = goal.wanted(tables.goals, choices.plan, tables.prefectures)
    if now.wanted is None or japan is None:
        return _nothing(figure, now)
    numbers: dict[str, float] = {"whole": japan.visitors}
    if figure.place:
        people = tables.prefectures.set_index("jis_code")["population_2020"]
        numbers |= {"people": int(people[figure.place]), "all_people": int(people.sum())}
    stated = figure.place is None or now.wanted.basis != "assumption"
    formula = "goal" if stated else "goal_part"
    rows = _seen(now).iloc[:0]
    return Receipt(
        figure, float(now.wanted.visitors), rows, formula, numbers=numbers, basis=now.wanted.basis, source_id=now.wanted.source_id
    )


def _left(figure: Figure, choices: Choices, now: Season, tables: Tables) -> Receipt:
    if now.wanted is None:
        return _nothing(figure, now)
    rows = _seen(now)
    counted = int(rows["visitors"].sum())
    value = float(max(now.wanted.visitors - counted, 0))
    numbers: dict[str, float] = {"goal": now.wanted.visitors, "counted": counted}
    basis, source = weakest([now.wanted.basis, *rows["basis"]]), joined([now.wanted.source_id, *rows["source_id"]])
    return Receipt(figure, value, rows, "left", numbers=numbers, basis=basis, source_id=source)


def _of_all(figure: Figure, now: Season, value: float, rows: pd.DataFrame, formula: str, numbers: Mapping[str, float]) -> Receipt:
    """Of a figure that hangs on all counts."""
    basis, source = now.basis(*now.by_day["basis"].dropna()), now.source(*now.by_day["source_id"].dropna())
    return Receipt(figure, value, rows, formula, numbers=numbers, basis=basis, source_id=source)


def _needed(figure: Figure, choices: Choices, now: Season, tables: Tables) -> Receipt:
    day, left = pd.Timestamp(figure.first), now.days > pd.Timestamp(choices.as_of)
    if now.wanted is None or day not in now.days[left]:
        return _nothing(figure, now)
    rows, weights = _seen(now), now.weights[left]
    counted = int(rows["visitors"].sum())
    lacks = max(now.wanted.visitors - counted, 0)
    numbers: dict[str, float] = {"goal": now.wanted.visitors, "counted": counted, "lacks": lacks, "days": int(left.sum())}
    numbers |= {"weight": float(weights[day]), "all_weights": float(weights.sum())}
    return _of_all(figure, now, float(goal.split(lacks, weights)[day]), rows, "needed", numbers)


def _level(figure: Figure, choices: Choices, now: Season, tables: Tables) -> Receipt:
    day = pd.Timestamp(figure.first)
    stands = pace(now.by_day, now.curve, now.weights, choices.as_of)
    if stands.level is None or day not in now.days:
        return _nothing(figure, now)
    rows = _seen(now)
    rows = rows[rows["date"] > pd.Timestamp(choices.as_of) - pd.Timedelta(days=RECENT)]
    value = float(now.weights[day]) * stands.level
    numbers: dict[str, float] = {
        "counted": float(rows["visitors"].sum()),
        "weight": float(now.weights[day]),
        "level": stands.level,
        "days": RECENT,
    }
    return _of_all(figure, now, value, rows, "level", numbers)


def _ahead(figure: Figure, choices: Choices, now: Season, tables: Tables) -> Receipt:
    day, past = pd.Timestamp(figure.last), tables.reference_seasons
    if not len(now.days):
        return _nothing(figure, now)
    seen = forecast(now.by_day, now.days[0], now.days[-1], choices.as_of, day_weights=now.weights, reference=past)
    reached = seen.cumulative.set_index("date")
    if not seen.known or day not in reached.index:
        return _nothing(figure, now)
    value, rows = float(reached.loc[day, "visitors"]), _seen(now)
    low, high = (float(reached.loc[day, side]) for side in ("low", "high"))
    numbers: dict[str, float] = {"counted": seen.counted, "low": low, "high": high, "plain": value}
    tried = what_if.tried(now, choices, past) if figure.kind == "scenario" else None
    if tried is not None:
        value = seen.counted + float(tried.scenario.cumsum()[day])
    made = _of_all(figure, now, value, rows, figure.kind, numbers)
    basis = weakest([made.basis, now.weights_basis, *past["basis"]])
    return replace(made, basis=basis, source_id=joined([made.source_id, now.weights_source, *past["source_id"]]))
