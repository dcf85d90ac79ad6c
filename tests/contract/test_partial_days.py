"""Tests that a day that was counted in part is drawn, told and taken away as such."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from discovery import BASE, tables_now

from sejong_dash import clock, exhibits
from sejong_dash.cards import day_sentence, pace_figures
from sejong_dash.charts import calendar_heatmap, daily_visitors, prefecture_visitors, required_rate, visitor_progress
from sejong_dash.datasets import goals, prefectures, reference_seasons
from sejong_dash.exports import REPORT_FORMATS, report
from sejong_dash.measures import goal
from sejong_dash.measures.season.outlook import outlook
from sejong_dash.measures.season.season import Season, season_of
from sejong_dash.words import LANGUAGES

PARTIAL = pd.Timestamp(2026, 5, 4)
THREE = ["13", "27", "23"]  # prefectures that reported on that day; 47 do
DRAWN = (daily_visitors, calendar_heatmap, required_rate, visitor_progress)


@pytest.fixture(autouse=True)
def three_of_47(data_copy: Path) -> None:
    file = data_copy / "sample" / "visitors.csv"
    rows = pd.read_csv(file, dtype="str", keep_default_na=False)
    left = rows[(rows["date"] != "2026-05-04") | rows["jis_code"].isin(THREE)]
    left.to_csv(file, index=False, encoding="utf-8")


def now(**changes: object) -> Season:
    choices = replace(BASE, **changes)
    return season_of(tables_now(), choices)


def test_pace_asks_of_the_day_what_falls_to_those_who_were_counted() -> None:
    japan = now()
    parts = goal.by_prefecture(goals.load(), BASE.plan, prefectures.load()).set_index("jis_code")["goal"]
    row = japan.by_day.set_index("date").loc[PARTIAL]
    assert row["state"] == "partial"
    assert row["share"] == pytest.approx(parts[THREE].sum() / parts.sum())
    planned = japan.curve.set_index("date")["planned"]
    whole = planned[(planned.index <= "2026-05-06") & (planned.index != "2026-04-22") & (planned.index != PARTIAL)].sum()
    assert japan.pace.due == round(whole + planned[PARTIAL] * row["share"])
    assert (japan.pace.days_partial, japan.pace.days_missing, japan.pace.recent_days) == (1, 1, 6)


def test_the_forecast_does_not_take_the_day_for_a_bad_one() -> None:
    japan = now()
    told = outlook(japan, reference_seasons.load())
    zero = outlook(
        replace(japan, by_day=japan.by_day.assign(state=japan.by_day["state"].replace("partial", "counted"))),
        reference_seasons.load(),
    )
    assert told.counted == zero.counted == japan.pace.counted
    assert told.total > zero.total


def test_of_a_prefecture_without_a_row_nothing_is_known_on_that_day() -> None:
    other = now(prefecture="14").by_day.set_index("date").loc[PARTIAL]
    assert (other["state"], pd.isna(other["visitors"])) == ("missing", True)
    assert now(prefecture="13").by_day.set_index("date").loc[PARTIAL, "state"] == "counted"
    table = prefecture_visitors.table(BASE, tables_now()).set_index("jis_code")
    assert table.loc["14", "gap"] == now(prefecture="14").pace.gap
    assert table["due"].sum() == now().pace.due


@pytest.mark.dear
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("chart", [*DRAWN, day_sentence, pace_figures], ids=lambda chart: chart.__name__.rpartition(".")[2])
def test_the_message_or_a_card_tells_of_it(chart: object, lang: str) -> None:
    drawn = exhibits.exhibit(chart, replace(BASE, lang=lang), tables_now())  # type: ignore[arg-type]
    told = " ".join([drawn.message, *(f"{card.title} {card.value}" for card in drawn.cards)])
    own = drawn.words
    wanted = own("figure.days_partial") if chart is pace_figures else own("lacking.partial", days="1")
    assert wanted in told


@pytest.mark.dear
@pytest.mark.parametrize("chart", DRAWN, ids=lambda chart: chart.__name__.rpartition(".")[2])
def test_it_is_a_mark_of_its_own_in_every_file(chart: object) -> None:
    choices = replace(BASE, lang="en")
    drawn = exhibits.exhibit(chart, choices, tables_now())  # type: ignore[arg-type]
    name = drawn.words("level.partial" if chart is calendar_heatmap else "lacking.partial_day")
    marks = [trace for trace in drawn.figure.data if trace.name == name]
    assert [pd.Timestamp(day) for trace in marks for day in (trace.x if chart is not calendar_heatmap else [PARTIAL])] == [
        PARTIAL
    ]
    made = datetime(2026, 5, 7, 9, tzinfo=clock.ZONE)
    bound = report.bind_report(drawn.name, [drawn.words("title")], [[drawn]], "abc", made, single=True)
    for kind in ("pptx", "html") if chart is calendar_heatmap else ("pptx", "xlsx", "html"):  # a sheet has no calendar
        content = REPORT_FORMATS[kind].write(bound, report.ignore_progress)
        assert name in (content.decode("utf-8") if kind == "html" else parts(content)), kind


def parts(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = [archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml")]
    return re.sub("<[^>]*>", "", " ".join(texts))


def test_a_day_of_three_prefectures_at_the_opening_is_partial_too(data_copy: Path) -> None:
    file = data_copy / "sample" / "visitors.csv"
    rows = pd.read_csv(file, dtype="str", keep_default_na=False)
    rows[(rows["date"] != "2026-04-10") | rows["jis_code"].isin(THREE)].to_csv(file, index=False, encoding="utf-8")
    assert now(as_of=date(2026, 4, 13)).by_day["state"].tolist() == ["partial", "counted", "counted", "counted"]
