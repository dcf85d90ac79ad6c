"""What is there to tell a partner about one prefecture: its part in the expo, its visitors, its rank and its neighbours'?"""

from dataclasses import replace

import pandas as pd

from .. import words as wording
from ..basis import joined, weakest
from ..choices import Choices
from ..datasets import day_weights, goals, plans, prefectures, programme, shapes, visitors
from ..measures import goal, partners, prefecture_values
from ..measures.neighbours import neighbours
from ..measures.season import season
from ..words import Words
from . import Card

WIDTH = "14rem"
_MEASURES = ("visitors", "goal", "gap", "per_100k")


def table(choices: Choices) -> pd.DataFrame:
    """The chosen prefecture, then its neighbours: jis_code, name, role, partners, projects, population_2020, part_basis,
    part_source_id (of what it is in the expo), chosen, and of each measure its figure and its rank among all (1: the most);
    blank where it cannot be said. basis, source_id.

    A neighbour shares a border; of an island the two nearest stand there."""
    own = prefectures.load()
    if choices.prefecture is None or choices.prefecture not in set(own["jis_code"]):
        return pd.DataFrame()
    rows = partners.by_prefecture(own, programme.load(), choices.lang, wording.shared(choices.lang)("comma"))
    rows = rows.set_index("jis_code").join(own.set_index("jis_code")["population_2020"])
    rows = rows.assign(part_basis=rows["basis"], part_source_id=rows["source_id"])
    japan = replace(choices, prefecture=None)
    now = season(japan, plans.load(), goals.load(), own, visitors.load(choices.sample), day_weights.load())
    parts = goal.by_prefecture(goals.load(), choices.plan, own)
    for measure in _MEASURES:
        told = prefecture_values.values(measure, choices.as_of, now, parts, own).table.reindex(rows.index)
        rows[measure], rows[f"{measure}_rank"] = told["value"].astype("Float64"), prefecture_values.rank(told["value"])
        said = told["value"].notna()
        for column, together in (("basis", weakest), ("source_id", joined)):
            both = zip(rows[column], told[column].where(said), strict=True)
            rows[column] = [together(pair) for pair in both]
    rows["share_pct"] = (100 * rows["visitors"] / rows["goal"].where(rows["goal"] > 0)).round(2)
    rows["chosen"] = rows.index == choices.prefecture
    beside = neighbours(shapes.load("japan_prefectures")["features"], own, choices.prefecture)
    figures = [name for measure in _MEASURES for name in (measure, f"{measure}_rank")]
    columns = ["name", "role", "partners", "projects", "population_2020", "part_basis", "part_source_id", "chosen"]
    columns += [*figures, "share_pct", "basis", "source_id"]
    return rows.loc[[choices.prefecture, *beside], columns].reset_index()


def tell(table: pd.DataFrame, words: Words) -> list[Card]:
    """What it is in the expo, how many came, where it stands, and where its neighbours stand."""
    own = table[table["chosen"]].iloc[0]
    told = [_part(own, words)]
    if pd.notna(own["visitors"]) or pd.notna(own["goal"]):
        told += [_visitors(own, words), _ranks(own, words)]
        told.append(_neighbours(table, words))
    return told


def _part(own: pd.Series, words: Words) -> Card:
    facts = [(words("columns.partners"), own["partners"])] if own["partners"] else []
    facts.append((words("columns.projects"), words.number(own["projects"])))
    facts.append((words("columns.population_2020"), words("amount.people", value=words.number(own["population_2020"]))))
    role = words(f"role.{own['role']}")
    said = {"basis": own["part_basis"], "source_id": own["part_source_id"]}
    return Card(title=words("part"), value=own["name"], text=role, facts=tuple(facts), **said)


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
    said = {"basis": own["basis"], "source_id": own["source_id"]}
    return Card(title=words("visitors"), value=value, facts=tuple(facts), tone=tone, **said)


def _ranks(own: pd.Series, words: Words) -> Card:
    known = [one for one in _MEASURES if pd.notna(own[f"{one}_rank"])]
    facts = tuple((words(f"measure.{one}"), words("rank", rank=words.number(own[f"{one}_rank"]))) for one in known)
    said = {"basis": own["basis"], "source_id": own["source_id"]}
    return Card(title=words(f"measure.{known[0]}"), value=words("rank_of", rank=facts[0][1]), facts=facts, **said)


def _neighbours(table: pd.DataFrame, words: Words) -> Card:
    """By rank, the chosen one among them."""
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
    own = table[table["chosen"]].iloc[0]
    said = words("message", name=own["name"], role=words(f"role.{own['role']}"), projects=words.number(own["projects"]))
    if pd.notna(own["visitors"]):
        rank = words("rank", rank=words.number(own["visitors_rank"]))
        said = words("message_counted", first=said, value=_people(own["visitors"], words), rank=rank)
    return said
