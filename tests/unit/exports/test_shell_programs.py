"""The programs of the shell print on any console, make what can be made without a Chrome, and end with one rule of exit codes."""

import io
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import discovery
import pytest
from watching import wait_until

from sejong_dash import words
from sejong_dash.exports import REPORT_FORMATS
from sejong_dash.exports.pictures import chrome
from sejong_dash.intake.reader_messages import ReadRequest
from sejong_dash.paths import PROJECT

pytestmark = [pytest.mark.dear, pytest.mark.thorough]

ENCODINGS = ("utf-8", "cp949", "cp932", "cp1252", "ascii")
PROGRAMS = ("exports", "sample", "intake")


def run(
    module: str, *arguments: str, encoding: str = "utf-8", content: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """A program as a job of the system runs it, on a console of that encoding and a machine without a Chrome."""
    kept = {name: value for name, value in os.environ.items() if name not in ("SEJONG_DATA", "PYTHONUTF8", "BROWSER_PATH")}
    given = kept | {"PYTHONIOENCODING": encoding} | environment
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=PROJECT, env=given, input=content, capture_output=True, timeout=300, check=False)


def run_here(module: str, *arguments: str, encoding: str = "utf-8", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program's `main` in this process, on such a console: most of the time of a process goes into its imports.

    Of each program one at least is started as a process as well, whose Python is told the encoding from outside.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "stdout", out)
        patched.setattr(sys, "stderr", err)
        for name, value in environment.items():
            patched.setenv(name, value)
        try:
            code = discovery.module(f"{module.removeprefix('sejong_dash.')}.__main__").main(arguments)
        except SystemExit as ended:
            code = ended.code
        out.flush()
        err.flush()
    return subprocess.CompletedProcess(arguments, code, out.buffer.getvalue(), err.buffer.getvalue())


@pytest.fixture(autouse=True)
def as_begun() -> Iterator[None]:
    """What a program changes for its process is undone: how it ends, and which Chrome it has found."""
    before = signal.getsignal(signal.SIGTERM)
    chrome.close()
    chrome.path.cache_clear()
    yield
    signal.signal(signal.SIGTERM, before)
    chrome.path.cache_clear()


