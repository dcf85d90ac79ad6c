"""Which value and which class has each prefecture at the end of a day, by the classes of as-of?"""

from dataclasses import replace

import pandas as pd

from ..basis import joined, weakest
from ..choices import Choices
from ..datasets import day_weights, goals, plans, visitors
from ..measures import goal, prefecture_values
from ..measures.season import season


def measured(rows: pd.DataFrame, choices: Choices, own: pd.DataFrame) -> pd.DataFrame:
    japan = replace(choices, prefecture=None)
    now = season(japan, plans.load(), goals.load(), own, visitors.load(choices.sample), day_weights.load())
    parts = goal.by_prefecture(goals.load(), choices.plan, own)
    days = {"value": rows["day"].iloc[0].date(), "at_as_of": choices.as_of}
    told = {name: prefecture_values.values(choices.measure, day, now, parts, own) for name, day in days.items()}
    end = told["at_as_of"].table
    for name, one in told.items():
        # before the first count of all nobody has come; without any count until as-of nothing can be said
        rows[name] = rows["jis_code"].map(one.table["value"])
    if choices.measure in prefecture_values.BY_DAY and end["value"].notna().any():
        rows["value"] = rows["value"].fillna(0.0)
    found = prefecture_values.classes(choices.measure, rows["at_as_of"])
    number = [found.number(value) for value in rows["value"]]
    bounds = [(float("nan"),) * 2 if one is None else found.bounds(one) for one in number]
    rows = rows.assign(**{"class": [None if one is None else one + 1 for one in number]})
    rows["class_low"], rows["class_high"] = (list(side) for side in zip(*bounds, strict=True))
    rows["basis"] = [weakest(pair) for pair in zip(rows["basis"], rows["jis_code"].map(end["basis"]), strict=True)]
    rows["source_id"] = [joined(p) for p in zip(rows["jis_code"].map(end["source_id"]), rows["source_id"], strict=True)]
    return pd.concat([rows, _unknown(rows, told)], ignore_index=True)


def _unknown(rows: pd.DataFrame, told: dict[str, prefecture_values.Values]) -> pd.DataFrame:
    """The row of those who came from nobody knows where, if there are any."""
    if not told["at_as_of"].unknown:
        return rows.iloc[:0]
    row = rows.iloc[[0]].assign(jis_code=None, name=None, role=None, partners="", projects=0, chosen=False)
    row = row.assign(value=float(told["value"].unknown or 0), at_as_of=float(told["at_as_of"].unknown), office_lat=float("nan"))
    row = row.assign(office_lon=float("nan"), class_low=float("nan"), class_high=float("nan"))
    row["class"] = None
    end = told["at_as_of"].table
    return row.assign(basis=weakest(end["basis"]), source_id=joined(end["source_id"]))
