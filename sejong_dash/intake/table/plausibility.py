"""Compares counts with what is possible: the people of a prefecture, the days of a plan."""

import numpy as np
import pandas as pd

from sejong_dash.datasets import snapshot
from sejong_dash.intake.findings import Finding

from .column_readings import MOST_LISTED


def list_improbable(rows: pd.DataFrame, lines: np.ndarray) -> list[Finding]:
    """Return a notice for each row with more visitors from a prefecture on one day than live there."""
    population = snapshot().prefectures().set_index("jis_code")["population_2020"]
    most = rows["jis_code"].map(population).astype("Int64")
    improbable = np.flatnonzero((rows["visitors"] > most).fillna(False).to_numpy(dtype=bool))[:MOST_LISTED]
    return [
        Finding(int(lines[at]), "visitors", "improbable", {"found": int(rows["visitors"].iloc[at]), "most": int(most.iloc[at])})
        for at in improbable
    ]


def list_outside_plans(rows: pd.DataFrame, lines: np.ndarray) -> list[Finding]:
    """Return a notice for each row of a day on which no plan has the expo open: a trial day, or a wrong month."""
    dated = snapshot().plans().dropna(subset=["opens_on", "closes_on"])
    open_days = [rows["date"].between(first, last) for first, last in zip(dated["opens_on"], dated["closes_on"], strict=True)]
    if not open_days:
        return []
    outside = np.flatnonzero(~np.logical_or.reduce(open_days))[:MOST_LISTED]
    return [Finding(int(lines[at]), "date", "outside_plans", {"found": f"{rows['date'].iloc[at]:%Y-%m-%d}"}) for at in outside]
