"""Each day stands in its cell, in the class that its figures give it, and can be read there."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from discovery import tables_now

from sejong_dash import theme, words
from sejong_dash.charts import calendar_heatmap as chart
from sejong_dash.choices import Choices

BASE = Choices("ko", "reports-2024", date(2026, 5, 6), sample=True)
NO_GOAL = replace(BASE, plan="2024-03-28")
LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)


def said(lang: str) -> words.Words:
    return words.of(chart.__file__, lang)


def figure(choices: Choices) -> go.Figure:
    return chart.draw(chart.table(choices, tables_now()), said(choices.lang))


def luminance(colour: str) -> float:
    parts = [part / 255 for part in theme.rgb(colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("level", chart._GROUNDS)
def test_what_stands_in_a_cell_can_be_read(level: str, side: int) -> None:
    grounds = {light: (light, dark) for light, dark in theme.PALETTE.values()}
    ink = theme.PALETTE["MUTED" if level in ("ahead", "missing") else "INK"][side]
    high, low = sorted((luminance(ink), luminance(grounds[chart._GROUNDS[level]][side])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_weeks_begin_on_monday_and_no_cell_is_taken_twice() -> None:
    table = chart.table(BASE, tables_now())
    assert not table.duplicated(["week", "weekday"]).any()
    assert (table["weekday"] == table["date"].dt.day_of_week + 1).all()
    assert list(table.groupby("week")["date"].min().dt.day_name())[1:] == ["Monday"] * 6
    assert table["week"].is_monotonic_increasing


def test_every_class_follows_from_the_percent_in_the_table() -> None:
    table = chart.table(BASE, tables_now())
    counted = table[table["visitors"].notna()]
    assert (counted["share_pct"] == counted["visitors"] * 100 // counted["planned"]).all()
    bounds = [*chart._FROM.values(), 10**9]
    for (level, start), end in zip(chart._FROM.items(), bounds[1:], strict=True):
        inside = counted[(counted["share_pct"] >= start) & (counted["share_pct"] < end)]
        assert set(inside["level"]) <= {level}
    assert table["planned"].sum() == 150_000


EDGES = {
    0: "far_short",
    59: "far_short",
    60: "short",
    84: "short",
    85: "nearly",
    99: "nearly",
    100: "met",
    114: "met",
    115: "above",
}


@pytest.mark.parametrize(("share", "level"), EDGES.items())
def test_the_edges_of_the_classes(share: int, level: str) -> None:
    visitors, planned = pd.Series([share], dtype="Int64"), pd.Series([100], dtype="Int64")
    assert list(chart._by_plan(visitors, planned, visitors * 100 // planned)) == [level]


def test_a_day_of_which_nobody_is_wanted_divides_by_nothing() -> None:
    visitors, planned = pd.Series([0, 3, pd.NA], dtype="Int64"), pd.Series([0, 0, 0], dtype="Int64")
    share = visitors * 100 // planned.mask(planned == 0)
    assert share.isna().all()
    assert list(chart._by_plan(visitors, planned, share))[:2] == ["met", "above"]


def test_without_a_goal_the_days_stand_in_thirds() -> None:
    table = chart.table(NO_GOAL, tables_now())
    counted = table[table["visitors"].notna()]
    assert table[["planned", "share_pct"]].isna().all(axis=None)
    highest = counted.groupby("level")["visitors"].max()
    assert highest["fewest"] < highest["middle"] < highest["most"]
    sizes = counted["level"].value_counts()
    assert sizes.max() - sizes.min() <= 2
    assert list(chart._by_thirds(pd.Series([7, 7, 7]))) == ["middle"] * 3
    assert list(chart._by_thirds(pd.Series([7]))) == ["middle"]


@pytest.mark.parametrize("choices", [BASE, NO_GOAL], ids=["goal", "no goal"])
@LANGS
def test_each_cell_says_its_figures_in_text(choices: Choices, lang: str) -> None:
    table, own = chart.table(replace(choices, lang=lang), tables_now()), said(lang)
    cells = {}
    for bars in [trace for trace in chart.draw(table, own).data if trace.type == "bar"]:
        for x, base, text in zip(bars.x, bars.base, bars.text, strict=True):
            cells[round(base + chart._TALL / 2), int(x)] = text
    assert len(cells) == len(table)
    for day in table.to_dict("records"):
        text = cells[day["week"], day["weekday"]]
        assert str(day["date"].day) in text
        if day["level"] == "missing":
            assert own("not_counted") in text
        elif day["level"] == "ahead":
            assert pd.isna(day["planned"]) or own.number(day["planned"]) in text
        else:
            assert f"<b>{own.number(day['visitors'])}</b>" in text
            assert pd.isna(day["share_pct"]) or f"{day['share_pct']}%" in text


def test_not_counted_days_are_hatched_and_days_to_come_are_empty() -> None:
    drawn = figure(BASE)
    own = said("ko")
    [missing] = [trace for trace in drawn.data if trace.name == own("level.missing")]
    assert missing.marker.pattern.shape == "/"
    table = chart.table(BASE, tables_now())
    assert (table["level"] == "ahead").equals(table["date"] > pd.Timestamp(BASE.as_of))
    assert table.loc[table["level"].isin(["ahead", "missing"]), ["visitors", "share_pct"]].isna().all(axis=None)


@LANGS
def test_holidays_have_a_mark_and_their_name(lang: str) -> None:
    own, drawn = said(lang), figure(replace(BASE, lang=lang))
    marks = {trace.name: len(trace.x) for trace in drawn.data if trace.type == "scatter"}
    assert marks == {own("day_type.golden_week"): 8, own("day_type.holiday_kr"): 3}
    hovers = " ".join(one for trace in drawn.data if trace.hovertext is not None for one in trace.hovertext)
    assert own.holiday("kr", "Buddha's Birthday") in hovers
    assert own.holiday("jp", "Greenery Day") in hovers


@pytest.mark.dear
@pytest.mark.parametrize("goals", ["japan,,150000", "japan,,7", "japan,,0", "all,,10"])
@pytest.mark.parametrize("rows", [[], ["2026-04-10,,,0,,reported,"], ["2026-04-10,,,12,,reported,"]], ids=["none", "zero", "one"])
def test_bad_seasons_say_what_is_there(data_copy: Path, rows: list[str], goals: str) -> None:
    header = "date,jis_code,channel,visitors,recorded_on,basis,source_id"
    (data_copy / "visitors.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    goal_rows = f"plan_id,scope,jis_code,visitors,basis,source_id\nreports-2024,{goals},reported,sejong-japan-2024\n"
    (data_copy / "goals.csv").write_text(goal_rows, encoding="utf-8")
    for lang, as_of in zip(words.LANGUAGES, (date(2026, 4, 1), date(2026, 4, 20), date(2026, 8, 1)), strict=True):
        table, own = chart.table(Choices(lang, BASE.plan, as_of, sample=False), tables_now()), said(lang)
        if table.empty:
            assert goals in ("japan,,0", "all,,10")
            continue
        texts = [chart.message(table, own), *(cell for bars in chart.draw(table, own).data for cell in bars.text or ())]
        assert not any(bad in one for one in texts for bad in ("nan", "inf", "NaT", "<NA>"))


def test_a_plan_without_days_has_no_rows() -> None:
    assert chart.table(replace(BASE, plan="2024-12-11"), tables_now()).empty
