"""Tests of the model of the counts: a place of which nothing is known follows the year, an event that is known does not."""

import pandas as pd
import pytest

from sejong_dash.measures.season.forecast import forecast


def steady(opens: str, **known: object) -> float:
    """What is left of a season of 45 days by the forecast after 27 days of a thousand visitors, against a thousand a day."""
    dates = pd.date_range(opens, periods=45)
    table = pd.DataFrame({"date": dates[:27], "visitors": 1000.0})
    found = forecast(table, dates[0], dates[-1], dates[26], **known)
    return (found.total - found.counted) / 18_000


def test_a_place_of_which_nothing_is_known_follows_the_year() -> None:
    assert steady("2026-03-01") > 1.1
    assert steady("2026-09-01") < 0.9
    assert steady("2026-06-10") == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("opens", ["2026-03-01", "2026-06-10", "2026-09-01"])
@pytest.mark.parametrize("known", [{"kind": "garden"}, {"day_weights": pd.Series(1.0, pd.date_range("2026-01-01", periods=365))}])
def test_an_event_of_a_known_kind_or_with_a_plan_does_not(opens: str, known: dict) -> None:
    assert steady(opens, **known) == pytest.approx(1, abs=0.04)
