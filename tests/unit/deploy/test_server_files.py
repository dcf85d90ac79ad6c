"""What stands in deploy/ agrees with the program, and passes its own tools."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from sejong_dash.paths import PROJECT

DEPLOY = PROJECT / "deploy"


def test_nginx_knows_every_address_that_needs_more_than_a_page() -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    places = set(re.findall(r"location (\S+) {", text))
    assert places == {"/", "/events", "/export/"}
    stream = text[text.index("location /events") :].partition("}")[0]
    assert {"proxy_buffering off;", "gzip off;"} <= {line.strip() for line in stream.splitlines()}


def test_nginx_lets_through_the_largest_file_and_little_more() -> None:
    found = re.search(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx.conf").read_text("utf-8"))
    assert found is not None
    config = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert 0 < int(found[1]) - config["server"]["maxUploadSize"] <= 4


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_the_unit_is_sound_and_may_do_little(tmp_path: Path) -> None:
    """Its program is not installed where it says on this machine, so that another stands for it."""
    unit = (DEPLOY / "systemd" / "sejong-dash@.service").read_text("utf-8")
    known = re.sub(r"ExecStart=\S+", f"ExecStart={shutil.which('true')}", unit)
    copy = tmp_path / "sejong-dash@8501.service"
    copy.write_text(known, encoding="utf-8")
    verified = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True)
    assert [line for line in verified.stderr.splitlines() if "sejong-dash" in line] == []
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=25", str(copy)]
    measured = subprocess.run(command, capture_output=True, text=True)
    assert measured.returncode == 0, measured.stdout[-300:]


def test_containers_install_what_a_bundle_holds_and_fetch_nothing() -> None:
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    assert "--no-index --find-links=wheelhouse --require-hashes -r requirements-database.txt" in text
    assert "\nUSER sejong\n" in text
    assert not re.search(r"https?://(?!127\.0\.0\.1)", text)


def test_every_start_runs_the_app_that_is_there() -> None:
    for name in ("Containerfile", "windows_service.ps1", "systemd/sejong-dash@.service"):
        text = (DEPLOY / name).read_text("utf-8")
        assert "app.py" in text
        assert re.search(r"streamlit\S* ?.*run", text), name
    assert (PROJECT / "app.py").is_file()
