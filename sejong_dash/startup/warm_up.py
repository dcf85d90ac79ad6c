"""Checks the server's settings and prepares what must be ready before the first viewer comes."""

import gc
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import anyio.to_thread
import streamlit as st

from sejong_dash import border
from sejong_dash.serving.front_end import FrontEnd, streamlit_front_end
from sejong_dash.serving.part_references import drop_part_references
from sejong_dash.serving.run_ends import keep_run_ends
from sejong_dash.serving.send_at_once import send_at_once

Lifespan = Callable[[st.App], AbstractAsyncContextManager[None]]

# Streamlit collects all garbage after every script run unless told otherwise: with 100 viewers that is
# 8 s instead of 50 ms for the slowest of twenty answers. Its page of an error would link to search engines and chat
# services, with the text of the error in the address.
# Fast reruns run two threads with one session's state (serving/run_ends.py).
NEEDED = {
    "runner.postScriptGC": False,
    "runner.fastReruns": False,
    "browser.gatherUsageStats": False,
    "client.showErrorLinks": False,
}


def check_config() -> None:
    """Check the settings as they took effect: Streamlit reports none that it does not know or did not find.

    Raises RuntimeError naming each setting that is wrong.
    """
    wrong = [
        f"{name} is {found} but must be {wanted}"
        for name, wanted in NEEDED.items()
        if (found := st.get_option(name)) not in (wanted, str(wanted).lower())  # a text where an environment variable sets it
    ]
    if wrong:
        raise RuntimeError(f"{'; '.join(wrong)}. Set it in .streamlit/config.toml beside app.py.")


def warm(*tasks: Callable[[], object], front_end: FrontEnd | None = None) -> Lifespan:
    """Return a lifespan for `st.App`.

    The server is ready once the scripts of the first page are compressed and every task has run, in this order. The other
    scripts are compressed in the background; until then a request compresses its own.
    """

    @asynccontextmanager
    async def lifespan(app: st.App) -> AsyncIterator[None]:
        check_config()
        border.check()
        keep_run_ends()
        drop_part_references()
        send_at_once()
        scripts = front_end or streamlit_front_end()
        await anyio.to_thread.run_sync(scripts.compress, scripts.first)
        for task in tasks:
            await anyio.to_thread.run_sync(task)
        threading.Thread(target=scripts.compress, args=(scripts.names,), daemon=True).start()
        gc.collect()
        gc.freeze()  # what was made so far stays, so that no later collection needs to walk it
        yield

    return lifespan
