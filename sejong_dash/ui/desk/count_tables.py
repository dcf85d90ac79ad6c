"""Show counts in the tables of the desk, in the reader's words, and read rows of text again."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any

import pandas as pd
import streamlit as st

from sejong_dash import intake
from sejong_dash import words as wording
from sejong_dash.datasets import snapshot
from sejong_dash.exhibits import narrowing
from sejong_dash.intake import Intake
from sejong_dash.words import Words

COLUMNS = intake.COLUMNS  # date, prefecture, channel, visitors: the columns that a reader types


def words(lang: str) -> Words:
    """Return the names of columns, and the texts that several parts of the desk share."""
    return wording.of(__file__, lang)


def prefecture_names(lang: str) -> dict[str, str]:
    """Return the names of prefectures by code; the blank code is that of visitors whose prefecture is not known."""
    table = snapshot().prefectures()
    return dict(zip(table["jis_code"], table[f"name_{lang}"], strict=True)) | {"": words(lang)("unknown")}


def menu_names(lang: str) -> tuple[list[str], list[str]]:
    """Return the names of prefectures, and those of channels, from which a sheet lets its writer choose."""
    return list(prefecture_names(lang).values()), [words(lang)(f"channel.{code}") for code in ("individual", "group", "exchange")]


def readable(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return rows with date, jis_code and channel as the reader's date, prefecture and channel; other columns as they are."""
    labels, names = words(lang), prefecture_names(lang)
    table = rows.assign(
        date=rows["date"].dt.strftime("%Y-%m-%d"),
        prefecture=rows["jis_code"].fillna("").map(lambda code: names.get(code, code)).astype("str"),
        channel=rows["channel"].fillna("").map(lambda code: narrowing.channel_name(code, labels)).astype("str"),
    ).drop(columns="jis_code")
    first = ["date", "prefecture", "channel"]
    return table[[*first, *(name for name in table.columns if name not in first)]]


def as_text(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return rows (date, jis_code, channel, visitors) as the text that somebody would type for them, under COLUMNS."""
    table = readable(rows[["date", "jis_code", "channel", "visitors"]], lang)
    return table.assign(visitors=table["visitors"].astype("str"))[list(COLUMNS)].astype("str")


def read_lines(lines: Sequence[tuple[int, list[str]]], filename: str, channels: Mapping[str, str] | None = None) -> Intake:
    """Read rows of text, each with its line (from 2 on), by which the reader sees what is wrong with it.

    `channels` are the answers on names of channels that nobody has used before.
    """
    rows = sorted(lines, key=itemgetter(0))
    numbers = {line for line, _ in rows}
    if len(numbers) < len(rows) or min(numbers, default=2) < 2:  # a table with days across has many rows in one line
        rows = [(line, cells) for line, (_, cells) in enumerate(lines, start=2)]
    return intake.read_rows(rows, filename, "visitors", channels=channels)


def column_config(labels: Words, names: Iterable[str], **more: object) -> dict[str, Any]:
    """Return the configuration of columns, with their names for readers; `more` replaces that of single columns."""
    numbers = {"visitors", "before", "after", "theirs", "mine", "japan", "elsewhere"}
    headings = {name: labels(f"columns.{name}") for name in names}
    number = partial(st.column_config.NumberColumn, format="localized")
    more = {"difference": st.column_config.TextColumn(headings.get("difference", ""), alignment="right")} | more
    return {name: (number if name in numbers else st.column_config.Column)(label) for name, label in headings.items()} | {
        name: column for name, column in more.items() if name in headings
    }


def show(table: pd.DataFrame, labels: Words, key: str, most: int = 200, height: int = 360) -> None:
    """Show the first rows of a table under the reader's column names, `height` pixels at most, and how many more there are.

    A missing figure is called not counted: blank, it could be taken for no visitors.
    """
    part = table.head(most).reset_index(drop=True)
    st.dataframe(
        part,
        hide_index=True,
        height=min(35 * (len(part) + 1) + 2, height),
        key=key,
        column_config=column_config(labels, part.columns),
        alt=labels("table"),
        placeholder=labels("uncounted") if {"before", "after"} & set(part.columns) else "",
    )
    if len(table) > most:
        st.caption(labels("more", shown=labels.number(most), count=labels.number(len(table))))
