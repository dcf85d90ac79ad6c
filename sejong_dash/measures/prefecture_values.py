"""Compute the value of a map's measure for each prefecture at the end of a day."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from sejong_dash.basis import joined, weakest

from .classes import Classes, diverging, quantile
from .season import counts_as_of, prefecture_pace
from .season.season import Season

BY_DAY = ("visitors", "gap", "per_100k")  # what grows from day to day
_PEOPLE = 100_000


@dataclass(frozen=True)
class Values:
    """Values of a measure: `table` (index jis_code) has value (missing: not known), basis, source_id.

    `unknown` counts the visitors whose prefecture is not known, for the measure `visitors` alone.
    """

    table: pd.DataFrame
    unknown: int | None = None


def step(measure: str) -> float:
    """Return the smallest difference between two values: a visitor, or 0.1 visitors per 100,000 people."""
    return 0.1 if measure == "per_100k" else 1.0


def classes(measure: str, values: pd.Series) -> Classes:
    """Return the classes of a measure: diverging for a gap, ascending for all others."""
    return diverging(values.dropna()) if measure == "gap" else quantile(values.dropna(), step=step(measure))


def values(measure: str, day: date, now: Season, parts: pd.DataFrame | None, places: pd.DataFrame) -> Values:
    """Return a measure (one of BY_DAY, or goal) for each prefecture at the end of `day`; all missing where it is not known.

    `now` is the season of all of Japan, which holds what was known at as-of; `parts` is the split goal (as
    `goal.by_prefecture`, None without one), `places` the prefectures (jis_code, population_2020, source_id). visitors and goal
    are in visitors, gap is visitors minus those due, per_100k visitors per 100,000 people.
    """
    codes = pd.Index(places["jis_code"])
    if measure == "goal":
        return Values(_missing(codes) if parts is None else parts.set_index("jis_code").rename(columns={"goal": "value"}))
    past = now.known[now.known["date"] <= pd.Timestamp(day)]
    came = counts_as_of.by(past, now.days, "jis_code")
    if came.empty:
        return Values(_missing(codes))
    unknown = int(came.loc[came["jis_code"].isna(), "visitors"].sum())
    own = came.dropna(subset="jis_code").set_index("jis_code").reindex(codes)
    table = pd.DataFrame(
        {  # a prefecture without a row on days that were counted in full has no visitors
            "value": own["visitors"].astype("float64").fillna(zeros(now, day).reindex(codes)),
            "basis": own["basis"].fillna(weakest(came["basis"])),
            "source_id": own["source_id"].fillna(joined(came["source_id"])),
        }
    )
    if measure == "per_100k":
        people = places.set_index("jis_code")[["population_2020", "source_id"]]
        rate = (_PEOPLE * table["value"] / people["population_2020"]).round(1)
        return Values(table.assign(value=rate, source_id=_both(table["source_id"], people["source_id"])))
    if measure == "gap":
        if parts is None or now.due_by_place is None or now.pace.is_withheld:
            return Values(_missing(codes))
        share = parts.set_index("jis_code").reindex(codes)
        due = prefecture_pace.at(now.due_by_place, day).reindex(codes)
        pairs = zip(table["basis"], share["basis"], strict=True)
        basis = pd.Series([weakest([*pair, now.weights_basis]) for pair in pairs], index=codes)
        source = _both(table["source_id"], share["source_id"], pd.Series(now.weights_source, index=codes))
        return Values(table.assign(value=table["value"] - due, basis=basis, source_id=source))
    return Values(table, unknown)


def zeros(now: Season, day: date, alone: date | None = None) -> pd.Series:
    """Return 0 for each prefecture that was counted on some day up to `day`, with or without rows of its own, else missing.

    With `alone`, for each that was counted on that day. The index is jis_code.
    """
    shares = now.coverage.shares
    within = shares.index <= pd.Timestamp(day) if alone is None else shares.index == pd.Timestamp(alone)
    known = (shares[within] > 0).any()
    return known.map({True: 0.0, False: float("nan")}).astype("float64")


def rank(values: pd.Series) -> pd.Series:
    """Return ranks, 1 for the largest value; equal values share the better rank, and missing values have none."""
    return values.rank(ascending=False, method="min").astype("Int64")


def _missing(codes: pd.Index) -> pd.DataFrame:
    return pd.DataFrame({"value": float("nan"), "basis": None, "source_id": None}, index=codes)


def _both(*sources: pd.Series) -> pd.Series:
    index = sources[0].index
    return pd.Series([joined(cells) for cells in zip(*(s.reindex(index) for s in sources), strict=True)], index=index)
