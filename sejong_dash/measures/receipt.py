"""Compute the receipt of a figure: its value, its formula and the rows that it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from sejong_dash.basis import joined, weakest
from sejong_dash.choices import Choices

from . import goal, plan
from .figure_codes import FigureCode
from .season import counts_as_of, prefecture_pace, what_if
from .season.outlook import OutlookTables, outlook_of
from .season.pace import RECENT
from .season.season import Season, season_of


@dataclass(frozen=True)
class Receipt:
    """A figure with its value and what the value is computed from.

    `value` is None where there is none (not counted, no goal, no forecast). `rows` are the counts that it is computed from, as
    `counts_as_of.known`, the index being the line in the file; a counted figure is their sum. `formula` is the key of a
    sentence, `numbers` are the fields of it.
    """

    figure: FigureCode
    value: float | None
    rows: pd.DataFrame
    formula: str
    numbers: Mapping[str, float] = field(default_factory=dict)
    basis: str = "assumption"
    source_id: str = ""


def receipt(asked: FigureCode, choices: Choices, tables: OutlookTables) -> Receipt | None:
    """Return the receipt of a figure at the end of as-of; None where neither the figure nor the plan has days.

    Raises UnknownPlanError (a KeyError), and TableError where a table cannot be used.
    """
    days = plan.days(plan.chosen(tables.plans(), choices.plan))
    figure = asked.settled(days, choices.as_of, choices.prefecture)
    if figure.first is None or figure.last is None:
        return None
    if figure.kind == "counted":
        return _counted(figure, choices, tables, days)
    here = replace(choices, prefecture=figure.place)
    now = season_of(tables, here)
    makers = {"due": _due, "goal": _goal, "left": _left, "needed": _needed, "level": _level}
    if figure.kind in makers:
        return makers[figure.kind](figure, here, now, tables)
    return (_ahead if figure.kind in ("forecast", "scenario") else _planned)(figure, here, now, tables)


def _counted(figure: FigureCode, choices: Choices, tables: OutlookTables, days: pd.DatetimeIndex) -> Receipt:
    first, last = pd.Timestamp(figure.first), pd.Timestamp(figure.last)
    known = counts_as_of.known(tables.visitors(choices.sample), choices.as_of)
    known = known[known["date"].between(first, last)]
    rows = known
    for column, wanted in (("jis_code", figure.place), ("channel", figure.channel)):
        if wanted is not None:
            rows = rows[rows[column].fillna("") == wanted]
    ended = days[(days >= first) & (days <= min(last, pd.Timestamp(choices.as_of)))]
    gaps = int((~ended.isin(known["date"])).sum())
    numbers: dict[str, float] = {"count": len(rows), "days": rows["date"].nunique(), "gaps": gaps, "of_days": len(ended)}
    if known.empty or (rows.empty and not _is_known(figure, choices, tables, ended)):
        return Receipt(figure, None, rows, "nothing", numbers=numbers)
    formula = ("nobody" if rows.empty else "one" if len(rows) == 1 else "day" if first == last else "total") + (
        "_gaps" * bool(gaps)
    )
    basis_rows = rows if len(rows) else known  # that nobody came is known from the other rows of the day
    return Receipt(
        figure,
        float(rows["visitors"].sum()),
        rows,
        formula,
        numbers,
        weakest(basis_rows["basis"]),
        joined(basis_rows["source_id"]),
    )


def _is_known(figure: FigureCode, choices: Choices, tables: OutlookTables, ended: pd.DatetimeIndex) -> bool:
    """Return whether a figure without rows is known to be 0: on one of its days all were counted, or its prefecture was."""
    here = replace(choices, prefecture=None)
    seen = season_of(tables, here).coverage
    if figure.place in seen.shares and figure.channel is None:
        return bool((seen.shares[figure.place].reindex(ended) > 0).any())
    return bool((seen.days["state"].reindex(ended) == "counted").any())


def _counts(now: Season) -> pd.DataFrame:
    """Return the counts on the plan's days up to as-of."""
    return now.known[now.known["date"].isin(now.days)]


def _unavailable(figure: FigureCode, now: Season) -> Receipt:
    return Receipt(figure, None, _counts(now).iloc[:0], "no_figure")


def _planned(figure: FigureCode, choices: Choices, now: Season, tables: OutlookTables) -> Receipt:
    if now.curve is None or now.goal is None:
        return _unavailable(figure, now)
    inside = now.curve["date"].between(pd.Timestamp(figure.first), pd.Timestamp(figure.last))
    numbers: dict[str, float] = {"goal": now.goal.visitors, "days": int(inside.sum()), "all_days": len(now.days)}
    if figure.kind == "straight":
        value = now.goal.visitors * numbers["days"] / max(len(now.days), 1)
    else:
        value = float(now.curve.loc[inside, "planned"].sum())
        numbers |= {"weight": float(now.weights[inside.to_numpy()].sum()), "all_weights": float(now.weights.sum())}
    return Receipt(figure, value, _counts(now).iloc[:0], figure.kind, numbers=numbers, basis=now.basis(), source_id=now.source())


