"""How are data/sample/visitors.csv and data/sample/bookings.csv made?

From a plan, its goal, the prefectures and the seed in data/sample/sample.toml: always the same bytes.
"""

from datetime import date
from pathlib import Path

import pandas as pd

from sejong_dash.measures import sample_counts
from sejong_dash.paths import data_dir
from sejong_dash.words import settings


def invent(data: Path) -> dict[str, pd.DataFrame]:
    """Each sample table by the name of its file."""
    chosen = settings(data / "sample" / "sample.toml")
    plan = _only(_read(data / "plans.csv"), plan_id=chosen["plan_id"])
    goal = _only(_read(data / "goals.csv"), plan_id=chosen["plan_id"], scope="japan")
    prefectures = _read(data / "prefectures.csv").astype({"population_2020": "int64"})

    opens_on, closes_on = date.fromisoformat(plan["opens_on"]), date.fromisoformat(plan["closes_on"])
    season = (prefectures, opens_on, closes_on, int(goal["visitors"]), chosen["seed"])
    return {
        "visitors.csv": sample_counts.visitors(*season),
        "bookings.csv": sample_counts.bookings(*season),
    }


def as_csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d").encode("utf-8")


def main() -> None:
    data = data_dir()
    for name, table in invent(data).items():
        # A running dashboard reads these files: it sees the old one or the new one, never half of one.
        unfinished = data / "sample" / f".{name}.new"
        unfinished.write_bytes(as_csv(table))
        unfinished.replace(data / "sample" / name)


def _read(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")


def _only(table: pd.DataFrame, **values: str) -> pd.Series:
    for column, value in values.items():
        table = table[table[column] == value]
    if len(table) != 1:  # choosing one of several silently would invent a season for the wrong plan
        raise LookupError(f"expected one row with {values}, found {len(table)}")
    return table.iloc[0]


if __name__ == "__main__":
    main()
