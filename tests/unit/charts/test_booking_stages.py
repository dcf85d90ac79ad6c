"""Bookings are held against what should be in by now, and the page says which stage is furthest behind."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from discovery import tables_now

from sejong_dash import words
from sejong_dash.charts import booking_stages as chart
from sejong_dash.choices import Choices
from sejong_dash.datasets import booking_curve, bookings
from sejong_dash.datasets.bookings import STAGES

BEFORE = Choices("ko", "reports-2024", date(2026, 2, 9), sample=True)  # 60 days before opening
LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)


def said(table: pd.DataFrame, lang: str = "ko") -> str:
    return chart.message(table, words.of(chart.__file__, lang))


def test_due_is_the_curves_share_of_the_goal() -> None:
    table = chart.table(BEFORE, tables_now())
    at_60 = booking_curve.load().query("days_before_opening == 60").set_index("stage")["share_pct"]
    assert table["stage"].tolist() == list(STAGES)
    assert table["due_share_pct"].tolist() == at_60.loc[list(STAGES)].tolist()
    assert table["due"].tolist() == [round(150_000 * share / 100) for share in table["due_share_pct"]]
    assert (table["gap"] == table["visitors"] - table["due"]).all()
    assert set(table["days_before_opening"]) == {60}
    known = bookings.load(sample=True)
    known = known[known["recorded_on"] <= "2026-02-09"].groupby("stage")["visitors"].sum()
    assert table.set_index("stage")["visitors"].to_dict() == known.to_dict()


@pytest.mark.parametrize("days", [90, 60, 45, 30, 20, 10, 0])
def test_the_sample_is_a_little_behind(days: int) -> None:
    table = chart.table(replace(BEFORE, as_of=(pd.Timestamp(2026, 4, 10) - pd.Timedelta(days=days)).date()), tables_now())
    reached = (table["visitors"].sum() / table["due"].sum()).item()
    assert 0.75 < reached < 1
    assert table["gap"].iloc[0] < 0


@LANGS
def test_before_opening_the_stage_furthest_behind_is_named(lang: str) -> None:
    table = chart.table(replace(BEFORE, lang=lang), tables_now())
    row = table.loc[(table["visitors"] / table["due"]).astype(float).idxmin()]
    told, number = said(table, lang), words.shared(lang).number
    for part in (
        words.shared(lang)(f"stage.{row['stage']}"),
        number(row["visitors"]),
        number(row["due"]),
        number(-row["gap"]),
        "60",
    ):
        assert part in told
    ahead = table.assign(visitors=table["due"] + 1, gap=1)
    assert said(ahead, lang) != told


def test_after_opening_the_last_row_of_the_curve_holds_and_the_message_is_the_old_one() -> None:
    late = chart.table(replace(BEFORE, as_of=date(2026, 6, 30)), tables_now())
    last = booking_curve.load().groupby("stage")["share_pct"].last()
    assert late["due_share_pct"].tolist() == last.loc[list(STAGES)].tolist()
    assert late["for_days_to_come"].sum() == 0
    during = chart.table(replace(BEFORE, as_of=date(2026, 5, 6)), tables_now())
    assert set(during["days_before_opening"]) == {-26}
    assert words.shared("ko").number(during["visitors"].iloc[0]) in said(during)


def test_a_tick_stands_where_each_stage_should_be() -> None:
    table = chart.table(BEFORE, tables_now())
    ticks = [trace for trace in chart.draw(table, words.of(chart.__file__, "ko")).data if trace.type == "scatter"]
    assert [list(trace.x) for trace in ticks] == [table["due"].tolist()]


def test_without_a_goal_nothing_is_due() -> None:
    table = chart.table(replace(BEFORE, plan="2024-03-28"), tables_now())
    assert table[["goal", "due_share_pct", "due", "gap"]].isna().all().all()
    assert set(table["basis"]) == {"sample"}
    assert not any(trace.type == "scatter" for trace in chart.draw(table, words.of(chart.__file__, "ko")).data)
    assert "<NA>" not in said(table)


def test_a_prefecture_is_held_against_its_part_and_without_bookings_says_nothing() -> None:
    table = chart.table(replace(BEFORE, prefecture="27"), tables_now())
    assert set(table["goal"]) == {10_509}
    assert chart.table(replace(BEFORE, prefecture="31"), tables_now()).empty
    assert chart.table(replace(BEFORE, sample=False), tables_now()).empty
    assert chart.table(replace(BEFORE, as_of=date(2025, 1, 1)), tables_now()).empty


def test_a_stage_taken_out_of_the_curve_is_shown_without_what_is_due(data_copy: Path) -> None:
    path = data_copy / "booking_curve.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith("paid")) + "\n", encoding="utf-8")
    table = chart.table(BEFORE, tables_now()).set_index("stage")
    assert pd.isna(table.loc["paid", "due"])
    assert table.loc["lead", "due"] == 42_000
    path.write_text("\n".join([lines[0], *(line for line in lines if line.startswith("paid"))]) + "\n", encoding="utf-8")
    table = chart.table(BEFORE, tables_now())
    assert table.loc[table["stage"] != "paid", "due"].isna().all()
    assert said(table)
    assert chart.draw(table, words.of(chart.__file__, "ko"))