def _due(figure: FigureCode, choices: Choices, now: Season, tables: OutlookTables) -> Receipt:
    japan = season_of(tables, replace(choices, prefecture=None))
    if japan.due_by_place is None or now.goal is None or japan.goal is None:
        return _unavailable(figure, now)
    due = prefecture_pace.at(japan.due_by_place, pd.Timestamp(figure.last).date())
    before = japan.by_day[japan.by_day["date"] <= pd.Timestamp(figure.last)]
    # days that were counted for no prefecture ask of all together alone: the row of prefectures sums to less then
    total = int(before["due"].iloc[-1]) if len(before) else int(due.sum())
    numbers: dict[str, float] = {"goal": now.goal.visitors, "whole": japan.goal.visitors, "total": total}
    value, formula = (float(due[figure.place]), "due_part") if figure.place else (float(total), "due")
    return Receipt(figure, value, _counts(now).iloc[:0], formula, numbers=numbers, basis=now.basis(), source_id=now.source())


def _goal(figure: FigureCode, choices: Choices, now: Season, tables: OutlookTables) -> Receipt:
    japan = goal.goal_for(tables.goals(), choices.plan, tables.prefectures())
    if now.goal is None or japan is None:
        return _unavailable(figure, now)
    numbers: dict[str, float] = {"whole": japan.visitors}
    if figure.place:
        people = tables.prefectures().set_index("jis_code")["population_2020"]
        numbers |= {"people": int(people[figure.place]), "all_people": int(people.sum())}
    stated = figure.place is None or now.goal.basis != "assumption"
    formula = "goal" if stated else "goal_part"
    rows = _counts(now).iloc[:0]
    return Receipt(
        figure, float(now.goal.visitors), rows, formula, numbers=numbers, basis=now.goal.basis, source_id=now.goal.source_id
    )


def _left(figure: FigureCode, choices: Choices, now: Season, tables: OutlookTables) -> Receipt:
    if now.goal is None or not now.has_counts or now.pace.is_withheld:
        return _unavailable(figure, now)
    rows = _counts(now)
    counted = int(rows["visitors"].sum())
    value = float(max(now.goal.visitors - counted, 0))
    numbers: dict[str, float] = {"goal": now.goal.visitors, "counted": counted}
    basis, source = weakest([now.goal.basis, *rows["basis"]]), joined([now.goal.source_id, *rows["source_id"]])
    return Receipt(figure, value, rows, "left", numbers=numbers, basis=basis, source_id=source)


def _from_all_counts(
    figure: FigureCode, now: Season, value: float, rows: pd.DataFrame, formula: str, numbers: Mapping[str, float]
) -> Receipt:
    """Return the receipt of a figure whose basis and sources are those of all counts."""
    basis, source = now.basis(*now.by_day["basis"].dropna()), now.source(*now.by_day["source_id"].dropna())
    return Receipt(figure, value, rows, formula, numbers=numbers, basis=basis, source_id=source)


def _needed(figure: FigureCode, choices: Choices, now: Season, tables: OutlookTables) -> Receipt:
    day, left = pd.Timestamp(figure.first), now.days > pd.Timestamp(choices.as_of)
    if now.goal is None or day not in now.days[left] or now.pace.is_withheld:
        return _unavailable(figure, now)
    rows, weights = _counts(now), now.weights[left]
    counted = int(rows["visitors"].sum())
    lacks = max(now.goal.visitors - counted, 0)
    numbers: dict[str, float] = {"goal": now.goal.visitors, "counted": counted, "lacks": lacks, "days": int(left.sum())}
    numbers |= {"weight": float(weights[day]), "all_weights": float(weights.sum())}
    return _from_all_counts(figure, now, float(goal.split(lacks, weights)[day]), rows, "needed", numbers)


def _level(figure: FigureCode, choices: Choices, now: Season, tables: OutlookTables) -> Receipt:
    day = pd.Timestamp(figure.first)
    stands = now.pace
    if stands.level is None or day not in now.days or stands.is_withheld:
        return _unavailable(figure, now)
    rows = _counts(now)
    full = now.by_day.loc[now.by_day["state"] == "counted", "date"]
    rows = rows[rows["date"].isin(full) & (rows["date"] > pd.Timestamp(choices.as_of) - pd.Timedelta(days=RECENT))]
    value = float(now.weights[day]) * stands.level
    numbers: dict[str, float] = {
        "counted": float(rows["visitors"].sum()),
        "weight": float(now.weights[day]),
        "level": stands.level,
        "days": stands.recent_days,
    }
    return _from_all_counts(figure, now, value, rows, "level", numbers)


def _ahead(figure: FigureCode, choices: Choices, now: Season, tables: OutlookTables) -> Receipt:
    day, past = pd.Timestamp(figure.last), tables.reference_seasons()
    if not len(now.days):
        return _unavailable(figure, now)
    seen = outlook_of(tables, choices)
    reached = seen.cumulative.set_index("date")
    if not seen.is_known or day not in reached.index:
        return _unavailable(figure, now)
    value, rows = float(reached.loc[day, "visitors"]), _counts(now)
    low, high = (float(reached.loc[day, side]) for side in ("low", "high"))
    numbers: dict[str, float] = {"counted": seen.counted, "low": low, "high": high, "plain": value}
    with_measures = what_if.scenario_of(tables, choices) if figure.kind == "scenario" else None
    if with_measures is not None:
        value = float(with_measures.scenario_reached[day])
    made = _from_all_counts(figure, now, value, rows, figure.kind, numbers)
    basis = weakest([made.basis, now.weights_basis, *past["basis"]])
    return replace(made, basis=basis, source_id=joined([made.source_id, now.weights_source, *past["source_id"]]))
