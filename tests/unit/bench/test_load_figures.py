"""Percentiles, rows and ratios of the load tool are what they are called."""

import os
from pathlib import Path

import pytest

from tests.bench.load.__main__ import is_loopback
from tests.bench.load.figures import Figures, percentile, rows, table
from tests.bench.load.process_use import use


@pytest.mark.parametrize(
    ("values", "percent", "wanted"),
    [
        ([], 50, None),
        ([3.0], 95, 3.0),
        ([1.0, 2.0, 3.0, 4.0], 50, 2.5),
        ([4.0, 1.0, 3.0, 2.0], 0, 1.0),
        ([4.0, 1.0, 3.0, 2.0], 100, 4.0),
        ([float(number) for number in range(101)], 95, 95.0),
        ([0.0, 10.0], 95, 9.5),
    ],
)
def test_a_percentile_lies_between_two_values(values: list[float], percent: float, wanted: float | None) -> None:
    assert percentile(values, percent) == wanted


def test_what_was_not_measured_is_no_zero() -> None:
    found = rows(Figures(viewers=3, answers=[0.1, 0.2]))
    assert found["interaction max, ms"] == pytest.approx(200)
    assert found["pressed at once p95, ms"] is None
    assert found["server's share of a core, idle, %"] is None
    assert found["lost answers"] == 0


def test_a_table_has_each_measure_beside_its_peer() -> None:
    lines = table({"dashboard": Figures(answers=[0.3], runs_idle=2.0), "bare": Figures(answers=[0.1])}).splitlines()
    assert lines[0].split() == ["dashboard", "bare", "ratio"]
    assert [line.split()[-3:] for line in lines if line.startswith("interaction p95")] == [["300", "100", "3.0"]]
    assert [line.split()[-2:] for line in lines if line.startswith("runs a second, idle")] == [["2.0", "–"]]


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("http://127.0.0.1:8501", True),
        ("http://localhost:8501", True),
        ("http://[::1]:8501", True),
        ("http://192.0.2.1:8501", False),
        ("http://0.0.0.0:8501", False),
        ("no address", False),
    ],
)
def test_only_this_machine_is_loaded(address: str, wanted: bool) -> None:
    assert is_loopback(address) is wanted


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system tells nothing under /proc")
def test_processor_time_and_memory_of_a_process_are_read() -> None:
    before = use(os.getpid())
    sum(number * number for number in range(300_000))
    after = use(os.getpid())
    assert before is not None
    assert after is not None
    assert after.seconds >= before.seconds > 0
    assert 1 < after.megabytes < 100_000
    assert use(2**22 + 1) is None
