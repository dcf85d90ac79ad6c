"""A page stays as light as it is: what a run sends is counted, without a browser and without a clock.

Each message costs the server a wake-up and looks behind a lock, and each element costs the browser time (docs/performance.md).
"""

import asyncio
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock
from unittest.mock import MagicMock

import discovery
import event_loops
import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.runtime import Runtime, RuntimeConfig
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner.script_cache import ScriptCache

from sejong_dash.paths import PROJECT
from sejong_dash.ui.frame import page_links

SHELL = PROJECT / "sejong_dash" / "shell.py"
BOUNDS: dict[str, dict[str, int]] = tomllib.loads(Path(__file__).with_name("page_weight.toml").read_text("utf-8"))
QUERY = f"lang=ko&sample=true&asof={discovery.BASE.as_of}"
SCREENS = {discovery.screen_name(page, part): (page.stem, part) for page, part in discovery.SCREENS}
NAMES = list(SCREENS)
FIRST = page_links.pages()[0].stem  # it has no name in the address
MOST = {
    "overview": 45,
    **{name: 80 for name in NAMES if name.startswith("progress-")},
}  # messages that a server with a hundred open pages can carry


@pytest.fixture(scope="module", autouse=True)
def runtime() -> Iterator[None]:
    Runtime._instance = None
    Runtime(RuntimeConfig(str(SHELL), MemoryMediaFileStorage("/media"), MemoryUploadedFileManager("/upload")))
    yield
    Runtime._instance = None


@cache
def weight(name: str) -> dict[str, int]:
    """Return what the first run of a page, or of a part of it, for a new viewer sends."""
    page, part = SCREENS[name]
    messages = sent(ClientState(page_name="" if page == FIRST else page, query_string=QUERY + (f"&part={part}" if part else "")))
    kinds = Counter(kind(message) for message in messages)
    return {
        "messages": len(messages),
        "elements": sum(message.delta.HasField("new_element") for message in messages),
        "kilobytes": -(-sum(map(size, messages)) // 1000),
        "download_buttons": kinds["download_button"],
        "running_parts": kinds["auto_rerun"],
    }


def size(message: ForwardMsg) -> int:
    """Bytes of a message without the path of this folder, which differs from machine to machine."""
    return message.ByteSize() - len(message.new_session.main_script_path.encode())


def sent(asked: ClientState) -> list[ForwardMsg]:
    """Return all messages of a run, in their order, as a session sends them."""
    messages: list[ForwardMsg] = []
    enqueue = AppSession._enqueue_forward_msg

    def noted(session: AppSession, message: ForwardMsg) -> None:
        messages.append(message)
        enqueue(session, message)

    async def run() -> None:
        session = AppSession(ScriptData(str(SHELL), is_hello=False), MagicMock(), ScriptCache(), lambda: None, {})
        session.request_rerun(asked)
        while not any(message.WhichOneof("type") == "script_finished" for message in messages):
            await asyncio.sleep(0.01)
        session.shutdown()

    with mock.patch.object(AppSession, "_enqueue_forward_msg", noted):
        event_loops.run(run())
    end = next(number for number, message in enumerate(messages) if message.WhichOneof("type") == "script_finished")
    assert messages[end].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    return messages[: end + 1]


def kind(message: ForwardMsg) -> Any:
    if message.delta.HasField("new_element"):
        return message.delta.new_element.WhichOneof("type")
    return message.WhichOneof("type")


def test_every_page_has_its_bounds() -> None:
    assert sorted(BOUNDS) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_no_page_becomes_heavier(name: str) -> None:
    heavier = {what: f"{found} > {BOUNDS[name][what]}" for what, found in weight(name).items() if found > BOUNDS[name][what]}
    assert heavier == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_that_becomes_lighter_has_lower_bounds(name: str) -> None:
    """Kilobytes change with every word of a text: a tenth is let pass."""
    found, bounds = weight(name), BOUNDS[name]
    looser = {what: f"write {found[what]}" for what in found if what != "kilobytes" and found[what] < bounds[what]}
    assert looser == {}
    assert found["kilobytes"] > 0.9 * bounds["kilobytes"], f"write {found['kilobytes']}"


@pytest.mark.parametrize("name", NAMES)
def test_no_page_has_download_buttons_or_runs_by_itself(name: str) -> None:
    """Apart from the desk, whose files are of what was just checked."""
    assert BOUNDS[name]["download_buttons"] <= (2 if name == "data" else 0)
    assert BOUNDS[name]["running_parts"] == 0


@pytest.mark.parametrize("name", MOST)
def test_a_page_is_light_enough_for_many_viewers(name: str) -> None:
    assert BOUNDS[name]["messages"] <= MOST[name]
