"""What takes place in each of the 47 prefectures, for whoever reads rather than looks?"""

import pandas as pd

from .. import basis
from .. import words as wording
from ..choices import Choices
from ..datasets import prefectures, programme
from ..measures import partners
from ..words import Words
from . import Card

WIDTH = "17rem"
# The eight regions in which the prefectures are taught in Japan: the last code of each.
_REGIONS = {"hokkaido": "01", "tohoku": "07", "kanto": "14", "chubu": "23", "kinki": "30", "chugoku": "35", "shikoku": "39", "kyushu": "47"}


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
        told += [
            Card(title=words("projects", count=words.number(row.projects)), value=row.name, text=row.partners, group=group,
                 basis=row.basis, source_id=row.source_id)
            for row in some.itertuples(index=False)
        ]  # fmt: skip
    rest = table[table["role"] == "none"]
    if len(rest):
        told.append(
            Card(title=words("role.none"), value=rest["name"].iloc[0] if len(rest) == 1 else words("rest", count=words.number(len(rest))),
                 facts=_by_region(rest, words) if len(rest) > 1 else (), group=words("group_none"), basis=basis.weakest(rest["basis"]),
                 source_id=basis.joined(rest["source_id"]))
        )  # fmt: skip
    return told


def message(table: pd.DataFrame, words: Words) -> str:
    if len(table) == 1:
        row = table.iloc[0]
        return words("message_one", name=row["name"], role=words(f"role.{row['role']}"), projects=words.number(row["projects"]))
    number = {role: words.number(count) for role, count in table["role"].value_counts().items()}
    return words("message", **{role: number.get(role, "0") for role in ("garden", "partner", "none")})


def _by_region(rest: pd.DataFrame, words: Words) -> tuple[tuple[str, str], ...]:
    found = []
    first = "00"
    for region, last in _REGIONS.items():
        names = rest.loc[(rest["jis_code"] > first) & (rest["jis_code"] <= last), "name"]
        if len(names):
            found.append((words(f"region.{region}"), words("comma").join(names)))
        first = last
    return tuple(found)
