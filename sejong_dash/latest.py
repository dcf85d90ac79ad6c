"""Pick the row that holds where several stand for the same thing."""

from collections.abc import Sequence

import pandas as pd


def latest(rows: pd.DataFrame, of: Sequence[str], by: str) -> pd.DataFrame:
    """Return the row that holds for each combination of values of the columns `of`.

    The rule, for a count that was corrected as for a decision that was replaced: the row latest by the column `by` (a date)
    holds; among equal dates the one further down. A blank in `of` is a value like any other. The rows come in the order of
    `by`, with their index and all their columns; those that no longer hold are left out.
    """
    return rows.sort_values(by, kind="stable").drop_duplicates(list(of), keep="last")
