"""Makes the caption of a chart: unit, basis, sources, as-of, plan.

Made once for a drawing and used by the screen and by every export, so that they cannot differ. A renderer takes its parts from
`parts` or `lines` and only sets them.
"""

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from sejong_dash import basis
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.datasets.schema import last_good
from sejong_dash.errors import TableError
from sejong_dash.measures import plan
from sejong_dash.store import missing_counts, snapshots
from sejong_dash.words import Words

from . import gone_counts, narrowing

PARTS = ("unit", "basis_name", "sources", "stamp", "plan", "state")
"""The parts of a caption in their order: entries of the chart's words."""
_WITHOUT_LABEL = ("stamp", "state")  # sentences that need none


def parts(words: Words, names: Iterable[str] = PARTS) -> dict[str, str]:
    """Return those of these parts that are not blank, by name. `words` hold the entries of `caption`."""
    return {name: words(name) for name in names if words.has(name) and words(name)}


def labelled(name: str, text: str, words: Words) -> str:
    """Return a part of a caption behind its label: `Unit: visitors`."""
    return words("colon", name=words(f"caption_label.{name}"), value=text)


def lines(words: Words, names: Iterable[str] = PARTS) -> Mapping[str, str]:
    """Return `parts` as a reader meets them below a chart: behind their labels, but for what needs none."""
    shown = parts(words, names).items()
    return {name: text if name in _WITHOUT_LABEL else labelled(name, text, words) for name, text in shown}


def caption(table: pd.DataFrame, choices: Choices, words: Words, tables: Tables) -> dict[str, str]:
    """Return the entries of a caption: basis, basis_name, sources, stamp, sample, plan, state; and unit where it names a goal."""
    weakest, ids = basis.named(table)
    return {
        "basis": weakest,
        "basis_name": words(f"basis.{weakest}"),
        "sources": words("dots").join([_lines(ids, words, tables), *([words("credit")] if words.has("credit") else [])]),
        "stamp": stamp(choices, words),
        "sample": words("caption.sample") if weakest == "sample" else "",
        **plan_line(choices, words, tables),
        **_unit_with_goal(table, words),
    }


def _unit_with_goal(table: pd.DataFrame, words: Words) -> dict[str, str]:
    """Return the unit with the goal in it, for a chart of visitors against a goal that is reported as so many or more."""
    if "goal_bound" not in table or table["goal_bound"].isna().all() or not words.has("unit"):
        return {}
    goal = words.goal(table["goal"].iloc[0], table["goal_bound"].iloc[0])
    return {"unit": words("caption.goal", unit=words("unit"), goal=goal)}


def stamp(choices: Choices, words: Words) -> str:
    """Return the as-of date; of a frozen version its name and when it was frozen; and that real counts are gone, if they are."""
    parts = [words("caption.as_of", date=words.date(choices.as_of))]
    parts += narrowing.names(choices, words)
    parts += [frozen_line(choices, words)] if choices.data else []
    found = None if choices.sample else missing_counts.find_unshown(choices.data)
    parts += [gone_counts.stamp(found, words.lang)] if found else []
    kept = None if choices.sample or choices.data else last_good.trouble("visitors.csv")
    parts += [words("kept.stamp", date=words.date(kept.good_at.date()))] if kept and kept.good_at else []
    return words("dots").join(parts)


def frozen_line(choices: Choices, words: Words) -> str:
    """Return the name of the frozen version and when it was frozen."""
    at = snapshots.created_at(choices.data)
    return words("frozen.stamp", version=choices.data, date=words.date(at.date()), time=f"{at:%H:%M}")


def source_line(source_id: str, words: Words, tables: Tables) -> str:
    """Return publisher, title and date of each source in `a;b`, a cell of source_id; a source that is not in the table is
    named by its id. Where the table has the title in the reader's language, the original stands in brackets behind it."""
    return _lines(basis.sources([source_id]), words, tables)


def source_lines(ids: Iterable[str], words: Words, tables: Tables) -> dict[str, str]:
    """Return `source_line` of each cell of source_id, by the cell."""
    return {source_id: source_line(source_id, words, tables) for source_id in ids}


def _lines(ids: Iterable[str], words: Words, tables: Tables) -> str:
    try:
        known = tables.sources().set_index("source_id")
    except TableError:
        known = pd.DataFrame()  # the cards of sources say what is wrong with the table
    return words("dots").join(_source(known, source_id, words) for source_id in ids)


def _source(known: pd.DataFrame, source_id: str, words: Words) -> str:
    if words.has(f"source.{source_id}"):
        return words(f"source.{source_id}")
    if source_id not in known.index:
        return source_id
    row = known.loc[source_id]
    text = str(row[f"publisher_{words.lang}"])
    if pd.notna(row["title"]):
        own = row.get(f"title_{words.lang}")
        key = "source_titled" if own is None or pd.isna(own) else "source_translated"
        text = words(key, publisher=text, title=own if key == "source_translated" else row["title"], original=row["title"])
    if pd.notna(row["published_on"]):
        text = words("source_dated", source=text, date=words.date(row["published_on"], row["precision"]))
    return text


def plan_line(choices: Choices, words: Words, tables: Tables) -> dict[str, str]:
    """Return `plan`, its name with its dates, and `state`, what was decided since, as far as known at as-of."""
    try:
        table = tables.plans()
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
