"""Tests notices of stored counts, the log line of a refused file, and the progress of a reading."""

import gc
import logging
from pathlib import Path

import pandas as pd
import pytest

from sejong_dash import intake
from sejong_dash.store import counts

FILE = "날짜,도도부현,방문객수\n2026-04-10,도쿄도,1200\n2026-04-11,오사카부,800\n"


def store_counts(*rows: tuple[str, str | None, str | None, int]) -> None:
    table = pd.DataFrame(rows, columns=["date", "jis_code", "channel", "visitors"])
    counts.apply(counts.change_set(table), who="김", why="확정")


def read_notices() -> dict[str, dict[str, object]]:
    return {notice.code: dict(notice.fields) for notice in intake.read(FILE.encode(), "a.csv", "visitors").notices}


def test_counts_that_are_stored_already_have_a_notice(data_copy: Path) -> None:
    assert read_notices() == {}
    store_counts(("2026-04-10", "13", None, 1100), ("2026-04-11", "27", None, 800), ("2026-04-12", "27", None, 5))
    assert read_notices() == {"overlaps_stored": {"count": 2, "differ": 1}}


def test_a_correction_is_compared_with_the_latest_count(data_copy: Path) -> None:
    store_counts(("2026-04-10", "13", None, 1100))
    store_counts(("2026-04-10", "13", None, 1200))
    assert read_notices()["overlaps_stored"] == {"count": 1, "differ": 0}


def test_counts_that_would_be_added_to_those_of_a_channel_have_a_notice(data_copy: Path) -> None:
    store_counts(("2026-04-10", "13", "group", 700), ("2026-04-10", "13", "individual", 400), ("2026-04-10", None, "group", 1))
    assert read_notices() == {"overlaps_channel": {"count": 1, "stored": 1100}}


def test_a_refused_file_leaves_one_line_without_its_content(caplog: pytest.LogCaptureFixture) -> None:
    name = "../../etc/a\r\nERROR forged\x1b[31m\u202egnp.csv"
    intake.read(b"\x89PNG a secret\n", name, "visitors")
    (line,) = [record.getMessage() for record in caplog.records]
    assert line.isprintable()
    assert "secret" not in line
    assert "etc/" not in line
    assert "forged" in line
    assert "14 bytes" in line
    assert "not_a_table" in line


def test_a_file_that_is_read_leaves_no_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "sejong_dash")
    intake.read(FILE.encode(), "a.csv", "visitors")
    intake.read(b"", "", "visitors")  # a grid with nothing in it
    assert caplog.records == []


@pytest.mark.thorough
def test_a_reading_is_followed_and_ended() -> None:
    rows = "".join(f"2026-04-{at % 28 + 1:02},도쿄도,{at}\n" for at in range(70_000))
    content = ("날짜,도도부현,방문객수\n" + rows).encode()
    calls: list[tuple[str, int, int]] = []
    intake.read(content, "a.csv", "visitors", on_progress=lambda *step: calls.append(step))
    steps = [step for step, _, _ in calls]
    assert list(dict.fromkeys(steps)) == ["unpack", "rows", "judge"]
    rows_done = [done for step, done, _ in calls if step == "rows"]
    assert rows_done == sorted(rows_done)
    assert rows_done[-1] == 70_000
    assert all(done <= of for _, done, of in calls)

    class Stopped(Exception):
        pass

    def stop(step: str, done: int, of: int) -> None:
        if step == "rows":
            raise Stopped

    with pytest.raises(Stopped):
        intake.read(content, "a.csv", "visitors", on_progress=stop)
    assert gc.isenabled()
