"""The server does not start open to a network by mistake, and starts where that was said in so many words."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import raw_asking
from launching import free_port, serving

from sejong_dash.paths import PROJECT

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize(
    ("options", "variables"),
    [
        (["--server.address", "0.0.0.0"], {}),
        (["--server.address", "::"], {}),
        (["--server.allowedHosts", "expo.hall.example"], {}),
        (["--browser.serverAddress", "expo.hall.example"], {}),
        ([], {"SEJONG_WRITING": "everyone"}),
    ],
)
def test_the_server_does_not_start_open_to_all(options: list[str], variables: dict[str, str]) -> None:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port()), *options]
    ended = subprocess.run(command, cwd=PROJECT, env=os.environ | variables, capture_output=True, text=True, timeout=120)
    assert ended.returncode != 0
    said = ended.stdout + ended.stderr
    assert "SEJONG_WRITING" in said
    if not variables:
        assert "without signing in" in said


@pytest.mark.parametrize("writing", ["off", "anyone"])
def test_it_starts_where_that_is_said_in_so_many_words(tmp_path: Path, writing: str) -> None:
    options = ["--server.address", "0.0.0.0", "--server.fileWatcherType", "none"]
    with serving(PROJECT / "app.py", tmp_path / "log", *options, SEJONG_WRITING=writing) as root:
        page = raw_asking.page(root)
        page.run("lang=en", page="data")
        shown = b"".join(message.SerializeToString() for message in page.until("script_finished"))
        has_field = re.search(rb"(?<!st-key-)desk-file-", shown) is not None  # a style names the key of the field too
        assert has_field == (writing == "anyone")
        assert raw_asking.ask(root, "/metrics", X_Forwarded_For="10.1.2.3").status == 404, "figures are for this machine"
