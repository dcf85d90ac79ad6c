"""Tests of the sample: it repeats to the last byte and is a plausible season."""

from datetime import date

import pandas as pd
import pytest

from sejong_dash.paths import PROJECT
from sejong_dash.sample import sample_counts
from sejong_dash.sample.__main__ import as_csv, invent
from sejong_dash.words import settings

DATA = PROJECT / "data"
OPENS_ON, CLOSES_ON = pd.Timestamp(2026, 4, 10), pd.Timestamp(2026, 5, 24)
AS_OF = pd.Timestamp(2026, 5, 6)
GAP = pd.Timestamp(2026, 4, 22)
CORRECTED, CORRECTION_KNOWN_ON = pd.Timestamp(2026, 4, 18), pd.Timestamp(2026, 4, 27)
WEEKDAY_HOLIDAYS = pd.to_datetime(["2026-04-29", "2026-05-04", "2026-05-05", "2026-05-06"])
CELL = ["date", "jis_code", "channel"]


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return invent()


@pytest.fixture
def visitors(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return tables["visitors.csv"].copy()


@pytest.fixture
def bookings(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return tables["bookings.csv"].copy()


def _counted(visitors: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    known = visitors[(visitors["date"] <= as_of) & (visitors["recorded_on"] <= as_of)]
    return known.sort_values("recorded_on", kind="stable").drop_duplicates(CELL, keep="last")


@pytest.mark.parametrize("name", ["visitors.csv", "bookings.csv"])
def test_committed_file_is_what_the_program_makes(tables, name):
    committed = (DATA / "sample" / name).read_bytes()
    assert committed == as_csv(tables[name]), "after a change, run: python -m sejong_dash.sample"
    assert len(committed) < 400_000


def test_another_seed_gives_other_counts_and_the_input_stays_as_it_was():
    prefectures = pd.read_csv(DATA / "prefectures.csv", dtype={"jis_code": str}, keep_default_na=False)
    before = prefectures.copy()
    season = (prefectures, OPENS_ON.date(), CLOSES_ON.date(), 150_000)
    assert sample_counts.visitors(*season, 1).equals(sample_counts.visitors(*season, 1))
    assert not sample_counts.visitors(*season, 1).equals(sample_counts.visitors(*season, 2))
    assert not sample_counts.bookings(*season, 1).equals(sample_counts.bookings(*season, 2))
    pd.testing.assert_frame_equal(prefectures, before)


@pytest.mark.parametrize(("opens_on", "closes_on"), [("2026-09-11", "2026-10-25"), ("2027-04-09", "2027-04-15")])
def test_a_plan_on_other_days_has_its_own_season(opens_on, closes_on):
    prefectures = pd.read_csv(DATA / "prefectures.csv", dtype={"jis_code": str}, keep_default_na=False)
    season = (prefectures, date.fromisoformat(opens_on), date.fromisoformat(closes_on), 20_000, 1)
    counted, booked = sample_counts.visitors(*season), sample_counts.bookings(*season)
    assert counted["date"].min() == pd.Timestamp(opens_on)
    assert counted["date"].max() == pd.Timestamp(closes_on)
    assert 0.9 < counted.drop_duplicates(CELL, keep="last")["visitors"].sum() / 20_000 < 1.05
    assert booked["visit_on"].between(opens_on, closes_on).all()


def test_visitors_columns_and_values(visitors):
    assert list(visitors) == [*CELL, "visitors", "recorded_on", "basis", "source_id"]
    assert pd.api.types.is_datetime64_dtype(visitors["date"])
    assert pd.api.types.is_datetime64_dtype(visitors["recorded_on"])
    assert visitors["visitors"].dtype == "int64"
    assert (visitors["visitors"] > 0).all()
    assert (visitors[["basis", "source_id"]] == "sample").all(axis=None)
    assert set(visitors["channel"]) == {"group", "individual", "exchange"}
    assert set(visitors["jis_code"]) == {"", *(f"{code:02}" for code in range(1, 48))}


def test_every_day_of_the_plan_but_one_was_reported(visitors):
    missing = set(pd.date_range(OPENS_ON, CLOSES_ON)) ^ set(visitors["date"])
    assert missing == {GAP}


def test_every_reported_day_has_visitors_of_unknown_prefecture_and_few(visitors):
    counted = _counted(visitors, CLOSES_ON)
    unknown = counted[counted["jis_code"] == ""].groupby("date")["visitors"].sum()
    share = unknown / counted.groupby("date")["visitors"].sum()
    assert share.notna().all()
    assert share.max() < 0.05


def test_one_count_was_too_low_at_first_and_mended_later(visitors):
    late = visitors[visitors["recorded_on"] != visitors["date"]]
    assert late[[*CELL, "recorded_on"]].values.tolist() == [[CORRECTED, "27", "group", CORRECTION_KNOWN_ON]]
    repeated = visitors[visitors.duplicated(CELL, keep=False)].sort_values("recorded_on")
    assert len(repeated) == 2
    assert repeated["recorded_on"].tolist() == [CORRECTED, CORRECTION_KNOWN_ON]
    at_first, at_last = repeated["visitors"]
    assert at_first < at_last
    day_before, day = CORRECTION_KNOWN_ON - pd.Timedelta(days=1), CORRECTION_KNOWN_ON
    mended = _counted(visitors, day).query("date < @day")["visitors"].sum()
    assert mended - _counted(visitors, day_before)["visitors"].sum() == at_last - at_first


def test_the_sample_is_a_little_behind_on_its_as_of_day_and_at_the_end(visitors):
    assert pd.Timestamp(settings(DATA / "sample" / "sample.toml")["as_of"]) == AS_OF
    assert 82_000 <= _counted(visitors, AS_OF)["visitors"].sum() <= 86_000
    assert 138_000 <= _counted(visitors, CLOSES_ON)["visitors"].sum() <= 147_000


def test_days_are_as_days_are(visitors):
    by_day = _counted(visitors, CLOSES_ON).groupby("date")["visitors"].sum()
    golden_week = by_day["2026-05-02":"2026-05-05"]
    assert golden_week.min() > by_day.drop(golden_week.index).max()
    plain = by_day["2026-05-07":"2026-05-17"]  # after the slow start, before the last week
    saturday, sunday = plain[plain.index.day_of_week == 5].mean(), plain[plain.index.day_of_week == 6].mean()
    assert saturday > sunday > plain[plain.index.day_of_week < 5].mean()
    assert by_day[:"2026-04-16"].mean() < 0.8 * plain.mean() < plain.mean() < by_day["2026-05-18":].mean()


def test_exchange_comes_on_working_days(visitors):
    counted = _counted(visitors, CLOSES_ON)
    exchange = counted[counted["channel"] == "exchange"].groupby("date")["visitors"].sum()
    share = exchange / counted.groupby("date")["visitors"].sum()
    working = (share.index.day_of_week < 5) & ~share.index.isin(WEEKDAY_HOLIDAYS)
    assert share[working].min() > 2 * share[~working].max()


def test_near_and_befriended_prefectures_come_above_their_share_of_the_people(visitors):
    prefectures = pd.read_csv(DATA / "prefectures.csv", dtype={"jis_code": str}, keep_default_na=False)
    prefectures = prefectures.set_index("jis_code")
    came = _counted(visitors, CLOSES_ON).query("jis_code != ''").groupby("jis_code")["visitors"].sum()
    people = prefectures["population_2020"]
    relative = (came / came.sum()) / (people / people.sum())
    above = {"40", "27", "47", *prefectures.index[prefectures["role"] != "none"]}
    assert {code: round(float(relative[code]), 2) for code in above if relative[code] <= 1} == {}


def test_bookings_columns_and_values(bookings):
    assert list(bookings) == ["recorded_on", "visit_on", "jis_code", "channel", "stage", "visitors"]
    assert bookings["visitors"].dtype == "int64"
    assert (bookings["visitors"] > 0).all()
    assert not bookings.duplicated(["recorded_on", "visit_on", "jis_code", "channel", "stage"]).any()
    assert set(bookings["channel"]) == {"group", "exchange"}
    assert len(set(bookings["jis_code"])) == 13
    assert "" in set(bookings["jis_code"])


def test_bookings_are_recorded_weekly_and_never_after_the_visit(bookings):
    assert bookings["visit_on"].between(OPENS_ON, CLOSES_ON).all()
    assert (bookings["recorded_on"] <= bookings["visit_on"]).all()
    recorded = pd.Series(bookings["recorded_on"].unique()).sort_values()
    assert recorded.tolist() == pd.date_range("2025-12-01", "2026-05-18", freq="7D").tolist()


def test_every_stage_holds_no_more_than_the_one_before_at_any_time(bookings):
    reached = bookings.pivot_table(index="recorded_on", columns="stage", values="visitors", aggfunc="sum", fill_value=0).cumsum()
    for before, after in zip(sample_counts.STAGES, sample_counts.STAGES[1:], strict=False):
        assert (reached[before] >= reached[after]).all()
        assert reached[before].iloc[-1] > reached[after].iloc[-1]


def test_paid_by_the_opening(visitors, bookings):
    came = _counted(visitors, CLOSES_ON).query("channel != 'individual'")["visitors"].sum()
    paid = bookings[(bookings["stage"] == "paid") & (bookings["recorded_on"] < OPENS_ON)]["visitors"].sum()
    assert 0.35 <= paid / came <= 0.45
