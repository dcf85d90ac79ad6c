"""Show what takes place in each of the 47 prefectures, in words for whoever does not use the map."""

from collections.abc import Iterator

import pandas as pd

from sejong_dash import basis
from sejong_dash import words as wording
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import partners
from sejong_dash.words import Words

from . import Card

WIDTH = "13rem"
# The eight regions in which the prefectures are taught in Japan: the last code of each.
_REGIONS = {
    "hokkaido": "01",
    "tohoku": "07",
    "kanto": "14",
    "chubu": "23",
    "kinki": "30",
    "chugoku": "35",
    "shikoku": "39",
    "kyushu": "47",
}


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each prefecture, or for the chosen one alone.

    Columns: jis_code, name, role, population_2020, partners, projects, basis, source_id.
    """
    own = tables.prefectures()
    rows = partners.by_prefecture(own, tables.programme(), choices.lang, wording.shared(choices.lang)("comma"))
    rows = rows.join(own.set_index("jis_code")["population_2020"], on="jis_code")
    if choices.prefecture:
        rows = rows[rows["jis_code"] == choices.prefecture]
    columns = ["jis_code", "name", "role", "population_2020", "partners", "projects", "basis", "source_id"]
    return rows[columns].reset_index(drop=True)


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for each prefecture that takes part, and one for all the others, by region."""
    shown = []
    for role in ("garden", "partner"):
        rows = table[table["role"] == role]
        group = words(f"group_{role}", count=words.number(len(rows)))
        shown += [_card(row, group, words) for _, row in rows.iterrows()]
    rest = table[table["role"] == "none"]
    if len(rest) == 1:
        shown.append(_card(rest.iloc[0], words("group_none"), words))
    elif len(rest):
        shown.append(_others(rest, words))
    return shown


def _card(row: pd.Series, group: str, words: Words) -> Card:
    facts = ((words("columns.partners"), row["partners"]),) if row["partners"] else ()
    projects = words("projects", count=words.number(row["projects"]))
    return Card(title=projects, value=row["name"], facts=facts, group=group, basis=row["basis"], source_id=row["source_id"])


def _others(rest: pd.DataFrame, words: Words) -> Card:
    number = words("rest", count=words.number(len(rest)))
    weakest, sources = basis.weakest(rest["basis"]), basis.joined(rest["source_id"])
    facts = tuple(_by_region(rest, words))
    return Card(title=words("role.none"), value=number, facts=facts, group=words("group_none"), basis=weakest, source_id=sources)


def message(table: pd.DataFrame, words: Words) -> str:
    """Return how many prefectures have each role, or the role of the only one."""
    if len(table) == 1:
        row = table.iloc[0]
        return words("message_one", name=row["name"], role=words(f"role.{row['role']}"), projects=words.number(row["projects"]))
    number = {role: words.number(count) for role, count in table["role"].value_counts().items()}
    return words("message", **{role: number.get(role, "0") for role in ("garden", "partner", "none")})


def _by_region(rest: pd.DataFrame, words: Words) -> Iterator[tuple[str, str]]:
    first = "00"
    for region, last in _REGIONS.items():
        names = rest.loc[(rest["jis_code"] > first) & (rest["jis_code"] <= last), "name"]
        if len(names):
            yield words(f"region.{region}"), words("comma").join(names)
        first = last
