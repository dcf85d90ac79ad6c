"""A live table that cannot be used is shown in its last good state, which says since when and why."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from html import escape
from itertools import cycle
from pathlib import Path

import pandas as pd
import pytest
from clerk import APRIL, HEADER, put, store
from page_html import html_of
from streamlit.testing.v1 import AppTest

from sejong_dash import clock, contents, errors, intake, paths, words
from sejong_dash.datasets import benchmarks, places, snapshot
from sejong_dash.datasets.schema import data_files, last_good
from sejong_dash.errors import TableError
from sejong_dash.exhibits import defaults
from sejong_dash.exhibits.error_text import describe_problem
from sejong_dash.exports.__main__ import main as make_files
from sejong_dash.intake.cells import prefecture_names
from sejong_dash.paths import PROJECT
from sejong_dash.store import counts, missing_counts
from sejong_dash.ui.desk import count_tables
from sejong_dash.watch import readiness

pytestmark = pytest.mark.dear


def remove(file: Path) -> None:
    file.unlink()


def cut_in_a_row(file: Path) -> None:
    """End in the middle of a row that can be read all the same."""
    file.write_bytes(file.read_bytes().rstrip())


def cut_in_half(file: Path) -> None:
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[: len(lines) // 3]))


def empty(file: Path) -> None:
    file.write_bytes(file.read_bytes().splitlines(keepends=True)[0])


def spoil(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"?\n")


@pytest.mark.parametrize(
    ("harm", "code"),
    [(remove, "file_missing"), (cut_in_a_row, "cut_off"), (cut_in_half, "cut_off"), (empty, "emptied"), (spoil, "row_length")],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_last_good_state_is_shown(harm: Callable[[Path], None], code: str, data_copy: Path) -> None:
    file = data_copy / "benchmarks.csv"
    good, whole = snapshot().benchmarks(), file.read_bytes()
    before = defaults.state()
    harm(file)
    assert defaults.state() != before
    assert snapshot().benchmarks().equals(good)
    (found,) = last_good.troubles()
    assert (found.file, found.code) == ("benchmarks.csv", code)
    assert found.good_at is not None
    assert clock.now() - found.since < timedelta(minutes=5)
    file.write_bytes(whole)
    assert defaults.state() == before
    assert last_good.troubles() == []


def test_the_state_that_is_shown_is_part_of_the_fingerprint(data_copy: Path) -> None:
    """Broken in the same way after it was changed: what was drawn of the state before must not be found again."""
    file = data_copy / "benchmarks.csv"
    first = file.read_bytes()
    second = first.replace(b"\n", b"\r\n")
    states = []
    for whole in (first, second):
        file.write_bytes(whole)
        defaults.state()
        file.write_bytes(b"?\n")
        states.append(defaults.state())
    assert states[0] != states[1]


def test_a_good_state_outlasts_the_server(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = snapshot().plans()
    (data_copy / "plans.csv").unlink()
    monkeypatch.setattr(last_good, "_found", {})
    assert snapshot().plans().equals(good)


def test_without_a_good_state_the_table_says_what_is_wrong(data_copy: Path) -> None:
    spoil(data_copy / "benchmarks.csv")
    with pytest.raises(TableError):
        snapshot().benchmarks()
    (found,) = last_good.troubles()
    assert found.good_at is None


def test_a_table_that_refers_to_a_broken_one_is_not_blamed(data_copy: Path) -> None:
    snapshot().look()
    empty(data_copy / "programme.csv")
    snapshot().look()
    assert [each.file for each in last_good.troubles()] == ["programme.csv"]


def test_a_folder_that_cannot_be_written_is_logged_once(
    data_copy: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (data_copy / ".frozen").write_text("in the way", encoding="utf-8")
    monkeypatch.setattr(last_good, "_unwritable", set())
    snapshot().benchmarks()
    snapshot().benchmarks()
    (record,) = caplog.records
    assert "last good state of tables cannot be kept" in record.getMessage()


def test_counts_that_are_lost_stay_and_counts_that_are_taken_out_go(data_copy: Path) -> None:
    file = put(data_copy, HEADER + APRIL)
    counts.record_outside_edit()
    defaults.state()
    empty(file)
    defaults.state()
    assert len(snapshot().visitors(sample=False)) == 3
    assert missing_counts.find() is not None, "the desk can bring them back"
    assert missing_counts.find_unshown() is None
    put(data_copy, HEADER + APRIL)
    defaults.state()
    figures = counts.figures()[["date", "jis_code", "channel", "visitors"]]
    assert counts.apply(counts.change_set(figures.iloc[:0], shown=figures), who="Kim", why="all wrong") is not None
    defaults.state()
    assert len(snapshot().visitors(sample=False)) == 0
    assert last_good.troubles() == []
    assert missing_counts.find_unshown() is not None


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_page_says_since_when_and_why(lang: str, data_copy: Path) -> None:
    defaults.state()
    file = data_copy / "benchmarks.csv"
    spoil(file)
    since = datetime.now(clock.ZONE).replace(second=0, microsecond=0)
    os.utime(file)
    app = AppTest.from_file(str(PROJECT / "sejong_dash" / "shell.py"), default_timeout=120)
    app.query_params["lang"] = lang
    app.run()
    assert len(app.exception) == 0
    text = " ".join(html_of(app))
    shared = words.shared(lang)
    assert shared("status.kept") in text
    assert "benchmarks.csv" in text
    assert f"{since:%H:%M}" in text or f"{since + timedelta(minutes=1):%H:%M}" in text
    (found,) = last_good.troubles()
    assert escape(describe_problem(found.error.problems[0], "benchmarks.csv", words.of(errors.__file__, lang))) in text
    assert "sj-error" not in text.replace(".sj-error", "")


def test_snapshots_do_not_hold_it(data_copy: Path) -> None:
    snapshot().look()
    assert (paths.frozen_dir(last_good.VERSION) / "plans.csv").exists()
    shutil.rmtree(paths.frozen_dir(last_good.VERSION))
    assert snapshot().plans() is not None


def test_most_counts_being_taken_out_at_the_desk_is_not_a_loss(data_copy: Path) -> None:
    store(("2026-04-10", "13", "group", 120))
    change = store(*((f"2026-04-{day}", "13", "group", day) for day in range(11, 31)), when="2026-05-01")
    assert change is not None
    assert len(snapshot().visitors(sample=False)) == 21
    counts.undo(change.number, who="Kim", why="a wrong file")
    assert len(snapshot().visitors(sample=False)) == 1
    assert last_good.troubles() == []


def test_what_a_table_was_just_before_and_after_it_was_read_is_not_kept(data_copy: Path) -> None:
    """It is being replaced, again and again: empty, whole while it is read, empty."""
    file = data_copy / "benchmarks.csv"
    whole = file.read_bytes()
    file.write_bytes(b"")

    def load(version: str) -> object:
        file.write_bytes(whole)
        table = benchmarks.load(version)
        file.write_bytes(b"")
        return table

    kept = paths.frozen_dir(last_good.VERSION) / "benchmarks.csv"
    assert last_good.usable("benchmarks.csv", load, "") is not None
    assert not kept.exists() or kept.read_bytes() == whole


def test_what_was_cut_off_while_it_was_read_is_not_kept(data_copy: Path) -> None:
    """When it was looked at whether it is cut off, it was whole."""
    file = data_copy / "benchmarks.csv"
    assert len(snapshot().benchmarks())
    whole = file.read_bytes()
    kept = paths.frozen_dir(last_good.VERSION) / "benchmarks.csv"
    assert kept.read_bytes() == whole
    cut_in_half(file)
    last_good._copy(file, kept, contents.digest_of(file.read_bytes()))
    assert kept.read_bytes() == whole


def test_files_and_programs_are_read_with_the_last_good_state(data_copy: Path) -> None:
    """Whoever brings counts in, asks whether the server is ready or makes files needs no other state than the pages."""
    store(("2026-04-10", "13", "group", 120))
    snapshot().look()
    names, ready = count_tables.prefecture_names("ja"), readiness.look()
    spoil(data_copy / "prefectures.csv")
    spoil(data_copy / "plans.csv")
    prefecture_names._load_names_and_codes.cache_clear()
    assert count_tables.prefecture_names("ja") == names
    assert readiness.look().last_day == ready.last_day != ""
    read = intake.read_rows([(2, ["2026-04-11", "奈良県", "個人", "3"])], "counts.csv", "visitors")
    assert read.errors == ()
    assert read.rows["jis_code"].tolist() == ["29"]
    with pytest.raises(SystemExit) as ended:  # the command is wrong, and the tables say what is possible
        make_files(["--set", "partner"])
    assert ended.value.code == 2


def test_a_table_that_was_written_while_it_was_looked_at_is_sound_at_the_next_look(
    data_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its fingerprint was taken before, and is the same afterwards."""
    sound, table = defaults.state(), data_copy / "plans.csv"
    whole = table.read_bytes()
    monkeypatch.setattr(defaults._Looked, "at", ("", ""))
    with monkeypatch.context() as before:
        before.setattr(data_files, "fingerprint", lambda version="": sound)
        table.write_bytes(whole[: len(whole) // 2])
        assert defaults.state() != sound
        assert [each.file for each in last_good.troubles()] == ["plans.csv"]
    table.write_bytes(whole)
    assert defaults.state() == sound
    assert last_good.troubles() == []


def test_a_table_that_was_cut_while_it_was_read_is_read_again(data_copy: Path) -> None:
    """What it was made from is gone when it is compared with the good state."""
    file, whole = data_copy / "places.csv", snapshot().places()
    content, reads = file.read_bytes(), 0

    def load(version: str) -> pd.DataFrame:
        nonlocal reads
        reads += 1
        if reads == 1:
            cut_in_half(file)
        table = places.load(version)
        file.write_bytes(content)
        return table

    assert len(last_good.usable("places.csv", load, "")) == len(whole)
    assert reads == 2
    assert last_good.troubles() == []


def test_a_table_that_is_written_again_and_again_is_shown_in_its_last_good_state(data_copy: Path) -> None:
    file, whole = data_copy / "places.csv", snapshot().places()
    header, *rows = file.read_bytes().splitlines(keepends=True)
    states = cycle(header + row for row in rows[:2])

    def load(version: str) -> pd.DataFrame:
        table = places.load(version)
        if not version:
            file.write_bytes(next(states))
        return table

    file.write_bytes(next(states))
    assert len(last_good.usable("places.csv", load, "")) == len(whole)
    assert [each.code for each in last_good.troubles()] == ["cut_off"]