def without_chrome(tmp_path: Path) -> dict[str, str]:
    home = {name: str(tmp_path) for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA")}
    return home | {"PATH": str(tmp_path), "BROWSER_PATH": str(tmp_path / "chrome")}


ASKED = ("--slides", "goal_bar,prefecture_map,booking_stages", "--asof", "2026-05-06", "--sample")


def test_what_needs_no_chrome_is_made_and_the_rest_is_told(tmp_path: Path) -> None:
    kinds = ("pdf", "png", "html", "svg", "csv")
    asked = [*ASKED, "--format", ",".join(kinds), "--lang", "en", "--to", str(tmp_path / "out")]
    done = run("sejong_dash.exports", *asked, **without_chrome(tmp_path))
    err = done.stderr.decode()
    assert done.returncode == 3, err
    assert "Traceback" not in err
    made = [Path(line).name for line in done.stdout.decode().splitlines()]
    assert made == [f"charts_reports-2024_en_2026-05-06_sample.{suffix}" for suffix in ("html", "csv.zip")]
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == sorted(made)
    told = words.of(PROJECT / "sejong_dash" / "errors.py", "en")
    for kind in kinds:
        assert (told("export_no_chrome", format=kind.upper()) in err) == REPORT_FORMATS[kind].needs_chrome
    assert "BROWSER_PATH" in err


@pytest.mark.thorough
def test_a_chrome_that_does_not_start_is_told_once(tmp_path: Path) -> None:
    chrome = tmp_path / "chrome"
    chrome.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    chrome.chmod(0o755)
    if os.name == "nt":
        pytest.skip("a script is no program there")
    environment = without_chrome(tmp_path) | {"PATH": os.environ["PATH"]}
    done = run(
        "sejong_dash.exports", *ASKED, "--format", "pdf,png,svg,csv", "--lang", "en", "--to", str(tmp_path / "out"), **environment
    )
    err = done.stderr.decode()
    assert done.returncode == 3, err
    assert err.count("Chrome does not start") == 1
    assert err.count("BROWSER_PATH") == 1
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.thorough
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_printing_never_fails(encoding: str, tmp_path: Path) -> None:
    """A folder in Korean and Japanese, and a message in Japanese, on each kind of console."""
    folder = tmp_path / "회의 会議"
    asked = ["--slides", "goal_bar,prefecture_profile", "--asof", "2026-05-06", "--sample", "--lang", "ja", "--to", str(folder)]
    start = run if encoding == "cp949" else run_here
    done = start("sejong_dash.exports", *asked, "--format", "csv,pdf", encoding=encoding, **without_chrome(tmp_path))
    assert b"Traceback" not in done.stderr, done.stderr
    assert done.returncode == 3
    (made,) = folder.iterdir()
    name = str(made).encode(encoding, "backslashreplace").decode(encoding)
    assert done.stdout.decode(encoding).strip() == name
    shown = "BROWSER_PATH" in done.stderr.decode(encoding)
    assert shown


@pytest.mark.thorough
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("module", PROGRAMS)
def test_help_is_printed(module: str, encoding: str) -> None:
    start = run if ENCODINGS.index(encoding) == PROGRAMS.index(module) + 2 else run_here
    help = start(f"sejong_dash.{module}", "--help", encoding=encoding)
    assert help.returncode == 0, help.stderr
    assert b"Exit code 0" in help.stdout


@pytest.mark.thorough
@pytest.mark.parametrize(("encoding", "lang"), [("ascii", "en"), ("cp1252", "en"), ("cp949", "ko"), ("utf-8", "ko")])
def test_a_console_that_cannot_show_a_language_gets_english(encoding: str, lang: str, tmp_path: Path) -> None:
    asked = ["--slides", "goal_bar", *ASKED[2:], "--format", "pdf", "--to", str(tmp_path)]
    done = run_here("sejong_dash.exports", *asked, encoding=encoding, **without_chrome(tmp_path))
    told = words.of(PROJECT / "sejong_dash" / "errors.py", lang)("export_no_chrome", format="PDF")
    assert told in done.stderr.decode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_sample_says_what_it_cannot_be_made_from(encoding: str, data_copy: Path) -> None:
    (data_copy / "plans.csv").unlink()
    start = run if encoding == "cp932" else run_here
    done = start("sejong_dash.sample", encoding=encoding, SEJONG_DATA=str(data_copy))
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert b"plans.csv" in done.stderr


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sample/sample.toml", 'plan_id = "reports-2024"', 'plan_id = "nope"'),
        ("sample/sample.toml", "seed = 6", 'seed = "six"'),
        ("sample/sample.toml", "seed = 6", "seed ="),
        ("goals.csv", "japan", "abroad"),
    ],
)
def test_a_sample_that_cannot_be_made_is_told(file: str, old: str, new: str, data_copy: Path) -> None:
    text = (data_copy / file).read_text(encoding="utf-8")
    assert old in text
    (data_copy / file).write_text(text.replace(old, new), encoding="utf-8")
    before = (data_copy / "sample" / "visitors.csv").read_bytes()
    done = run_here("sejong_dash.sample", "--lang", "en", SEJONG_DATA=str(data_copy))
    assert done.returncode == 3, done.stderr
    assert b"Traceback" not in done.stderr
    assert Path(file).name.encode() in done.stderr
    assert (data_copy / "sample" / "visitors.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("exports", ["--set", "weekly", "--plan", "nope"]),
        ("sample", ["--lang", "fr"]),
        ("sample", ["more"]),
        ("intake", []),
        ("intake", ["a.csv", "many", "{}"]),
        ("intake", ["a.csv", "10", "{"]),
        ("intake", ["a.csv", "10", '{"colour": 1}']),
    ],
    ids=lambda one: one if isinstance(one, str) else " ".join(one),
)
def test_a_wrong_command_is_told(module: str, arguments: list[str]) -> None:
    done = (run_here if arguments else run)(f"sejong_dash.{module}", *arguments)
    assert done.returncode == 2
    assert b"usage:" in done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


@pytest.mark.thorough
def test_a_file_is_read_from_stdin_whatever_its_name_is(data_copy: Path) -> None:
    content = b"date,prefecture,channel,visitors\n2026-05-06,Osaka,group,12\n"
    request = pickle.dumps(ReadRequest(content, "-가.csv"))
    done = run("sejong_dash.intake", "2048", "180", content=request, SEJONG_DATA=str(data_copy), encoding="utf-8")
    assert done.returncode == 0, done.stderr
    answer = pickle.loads(done.stdout[done.stdout.rindex(b"\x80\x05") :])
    assert answer.table.rows["visitors"].tolist() == [12]


@pytest.mark.skipif(not chrome.found() or os.name == "nt", reason="there is no Chrome, or no such signal")
def test_a_program_that_is_asked_to_stop_leaves_nothing_behind(tmp_path: Path) -> None:
    """While pictures are drawn: the Chrome is ended, and no half-written file is left."""
    out, temporary = tmp_path / "out", tmp_path / "temporary"
    temporary.mkdir()
    command = [sys.executable, "-m", "sejong_dash.exports", *ASKED, "--format", "png,pdf", "--lang", "ko", "--to", str(out)]
    kept = {name: value for name, value in os.environ.items() if name != "SEJONG_DATA"}
    with subprocess.Popen(command, cwd=PROJECT, env=kept | {"TMPDIR": str(temporary)}, stderr=subprocess.PIPE) as program:
        wait_until(lambda: program.poll() is not None or bool(list(temporary.glob("*/*"))), 240)
        program.terminate()
        _, err = program.communicate(timeout=120)
    assert program.returncode == 3, err.decode()
    assert b"Traceback" not in err
    assert [file.name for file in out.glob(".*")] == []
    assert [file.name for file in temporary.iterdir()] == []
