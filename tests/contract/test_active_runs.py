"""Streamlit's own runs are counted, by a real session."""

import inspect
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from unittest.mock import MagicMock

import event_loops
import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.runtime import Runtime, RuntimeConfig
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache

from sejong_dash.serving import active_runs

INSTALLED = f"Streamlit {version('streamlit')}"
SCRIPT = """
import streamlit as st
from sejong_dash.serving import active_runs

st.session_state["seen"] = active_runs.under_way()
"""


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("start", "_run_script_thread"):
        own = getattr(ScriptRunner, name)
        monkeypatch.setattr(ScriptRunner, name, inspect.unwrap(own))
    monkeypatch.setattr(active_runs, "_under_way", 0)
    monkeypatch.setattr(active_runs, "_expected_until", 0.0)
    path = tmp_path / "app.py"
    path.write_text(SCRIPT)
    Runtime._instance = None
    Runtime(RuntimeConfig(str(path), MemoryMediaFileStorage("/media"), MemoryUploadedFileManager("/upload")))
    yield path
    Runtime._instance = None


async def counts(path: Path) -> list[int]:
    """The runs under way in the script, and when its thread has ended."""
    session = AppSession(ScriptData(str(path), is_hello=False), MagicMock(), ScriptCache(), lambda: None, {})
    session.request_rerun(ClientState())
    assert session._scriptrunner is not None
    thread = session._scriptrunner._script_thread
    assert thread is not None
    thread.join(60)
    ended = active_runs.under_way()
    seen = session.session_state["seen"]
    session.shutdown()
    return [seen, ended]


def test_a_run_is_counted(script: Path) -> None:
    active_runs.count_runs()
    found = event_loops.run(counts(script))
    assert found == [1, 0], f"{INSTALLED} breaks active_runs: its runs are not counted, and what is drawn ahead is in their way."


def test_without_it_none_is_counted(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEJONG_BORDER_OFF", "active_runs")
    active_runs.count_runs()
    assert not hasattr(ScriptRunner.start, "__wrapped__")
    assert event_loops.run(counts(script)) == [0, 0]


def test_asking_twice_counts_once(script: Path) -> None:
    active_runs.count_runs()
    active_runs.count_runs()
    assert event_loops.run(counts(script)) == [1, 0]
