"""What stands below every chart: unit, basis, sources, as-of, plan?

Made once for a drawing and used by the screen and by every export, so that they cannot differ.
"""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from .. import basis
from ..choices import Choices
from ..datasets import plans, sources
from ..errors import TableError
from ..measures import plan
from ..store import frozen
from ..words import Words


def caption(table: pd.DataFrame, choices: Choices, words: Words) -> dict[str, str]:
    """The entries that `words` lacks for one drawing: basis, basis_name, sources, stamp, plan, state, sample."""
    weakest, ids = basis.named(table)
    return {
        "basis": weakest,
        "basis_name": words(f"basis.{weakest}"),
        "sources": words("join").join([_lines(ids, words), *([words("credit")] if words.has("credit") else [])]),
        "stamp": stamp(choices, words),
        "sample": words("caption.sample") if weakest == "sample" else "",
        **plan_line(choices, words),
    }


def stamp(choices: Choices, words: Words) -> str:
    """As-of, and of a frozen version its name and when it was frozen."""
    said = words("caption.as_of", date=words.date(choices.as_of))
    return words("dots").join([said, frozen_line(choices, words)]) if choices.data else said


def frozen_line(choices: Choices, words: Words) -> str:
    at = frozen.frozen_at(choices.data)
    return words("frozen.stamp", version=choices.data, date=words.date(at.date()), time=f"{at:%H:%M}")


def source_line(source_id: str, words: Words) -> str:
    """What `a;b` in a column source_id stands for: publisher, title and date of each; one that is not in the table is named
    by its id."""
    return _lines(basis.sources([source_id]), words)


def _lines(ids: Iterable[str], words: Words) -> str:
    try:
        known = sources.load().set_index("source_id")
    except TableError:
        known = pd.DataFrame()  # whoever shows the table of sources tells what is wrong with it
    return words("join").join(_source(known, one, words) for one in ids)


def _source(known: pd.DataFrame, source_id: str, words: Words) -> str:
    if words.has(f"source.{source_id}"):
        return words(f"source.{source_id}")
    if source_id not in known.index:
        return source_id
    row = known.loc[source_id]
    said = str(row[f"publisher_{words.lang}"])
    if pd.notna(row["title"]):
        said = words("source_titled", publisher=said, title=row["title"])
    if pd.notna(row["published_on"]):
        said = words("source_dated", source=said, date=words.date(row["published_on"], row["precision"]))
    return said


def plan_line(choices: Choices, words: Words) -> dict[str, str]:
    """The plan's name with its dates, and what was decided since, as far as known at as-of."""
    try:
        table = plans.load()
        row = plan.chosen(table, choices.plan)
    except (TableError, KeyError):
        return {"plan": choices.plan, "state": ""}
    dates = words.span(_day(row["opens_on"]), _day(row["closes_on"]), row["dates_precision"])
    title = row[f"title_{words.lang}"]
    since = plan.later(table, choices.plan, choices.as_of)
    state = ""
    if len(since):
        last = since.iloc[-1]
        decided = words.date(last["decided_on"], last["decided_precision"])
        state = words("caption.state", state=words(f"state.{last['state']}"), date=decided)
    return {"plan": words("plan_dated", title=title, dates=dates) if dates else str(title), "state": state}


def _day(value: pd.Timestamp) -> date | None:
    return None if pd.isna(value) else value.date()
