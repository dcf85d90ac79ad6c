"""Tests of arrivals: months are spread over the days of an expo, and a missing month is never guessed."""

import pandas as pd
import pytest

from sejong_dash.measures.arrivals import during


def rows(*stated: tuple[str, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [(f"arrivals-japan-{period}", period, value, "arrivals", "reported", "kto") for period, value in stated],
        columns=["benchmark_id", "period", "value", "unit", "basis", "source_id"],
    )


DAYS = pd.date_range("2026-04-10", "2026-05-24")


def test_each_month_counts_by_its_days() -> None:
    found = during(rows(("2025-04", 3000), ("2025-05", 3100), ("2019-04", 300), ("2019-05", 310)), DAYS)
    assert [(one.year, one.arrivals, one.basis, one.source_id) for one in found] == [
        (2025, pytest.approx(2100 + 2400), "reported", "kto"),
        (2019, pytest.approx(210 + 240), "reported", "kto"),
    ]


def test_a_year_without_one_of_the_months_is_passed_over() -> None:
    found = during(rows(("2025-04", 3000), ("2019-04", 300), ("2019-05", 310), ("2025", 40_000)), DAYS)
    assert [one.year for one in found] == [2019]


def test_without_months_the_latest_year_stands_in_as_an_assumption() -> None:
    (found,) = during(rows(("2025", 36_500), ("2024", 36_600)), DAYS)
    assert (found.year, found.arrivals, found.basis) == (2025, pytest.approx(4500), "assumption")
    (leap,) = during(rows(("2024", 36_600)), DAYS)
    assert leap.arrivals == pytest.approx(4500)


def test_nothing_known_or_no_days_gives_nothing() -> None:
    assert during(rows(), DAYS) == []
    assert during(rows(("2025-04", 3000)), DAYS) == []
    assert during(rows(("2025", 36_500)), DAYS[:0]) == []
