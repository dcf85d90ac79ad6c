"""Show the profile of a prefecture: its part in the expo, its visitors, its ranks, its neighbours."""

from dataclasses import replace

import pandas as pd

from sejong_dash import words as wording
from sejong_dash.basis import joined, weakest
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import goal, partners, prefecture_values
from sejong_dash.measures.neighbours import neighbours
from sejong_dash.measures.season.season import season_of
from sejong_dash.words import Words

from . import Card

WIDTH = "14rem"
_CENSUS = "census-2020"  # in the sources, of the population
_MEASURES = ("visitors", "goal", "gap", "per_100k")


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return a row for the chosen prefecture, then one for each neighbour; none without a chosen prefecture.

    Columns: jis_code, name, role, partners, projects, population_2020, part_basis, part_source_id (of its part in the expo),
    chosen, each measure and its rank among all (1: the most; both blank where not known), share_pct, basis, source_id.

    A neighbour shares a border; an island has the two nearest prefectures.
    """
    own = tables.prefectures()
    if choices.prefecture is None or choices.prefecture not in set(own["jis_code"]):
        return pd.DataFrame()
    rows = partners.by_prefecture(own, tables.programme(), choices.lang, wording.shared(choices.lang)("comma"))
    rows = rows.set_index("jis_code").join(own.set_index("jis_code")["population_2020"])
    rows = rows.assign(part_basis=rows["basis"], part_source_id=rows["source_id"])
    japan = replace(choices, prefecture=None)
    now = season_of(tables, japan)
    parts = goal.by_prefecture(tables.goals(), choices.plan, own)
    for measure in _MEASURES:
        found = prefecture_values.values(measure, choices.as_of, now, parts, own).table.reindex(rows.index)
        rows[measure], rows[f"{measure}_rank"] = found["value"].astype("Float64"), prefecture_values.rank(found["value"])
        is_known = found["value"].notna()
        for column, combine in (("basis", weakest), ("source_id", joined)):
            pairs = zip(found[column].where(is_known), rows[column], strict=True)  # of the figure first
            rows[column] = [combine(pair) for pair in pairs]
    rows["share_pct"] = (100 * rows["visitors"] / rows["goal"].where(rows["goal"] > 0)).round(2)
    rows["chosen"] = rows.index == choices.prefecture
    codes = [choices.prefecture, *neighbours(tables.shapes("japan_prefectures")["features"], own, choices.prefecture)]
    figures = [name for measure in _MEASURES for name in (measure, f"{measure}_rank")]
    columns = ["name", "role", "partners", "projects", "population_2020", "part_basis", "part_source_id", "chosen"]
    columns += [*figures, "share_pct", "basis", "source_id"]
    return rows.loc[codes, columns].reset_index()


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return its part in the expo and, where counts or a goal are known, its visitors, its ranks and its neighbours."""
    own = table[table["chosen"]].iloc[0]
    shown = [_part(own, words)]
    if pd.notna(own["visitors"]) or pd.notna(own["goal"]):
        shown += [_visitors(own, words), _ranks(own, words), _neighbours(table, words)]
    return shown


def _part(own: pd.Series, words: Words) -> Card:
    facts = [(words("columns.partners"), own["partners"])] if own["partners"] else []
    facts.append((words("projects"), words("projects_counted", count=words.number(own["projects"]))))
    facts.append((words("population"), words("amount.people", value=words.number(own["population_2020"]))))
    role = words(f"role.{own['role']}")
    # the population is no part of what was reported, and says itself that it is a general fact
    origin = {"basis": own["part_basis"], "source_id": joined([own["part_source_id"], _CENSUS])}
    return Card(title=words("part"), value=own["name"], text=role, facts=tuple(facts), **origin)


def _visitors(own: pd.Series, words: Words) -> Card:
    facts = [(words("goal_part"), _people(own["goal"], words))] if pd.notna(own["goal"]) else []
    if pd.notna(own["share_pct"]):
        facts.append((words("of_goal"), words.percent(own["share_pct"] / 100)))
    if pd.notna(own["gap"]):
        facts.append((words("against_plan"), words("amount.visitors", value=words.signed(own["gap"]))))
    if pd.notna(own["per_100k"]):
        facts.append((words("per_people"), words("amount.visitors", value=words.number(own["per_100k"], 1))))
    tone = "" if pd.isna(own["gap"]) else "missing" if own["gap"] < 0 else "done"
    value = _people(own["visitors"], words) if pd.notna(own["visitors"]) else words("not_counted")
    origin = {"basis": own["basis"], "source_id": own["source_id"]}
    return Card(title=words("visitors"), value=value, facts=tuple(facts), tone=tone, **origin)


def _ranks(own: pd.Series, words: Words) -> Card:
    known = [measure for measure in _MEASURES if pd.notna(own[f"{measure}_rank"])]
    facts = tuple((words(f"measure.{measure}"), words("rank", rank=words.number(own[f"{measure}_rank"]))) for measure in known)
    origin = {"basis": own["basis"], "source_id": own["source_id"]}
    return Card(title=words("ranks"), facts=facts, **origin)


def _neighbours(table: pd.DataFrame, words: Words) -> Card:
    """Return the neighbours by rank, the chosen prefecture among them."""
    by = "visitors" if table["visitors"].notna().any() else "goal"
    facts = tuple(
        (row.name, words("rank_with", rank=words("rank", rank=words.number(row.rank)), value=_people(row.figure, words)))
        for row in table.assign(rank=table[f"{by}_rank"], figure=table[by]).sort_values("rank").itertuples(index=False)
    )
    title = words("neighbours", measure=words(f"measure.{by}"))
    return Card(title=title, facts=facts, basis=weakest(table["basis"]), source_id=joined(table["source_id"]))


def _people(value: float, words: Words) -> str:
    return words("amount.visitors", value=words.number(value))


def message(table: pd.DataFrame, words: Words) -> str:
    """Return the part of the prefecture in the expo and, where it is counted, its visitors and rank."""
    own = table[table["chosen"]].iloc[0]
    text = words("message", name=own["name"], role=words(f"role.{own['role']}"), projects=words.number(own["projects"]))
    if pd.notna(own["visitors"]):
        rank = words("rank", rank=words.number(own["visitors_rank"]))
        text = words("message_counted", first=text, value=_people(own["visitors"], words), rank=rank)
    return text
