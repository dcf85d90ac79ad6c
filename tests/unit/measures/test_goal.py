"""Tests of the goal: split to the visitor, with its basis and sources."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sejong_dash.datasets import goals as goals_table
from sejong_dash.datasets import prefectures as prefectures_table
from sejong_dash.measures import goal

PREFECTURES = pd.DataFrame(
    {"jis_code": ["01", "02", "03"], "population_2020": [500, 300, 200], "source_id": ["census", "census", "census"]}
)


def goals(*rows: tuple) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["plan_id", "scope", "jis_code", "visitors", "basis", "source_id"])
    return made.astype({"visitors": "Int64", "jis_code": "str"})


JAPAN = ("p", "japan", None, 100, "reported", "report")


@given(total=st.integers(0, 10**7), weights=st.lists(st.integers(0, 10**8), min_size=1, max_size=47))
@example(total=10**7, weights=[10**8 - 1, 10**8, 1])
@example(total=150_000, weights=[0, 0])
def test_a_split_sums_to_the_visitor_and_follows_the_weights(total: int, weights: list[int]) -> None:
    parts = goal.split(total, pd.Series(weights))
    assert int(parts.sum()) == total
    assert (parts >= 0).all()
    if sum(weights):
        for part, weight in zip(parts, weights, strict=True):  # never a visitor off its quota
            assert abs(part * sum(weights) - total * weight) < sum(weights)
    ranked = sorted(zip(weights, parts, strict=True), key=lambda pair: pair[0])
    for (less, few), (more, many) in pairwise(ranked):
        assert few <= many or less == more, "more weight, fewer visitors"
    pd.testing.assert_series_equal(goal.split(total, pd.Series(weights)), parts)


@given(total=st.integers(0, 10**6), weights=st.lists(st.floats(0, 1e9), min_size=1, max_size=20))
def test_any_scale_of_weights_will_do(total: int, weights: list[float]) -> None:
    assert int(goal.split(total, pd.Series(weights)).sum()) == total


def test_what_is_left_goes_to_the_largest_fractions_and_ties_to_the_first() -> None:
    assert goal.split(10, pd.Series([1, 1, 1])).tolist() == [4, 3, 3]
    assert goal.split(7, pd.Series([50, 30, 20])).tolist() == [4, 2, 1]
    assert goal.split(3, pd.Series([0, 0], index=["a", "b"])).to_dict() == {"a": 2, "b": 1}
    empty = goal.split(5, pd.Series([], dtype="Int64"))
    assert (len(empty), empty.dtype) == (0, "int64")


def test_150_000_over_the_47() -> None:
    shares = goal.by_prefecture(goals_table.load(), "reports-2024", prefectures_table.load())
    assert shares is not None
    assert (len(shares), int(shares["goal"].sum())) == (47, 150_000)
    assert set(shares["basis"]) == {"assumption"}
    assert shares.set_index("jis_code").loc["13", "goal"] == round(150_000 * 14_047_594 / 126_146_099)
    assert shares["source_id"].str.startswith("sejong-japan-2024;").all()


def test_a_stated_goal_of_a_prefecture_holds_and_the_rest_is_split() -> None:
    stated = goals(JAPAN, ("p", "prefecture", "02", 40, "reported", "letter"), ("q", "prefecture", "03", 99, "reported", "other"))
    shares = goal.by_prefecture(stated, "p", PREFECTURES).set_index("jis_code")
    assert shares["goal"].to_dict() == {"01": 43, "02": 40, "03": 17}
    assert shares["basis"].to_dict() == {"01": "assumption", "02": "reported", "03": "assumption"}
    assert shares["source_id"].to_dict() == {"01": "report;census", "02": "letter", "03": "report;census"}


@given(whole=st.integers(0, 10**6), stated=st.lists(st.integers(0, 10**6), max_size=2))
@example(whole=100, stated=[100])
@example(whole=0, stated=[])
def test_the_parts_sum_to_the_goal_whatever_is_stated(whole: int, stated: list[int]) -> None:
    """As long as it is not more than the whole, which the table of goals does not let through."""
    stated = [min(part, max(whole - sum(stated[:n]), 0)) for n, part in enumerate(stated)]
    rows = [("p", "prefecture", f"0{n + 1}", part, "reported", "letter") for n, part in enumerate(stated)]
    shares = goal.by_prefecture(goals(("p", "japan", None, whole, "reported", "report"), *rows), "p", PREFECTURES)
    assert shares["goal"].sum() == whole
    assert shares["goal"].tolist()[: len(stated)] == stated


def test_stated_goals_above_the_whole_leave_nothing_to_split() -> None:
    shares = goal.by_prefecture(goals(JAPAN, ("p", "prefecture", "02", 400, "reported", "letter")), "p", PREFECTURES)
    assert shares["goal"].tolist() == [0, 400, 0]


def test_no_goal_is_none() -> None:
    other = goals(("p", "abroad", None, 180, "reported", "report"))
    assert goal.of_plan(other, "p") is None
    assert goal.of_plan(other, "p", "abroad")["visitors"] == 180
    assert goal.by_prefecture(other, "p", PREFECTURES) is None
    assert goal.goal_for(other, "p", PREFECTURES) is None
    assert goal.goal_for(other, "p", PREFECTURES, "01") is None


def test_wanted_of_japan_and_of_a_prefecture() -> None:
    assert goal.goal_for(goals(JAPAN), "p", PREFECTURES) == goal.Goal(100, "reported", "report")
    assert goal.goal_for(goals(JAPAN), "p", PREFECTURES, "01") == goal.Goal(50, "assumption", "report;census")


@pytest.mark.parametrize("days", [1, 3, 45])
def test_the_straight_line_ends_at_the_goal(days: int) -> None:
    line = goal.straight_line(150_000, pd.date_range("2026-04-10", periods=days))
    assert len(line) == days
    assert line.iloc[-1] == 150_000
    assert line.iloc[0] == pytest.approx(150_000 / days)
    assert line.is_monotonic_increasing


def test_the_straight_line_of_no_days_is_empty() -> None:
    assert goal.straight_line(150_000, pd.DatetimeIndex([])).empty
