"""Makes the caption of a chart: unit, basis, sources, as-of, plan.

Made once for a drawing and used by the screen and by every export, so that they cannot differ. A renderer takes its parts from
`parts` or `lines` and only sets them.
"""

from collections.abc import Callable, Iterable, Mapping
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
# A source in full, without its original title where there is one in the reader's language, and by publisher and date alone.
_FORMS = ("sources", "sources_titled", "sources_brief")


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
    """Return the entries of a caption: basis, basis_name, sources, stamp, sample, plan, state; and unit where it names a goal.

    `sources_titled` and `sources_brief` are the same sources where there is less room (see `with_short_sources`).
    """
    weakest, ids = basis.named(table)
    credit = [words("credit")] if words.has("credit") else []
    sources = {form: words("dots").join([_lines(ids, words, tables, form), *credit]) for form in _FORMS}
    return {
        "basis": weakest,
        "basis_name": words(f"basis.{weakest}"),
        **sources,
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


def with_short_sources(words: Words, fits: Callable[[Words], bool] = lambda words: True) -> Words:
    """Return a caption's words with its sources for a slide or a picture: titles in the reader's language alone, and publisher
    and date alone where `fits` says that these are too long."""
    short = [words.with_entries(sources=words(form)) for form in _FORMS[1:] if words.has(form)]
    return next((form for form in short if fits(form)), short[-1] if short else words)


def source_line(source_id: str, words: Words, tables: Tables) -> str:
    """Return publisher, title and date of each source in `a;b`, a cell of source_id; a source that is not in the table is
    named by its id. Where the table has the title in the reader's language, the original stands in brackets behind it."""
    return _lines(basis.sources([source_id]), words, tables, "sources")


def source_lines(ids: Iterable[str], words: Words, tables: Tables) -> dict[str, str]:
    """Return `source_line` of each cell of source_id, by the cell."""
    return {source_id: source_line(source_id, words, tables) for source_id in ids}


def brief_source_lines(ids: Iterable[str], words: Words, tables: Tables) -> dict[str, str]:
    """Return publisher and date of the sources of each cell of source_id, by the cell."""
    return {source_id: _lines(basis.sources([source_id]), words, tables, "sources_brief") for source_id in ids}


def _lines(ids: Iterable[str], words: Words, tables: Tables, form: str) -> str:
    try:
        known = tables.sources().set_index("source_id")
    except TableError:
        known = pd.DataFrame()  # the cards of sources say what is wrong with the table
    return words("dots").join(dict.fromkeys(_source(known, source_id, words, form) for source_id in ids))


def _source(known: pd.DataFrame, source_id: str, words: Words, form: str) -> str:
    if words.has(f"source.{source_id}"):
        return words(f"source.{source_id}")
    if source_id not in known.index:
        return source_id
    row = known.loc[source_id]
    text = str(row[f"publisher_{words.lang}"])
    if pd.notna(row["title"]) and form != "sources_brief":
        own = row.get(f"title_{words.lang}")
        is_translated = own is not None and pd.notna(own)
        key = "source_translated" if is_translated and form == "sources" else "source_titled"
        text = words(key, publisher=text, title=own if is_translated else row["title"], original=row["title"])
    if pd.notna(row["published_on"]):
        key = "source_brief" if form == "sources_brief" else "source_dated"
        text = words(key, source=text, date=words.date(row["published_on"], row["precision"]))
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
    return {"plan": words.dated(title, dates), "state": state}


def _day(value: pd.Timestamp) -> date | None:
    return None if pd.isna(value) else value.date()
