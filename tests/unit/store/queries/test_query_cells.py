"""Values of a database become cells of a table."""

from decimal import Decimal

import pandas as pd
import pytest

from sejong_dash.store.queries import query_answer

TICKETS = """
CREATE TABLE tickets (day DATE, code VARCHAR(2), visitors INTEGER);
INSERT INTO tickets VALUES ('2026-04-10', '13', 100), ('2026-04-10', '13', 20), ('2026-04-11', '27', 80);
"""
SQL = """-- connection: ticketing
-- every: 10 minutes
SELECT day AS date, code AS jis_code, 'group' AS channel, SUM(visitors) AS visitors,
       'reported' AS basis, NULL AS source_id
FROM tickets GROUP BY day, code ORDER BY 1, 2
"""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (Decimal("120.00"), "120"),
        (12.0, "12"),
        (0.00001, "0.000010"),
        (pd.Timestamp("2026-04-10").to_pydatetime(), "2026-04-10"),
        (pd.Timestamp("2026-04-10").date(), "2026-04-10"),
        (pd.Timestamp("2026-04-10 09:30").to_pydatetime(), "2026-04-10T09:30:00"),
        ("가", "가"),
        (float("nan"), "nan"),
    ],
)
def test_values_become_cells(value: object, text: str) -> None:
    assert query_answer.cell_text(value) == text
