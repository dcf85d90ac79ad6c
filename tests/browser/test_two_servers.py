"""Two servers behind nginx with one database: when one of them is killed, its viewers find the same view on the other."""

import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from clerk import store
from launching import free_port, running, server_process
from playwright.sync_api import Browser, expect
from postgres import postgres
from visiting import WAIT_MS, Visit

from sejong_dash.paths import PROJECT

BASE = "expo"


@dataclass(frozen=True)
class Hall:
    """What a hall runs: nginx at `root`, its log, and the servers behind it by their address, each with its data folder."""

    root: str
    log: Path
    servers: dict[str, "subprocess.Popen[bytes]"]
    folders: list[Path]
    database: str

    def websocket_server(self) -> str:
        """The address of the server to which the last websocket went that is over."""
        return re.findall(r"_stcore/stream\S* 101 (\S+)", self.log.read_text("utf-8"))[-1]


def nginx_settings(folder: Path, port: int, servers: list[str]) -> Path:
    """The project's settings with these addresses, below a path, as the only ones of an nginx of its own."""
    text = (PROJECT / "deploy" / "nginx.conf").read_text("utf-8")
    for old, new in zip(("127.0.0.1:8501", "127.0.0.1:8502"), servers, strict=True):
        assert f"server {old} " in text
        text = text.replace(f"server {old} ", f"server {new} ")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};")
    for place in ("", "events", "export/"):
        assert f"location /{place} {{" in text
        text = text.replace(f"location /{place} {{", f"location /{BASE}/{place} {{")
    (folder / "sejong.conf").write_text(text, encoding="utf-8")
    places = "".join(f"{name}_temp_path {folder / name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    log = f"log_format plain '$request_uri $status $upstream_addr';\naccess_log {folder / 'access.log'} plain;\n"
    whole = f"daemon off;\nworker_processes 1;\npid {folder / 'pid'};\nerror_log {folder / 'error.log'};\n"
    whole += f"events {{}}\nhttp {{\n{places}{log}include {folder / 'sejong.conf'};\n}}\n"
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    return folder / "nginx.conf"


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """Yield nginx, two servers and a PostgreSQL, all on loopback."""
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    assert Path(nginx).is_file(), "nginx is missing: `make servers` installs it"
    with ExitStack() as started:
        database = started.enter_context(postgres()).url
        monkeypatch.setenv("SEJONG_DATABASE", database)
        servers, folders = {}, []
        for number in (1, 2):
            folders.append(Path(shutil.copytree(PROJECT / "data", tmp_path / f"data{number}")))
            root, process = started.enter_context(
                server_process(
                    PROJECT / "app.py",
                    tmp_path / f"server{number}.log",
                    f"--server.baseUrlPath={BASE}",
                    data=folders[-1],
                    base=BASE,
                )
            )
            servers[root.removeprefix("http://").partition("/")[0]] = process
        port = free_port()
        settings = nginx_settings(tmp_path, port, list(servers))
        root = f"http://127.0.0.1:{port}/{BASE}"
        command = [nginx, "-p", str(tmp_path), "-c", str(settings)]
        started.enter_context(running(command, tmp_path, tmp_path / "nginx.log", lambda: answers(f"{root}/_stcore/health")))
        yield Hall(root, tmp_path / "access.log", servers, folders, database)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.read() == b"ok")
    except OSError:
        return False


@pytest.mark.dear
def test_a_server_that_is_killed_leaves_its_viewers_the_same_view(hall: Hall, chromium: Browser) -> None:
    visit = Visit(chromium, hall.root)
    visit.open("map", lang="en", prefecture="14", sample="true")
    heading, figures, query = visit.texts("h1"), visit.figures, visit.query
    assert figures
    with urllib.request.urlopen(f"{hall.root}/", timeout=60) as answer:
        assert "sejong_server=" in answer.headers["Set-Cookie"]
    (stream,) = [cookie for cookie in visit.context.cookies() if cookie["name"] == "sejong_server"]
    visit.open("map", **query)  # again: the first websocket is over, and in the log
    served = hall.websocket_server()
    hall.servers[served].kill()
    hall.servers[served].wait(30)
    (other,) = set(hall.servers) - {served}
    app = visit.page.get_by_test_id("stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED", timeout=WAIT_MS)
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=WAIT_MS)
    visit.still()
    assert (visit.texts("h1"), visit.figures, visit.query) == (heading, figures, query), "the same view"
    # The first press reaches a server that knows nothing of this page yet, and is taken with the second.
    visit.choose("prefecture", "Kyoto")
    visit.still()
    visit.choose("prefecture", "Tokyo")
    visit.page.wait_for_url(re.compile("prefecture=13"), wait_until="commit")
    visit.still()
    assert visit.query == query | {"prefecture": "13"}
    assert [cookie["value"] for cookie in visit.context.cookies() if cookie["name"] == "sejong_server"] == [stream["value"]]
    visit.close()
    assert re.findall(r" 200 (127\S+)$", hall.log.read_text("utf-8"), re.MULTILINE)[-1].endswith(other)


def test_counts_of_one_server_are_seen_on_pages_of_the_other(
    hall: Hall, chromium: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    visit = Visit(chromium, hall.root)
    visit.open("progress", lang="en", plan="reports-2024")
    (tmp_path / "third").mkdir()
    monkeypatch.setenv("SEJONG_DATA", str(tmp_path / "third"))
    assert store(("2026-04-10", "13", "group", 4321)) is not None
    visit.page.wait_for_function("() => document.body.innerText.includes('4,321')", timeout=WAIT_MS)
    stored = (tmp_path / "third" / "visitors.csv").read_bytes()
    end = time.monotonic() + 60
    while any((folder / "visitors.csv").read_bytes() != stored for folder in hall.folders) and time.monotonic() < end:
        time.sleep(0.05)  # the page has followed one of them; the other is as quick as it can be
    assert [(folder / "visitors.csv").read_bytes() for folder in hall.folders] == [stored, stored]
    visit.close()
