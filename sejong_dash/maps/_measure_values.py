"""Add to each prefecture its value at the end of a day and its class, by the classes of as-of."""

from dataclasses import replace

import pandas as pd

from sejong_dash.basis import joined, weakest
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import goal, prefecture_values
from sejong_dash.measures.season.season import season_of


def with_values(rows: pd.DataFrame, choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return `rows` (jis_code, day, basis, source_id) with value, at_as_of, class, class_low, class_high, and a row more for
    visitors of unknown prefecture where there are any; the chosen measure is that of `choices`.
    """
    japan, places = replace(choices, prefecture=None), tables.prefectures()
    now = season_of(tables, japan)
    parts = goal.by_prefecture(tables.goals(), choices.plan, places)
    days = {"value": rows["day"].iloc[0].date(), "at_as_of": choices.as_of}
    found = {name: prefecture_values.values(choices.measure, day, now, parts, places) for name, day in days.items()}
    end = found["at_as_of"].table
    for name, values in found.items():
        rows[name] = rows["jis_code"].map(values.table["value"])
    # before the first count the value is zero; without any count until as-of it is not known
    if choices.measure in prefecture_values.BY_DAY and end["value"].notna().any():
        rows["value"] = rows["value"].fillna(0.0)
    classes = prefecture_values.classes(choices.measure, rows["at_as_of"])
    numbers = [classes.number(value) for value in rows["value"]]
    bounds = [(float("nan"),) * 2 if number is None else classes.bounds(number) for number in numbers]
    rows = rows.assign(**{"class": [None if number is None else number + 1 for number in numbers]})
    rows["class_low"], rows["class_high"] = (list(side) for side in zip(*bounds, strict=True))
    rows["basis"] = [weakest(pair) for pair in zip(rows["basis"], rows["jis_code"].map(end["basis"]), strict=True)]
    rows["source_id"] = [joined(pair) for pair in zip(rows["jis_code"].map(end["source_id"]), rows["source_id"], strict=True)]
    return pd.concat([rows, _unknown_row(rows, found)], ignore_index=True)


def _unknown_row(rows: pd.DataFrame, found: dict[str, prefecture_values.Values]) -> pd.DataFrame:
    """Return the row of visitors of unknown prefecture; none where there are none."""
    if not found["at_as_of"].unknown:
        return rows.iloc[:0]
    row = rows.iloc[[0]].assign(jis_code=None, name=None, role=None, partners="", projects=0, chosen=False)
    row = row.assign(value=float(found["value"].unknown or 0), at_as_of=float(found["at_as_of"].unknown), office_lat=float("nan"))
    row = row.assign(office_lon=float("nan"), class_low=float("nan"), class_high=float("nan"))
    row["class"] = None
    end = found["at_as_of"].table
    return row.assign(basis=weakest(end["basis"]), source_id=joined(end["source_id"]))
