"""Finds rows that repeat or contradict each other."""

import numpy as np
import pandas as pd

from sejong_dash.intake.findings import Finding

from .column_readings import MOST_LISTED, Mask

_KEY = ["date", "jis_code", "channel"]
_MOST_LINES = 20  # lines of rows that contradict each other that a sentence names


def find_duplicates(rows: pd.DataFrame, lines: np.ndarray) -> tuple[Mask, list[Finding]]:
    """Return which rows to drop, and their findings.

    Of rows that repeat another the first is kept. Rows with other counts of the same day, prefecture and channel are all
    dropped, as nobody can know which is right. `lines` holds the line of each row.
    """
    is_repeated = rows.duplicated(_KEY, keep=False).to_numpy()
    drop = np.zeros(len(rows), dtype=bool)
    if not is_repeated.any():
        return drop, []
    at = np.flatnonzero(is_repeated)
    repeated = rows.iloc[at].fillna({"jis_code": "", "channel": ""}).assign(line=lines[at], at=at)
    groups = repeated.groupby(_KEY, sort=False)
    repeated["differ"] = groups["visitors"].transform("nunique") > 1
    repeated["first"] = groups["line"].transform("first")
    repeated["total"] = groups["visitors"].transform("sum")
    repeated["nth"] = groups.cumcount()
    dropped = repeated[repeated["differ"] | (repeated["nth"] > 0)]
    drop[dropped["at"].to_numpy()] = True
    lines_by_first = {
        first: " ".join(str(line) for line in group[:_MOST_LINES])
        for first, group in repeated[repeated["differ"]].groupby("first")["line"].agg(list).head(MOST_LISTED).items()
    }
    findings = []
    for row in dropped.head(MOST_LISTED).itertuples():
        if row.differ:
            fields = {"rows": lines_by_first.get(row.first, str(row.first)), "total": int(row.total)}
            findings.append(Finding(int(row.line), None, "duplicate_conflict", fields))
        else:
            findings.append(Finding(int(row.line), None, "duplicate_row", {"first": int(row.first)}))
    if len(dropped) > MOST_LISTED:
        first = int(dropped["line"].iloc[MOST_LISTED])
        rest = {"count": len(dropped) - MOST_LISTED, "first": first, "code": "duplicate_row"}
        findings.append(Finding(int(dropped["line"].iloc[-1]), None, "more_errors", rest))
    return drop, findings
