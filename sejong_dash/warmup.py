"""What must be done, and must be so, before the first viewer may come?"""

import gc
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import anyio.to_thread
import streamlit as st
from streamlit import config

from sejong_dash.serving import Assets, streamlit_assets

log = logging.getLogger(__name__)

Lifespan = Callable[[st.App], AbstractAsyncContextManager[None]]

# With the collection after every script run, the 95th percentile at 100 viewers is 8 s instead of 50 ms.
NEEDED = {"runner.postScriptGC": False, "browser.gatherUsageStats": False}


def check_config() -> None:
    """Streamlit drops what it does not know with no more than a line in the log: look at what took effect."""
    wrong = [f"{name} is {found}, must be {wanted}" for name, wanted in NEEDED.items()
             if (found := config.get_option(name)) != wanted]  # fmt: skip
    if wrong:
        raise RuntimeError(f"{'; '.join(wrong)}. Set it in .streamlit/config.toml in the folder of app.py.")


def warm(*tasks: Callable[[], object], assets: Assets | None = None) -> Lifespan:
    """A lifespan for `st.App`: the server says that it is ready after every task has run once, in this order."""

    @asynccontextmanager
    async def lifespan(app: st.App) -> AsyncIterator[None]:
        check_config()
        files = assets or streamlit_assets()
        began = time.perf_counter()
        await anyio.to_thread.run_sync(files.compress, files.hot)
        for task in tasks:
            await anyio.to_thread.run_sync(task)
        threading.Thread(target=files.compress, args=(files.names,), daemon=True).start()
        gc.collect()
        gc.freeze()  # what the start has made stays: later collections need not walk it again
        log.info("warm after %.1f s", time.perf_counter() - began)
        yield

    return lifespan
