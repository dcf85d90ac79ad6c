"""Each day is told as what it is: counted, not counted or to come, and of which kind."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from discovery import tables_now

from sejong_dash import words
from sejong_dash.charts import _day_kinds
from sejong_dash.charts import daily_visitors as chart
from sejong_dash.choices import Choices
from sejong_dash.datasets import day_weights

BASE = Choices("ko", "reports-2024", date(2026, 5, 6), sample=True)
LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)
RUNNING = pytest.mark.parametrize("running", [False, True], ids=["day", "total"])


def said(lang: str) -> words.Words:
    return words.of(chart.__file__, lang)


def figure(choices: Choices) -> go.Figure:
    return chart.draw(chart.table(choices, tables_now()), said(choices.lang))


def named(drawn: go.Figure, name: str) -> list:
    return [trace for trace in drawn.data if trace.name == name]


def test_every_day_of_the_plan_has_a_row_and_what_is_to_come_is_blank() -> None:
    table = chart.table(BASE, tables_now())
    assert list(table["date"]) == list(pd.date_range("2026-04-10", "2026-05-24"))
    ahead = table["date"] > pd.Timestamp(BASE.as_of)
    assert (table["state"] == "ahead").equals(ahead)
    assert table.loc[ahead, ["visitors", "was", "recorded_on", "cumulative"]].isna().all(axis=None)
    assert table.loc[ahead, ["planned", "planned_cumulative", "day_type"]].notna().all(axis=None)
    assert list(table.loc[table["edge"] != "", "edge"]) == ["opening", "closing"]


def test_both_ways_of_looking_are_recomputable_from_one_table() -> None:
    day, total = chart.table(BASE, tables_now()), chart.table(replace(BASE, running=True), tables_now())
    assert set(day["shown"]) == {"day"}
    assert set(total["shown"]) == {"total"}
    pd.testing.assert_frame_equal(day.drop(columns="shown"), total.drop(columns="shown"))
    running = day["visitors"].fillna(0).cumsum()
    past = day["state"] != "ahead"
    assert (day.loc[past, "cumulative"] == running[past]).all()
    assert (day["planned_cumulative"] == day["planned"].cumsum()).all()
    weight = day["day_type"].map(day_weights.load().set_index("day_type")["weight"])
    assert (day["planned_cumulative"] - 150_000 * weight.cumsum() / weight.sum()).abs().max() <= 0.5
    assert day["planned_cumulative"].iloc[-1] == 150_000


def test_a_day_that_was_not_counted_is_a_mark_and_no_bar() -> None:
    table = chart.table(BASE, tables_now())
    gaps = table[table["state"] == "missing"]
    assert len(gaps)
    assert gaps["visitors"].isna().all()
    drawn = figure(BASE)
    bars = [day for trace in drawn.data if trace.type == "bar" for day in trace.x]
    assert len(bars) == (table["state"] == "counted").sum()
    assert set(pd.to_datetime(bars)) & set(gaps["date"]) == set()
    [marks] = named(drawn, said("ko")("missing"))
    assert list(pd.to_datetime(marks.x)) == list(gaps["date"])
    assert marks.marker.symbol == "x-open"


@RUNNING
@LANGS
def test_kinds_of_days_are_told_by_marks_and_not_by_colour_alone(lang: str, running: bool) -> None:
    choices = replace(BASE, lang=lang, running=running)
    table, drawn = chart.table(choices, tables_now()), figure(choices)
    for kind in set(table["day_type"]) - {"weekday"}:
        marks = [trace for trace in named(drawn, said(lang)(f"day_type.{kind}")) if trace.type == "scatter"]
        assert [list(pd.to_datetime(trace.x)) for trace in marks] == [list(table.loc[table["day_type"] == kind, "date"])]
    assert len(set(_day_kinds.MARKS.values())) == len(_day_kinds.MARKS)
    assert set(_day_kinds.COLOURS) == set(day_weights.DAY_TYPES) == {*_day_kinds.MARKS, "weekday"}


@LANGS
def test_holidays_milestones_and_corrections_are_named_to_the_pointer(lang: str) -> None:
    choices = replace(BASE, lang=lang)
    table, own = chart.table(choices, tables_now()), said(lang)
    hovers = {str(pd.Timestamp(day).date()): one for trace in figure(choices).data if trace.hovertext is not None
              for day, one in zip(trace.x, trace.hovertext, strict=True)}  # fmt: skip
    assert own.holiday("jp", "Showa Day") in hovers["2026-04-29"]
    assert own.holiday("kr", "Children's Day") in hovers["2026-05-05"]
    for row in table[table["milestones"] != ""].to_dict("records"):
        assert all(one in hovers[str(row["date"].date())] for one in row["milestones"].split("; "))
    late = table[table["was"].notna()].iloc[0]
    corrected = hovers[str(late["date"].date())]
    for part in (own.number(late["was"]), own.number(late["visitors"]), own.day_month(late["recorded_on"])):
        assert part in corrected


def test_only_milestones_known_to_the_day_stand_on_a_day() -> None:
    there = "; ".join(chart.table(BASE, tables_now())["milestones"])
    assert "일본 골든위크" in there
    assert "시즈오카현 지사" not in there
    nara = "; ".join(chart.table(replace(BASE, prefecture="29"), tables_now())["milestones"])
    assert "나라현" in nara
    assert "기후현" not in nara


@LANGS
def test_the_big_number_follows_the_switch(lang: str) -> None:
    own = said(lang)
    day, total = (
        chart.table(replace(BASE, lang=lang), tables_now()),
        chart.table(replace(BASE, lang=lang, running=True), tables_now()),
    )
    last = day[day["state"] == "counted"].iloc[-1]
    assert own.number(last["visitors"]) in chart.headline(day, own)
    assert own.number(day["visitors"].sum()) in chart.headline(total, own)
    assert own.short_date(last["date"]) in chart.headline(day, own)
    assert own("headline_missing", days="1") in chart.headline(total, own)
    assert chart.message(day, own) != chart.message(total, own)
    nothing = chart.table(replace(BASE, lang=lang, as_of=date(2026, 4, 1)), tables_now())
    assert chart.headline(nothing, own) == ""


def test_the_last_counted_day_is_named_when_counts_are_late(data_copy: Path) -> None:
    counts = pd.read_csv(data_copy / "sample" / "visitors.csv", dtype=str, keep_default_na=False)
    counts[counts["date"] <= "2026-05-01"].to_csv(data_copy / "sample" / "visitors.csv", index=False)
    table = chart.table(replace(BASE, running=True), tables_now())
    assert list(table.loc[table["date"] > "2026-05-01", "state"].iloc[:6]) == ["missing"] * 5 + ["ahead"]
    assert said("ko").short_date(date(2026, 5, 1)) in chart.headline(table, said("ko"))
    chart.draw(table, said("ko"))


@pytest.mark.dear
@pytest.mark.parametrize(
    "rows",
    [
        [],
        ["2026-04-10,29,group,12,,reported,"],
        ["2026-04-12,29,group,12,,reported,"],
        [f"2026-04-{day},,,0,,reported," for day in range(10, 20)],
    ],
    ids=["none", "one day", "late first day", "zeros"],
)
@pytest.mark.parametrize("goals", ["japan,,150000", "japan,,0", "all,,10"], ids=["goal", "goal 0", "no goal"])
def test_bad_seasons_say_what_is_there(data_copy: Path, rows: list[str], goals: str) -> None:
    header = "date,jis_code,channel,visitors,recorded_on,basis,source_id"
    (data_copy / "visitors.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    goal_rows = f"plan_id,scope,jis_code,visitors,basis,source_id\nreports-2024,{goals},reported,sejong-japan-2024\n"
    (data_copy / "goals.csv").write_text(goal_rows, encoding="utf-8")
    days, tables = (date(2026, 4, 1), date(2026, 4, 20), date(2026, 8, 1)), tables_now()
    for lang, as_of, running in zip(words.LANGUAGES * 2, days * 2, [False] * 3 + [True] * 3, strict=True):
        table = chart.table(Choices(lang, BASE.plan, as_of, sample=False, running=running), tables)
        if table.empty:
            assert goals.startswith("all")
            continue
        told = [chart.message(table, said(lang)), chart.headline(table, said(lang))]
        assert not any(bad in one for one in told for bad in ("nan", "inf", "NaT", "<NA>"))
        chart.draw(table, said(lang))
        assert table.loc[table["state"] != "counted", "visitors"].isna().all()


def test_a_plan_without_days_has_no_rows() -> None:
    assert chart.table(replace(BASE, plan="2024-12-11"), tables_now()).empty
    assert chart.table(replace(BASE, plan="2023-10-26"), tables_now()).empty


def test_a_prefecture_is_told_its_own_days_and_everybodys(data_copy: Path) -> None:
    """JETRO's milestone names no prefecture itself; its project is at home in Tokyo."""
    with (data_copy / "milestones.csv").open("a", encoding="utf-8") as table:
        table.write("jetro-day,jetro-startup,2026-04-20,2026-04-20,day,가,あ,a,,reported,sejong-japan-2024\n")
    titles = {
        code: chart.table(replace(BASE, prefecture=code), tables_now()).set_index("date")["milestones"] for code in ("13", "22")
    }
    assert (titles["13"]["2026-04-20"], titles["22"]["2026-04-20"]) == ("가", "")
    assert all("어린이날" in told["2026-05-05"] for told in titles.values())
