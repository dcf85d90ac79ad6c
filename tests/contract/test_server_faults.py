"""A running server outlives tables that come and go while pages are read, says what it shows, and stops in order."""

import os
import shutil
import signal
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import event_loops
import pytest
from launching import server_process
from watching import fetched, metric, ready, wait_until

from sejong_dash.datasets.schema import data_files
from sejong_dash.exports.pictures import chrome
from sejong_dash.paths import PROJECT
from tests.lib.page_session import PageSession

pytestmark = [pytest.mark.dear, pytest.mark.thorough]

ERROR = r"class=\"sj-error\""  # of an element, as a message is written out
PATHS = ("", "progress", "map", "timeline", "programme")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults")
    return Path(shutil.copytree(PROJECT / "data", folder / "data", ignore=shutil.ignore_patterns(".*")))


@pytest.fixture(scope="module")
def log(data: Path) -> Path:
    return data.parent / "server.log"


@pytest.fixture(scope="module")
def server(data: Path, log: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with pytest.MonkeyPatch.context() as patched:
        temporary = data.parent / "temporary"
        temporary.mkdir()
        patched.setenv("TMPDIR", str(temporary))
        patched.setenv("SEJONG_STOP_SECONDS", "1")
        patched.setenv("SEJONG_LOG", str(data.parent / "log" / "server.jsonl"))
        with server_process(PROJECT / "app.py", log, data=data, SEJONG_DRAW_AHEAD="on") as started:  # as in use
            yield started


@pytest.fixture(scope="module")
def root(server: tuple[str, subprocess.Popen[bytes]]) -> str:
    return server[0]


async def shown(root: str, path: str) -> str:
    """Return all that a run of a page sends, as text."""
    async with PageSession(root, path, query="sample=true") as session:
        run = await session.run()
        assert run.exceptions == []
        await session.leave(1001)
    return "".join(str(message) for message in run.messages)


def damage(file: Path, step: int) -> None:
    """Do to a table what may happen to it: cut off, header alone, gone, replaced by something else."""
    whole = file.read_bytes()
    if step == 0:
        file.write_bytes(whole[: len(whole) // 2])
    elif step == 1:
        file.write_bytes(whole.split(b"\n")[0] + b"\n")
    elif step == 2:
        file.unlink()
    else:
        other = file.with_name(".other")
        other.write_bytes(b"\xff\xfe not a table")
        other.replace(file)


def test_pages_show_the_last_good_state_of_each_table(root: str, data: Path) -> None:
    """Each table in turn is replaced, truncated, removed and restored while pages are read."""
    before = {path: event_loops.run(shown(root, path)) for path in PATHS}
    assert ready(root)["status"] == "ready"
    tables = sorted(file for file in data.rglob("*.csv") if ".frozen" not in file.parts)
    assert len(tables) >= 13
    for number, table in enumerate(tables):
        whole, name = table.read_bytes(), table.relative_to(data).as_posix()
        step = number % 4
        if step == 1 and whole.count(b"\n") <= 1:
            step = 2  # it has nothing but its header
        damage(table, step)
        found = ready(root)
        assert list(found["tables"]["last_good_shown"]) == [name]
        assert found["status"] == "degraded"
        text = event_loops.run(shown(root, PATHS[number % len(PATHS)]))
        assert ERROR not in text
        assert name in text, "the panel says which table it is"
        table.write_bytes(whole)
        assert ready(root)["status"] == "ready"
    after = event_loops.run(shown(root, ""))
    assert (ERROR in after) == (ERROR in before[""])
    assert metric(root, "sejong_tables_last_good") == 0


def test_no_race_of_files_takes_a_page_down(root: str, data: Path, log: Path) -> None:
    done, rounds = threading.Event(), 0
    tables = sorted(file for file in data.rglob("*.csv") if ".frozen" not in file.parts)
    whole = {table: table.read_bytes() for table in tables}

    def disturb() -> None:
        nonlocal rounds
        while not done.is_set():
            for table in tables:
                for step in range(4):
                    damage(table, step)
                    table.write_bytes(whole[table])
            rounds += 1

    worker = threading.Thread(target=disturb)
    worker.start()
    try:
        for path in (*PATHS, *PATHS):
            assert ERROR not in event_loops.run(shown(root, path))
    finally:
        done.set()
        worker.join()
    assert rounds
    assert "Traceback" not in log.read_text("utf-8")
    wait_until(lambda: ready(root)["status"] == "ready", what=lambda: f"{ready(root)}\n{log.read_text('utf-8')[-2000:]}")


def test_what_the_server_says_of_itself(root: str, data: Path) -> None:
    assert fetched(f"{root}/healthz")[::2] == (200, "ok")
    status, headers, text = fetched(f"{root}/metrics", X_Request_ID="asked-by-a-test")
    assert (status, text.endswith("# EOF\n")) == (200, True)
    assert headers["content-type"].startswith("application/openmetrics-text")
    assert headers["x-request-id"] == "asked-by-a-test"
    assert metric(root, "sejong_runs_total") > 0
    for lang in ("ko", "ja", "en"):
        status, _, page = fetched(f"{root}/admin?lang={lang}")
        assert (status, f'<html lang="{lang}">' in page) == (200, True)
    lines = fetched(f"{root}/admin/log")[2]
    assert '"request": "asked-by-a-test"' in lines
    assert lines == (data.parent / "log" / "server.jsonl").read_text("utf-8")[: len(lines)]
    for path in ("metrics", "admin", "admin/log"):
        assert fetched(f"{root}/{path}", X_Forwarded_For="203.0.113.9")[0] == 404
    assert "tables" not in fetched(f"{root}/readyz", X_Forwarded_For="203.0.113.9")[2]


def below(pid: int) -> set[int]:
    """Return the processes that a process has begun, and theirs."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text("ascii").split():
            found |= {int(child), *below(int(child))} if Path(f"/proc/{child}").exists() else set()
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="this system does not list processes there")
@pytest.mark.skipif(not chrome.found(), reason="there is no Chrome")
def test_a_server_that_is_asked_to_stop_leaves_nothing_behind(
    server: tuple[str, subprocess.Popen[bytes]], root: str, data: Path, log: Path
) -> None:
    """While a set is printed: its Chrome is ended, its files are removed, whoever asked is told to come again."""
    answers: list[int] = []

    def ask() -> None:
        try:
            with urllib.request.urlopen(f"{root}/export/set/weekly.pdf?lang=ko&sample=true&asof=2026-05-06", timeout=300) as file:
                answers.append(file.status)
        except urllib.error.HTTPError as refused:
            answers.append(refused.code)

    process, asking = server[1], threading.Thread(target=ask)
    asking.start()
    wait_until(lambda: bool(below(process.pid)) or not asking.is_alive(), 240)
    begun = below(process.pid)
    assert begun, "the Chrome was not seen"
    process.send_signal(signal.SIGTERM)
    process.wait(60)
    asking.join(60)
    assert answers in ([200], [503])
    wait_until(lambda: not [pid for pid in begun if _is_alive(pid)])
    assert [file.name for file in (data.parent / "temporary").iterdir()] == []
    assert [file.name for file in data.rglob("*.tmp")] == []
    assert data_files.files()
    assert "Traceback" not in log.read_text("utf-8")


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
