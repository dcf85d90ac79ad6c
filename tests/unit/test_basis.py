"""Tests of basis: a figure made from several carries the weakest basis and every source."""

from itertools import product

import pandas as pd
import pytest

from sejong_dash import basis


@pytest.mark.parametrize(("one", "other"), list(product(basis.STRENGTH, repeat=2)))
def test_the_weaker_of_two(one: str, other: str) -> None:
    expected = min(one, other, key=basis.STRENGTH.index)
    assert basis.weakest([one, other]) == basis.weakest(pd.Series([other, one, other])) == expected


def test_blanks_weaken_nothing() -> None:
    assert basis.weakest([]) == "reported"
    assert basis.weakest([None, float("nan"), pd.NA, "general"]) == "general"
    assert basis.weakest(pd.Series([None, "sample"], dtype="str")) == "sample"


def test_each_source_once_in_the_order_of_first_mention() -> None:
    assert basis.sources(["b;a", None, "a;c", "", "b"]) == ("b", "a", "c")
    assert basis.sources(pd.Series(["b;a", None, "a", "b;a"], dtype="str")) == ("b", "a")
    assert basis.joined(["b;a", "a;c"]) == "b;a;c"
    assert basis.joined([]) == ""


def test_sample_data_are_named_before_the_sources_that_report() -> None:
    assert basis.joined(["daily;other", "sample", "daily;sample"]) == "sample;daily;other"


def test_of_a_table() -> None:
    table = pd.DataFrame({"basis": ["reported", "assumption"], "source_id": ["x;y", "z"]})
    assert basis.named(table) == ("assumption", ("x", "y", "z"))
