"""What takes place in each of the 47 prefectures, for whoever reads rather than looks?"""

from collections.abc import Iterator

import pandas as pd

from .. import basis
from .. import words as wording
from ..choices import Choices
from ..datasets import prefectures, programme
from ..measures import partners
from ..words import Words
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


def table(choices: Choices) -> pd.DataFrame:
    """One row for each prefecture, or the chosen one alone: jis_code, name, role, population_2020, partners, projects, basis,
    source_id."""
    own = prefectures.load()
    rows = partners.by_prefecture(own, programme.load(), choices.lang, wording.shared(choices.lang)("comma"))
    rows = rows.join(own.set_index("jis_code")["population_2020"], on="jis_code")
    if choices.prefecture:
        rows = rows[rows["jis_code"] == choices.prefecture]
    columns = ["jis_code", "name", "role", "population_2020", "partners", "projects", "basis", "source_id"]
    return rows[columns].reset_index(drop=True)


def tell(table: pd.DataFrame, words: Words) -> list[Card]:
    """A card for each prefecture that takes part, and one for all the others, by region."""
    told = []
    for role in ("garden", "partner"):
        some = table[table["role"] == role]
        group = words(f"group_{role}", count=words.number(len(some)))
        told += [_card(row, group, words) for _, row in some.iterrows()]
    rest = table[table["role"] == "none"]
    if len(rest) == 1:
        told.append(_card(rest.iloc[0], words("group_none"), words))
    elif len(rest):
        told.append(_others(rest, words))
    return told


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
