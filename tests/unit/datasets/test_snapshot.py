"""A snapshot hands out every table as it was when it was first asked for, at its version."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib import import_module
from inspect import getmembers, isfunction, signature
from pathlib import Path

import pandas as pd
import pytest

from sejong_dash import paths
from sejong_dash.datasets import Tables, goals, programme, snapshot
from sejong_dash.datasets.schema import last_good
from sejong_dash.errors import TableError

NAMES = [path.stem for path in sorted((paths.PROJECT / "data").glob("*.csv"))]


def asked(tables: Tables, name: str) -> pd.DataFrame:
    method: Callable[..., pd.DataFrame] = getattr(tables, name)
    return method(sample=True) if "sample" in signature(method).parameters else method()


@pytest.mark.parametrize("name", NAMES)
def test_every_table_is_as_its_module_loads_it(name: str) -> None:
    module = import_module(f"sejong_dash.datasets.{name}")
    loaded = module.load(sample=True) if "sample" in signature(module.load).parameters else module.load()
    pd.testing.assert_frame_equal(asked(snapshot(), name), loaded)


def test_every_file_with_a_module_has_a_method() -> None:
    methods = {name for name, _ in getmembers(Tables, isfunction)}
    assert set(NAMES) <= methods


def test_a_table_stays_as_it_was_first_asked_for(data_copy: Path) -> None:
    tables = snapshot()
    before = tables.goals()
    file = data_copy / "goals.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("150000", "150001"), encoding="utf-8")
    pd.testing.assert_frame_equal(tables.goals(), before)
    assert snapshot().goals()["visitors"].iloc[0] == before["visitors"].iloc[0] + 1


def test_a_version_reads_its_own_folder(data_copy: Path) -> None:
    version = "0123456789ab"
    shutil.copytree(data_copy, paths.frozen_dir(version), ignore=shutil.ignore_patterns(".*"))
    stated = snapshot().goals()
    (data_copy / "goals.csv").unlink()
    (data_copy / "sample" / "sample.toml").unlink()
    (data_copy / "geo" / "korea.geojson").unlink()
    shutil.rmtree(paths.frozen_dir(last_good.VERSION))  # what is shown in place of a broken table has a test of its own
    kept = snapshot(version)
    assert kept.version == version
    pd.testing.assert_frame_equal(kept.goals(), stated)
    assert kept.sample_as_of() == date(2026, 5, 6)
    assert kept.shapes("korea")["features"]
    for broken in (snapshot().goals, snapshot().sample_as_of, lambda: snapshot().shapes("korea")):
        with pytest.raises(TableError):
            broken()


def test_references_are_looked_up_in_the_same_version(data_copy: Path) -> None:
    version = "0123456789ab"
    shutil.copytree(data_copy, paths.frozen_dir(version), ignore=shutil.ignore_patterns(".*"))
    (data_copy / "plans.csv").write_text(
        (data_copy / "plans.csv").read_text(encoding="utf-8").replace("reports-2024", "reports-2025"), encoding="utf-8"
    )
    assert len(snapshot(version).goals())
    with pytest.raises(TableError, match="goals"):
        snapshot().goals()


def test_what_a_caller_changes_is_the_callers_alone() -> None:
    tables = snapshot()
    mine = tables.goals()
    mine["visitors"] = 0
    mine.loc[mine.index[0], "plan_id"] = "none"
    pd.testing.assert_frame_equal(tables.goals(), goals.load())


def test_the_sample_and_the_real_counts_are_two_tables() -> None:
    tables = snapshot()
    assert len(tables.visitors(sample=True)) > len(tables.visitors(sample=False)) == 0
    assert len(tables.bookings(sample=True)) > len(tables.bookings(sample=False)) == 0


def test_gardens_are_those_of_the_programme() -> None:
    pd.testing.assert_frame_equal(snapshot().gardens(), programme.gardens())


def test_what_is_derived_is_made_once_for_a_key_and_a_snapshot() -> None:
    made: list[str] = []

    def make() -> str:
        made.append("x")
        return "x" * len(made)

    tables = snapshot()
    assert [tables.derived("a", make), tables.derived("a", make), tables.derived("b", make)] == ["x", "x", "xx"]
    assert snapshot().derived("a", make) == "xxx"


def test_what_cannot_be_made_is_tried_again(data_copy: Path) -> None:
    file = data_copy / "goals.csv"
    sound, tables = file.read_bytes(), snapshot()
    file.unlink()
    with pytest.raises(TableError):
        tables.goals()
    file.write_bytes(sound)
    assert len(tables.goals())


def test_threads_that_share_a_snapshot_get_the_same() -> None:
    tables = snapshot()
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: tables.derived("key", object), range(200)))
    assert len(set(map(id, found))) == 1
