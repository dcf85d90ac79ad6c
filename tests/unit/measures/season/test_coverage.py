"""Tests of the coverage of a day: counted, partial or missing against the prefectures and channels that usually report."""

from datetime import date

import pandas as pd
import pytest

from sejong_dash.measures.season.coverage import Coverage, coverage

DAYS = pd.date_range("2026-04-10", "2026-05-24", name="date")
PLACES = [f"{code:02d}" for code in range(1, 48)]
PARTS = pd.Series(range(100, 147), index=PLACES)
CHANNELS = {"individual": 20, "group": 40}


def counts(days: int = 20) -> pd.DataFrame:
    """47 prefectures by two channels on each of so many days."""
    rows = [(day, place, channel, n) for day in DAYS[:days] for place in PLACES for channel, n in CHANNELS.items()]
    return pd.DataFrame(rows, columns=["date", "jis_code", "channel", "visitors"]).astype({"visitors": "Int64"})


def of(known: pd.DataFrame, days: int = 20) -> Coverage:
    return coverage(known, DAYS, DAYS[days - 1].date(), PARTS)


def states(found: Coverage) -> dict[str, int]:
    return found.days["state"].value_counts().to_dict()


def test_days_with_all_who_usually_report_are_counted() -> None:
    found = of(counts())
    assert states(found) == {"counted": 20}
    assert found.days[["share", "prefectures", "usual_prefectures", "channels", "usual_channels"]].iloc[-1].tolist() == [
        1,
        47,
        47,
        2,
        2,
    ]
    assert (found.shares == 1).all(axis=None)


@pytest.mark.parametrize("day", [0, 1, 2, 9, 19])
def test_three_prefectures_of_47_make_a_day_partial_wherever_it_stands(day: int) -> None:
    known = counts()
    found = of(known[(known["date"] != DAYS[day]) | known["jis_code"].isin(PLACES[:3])])
    assert found.days["state"].iloc[day] == "partial"
    assert states(found) == {"counted": 19, "partial": 1}
    row = found.days.iloc[day]
    assert (row["prefectures"], row["usual_prefectures"]) == (3, 47)
    assert row["share"] == pytest.approx(PARTS.iloc[:3].sum() / PARTS.sum())
    assert found.shares.iloc[day].tolist() == [1.0] * 3 + [0.0] * 44


def test_one_large_prefecture_is_missed_and_one_that_brings_a_few_is_not() -> None:
    known = counts()
    known.loc[known["jis_code"] == "47", "visitors"] = 2
    last = known["date"] == DAYS[19]
    assert of(known[~(last & (known["jis_code"] == "13"))]).days["state"].iloc[-1] == "partial"
    assert of(known[~(last & (known["jis_code"] == "47"))]).days["state"].iloc[-1] == "counted"


def test_a_channel_that_is_missing_makes_a_day_partial() -> None:
    known = counts()
    found = of(known[~((known["date"] == DAYS[12]) & (known["channel"] == "group"))])
    row = found.days.iloc[12]
    assert (row["state"], row["channels"], row["usual_channels"]) == ("partial", 1, 2)
    assert row["share"] == pytest.approx(20 / 60)
    assert found.shares.iloc[12].tolist() == pytest.approx([20 / 60] * 47)


def test_three_prefectures_do_not_become_usual_by_reporting_alone_for_a_fortnight() -> None:
    known = counts(30)
    found = of(known[(known["date"] < DAYS[10]) | known["jis_code"].isin(PLACES[:3])], 30)
    assert states(found) == {"counted": 10, "partial": 20}


def test_a_small_channel_that_ends_is_no_longer_usual_after_a_week() -> None:
    known = counts(30)
    known.loc[known["channel"] == "group", "visitors"] = 4
    found = of(known[(known["date"] < DAYS[10]) | (known["channel"] != "group")], 30)
    assert found.days["state"].tolist() == ["counted"] * 10 + ["partial"] * 7 + ["counted"] * 13


def test_a_channel_that_begins_makes_no_earlier_day_partial() -> None:
    known = counts(30)
    assert states(of(known[(known["date"] >= DAYS[10]) | (known["channel"] != "group")], 30)) == {"counted": 30}


def test_groups_that_come_now_and_then_are_not_expected() -> None:
    known = counts()
    even = known["date"].dt.day % 2 == 0
    assert states(of(known[even | (known["channel"] != "group")])) == {"counted": 20}


def test_a_day_without_rows_is_missing_and_one_of_nobody_is_counted() -> None:
    known = counts()
    known.loc[known["date"] == DAYS[5], "visitors"] = 0
    found = of(known[known["date"] != DAYS[7]])
    assert found.days["state"].iloc[[5, 7]].tolist() == ["counted", "missing"]
    assert found.days["share"].iloc[[5, 7]].tolist() == [1.0, 0.0]


def test_a_count_of_all_together_is_a_count_of_japan_and_of_no_prefecture() -> None:
    known = counts()
    total = pd.DataFrame([(DAYS[8], None, None, 2800)], columns=known.columns).astype({"visitors": "Int64"})
    found = of(pd.concat([known[known["date"] != DAYS[8]], total]))
    assert found.days["state"].iloc[8] == "counted"
    assert (found.shares.iloc[8] == 0).all()
    low = of(pd.concat([known[known["date"] != DAYS[8]], total.assign(visitors=40)]))
    assert low.days["state"].iloc[8] == "partial"
    assert 0 < low.days["share"].iloc[8] < 0.5, "the plan asks for the part that was counted"


def test_two_days_can_tell_three_prefectures_from_47_and_nothing_finer() -> None:
    known = counts(2)
    assert states(of(known[(known["date"] != DAYS[1]) | (known["channel"] != "group")], 2)) == {"counted": 1, "partial": 1}
    assert states(of(known[(known["date"] != DAYS[1]) | (known["jis_code"] != "13")], 2)) == {"counted": 2}
    assert states(of(known[(known["date"] != DAYS[0]) | known["jis_code"].isin(PLACES[:3])], 2)) == {"partial": 1, "counted": 1}


def test_without_a_count_every_day_gone_is_missing() -> None:
    found = coverage(counts(0), DAYS, date(2026, 4, 12), PARTS)
    assert states(found) == {"missing": 3}
    assert coverage(counts(0), DAYS, date(2026, 4, 1), PARTS).days.empty
