"""Tests of the visitors due from prefectures: to the visitor, and nothing is due for a missing day."""

from datetime import date

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from sejong_dash.measures import goal
from sejong_dash.measures.season import prefecture_pace

DAYS = pd.date_range("2026-04-10", periods=4)
CURVE = pd.DataFrame({"date": DAYS, "planned": [10, 20, 30, 40]})


PARTS = pd.Series({"01": 10, "02": 20})


def due(*shares: tuple[float, float], parts: pd.Series = PARTS) -> pd.DataFrame:
    """What is due with these shares of the two prefectures on the days gone."""
    return prefecture_pace.due(CURVE, pd.DataFrame(shares, index=DAYS[: len(shares)], columns=PARTS.index), parts)


def test_days_not_counted_ask_for_nothing_and_days_to_come_for_all() -> None:
    assert due((1, 1), (0, 0)).sum(axis=1).tolist() == [10, 10, 40, 80]
    assert due().sum(axis=1).tolist() == [10, 30, 60, 100]
    assert due((0, 0), (0, 0), (0, 0), (0, 0)).to_numpy().tolist() == [[0, 0]] * 4


def test_a_partial_day_asks_of_those_who_were_counted() -> None:
    assert due((1, 1), (0, 1)).iloc[1].tolist() == [3, 20]  # 10 of both (3.3 and 6.7), 20 of the second alone (13.3)
    assert due((1, 1), (0.5, 0.5)).iloc[1].sum() == 20


def test_at_before_opening_and_after_closing() -> None:
    asked = due((1, 1), (0, 0), (1, 1), (1, 1))
    totals = [int(prefecture_pace.at(asked, date(2026, 4, day)).sum()) for day in (9, 10, 11, 12, 13, 30)]
    assert totals == [0, 10, 10, 40, 80, 80]


@given(total=st.integers(0, 10**6), parts=st.lists(st.integers(0, 10**5), min_size=1, max_size=47))
def test_a_running_total_is_split_to_the_visitor_and_never_shrinks(total: int, parts: list[int]) -> None:
    totals = np.array([total, total + 1, total + 7])
    table = goal.apportion(totals, pd.DataFrame([parts] * 3))
    assert table.sum(axis=1).tolist() == totals.tolist()
    assert (table.diff().dropna() >= 0).all(axis=None)
    if sum(parts):
        quotas = [part * total / sum(parts) for part in parts]
        assert all(of == 0 for of, part in zip(table.iloc[0], parts, strict=True) if not part)
        # a method of divisors may leave the quota by more than one only where parts are very unequal
        assert all(abs(of - quota) < 1 + len(parts) / 2 for of, quota in zip(table.iloc[0], quotas, strict=True))


def test_the_goal_itself_comes_to_the_parts() -> None:
    parts = pd.DataFrame([[16704, 10984, 8, 0]])
    assert goal.apportion(np.array([parts.sum(axis=1)[0]]), parts).iloc[0].tolist() == parts.iloc[0].tolist()
