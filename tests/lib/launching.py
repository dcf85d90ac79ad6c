"""Starts what tests and the bench look at: a Chromium, and a server of their own."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sejong_dash.exports.pictures import chrome as pictures

# A browser must not call home by itself. The map needs WebGL, which a machine without a screen does in software.
_FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]
# All of a page is put together by the program that stands in for a graphics card, as the bench measures it.
FLAGS = [*_FLAGS, "--use-gl=angle", "--use-angle=swiftshader"]
# Only WebGL is: the rest of a page is painted without it, which takes a third less processor time.
TEST_FLAGS = [*_FLAGS, "--disable-gpu"]


def chrome() -> str:
    """The Chromium that is on the machine; none is downloaded.

    It is the one that has no windows where there is one, which takes a quarter less processor time for a page, or that which
    draws pictures.
    """
    if not os.environ.get("BROWSER_PATH") and (shell := shutil.which("chromium-headless-shell")):
        return shell
    if not (path := pictures.path()):
        raise RuntimeError("No Chrome, Chromium or Edge was found: `make chrome` installs one, BROWSER_PATH names one.")
    return path


@contextmanager
def serving(script: Path, log: Path, *options: str, data: str | Path | None = None, **variables: str) -> Iterator[str]:
    """A server of its own for `script`, on the shipped data or on `data`: its address, once it says that it is ready."""
    with server_process(script, log, *options, data=data, **variables) as (root, _):
        yield root


@contextmanager
def server_process(
    script: Path, log: Path, *options: str, data: str | Path | None = None, base: str = "", **variables: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The same with its process; `base` is the path below which `options` have it served.

    `variables` are those of its environment; PORT is its port.
    """
    port = int(variables.pop("PORT", 0)) or free_port()
    root = "/".join([f"http://127.0.0.1:{port}", *filter(None, [base])])
    command = [sys.executable, "-m", "streamlit", "run", script.name, "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1", *options]
    environment = {name: value for name, value in os.environ.items() if name != "SEJONG_DATA"}
    environment |= variables | ({"SEJONG_DATA": str(data)} if data else {})
    with running(command, script.parent, log, lambda: is_ready(root), environment) as server:
        yield root, server


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(
    command: list[str], folder: Path, log: Path, answers: Callable[[], bool], environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A server that is started and, at the end, stopped: its process, once it answers."""
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        end = time.monotonic() + 120
        while not answers():
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{command} does not become ready:\n{log.read_text('utf-8', errors='replace')}")
            time.sleep(0.05)
        yield server
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()


def is_ready(root: str) -> bool:
    # Any path answers with a page: only the word itself counts.
    try:
        with urllib.request.urlopen(f"{root}/_stcore/health", timeout=2) as answer:
            return bool(answer.read() == b"ok")
    except OSError:
        return False
