"""Make data/sample/visitors.csv and data/sample/bookings.csv: `python -m sejong_dash.sample`

They follow from a plan, its goal, the prefectures and the seed in data/sample/sample.toml: always the same bytes. Exit code 0:
made. 2: the command is wrong. 3: a table cannot be read or a file not written; stderr says why and what to do.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from sejong_dash import console, errors, paths
from sejong_dash import words as wording
from sejong_dash.datasets import goals, plans, prefectures, sample
from sejong_dash.errors import DashError
from sejong_dash.exhibits.error_text import describe_error

from . import sample_counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Make both files and return the exit code."""
    console.make_safe()
    parser = argparse.ArgumentParser(
        prog="python -m sejong_dash.sample",
        description="Invent the sample's counts and bookings anew, into the data folder (SEJONG_DATA).",
        epilog=f"{console.RULE}; stderr says why and what to do.",
    )
    parser.add_argument("--lang", choices=wording.LANGUAGES, default="ko", help="of what is said on stderr (default: ko)")
    asked = parser.parse_args(arguments)
    try:
        for name, table in invent().items():
            write(paths.data_dir() / "sample" / name, as_csv(table))
    except DashError as error:
        lang = asked.lang if console.shows(wording.LANGUAGE_NAMES[asked.lang]) else "en"
        console.report(describe_error(error, wording.of(errors.__file__, lang)).sentences)
        return console.FAILED
    return console.MADE


def invent() -> dict[str, pd.DataFrame]:
    """Return each sample table by the name of its file. Raises DashError where a table or a setting cannot be used."""
    settings = sample.settings()
    plan_id, seed = settings.get("plan_id"), settings.get("seed")
    plan = plans.load().query("plan_id == @plan_id")
    goal = goals.load().query("plan_id == @plan_id and scope == 'japan'")
    if len(plan) != 1 or len(goal) != 1 or not isinstance(seed, int) or plan[["opens_on", "closes_on"]].isna().any(axis=None):
        # to choose silently among several would invent a season for the wrong plan
        raise DashError("sample_unmade", plan=plan_id)
    opens_on, closes_on = plan["opens_on"].iloc[0].date(), plan["closes_on"].iloc[0].date()
    places = prefectures.load().astype({"population_2020": "int64"}).reset_index(drop=True)
    season = (places, opens_on, closes_on, int(goal["visitors"].iloc[0]), seed)
    return {
        "visitors.csv": sample_counts.visitors(*season),
        "bookings.csv": sample_counts.bookings(*season),
    }


def as_csv(table: pd.DataFrame) -> bytes:
    return bytes(table.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d").encode("utf-8"))


def write(file: Path, content: bytes) -> None:
    """Replace a file in one step, so that a running dashboard reads the old or the new content. Raises DashError."""
    unfinished = file.with_name(f".{file.name}.new")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(file)
    except OSError as error:
        raise DashError("export_unwritten", file=str(file), what=error.strerror or str(error)) from error


if __name__ == "__main__":
    sys.exit(main())
