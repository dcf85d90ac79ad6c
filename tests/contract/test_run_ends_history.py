"""A step in the history stays one where a press follows it at once."""

import asyncio
import inspect
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import MagicMock

import event_loops
import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.runtime import Runtime, RuntimeConfig
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.state import SafeSessionState

from sejong_dash.serving import run_ends
from sejong_dash.serving.run_ends import keep_run_ends

SEEN: list[str] = []
GATE = threading.Event()
STEPS = """
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from test_run_ends_history import GATE, SEEN

SEEN.append(f"{st.query_params.get('at')} {get_script_run_ctx().is_history_navigation}")
GATE.wait(20)
"""


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A script that waits for the gate, and Streamlit's own way to take a request, which comes back after the test."""
    changed = (
        (SafeSessionState, "on_script_will_rerun"),
        (ScriptRunner, "_maybe_handle_execution_control_request"),
        (ForwardMsgQueue, "clear"),
        (AppSession, "request_rerun"),
    )
    for owner, name in changed:
        own = getattr(owner, name)
        monkeypatch.setattr(owner, name, inspect.unwrap(own))
    monkeypatch.setitem(sys.modules, "test_run_ends_history", sys.modules[__name__])
    path = tmp_path / "app.py"
    path.write_text(STEPS)
    Runtime._instance = None
    Runtime(RuntimeConfig(str(path), MemoryMediaFileStorage("/media"), MemoryUploadedFileManager("/upload")))
    yield path
    Runtime._instance = None


@pytest.mark.parametrize("is_kept", [False, True], ids=["as Streamlit does", "in turn"])
def test_a_step_in_the_history_stays_one(script: Path, is_kept: bool) -> None:
    """A press right after a step in the history, while the script is still busy with what was before."""
    if is_kept:
        keep_run_ends()
    SEEN.clear()
    GATE.clear()

    async def asked() -> None:
        session = AppSession(ScriptData(str(script), is_hello=False), MagicMock(), ScriptCache(), lambda: None, {})
        session.request_rerun(ClientState(query_string="at=first"))
        while not SEEN:
            await asyncio.sleep(0.01)
        session.request_rerun(ClientState(query_string="at=step", is_history_navigation=True))
        session.request_rerun(ClientState(query_string="at=press"))
        GATE.set()
        while session._scriptrunner is not None or run_ends._waiting.get(session):
            await asyncio.sleep(0.01)
        session.shutdown()

    event_loops.run(asked())
    steps = [seen for seen in SEEN if seen.endswith("True")]
    assert steps == (["step True"] if is_kept else [])
    assert SEEN[-1] == "press False"
