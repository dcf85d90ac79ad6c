"""Tests of classes: every value falls into exactly one, edges are round, and no class is empty."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sejong_dash.measures.classes import MOST, Classes, diverging, quantile, rounded

WHOLE = st.lists(st.integers(-200_000, 200_000), min_size=1, max_size=60)
AMOUNTS = st.lists(st.integers(0, 200_000), min_size=1, max_size=60)


def holds(classes: Classes, value: float) -> list[int]:
    return [i for i in range(len(classes)) if classes.bounds(i)[0] <= value <= classes.bounds(i)[1]]


@given(AMOUNTS)
def test_amounts(values: list[int]) -> None:
    classes = quantile(values)
    assert 1 <= len(classes) <= MOST
    assert all(a < b for a, b in zip(classes.edges, classes.edges[1:], strict=False)) or len(set(values)) == 1
    assert classes.edges[0] == min(values)
    assert classes.edges[-1] == max(values)
    assert all(holds(classes, value) == [classes.number(value)] for value in values), classes
    assert {classes.number(value) for value in values} == set(range(len(classes))), "a class that nobody is in"
    inner = classes.edges[1:-1]
    assert all(rounded(edge) == edge for edge in inner), "an edge that nobody can say"


@given(WHOLE)
def test_around_zero(values: list[int]) -> None:
    classes = diverging(values)
    assert 1 <= len(classes) <= 5
    assert all(a < b for a, b in zip(classes.edges, classes.edges[1:], strict=False)) or len(classes) == 1
    assert all(holds(classes, value) == [classes.number(value)] for value in values), classes
    held = {classes.number(value) for value in values}
    assert {0, len(classes) - 1} <= held | {classes.middle}, "an end that nobody is in"
    assert classes.number(0) == classes.middle
    low, high = classes.bounds(classes.middle)  # type: ignore[arg-type]
    assert low == -high


@given(st.lists(st.floats(0, 500), min_size=1, max_size=60))
def test_rates(values: list[float]) -> None:
    rates = [round(value, 1) for value in values]  # as a map has them; 0.45 may be rounded either way
    classes = quantile(rates, step=0.1)
    assert all(len(holds(classes, rate)) == 1 for rate in rates), classes
    assert all(holds(classes, rate) == [classes.number(rate)] for rate in rates), classes


def test_the_days_before_fall_into_the_nearest_class() -> None:
    classes = quantile(range(1000, 11_000, 100))
    assert [classes.number(value) for value in (0, 999, 50_000)] == [0, 0, len(classes) - 1]
    assert classes.number(math.nan) is None
    assert len(quantile([])) == len(diverging([math.nan])) == 0
    assert len(quantile([7, 7, 7])) == 1


@pytest.mark.parametrize(("value", "said"), [(1437, 1400), (0, 0), (-86.2, -86), (0.0347, 0.035), (99_999, 100_000)])
def test_two_digits(value: float, said: float) -> None:
    assert rounded(value) == pytest.approx(said)


def test_edges_are_those_that_the_data_asks_for() -> None:
    assert quantile([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]).edges == (10, 28, 46, 64, 82, 100)
    assert diverging([-1000, -500, -100, 0, 100, 400]).middle == 2
