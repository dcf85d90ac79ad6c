"""The row that holds is the latest, and of equal dates the one further down."""

import pandas as pd

from sejong_dash.latest import latest

ROWS = pd.DataFrame(
    {
        "place": ["27", None, "27", "13", None],
        "visitors": [40, 5, 100, 7, 6],
        "recorded_on": pd.to_datetime(["2026-04-18", "2026-04-18", "2026-04-27", "2026-04-18", "2026-04-18"]),
    },
    index=[2, 3, 4, 5, 6],
)


def test_the_latest_row_holds_and_of_equal_dates_the_one_further_down() -> None:
    held = latest(ROWS, ["place"], "recorded_on")
    assert dict(held["visitors"].items()) == {5: 7, 6: 6, 4: 100}


def test_a_correction_may_stand_above_the_row_that_it_corrects() -> None:
    held = latest(ROWS[::-1], ["place"], "recorded_on")
    assert held.set_index("place")["visitors"]["27"] == 100


def test_nothing_is_left_out_where_every_row_is_the_only_one() -> None:
    assert latest(ROWS, ["place", "visitors"], "recorded_on").sort_index().equals(ROWS)
