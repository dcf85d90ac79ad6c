"""How do counts stand in the tables of the desk: in the reader's words, and as text that is read again?"""

from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Any

import pandas as pd
import streamlit as st

from .. import intake
from .. import words as wording
from ..datasets import prefectures
from ..exports import csv
from ..intake import Intake
from ..words import Words

COLUMNS = intake.COLUMNS  # date, prefecture, channel, visitors: what a reader types


def words(lang: str) -> Words:
    """The names of columns and what is said in several parts of the desk."""
    return wording.of(__file__, lang)


@lru_cache(maxsize=8)
def places(lang: str) -> dict[str, str]:
    """Names of prefectures by code; blank for one that is not known."""
    table = prefectures.load()
    return dict(zip(table["jis_code"], table[f"name_{lang}"], strict=True)) | {"": words(lang)("unknown")}


def offered(lang: str) -> tuple[list[str], list[str]]:
    """The prefectures and the channels from which a sheet lets its writer choose."""
    return list(places(lang).values()), [words(lang)(f"channel.{one}") for one in ("individual", "group", "exchange")]


def channel(code: str, said: Words) -> str:
    """A channel as its readers call it; one that has no word is called what it is called."""
    return said(f"channel.{code}") if said.has(f"channel.{code}") else code


def readable(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Rows with date, jis_code and channel as the reader's date, prefecture and channel; other columns as they are."""
    said, names = words(lang), places(lang)
    told = rows.assign(
        date=rows["date"].dt.strftime("%Y-%m-%d"),
        prefecture=rows["jis_code"].fillna("").map(lambda code: names.get(code, code)).astype("str"),
        channel=rows["channel"].fillna("").map(lambda code: channel(code, said)).astype("str"),
    ).drop(columns="jis_code")
    first = ["date", "prefecture", "channel"]
    return told[[*first, *(name for name in told.columns if name not in first)]]


def typed(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Rows as the text that somebody would type for them."""
    told = readable(rows[["date", "jis_code", "channel", "visitors"]], lang)
    return told.assign(visitors=told["visitors"].astype("str"))[list(COLUMNS)].astype("str")


def again(lines: Iterable[tuple[int, list[str]]], filename: str) -> Intake:
    """Read rows of text once more, each at its line (from 2 on), so that what is wrong is told where the reader sees it."""
    rows: dict[int, list[str]] = {}
    for line, cells in lines:
        if line in rows or line < 2:  # a table with days across has many rows in one line: they are numbered anew
            return again(enumerate([one[1] for one in lines], start=2), filename)
        rows[line] = cells
    last = max(rows, default=1)
    sheet = [list(COLUMNS), *(rows.get(line, [""] * len(COLUMNS)) for line in range(2, last + 1))]
    return intake.read(csv.lines(sheet), filename, "visitors")


def config(said: Words, names: Iterable[str], **more: object) -> dict[str, Any]:
    """What the columns are called; `more` are settings of single ones."""
    numbers = {"visitors", "before", "after", "theirs", "mine", "difference", "japan", "elsewhere"}
    called = {name: said(f"columns.{name}") for name in names}
    number = partial(st.column_config.NumberColumn, format="localized")
    return {name: (number if name in numbers else st.column_config.Column)(label) for name, label in called.items()} | more


def show(table: pd.DataFrame, said: Words, key: str, most: int = 200) -> None:
    """The first rows of a table under the reader's column names, and how many more there are."""
    part = table.head(most).reset_index(drop=True)
    high = min(36 * (len(part) + 1) + 2, 360)
    st.dataframe(
        part, hide_index=True, height=high, key=key, column_config=config(said, part.columns), alt=said("table"), placeholder=""
    )
    if len(table) > most:
        st.caption(said("more", shown=said.number(most), count=said.number(len(table))))
