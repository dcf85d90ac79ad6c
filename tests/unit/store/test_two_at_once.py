"""Two processes that write at once lose nothing of each other's."""

import multiprocessing
import subprocess
import sys
from pathlib import Path

import clerk
import pytest
from clerk import HEADER, assert_rebuilt, put, rows, visitors_of
from filelock import FileLock

from sejong_dash.datasets.schema import data_files
from sejong_dash.errors import DashError
from sejong_dash.paths import PROJECT
from sejong_dash.store import counts, history, journal, lock

pytestmark = [pytest.mark.dear, pytest.mark.thorough]

SHARED = ("2026-04-10", "13", "group")
TIMES = 50


def count_on(channel: str, more: int) -> None:
    """Store fifty times a row of its own, and some more in the figure that both processes count in."""
    for number in range(TIMES):
        done = False
        while not done:
            stands = counts.figures()
            shown = stands[stands["channel"] == "group"]
            now = visitors_of(shown)[SHARED] + more
            mine = (f"2026-05-{number % 28 + 1:02}", "", f"{channel}{number // 28}", number)
            changes = counts.change_set(rows((*SHARED, now), mine), shown=shown[["date", "jis_code", "channel", "visitors"]])
            try:
                counts.apply(changes, who=channel, why="counted")
                done = True
            except counts.Conflict:
                continue


@pytest.mark.thorough
def test_two_processes_lose_no_row_and_no_count(folder: Path) -> None:
    put(folder, HEADER + "2026-04-10,13,group,0,,reported,\n")
    context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
    processes = [context.Process(target=count_on, args=given) for given in (("east", 1), ("west", 1000))]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    stands = visitors_of(counts.figures())
    assert stands.pop(SHARED) == 1001 * TIMES, "nobody counted on from what was no longer so"
    assert len(stands) == 2 * TIMES
    changes = history.history()
    assert [sum(change.who == who for change in changes) for who in ("east", "west")] == [TIMES, TIMES]
    assert_rebuilt(folder)


@pytest.mark.thorough
def test_another_process_sees_new_counts_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEJONG_DATA", str(tmp_path))
    put(tmp_path, HEADER)
    before = data_files.fingerprint()
    code = "import sys; sys.path.insert(0, sys.argv[1]); import clerk; clerk.store(('2026-04-10', '13', 'group', 120))"
    subprocess.run([sys.executable, "-c", code, str(Path(clerk.__file__).parent)], cwd=PROJECT, check=True, env=None)
    assert data_files.fingerprint() != before
    assert visitors_of(counts.figures()) == {SHARED: 120}


def test_who_waits_too_long_hears_who_is_at_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEJONG_DATA", str(tmp_path))
    file = put(tmp_path, HEADER)
    monkeypatch.setattr(lock, "PATIENCE", 0.2)
    changes = counts.change_set(rows((*SHARED, 1)))
    journal.folder().mkdir()
    with lock.hold(journal.folder()), pytest.raises(DashError) as refused:
        counts.apply(changes, who="Kim", why="too late")
    assert refused.value.key == "store_busy"
    assert "(" in str(refused.value.fields["holder"])
    with FileLock(journal.folder() / "turn.lock"), pytest.raises(DashError) as refused:
        counts.apply(changes, who="Kim", why="too late")
    assert refused.value.fields["holder"] == "?"
    assert file.read_text(encoding="utf-8") == HEADER
    assert counts.apply(changes, who="Kim", why="now") is not None


def test_who_lost_its_turn_stores_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine slept between writing ahead and the swap; another took its lease, mended the journal and wrote."""
    monkeypatch.setenv("SEJONG_DATA", str(tmp_path))
    file = put(tmp_path, HEADER)
    mine = counts.change_set(rows((*SHARED, 1)))
    append = journal.append

    def overtaken(line: journal.Entry) -> int:
        length = append(line)
        if line.who == "Kim":
            (journal.folder() / "turn.lease").unlink()
            journal.Journal().repair()
            book, old = journal.Journal(), file.read_bytes()
            new = old + b"2026-04-11,27,group,5,,reported,\n"
            append(counts.new_entry(book, "applied", history.datetime.now().astimezone(), old, new, who="Lee", why="meanwhile"))
            file.write_bytes(new)
        return length

    monkeypatch.setattr(journal, "append", overtaken)
    with pytest.raises(DashError, match="store_turn_lost"):
        counts.apply(mine, who="Kim", why="slept")
    monkeypatch.undo()
    monkeypatch.setenv("SEJONG_DATA", str(tmp_path))
    assert visitors_of(counts.figures()) == {("2026-04-11", "27", "group"): 5}
    assert history.history()[0].who == "Lee"
    assert_rebuilt(tmp_path)
