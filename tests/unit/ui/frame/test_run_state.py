"""A run of a page holds one snapshot of the tables, of the version that its address names."""

from collections import Counter
from pathlib import Path
from typing import Any

import discovery
import pandas as pd
import pytest

from sejong_dash import datasets, kept, paths
from sejong_dash.datasets import Tables, visitors
from sejong_dash.exhibits import defaults
from sejong_dash.store import snapshots

PAGE = paths.PAGES / "overview.py"


@pytest.fixture(autouse=True)
def nothing_drawn() -> None:
    kept.clear()


def test_a_run_makes_one_snapshot_and_loads_a_table_once(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    defaults.state()  # the tables have been looked at since they changed
    made: list[str] = []
    loaded: Counter[tuple[Any, ...]] = Counter()
    load = visitors.load

    def counted(*given: Any) -> pd.DataFrame:
        loaded[given] += 1
        return load(*given)

    def snapshot(version: str = "") -> Tables:
        made.append(version)
        return Tables(version)

    monkeypatch.setattr(datasets, "snapshot", snapshot)
    monkeypatch.setattr(visitors, "load", counted)
    discovery.opened(PAGE, {"lang": "ko", "sample": "true", "asof": "2026-05-06"})
    assert made == [""]
    assert loaded[True, ""] == 1


def test_it_is_of_the_version_that_the_address_names(data_copy: Path) -> None:
    version = snapshots.create()
    file = data_copy / "sample" / "visitors.csv"
    file.write_text("\n".join(file.read_text(encoding="utf-8").splitlines()[:2]) + "\n", encoding="utf-8")
    app = discovery.opened(PAGE, {"lang": "ko", "sample": "true", "asof": "2026-05-06", "data": version})
    tables: Tables = app.session_state["_tables"]
    assert tables.version == version
    assert len(tables.visitors(sample=True)) > 1
    assert paths.data_dir(version).is_dir()
