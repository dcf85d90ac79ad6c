"""Print the processor time that a run of a page's script takes on the server, beside an empty page's in the same process.

    python -m tests.bench.runs --pages overview progress --runs 40

Each run chooses another prefecture than the one before, from a few that were all shown already: what an interaction costs once
everything is made. Waiting is not counted; the waking of the event loop, which the server batches, is.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from unittest.mock import MagicMock

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.runtime import Runtime, RuntimeConfig
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.scriptrunner.script_runner import RerunData, ScriptRunner

from sejong_dash.paths import PROJECT
from sejong_dash.ui.frame import page_links

SHELL = PROJECT / "sejong_dash" / "shell.py"
EMPTY = "import streamlit as st\nst.title('Empty')\n"
QUERY = "lang=ko&asof=2026-05-06&sample=true"
PLACES = ("", "&prefecture=14", "&prefecture=22", "&prefecture=27")
_WARM = 2 * len(PLACES)  # runs that are not counted: what they show is made in them

_taken: list[float] = []


def timed(runner: ScriptRunner, data: RerunData) -> None:
    """Run a script as Streamlit does, and keep the processor time of its thread."""
    begun = time.thread_time()
    try:
        _run(runner, data)
    finally:
        _taken.append(time.thread_time() - begun)


_run = ScriptRunner._run_script


async def run_often(script: Path, page: str, runs: int) -> list[float]:
    """Return the seconds of processor time of each run of a page, in one session."""
    loop, done, enqueue = asyncio.get_running_loop(), asyncio.Event(), AppSession._enqueue_forward_msg

    def noted(session: AppSession, message: ForwardMsg) -> None:
        enqueue(session, message)
        if message.WhichOneof("type") == "script_finished":
            loop.call_soon_threadsafe(done.set)

    AppSession._enqueue_forward_msg = noted  # type: ignore[method-assign]
    session = AppSession(ScriptData(str(script), is_hello=False), MagicMock(), ScriptCache(), lambda: None, {})
    _taken.clear()
    for number in range(_WARM + runs):
        done.clear()
        place = PLACES[number % len(PLACES)]
        session.request_rerun(ClientState(page_name=page, query_string=QUERY + place))
        await done.wait()
        session.flush_browser_queue()
    session.shutdown()
    AppSession._enqueue_forward_msg = enqueue  # type: ignore[method-assign]
    return _taken[_WARM:]


def main() -> None:
    """Read the pages from the command line and print a line for each."""
    names = [page.stem for page in page_links.pages()]
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", nargs="*", default=names, choices=names)
    parser.add_argument("--runs", type=int, default=40)
    asked = parser.parse_args()
    Runtime(RuntimeConfig(str(SHELL), MemoryMediaFileStorage("/media"), MemoryUploadedFileManager("/upload")))
    ScriptRunner._run_script = timed  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY, "utf-8")
        base = statistics.median(asyncio.run(run_often(empty, "", asked.runs)))
    print(f"{'page':12}{'ms':>8}{'× empty':>10}")
    print(f"{'empty':12}{1000 * base:8.1f}{1:10.1f}")
    for name in asked.pages:
        page = "" if name == names[0] else name
        median = statistics.median(asyncio.run(run_often(SHELL, page, asked.runs)))
        print(f"{name:12}{1000 * median:8.1f}{median / base:10.1f}")


if __name__ == "__main__":
    main()
