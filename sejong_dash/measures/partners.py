"""List the organisations that work with Sejong in each prefecture."""

import re

import pandas as pd

from sejong_dash import basis


def by_prefecture(prefectures: pd.DataFrame, programme: pd.DataFrame, lang: str, comma: str) -> pd.DataFrame:
    """Return one row for each prefecture: jis_code, name, role, partners, projects, basis, source_id.

    `partners` names each organisation once, in the programme's order, joined by `comma`; blank where there is none. `projects`
    counts the projects. Where there are projects, basis and sources are theirs, the basis weakened by that of their place (a
    seat may be general knowledge); elsewhere they are the prefecture's own. A project without a prefecture is left out.
    """
    rows = programme[programme["jis_code"].notna()]
    there = rows.groupby("jis_code")
    bases = pd.concat([rows[["jis_code", "basis"]], rows[["jis_code", "place_basis"]].set_axis(["jis_code", "basis"], axis=1)])
    found = pd.DataFrame(
        {
            "partners": there[f"partner_{lang}"].agg(lambda names: comma.join(dict.fromkeys(names))),
            "projects": there.size(),
            "basis": bases.groupby("jis_code")["basis"].agg(basis.weakest),
            "source_id": there["source_id"].agg(basis.joined),
        }
    ).reindex(prefectures["jis_code"])
    own = prefectures.set_index("jis_code")
    return pd.DataFrame(
        {
            "name": own[f"name_{lang}"],
            "role": own["role"],
            "partners": found["partners"].fillna(""),
            "projects": found["projects"].fillna(0).astype("int64"),
            "basis": found["basis"].fillna(own["basis"]),
            "source_id": found["source_id"].fillna(own["source_id"]),
        }
    ).reset_index()


def codes(programme: pd.DataFrame) -> pd.Series:
    """Return the code of each project's partner, the same in every language: Shizuoka Prefecture -> shizuoka-prefecture.

    A name without any Latin letter or digit gets the id of its first project.
    """
    slugs = programme["partner_en"].map(lambda name: re.sub("[^a-z0-9]+", "-", str(name).lower()).strip("-"))
    return slugs.mask(slugs == "", programme.groupby("partner_en")["project_id"].transform("first"))


def named(programme: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the name of every partner by its code, in the programme's order."""
    return dict(zip(codes(programme), programme[f"partner_{lang}"], strict=True))
