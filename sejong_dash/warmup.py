"""What must be done, and must be so, before the first viewer may come?"""

import gc
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import anyio.to_thread
import streamlit as st
from streamlit import config

from sejong_dash.serving.front_end import FrontEnd, streamlit_front_end

Lifespan = Callable[[st.App], AbstractAsyncContextManager[None]]

# Streamlit collects all garbage after every script run unless told otherwise: with 100 viewers that is
# 8 s instead of 50 ms for the slowest of twenty answers.
NEEDED = {"runner.postScriptGC": False, "browser.gatherUsageStats": False}


def check_config() -> None:
    """A setting that Streamlit does not know or did not find is no error to it: look at what took effect."""
    wrong = [
        f"{name} is {found} but must be {wanted}"
        for name, wanted in NEEDED.items()
        if (found := config.get_option(name)) is not wanted
    ]
    if wrong:
        raise RuntimeError(f"{'; '.join(wrong)}. Set it in .streamlit/config.toml beside app.py.")


def warm(*tasks: Callable[[], object], front_end: FrontEnd | None = None) -> Lifespan:
    """A lifespan for `st.App`: the server is ready once the scripts of the first page are compressed and every task
    has run, in this order. The other scripts follow in the background; until then a request compresses its own."""

    @asynccontextmanager
    async def lifespan(app: st.App) -> AsyncIterator[None]:
        check_config()
        scripts = front_end or streamlit_front_end()
        await anyio.to_thread.run_sync(scripts.compress, scripts.first)
        for task in tasks:
            await anyio.to_thread.run_sync(task)
        threading.Thread(target=scripts.compress, args=(scripts.names,), daemon=True).start()
        gc.collect()
        gc.freeze()  # what the start has made stays: no later collection needs to walk it again
        yield

    return lifespan
