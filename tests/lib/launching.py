"""Starts what tests and the bench look at: a Chromium, and a server of their own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sejong_dash.exports.pictures import chrome as pictures

# The map needs WebGL, which a machine without a screen does in software; a browser must not call home by itself.
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]


def chrome() -> str:
    """The Chromium that is on the machine, the one that draws pictures; none is downloaded."""
    if not (path := pictures.path()):
        raise RuntimeError("No Chrome, Chromium or Edge was found: `make chrome` installs one, BROWSER_PATH names one.")
    return path


@contextmanager
def serving(script: Path, log: Path, *options: str, data: str | Path | None = None) -> Iterator[str]:
    """A server of its own for `script`, on the shipped data or on `data`: its address, once it says that it is ready."""
    with server_process(script, log, *options, data=data) as (root, _):
        yield root


@contextmanager
def server_process(
    script: Path, log: Path, *options: str, data: str | Path | None = None
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The same, with the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", script.name, "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1", *options]
    environment = {name: value for name, value in os.environ.items() if name != "SEJONG_DATA"}
    environment |= {"SEJONG_DATA": str(data)} if data else {}
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=script.parent, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        end = time.monotonic() + 120
        while not _ready(root):
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{script} does not become ready:\n{log.read_text('utf-8', errors='replace')}")
            time.sleep(0.05)
        yield root, server
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()


def _ready(root: str) -> bool:
    # Any path answers with a page: only the word itself counts.
    try:
        with urllib.request.urlopen(f"{root}/_stcore/health", timeout=2) as answer:
            return bool(answer.read() == b"ok")
    except OSError:
        return False
