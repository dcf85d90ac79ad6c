"""A chosen day or channel narrows the exhibits that can follow it to exactly its counts; the others say that they do not."""

from dataclasses import replace
from datetime import date
from types import ModuleType

import pandas as pd
import pytest
from discovery import BASE

from sejong_dash import words
from sejong_dash.cards import short_places, verdict
from sejong_dash.charts import (
    calendar_heatmap,
    channel_visitors,
    daily_visitors,
    prefecture_visitors,
    recent_days,
    visitor_progress,
)
from sejong_dash.datasets import snapshot
from sejong_dash.exhibits import exhibit, narrowing
from sejong_dash.exports import single_file
from sejong_dash.measures import figure_codes

DAY = date(2026, 5, 3)
ON, BY_CHANNEL = replace(BASE, on=DAY), replace(BASE, channel="group")


def counts() -> pd.DataFrame:
    table = snapshot().visitors(BASE.sample).sort_values("recorded_on", kind="stable")
    known = table[(table["date"] <= pd.Timestamp(BASE.as_of)) & (table["recorded_on"] <= pd.Timestamp(BASE.as_of))]
    return known.drop_duplicates(["date", "jis_code", "channel"], keep="last")  # what was corrected counts once


@pytest.mark.parametrize("source", [daily_visitors, calendar_heatmap, recent_days], ids=lambda source: source.__name__)
def test_days_show_the_channel_alone_and_no_plan(source: ModuleType) -> None:
    shown = exhibit(source, BY_CHANNEL, snapshot())
    table = shown.table.set_index("date")
    own = counts()[lambda rows: rows["channel"] == "group"].groupby("date")["visitors"].sum()
    known = table["visitors"].dropna()
    assert len(known) > 5
    assert known.astype("int64").to_dict() == own.reindex(known.index).fillna(0).astype("int64").to_dict()
    assert table["planned"].isna().all()


def test_prefectures_show_a_day_against_its_plan() -> None:
    table = exhibit(prefecture_visitors, ON, snapshot()).table.dropna(subset="jis_code").set_index("jis_code")
    own = counts()[lambda rows: rows["date"] == pd.Timestamp(DAY)].groupby("jis_code")["visitors"].sum()
    assert table["visitors"].astype("int64").to_dict() == own.reindex(table.index).fillna(0).astype("int64").to_dict()
    whole, before = (
        exhibit(prefecture_visitors, replace(BASE, as_of=day), snapshot()).table.dropna(subset="jis_code").set_index("jis_code")
        for day in (DAY, date(2026, 5, 2))
    )
    assert table["due"].to_dict() == (whole["due"] - before["due"]).reindex(table.index).to_dict()
    assert table["goal"].isna().all()


def test_prefectures_of_a_channel_have_visitors_alone() -> None:
    table = exhibit(prefecture_visitors, BY_CHANNEL, snapshot()).table
    assert int(table["visitors"].sum()) == int(counts()[lambda rows: rows["channel"] == "group"]["visitors"].sum())
    assert table[["due", "gap", "goal"]].isna().all(axis=None)


def test_channels_of_a_day_sum_to_the_day() -> None:
    table = exhibit(channel_visitors, ON, snapshot()).table
    assert int(table["visitors"].sum()) == int(counts()[lambda rows: rows["date"] == pd.Timestamp(DAY)]["visitors"].sum())


def test_where_it_is_missing_on_a_day_agrees_with_the_prefectures() -> None:
    gaps = exhibit(prefecture_visitors, ON, snapshot()).table.set_index("jis_code")["gap"]
    shown = exhibit(short_places, ON, snapshot()).table.set_index("jis_code")["gap"]
    assert shown.to_dict() == gaps.reindex(shown.index).to_dict()


@pytest.mark.parametrize("source", [visitor_progress, verdict], ids=lambda source: source.__name__)
def test_what_cannot_follow_stays_and_says_so(source: ModuleType) -> None:
    chosen = replace(ON, channel="group")
    assert narrowing.followed(source, chosen) == BASE
    own = words.shared("en")
    assert narrowing.scope(BASE, chosen, own) == [own("narrowed.all_on"), own("narrowed.all_channel")]
    assert narrowing.scope(ON, chosen, own) == ["Sun 3 May", own("narrowed.all_channel")]


def test_marks_have_the_figures_of_what_is_shown() -> None:
    days = exhibit(daily_visitors, BY_CHANNEL, snapshot()).figure
    codes = {code for trace in days.data for code in (trace.ids if trace.ids is not None else ()) if code}
    assert codes
    assert {figure_codes.parse(code).channel for code in codes} == {"group"}
    places = exhibit(prefecture_visitors, ON, snapshot()).figure
    codes = {code for trace in places.data for code in (trace.ids if trace.ids is not None else ()) if code}
    assert {(figure_codes.parse(code).first, figure_codes.parse(code).last) for code in codes} == {(DAY, DAY)}
    assert {figure_codes.parse(code).kind for code in codes} == {"counted", "planned"}


@pytest.mark.parametrize(
    ("code", "narrowed"),
    [
        ("2026-05-03", "2026-05-03.here.group"),
        ("*.13", "2026-05-03.13.group"),
        ("due:*.13", "planned:2026-05-03.13"),
        ("goal:*.13", "goal:2026-05-03.13"),
        ("*.*.individual", "2026-05-03.*.individual"),
        ("", ""),
    ],
)
def test_a_code_is_narrowed(code: str, narrowed: str) -> None:
    assert figure_codes.within(code, DAY, "group") == narrowed


def test_a_file_names_what_it_is_narrowed_to() -> None:
    shown = exhibit(prefecture_visitors, replace(ON, channel="group"), snapshot())
    assert single_file.file_name(shown, "csv").count("2026-05-03_group") == 1
    assert shown.words("stamp").count(narrowing.channel_name("group", shown.words)) == 1
