"""What must be done, and must be so, before the first viewer may come?"""

import gc
import socket
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


def send_at_once() -> None:
    """Answers leave as they are written, on every connection that the server's listening sockets will take.

    asyncio turns Nagle's algorithm off only where a socket names TCP as its protocol; the one that Streamlit binds names
    none. A script run is many small messages: each few of them then wait 40 ms for the viewer's machine to confirm the
    last. What is set on a listening socket holds for those that it accepts.
    """
    # Nobody hands the socket out: Streamlit binds it and passes it to uvicorn, before this code may run.
    for one in gc.get_objects():
        if type(one) is not socket.socket or one.fileno() == -1 or one.family not in {socket.AF_INET, socket.AF_INET6}:
            continue
        if one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def warm(*tasks: Callable[[], object], front_end: FrontEnd | None = None) -> Lifespan:
    """A lifespan for `st.App`: the server is ready once the scripts of the first page are compressed and every task
    has run, in this order. The other scripts follow in the background; until then a request compresses its own."""

    @asynccontextmanager
    async def lifespan(app: st.App) -> AsyncIterator[None]:
        check_config()
        send_at_once()
        scripts = front_end or streamlit_front_end()
        await anyio.to_thread.run_sync(scripts.compress, scripts.first)
        for task in tasks:
            await anyio.to_thread.run_sync(task)
        threading.Thread(target=scripts.compress, args=(scripts.names,), daemon=True).start()
        gc.collect()
        gc.freeze()  # what the start has made stays: no later collection needs to walk it again
        yield

    return lifespan
