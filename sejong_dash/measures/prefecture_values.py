"""How much of a measure falls to each prefecture at the end of a day?"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from ..basis import joined, weakest
from . import counts, prefecture_pace
from .classes import Classes, diverging, quantile
from .season import Season

BY_DAY = ("visitors", "gap", "per_100k")  # what grows from day to day
_PEOPLE = 100_000


@dataclass(frozen=True)
class Values:
    """`table` (index jis_code): value (missing: cannot be said), basis, source_id. `unknown`: visitors whose prefecture nobody
    wrote down, for counts."""

    table: pd.DataFrame
    unknown: int | None = None


def step(measure: str) -> float:
    """Between two values that are told apart: a visitor, a tenth of one in 100,000."""
    return 0.1 if measure == "per_100k" else 1.0


def classes(measure: str, values: pd.Series) -> Classes:
    """The classes of a measure; a gap spreads from zero, all others climb."""
    return diverging(values.dropna()) if measure == "gap" else quantile(values.dropna(), step=step(measure))


def values(measure: str, day: date, now: Season, parts: pd.DataFrame | None, places: pd.DataFrame) -> Values:
    """`now` is the season of all of Japan, `parts` the goal's (as `goal.by_prefecture`, None without one), `places` the
    prefectures. What became known after as-of stays out of `now`; what came after `day` is left out here."""
    codes = pd.Index(places["jis_code"])
    if measure == "goal":
        return Values(_missing(codes) if parts is None else parts.set_index("jis_code").rename(columns={"goal": "value"}))
    past = now.known[now.known["date"] <= pd.Timestamp(day)]
    came = counts.by(past, now.days, "jis_code")
    if came.empty:
        return Values(_missing(codes))
    unknown = int(came.loc[came["jis_code"].isna(), "visitors"].sum())
    own = came.dropna(subset="jis_code").set_index("jis_code").reindex(codes)
    table = pd.DataFrame(
        {  # days were counted: from a prefecture without a row came nobody
            "value": own["visitors"].fillna(0).astype("float64"),
            "basis": own["basis"].fillna(weakest(came["basis"])),
            "source_id": own["source_id"].fillna(joined(came["source_id"])),
        }
    )
    if measure == "per_100k":
        people = places.set_index("jis_code")[["population_2020", "source_id"]]
        rate = (_PEOPLE * table["value"] / people["population_2020"]).round(1)
        return Values(table.assign(value=rate, source_id=_both(table["source_id"], people["source_id"])))
    if measure == "gap":
        if parts is None or now.curve is None:
            return Values(_missing(codes))
        asked = prefecture_pace.by_as_of(prefecture_pace.asked(now.curve, now.by_day), day)
        share = parts.set_index("jis_code").reindex(codes)
        due = prefecture_pace.due(asked, share["goal"])
        said = zip(table["basis"], share["basis"], strict=True)
        basis = pd.Series([weakest([*pair, now.weights_basis]) for pair in said], index=codes)
        source = _both(table["source_id"], share["source_id"], pd.Series(now.weights_source, index=codes))
        return Values(table.assign(value=table["value"] - due, basis=basis, source_id=source))
    return Values(table, unknown)


def rank(values: pd.Series) -> pd.Series:
    """1 for the most; equal values share the better place. Missing where there is no value."""
    return values.rank(ascending=False, method="min").astype("Int64")


def _missing(codes: pd.Index) -> pd.DataFrame:
    return pd.DataFrame({"value": float("nan"), "basis": None, "source_id": None}, index=codes)


def _both(*sources: pd.Series) -> pd.Series:
    index = sources[0].index
    return pd.Series([joined(one) for one in zip(*(s.reindex(index) for s in sources), strict=True)], index=index)
