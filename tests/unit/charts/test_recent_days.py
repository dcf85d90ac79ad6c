"""Tests of the last two weeks: like the chart of all days, and what was not counted is seen as such."""

from dataclasses import replace
from datetime import date

import pandas as pd
from discovery import BASE, tables_now

from sejong_dash import theme, words
from sejong_dash.charts import daily_visitors, recent_days


def test_it_shows_the_last_fourteen_days_as_the_chart_of_all_days_does() -> None:
    table = recent_days.table(BASE, tables_now())
    whole = daily_visitors.table(BASE, tables_now())
    whole = whole[whole["date"] <= pd.Timestamp(BASE.as_of)].tail(14).reset_index(drop=True)
    assert len(table) == 14
    for column in ("date", "weekday", "day_type", "state", "visitors", "planned"):
        pd.testing.assert_series_equal(table[column], whole[column], check_dtype=False)


def test_a_day_that_was_not_counted_is_a_mark_and_no_bar() -> None:
    table = recent_days.table(replace(BASE, as_of=date(2026, 4, 28)), tables_now())
    assert table.loc[table["state"] == "missing", "date"].dt.day.tolist() == [22]
    figure = recent_days.draw(table, words.of(recent_days.__file__, "ko"))
    bars, marks, _ = figure.data
    assert len(bars.x) == 13
    assert pd.Timestamp(marks.x[0]).day == 22
    assert marks.marker.color == theme.MISSING


def test_it_says_the_mean_beside_the_plan() -> None:
    table = recent_days.table(BASE, tables_now())
    mean, planned = table["visitors"].mean(), table["planned"].astype(float).mean()
    text = recent_days.message(table, words.of(recent_days.__file__, "en"))
    assert f"Daily average: {mean:,.0f}; average plan for the same days: {planned:,.0f}. Days counted in full: 14." in text


def test_days_without_counts_are_not_zero() -> None:
    table = recent_days.table(replace(BASE, sample=False), tables_now())
    assert table["visitors"].isna().all()
    assert (table["state"] == "missing").all()


def test_before_opening_there_is_none() -> None:
    assert recent_days.table(replace(BASE, as_of=date(2026, 4, 1)), tables_now()).empty
