"""The bar carries the basis of the counts that it shows, however little the plan asks."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from discovery import BASE, tables_now

from sejong_dash.charts import goal_bar


def test_counts_leave_their_basis_where_the_plan_asks_for_nobody_yet(data_copy: Path) -> None:
    goals = data_copy / "goals.csv"
    goals.write_text(goals.read_text("utf-8").replace("japan,,150000", "japan,,10"), "utf-8")
    table = goal_bar.table(replace(BASE, as_of=date(2026, 4, 10)), tables_now())
    assert table["goal"].iloc[0] == 10
    assert table["due"].iloc[0] == 0
    assert table["visitors"].iloc[0] > 0
    assert set(table["basis"]) == {"sample"}
