"""Tests of counts as known at the end of a day, corrections and gaps included."""

from datetime import date, timedelta

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from sejong_dash.measures.season import counts_as_of

FIRST = date(2026, 4, 10)
DAYS = pd.date_range(FIRST, periods=5, name="date", unit="ns")
_COLUMNS = ["date", "jis_code", "channel", "visitors", "recorded_on"]


def table(*rows: tuple) -> pd.DataFrame:
    """Rows of day, prefecture, channel, visitors, day of record; days count from the opening."""
    made = pd.DataFrame(rows, columns=_COLUMNS)
    for column in ("date", "recorded_on"):
        made[column] = pd.to_datetime([FIRST + timedelta(days=n) for n in made[column]]).astype("datetime64[ns]")
    return made.astype({"visitors": "Int64", "jis_code": "str", "channel": "str"}).assign(basis="reported", source_id="x")


SEASON = table(
    (0, "22", "group", 10, 0),
    (0, "29", "group", 5, 0),
    (1, "22", "group", 20, 1),
    (3, "22", None, 7, 3),
    (0, "22", "group", 14, 2),
)


def day(n: int) -> date:
    return FIRST + timedelta(days=n)


def test_a_correction_counts_from_the_day_it_was_recorded() -> None:
    assert counts_as_of.known(SEASON, day(1))["visitors"].tolist() == [10, 5, 20]
    known = counts_as_of.known(SEASON, day(2)).set_index(["date", "jis_code"])
    assert known.loc[(DAYS[0], "22"), "visitors"] == 14
    assert known.loc[(DAYS[0], "22"), "was"] == 10
    assert known["was"].notna().sum() == 1


def test_nothing_of_later_days_and_nothing_recorded_later() -> None:
    assert counts_as_of.known(SEASON, day(-1)).empty
    late = table((0, "22", "group", 10, 4))
    assert counts_as_of.known(late, day(3)).empty
    assert counts_as_of.known(late, day(4))["was"].isna().all()


def test_one_prefecture_alone() -> None:
    assert counts_as_of.known(SEASON, day(4), "29")["visitors"].tolist() == [5]
    assert counts_as_of.known(SEASON, day(4), "47").empty


def test_the_input_stays_as_it_was() -> None:
    before = SEASON.copy(deep=True)
    counts_as_of.daily(counts_as_of.known(SEASON, day(4)), DAYS, day(4))
    pd.testing.assert_frame_equal(SEASON, before)


def test_a_day_without_a_count_is_missing_not_zero() -> None:
    by_day = counts_as_of.daily(counts_as_of.known(SEASON, day(3)), DAYS, day(3))
    assert by_day["date"].tolist() == list(DAYS[:4])
    assert by_day["visitors"].tolist() == [19, 20, pd.NA, 7]
    assert counts_as_of.missing(by_day).tolist() == [DAYS[2]]


def test_a_corrected_day_says_what_it_was_and_when_it_changed() -> None:
    by_day = counts_as_of.daily(counts_as_of.known(SEASON, day(3)), DAYS, day(3))
    assert by_day["was"].tolist()[0] == 15
    assert by_day["was"].isna().tolist() == [False, True, True, True]
    assert by_day["recorded_on"].tolist()[0] == DAYS[2]


def test_before_the_opening_and_without_any_count() -> None:
    assert counts_as_of.daily(counts_as_of.known(SEASON, day(-1)), DAYS, day(-1)).empty
    none = counts_as_of.daily(counts_as_of.known(SEASON.iloc[:0], day(2)), DAYS, day(2))
    assert none["visitors"].isna().tolist() == [True, True, True]
    assert list(none.columns) == ["date", "visitors", "was", "recorded_on", "basis", "source_id"]


def test_days_outside_the_plan_are_left_out() -> None:
    early = table((-3, "22", "group", 99, -3), (0, "22", "group", 1, 0), (9, "22", "group", 99, 9))
    known = counts_as_of.known(early, day(20))
    assert counts_as_of.daily(known, DAYS, day(20))["visitors"].sum() == 1
    assert counts_as_of.by(known, DAYS, "jis_code")["visitors"].tolist() == [1]


def test_by_a_column_keeps_those_not_known_and_puts_the_most_first() -> None:
    by = counts_as_of.by(counts_as_of.known(SEASON, day(4)), DAYS, "channel")
    assert by["visitors"].tolist() == [39, 7]
    assert by["channel"].isna().tolist() == [False, True]


def test_a_day_carries_its_weakest_basis_and_every_source() -> None:
    mixed = table((0, "22", "group", 1, 0), (0, "29", "group", 2, 0)).assign(
        basis=["reported", "sample"], source_id=["a;b", "b;c"]
    )
    by_day = counts_as_of.daily(counts_as_of.known(mixed, day(0)), DAYS, day(0))
    assert (by_day["basis"].iloc[0], by_day["source_id"].iloc[0]) == ("sample", "a;b;c")


_ROWS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sampled_from(["22", "29", None]),
        st.sampled_from(["group", None]),
        st.integers(0, 50),
        st.integers(0, 6),
    ).map(lambda row: (*row[:4], row[0] + row[4])),
    max_size=25,
    unique_by=lambda row: (row[0], row[1], row[2], row[4]),
)


@given(rows=_ROWS, as_of=st.integers(-1, 11))
def test_known_is_the_last_record_of_each_cell(rows: list[tuple], as_of: int) -> None:
    """Beside the same rule in plain Python."""
    last: dict[tuple, tuple[int, int]] = {}
    for when, place, channel, visitors, recorded in rows:
        cell = (when, place, channel)
        if when <= as_of and recorded <= as_of and recorded >= last.get(cell, (-1, 0))[0]:
            last[cell] = (recorded, visitors)
    known = counts_as_of.known(table(*rows), day(as_of))
    assert int(known["visitors"].sum()) == sum(visitors for _, visitors in last.values())
    assert len(known) == len(last)
    assert (known["date"] <= pd.Timestamp(day(as_of))).all()
    assert (known["recorded_on"] <= pd.Timestamp(day(as_of))).all()
    by_day = counts_as_of.daily(known, DAYS, day(as_of))
    assert int(by_day["visitors"].fillna(0).sum()) == int(known["visitors"].sum())
    assert by_day["visitors"].notna().sum() == len({when for when, _, _ in last})
