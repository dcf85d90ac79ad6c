"""Tests of the forecast's record: as it was known then, against what came by as-of."""

from dataclasses import replace
from datetime import date

import pandas as pd
from discovery import BASE, tables_now

from sejong_dash.measures.season.forecast_record import MOST, forecast_record
from sejong_dash.measures.season.outlook import outlook_of
from sejong_dash.measures.season.season import season_of


def test_each_row_is_what_was_forecast_then() -> None:
    record = forecast_record(tables_now(), BASE)
    assert len(record) == MOST
    assert record["made_on"].is_monotonic_increasing
    assert record["made_on"].max() < pd.Timestamp(BASE.as_of)
    row = record.iloc[-2]
    made = outlook_of(tables_now(), replace(BASE, as_of=row["made_on"].date()))
    since = made.daily[made.daily["date"] <= pd.Timestamp(BASE.as_of)]["visitors"].sum()
    assert row["forecast"] == round(made.counted + since)  # all days since were counted
    assert ((record["low"] <= record["forecast"]) & (record["forecast"] <= record["high"])).all()


def test_what_came_is_the_count() -> None:
    record = forecast_record(tables_now(), BASE)
    assert record["actual"].iloc[-1] == season_of(tables_now(), BASE).pace.counted


def test_days_that_were_not_counted_in_full_are_left_out_on_both_sides() -> None:
    by_day = season_of(tables_now(), BASE).by_day
    assert (by_day["state"] != "counted").any()
    record = forecast_record(tables_now(), BASE).set_index("made_on")
    gap = by_day.loc[by_day["state"] != "counted", "date"].min()
    before = record[record.index < gap]
    counted = by_day.loc[by_day["state"] == "counted", "visitors"].sum()
    assert (before["actual"] <= counted + 1).all()


def test_after_closing_it_is_held_against_the_final_count() -> None:
    record = forecast_record(tables_now(), replace(BASE, as_of=date(2026, 6, 30)))
    assert record["made_on"].max() < pd.Timestamp("2026-05-24")
    assert record["actual"].between(142_000, 142_726).all()


def test_too_little_has_no_record() -> None:
    for day in (date(2026, 4, 1), date(2026, 4, 12)):
        assert forecast_record(tables_now(), replace(BASE, as_of=day)).empty
    assert forecast_record(tables_now(), replace(BASE, sample=False)).empty
