"""Start what a hall runs: nginx before two servers with one PostgreSQL, all on this machine's own address."""

import re
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sejong_dash.paths import PROJECT
from tests.lib.launching import free_port, running, server_process
from tests.lib.postgres import postgres

BASE = "expo"
_CONNECTIONS = 4096  # of nginx: each open page has two, and each of these one to a server


@dataclass(frozen=True)
class Hall:
    """What a hall runs: nginx at `root`, its log, and the servers behind it by their address, each with its data folder."""

    root: str
    log: Path
    servers: dict[str, "subprocess.Popen[bytes]"]
    folders: list[Path]
    database: str

    def websocket_server(self) -> str:
        """Return the address of the server to which the last websocket went that is over."""
        return re.findall(r"_stcore/stream\S* 101 (\S+)", self.log.read_text("utf-8"))[-1]


@contextmanager
def hall(folder: Path, *options: str) -> Iterator[Hall]:
    """Yield a hall whose files are in `folder`; `options` are those of its servers.

    Raises RuntimeError where a program is missing or does not start.
    """
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(nginx).is_file():
        raise RuntimeError("nginx is missing: `make servers` installs it")
    with ExitStack() as started:
        database = started.enter_context(postgres()).url
        servers, folders = {}, []
        for number in (1, 2):
            copy = folder / f"data{number}"
            folders.append(Path(shutil.copytree(PROJECT / "data", copy, ignore=shutil.ignore_patterns(".*"))))
            root, process = started.enter_context(
                server_process(
                    PROJECT / "app.py",
                    folder / f"server{number}.log",
                    f"--server.baseUrlPath={BASE}",
                    *options,
                    data=folders[-1],
                    base=BASE,
                    SEJONG_DATABASE=database,
                )
            )
            servers[root.removeprefix("http://").partition("/")[0]] = process
        port = free_port()
        settings = _settings(folder, port, list(servers))
        root = f"http://127.0.0.1:{port}/{BASE}"
        command = [nginx, "-p", str(folder), "-c", str(settings)]
        started.enter_context(running(command, folder, folder / "nginx.log", lambda: _answers(f"{root}/_stcore/health")))
        yield Hall(root, folder / "access.log", servers, folders, database)


def _settings(folder: Path, port: int, servers: Sequence[str]) -> Path:
    """Write the project's settings with these addresses, below a path, as the only ones of an nginx of its own."""
    text = (PROJECT / "deploy" / "nginx.conf").read_text("utf-8")
    for old, new in zip(("127.0.0.1:8501", "127.0.0.1:8502"), servers, strict=True):
        text = _replaced(text, f"server {old} ", f"server {new} ")
    text = _replaced(text, "listen 80;", f"listen 127.0.0.1:{port};")
    for place in ("", "events", "export/"):
        text = _replaced(text, f"location /{place} {{", f"location /{BASE}/{place} {{")
    (folder / "sejong.conf").write_text(text, encoding="utf-8")
    places = "".join(f"{name}_temp_path {folder / name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    log = f"log_format plain '$request_uri $status $upstream_addr';\naccess_log {folder / 'access.log'} plain;\n"
    whole = f"daemon off;\nworker_processes 1;\npid {folder / 'pid'};\nerror_log {folder / 'error.log'};\n"
    whole += f"events {{ worker_connections {_CONNECTIONS}; }}\nhttp {{\n{places}{log}include {folder / 'sejong.conf'};\n}}\n"
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    return folder / "nginx.conf"


def _replaced(text: str, old: str, new: str) -> str:
    if old not in text:
        raise ValueError(f"deploy/nginx.conf has no {old!r}")
    return text.replace(old, new)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.read() == b"ok")
    except OSError:
        return False
