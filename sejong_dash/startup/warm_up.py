"""Checks the server's settings, and begins behind the start what makes later pages faster."""

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from itertools import islice

import anyio.to_thread
import streamlit as st

from sejong_dash import border, ending, temporary
from sejong_dash.access import policy
from sejong_dash.serving.active_runs import count_runs, is_idle
from sejong_dash.serving.config_reads import read_without_lock
from sejong_dash.serving.event_batches import batch_events
from sejong_dash.serving.front_end import ENCODERS, FrontEnd, streamlit_front_end
from sejong_dash.serving.message_queue.part_references import drop_part_references
from sejong_dash.serving.message_queue.whole_runs import keep_whole_runs
from sejong_dash.serving.run_ends import keep_run_ends
from sejong_dash.serving.send_at_once import send_at_once
from sejong_dash.serving.sessions.closed_sessions import let_go_of_closed, sweep
from sejong_dash.serving.shutdown import call_on_exit, end_later

from . import following
from .idle_work import IdleWork, Piece
from .limits import stop_seconds

Lifespan = Callable[[st.App], AbstractAsyncContextManager[None]]
_NICENESS = 10  # of the compression, whose encoders work outside the interpreter's lock
_PATIENCE = 2.0  # seconds for a piece that is under way when the server ends
# Python's own 700 objects make for hundreds of collections while modules are imported: a quarter of the time to the first page.
_COLLECT = (100_000, 20, 20)

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


def warm(pieces: Callable[[], Iterable[Piece]] = tuple, front_end: FrontEnd | None = None) -> Lifespan:
    """Return a lifespan for `st.App`.

    The server is ready at once. What a page needs that is not there yet is imported, drawn and compressed when it is asked for;
    what no viewer waits for is done behind that: the compression of all scripts, and what `pieces` returns. Where
    `$SEJONG_DRAW_AHEAD` is "off", none of that is: whoever asks first waits for it.
    """

    @asynccontextmanager
    async def lifespan(app: st.App) -> AsyncIterator[None]:
        check_config()
        policy.hold(policy.read())
        border.check()
        keep_run_ends()
        drop_part_references()
        keep_whole_runs()
        count_runs()
        read_without_lock()
        batch_events()
        send_at_once()
        let_go_of_closed()
        ending.begin_anew()
        gc.set_threshold(*_COLLECT)
        compression = IdleWork("compression", _compression(front_end or streamlit_front_end()), niceness=_NICENESS)
        drawing = IdleWork("drawing ahead", _second(compression.start, pieces()))
        followed = await anyio.to_thread.run_sync(following.begin)
        if os.environ.get("SEJONG_DRAW_AHEAD") != "off":
            drawing.start()
        begun: list[IdleWork | following.Following] = [drawing, compression, *followed]
        sweeping = asyncio.create_task(sweep(is_idle))
        call_on_exit(partial(end_later, stop_seconds()))
        with temporary.own_folder():
            yield
            sweeping.cancel()
            await anyio.to_thread.run_sync(ending.end_all)
            for work in begun:
                work.stop()
            for work in begun:
                await anyio.to_thread.run_sync(work.join, _PATIENCE)

    return lifespan


def _second(piece: Piece, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield a piece behind the first of others: that is what a first page waits for."""
    others = iter(pieces)
    yield from islice(others, 1)
    yield piece
    yield from others


def _compression(scripts: FrontEnd) -> Iterator[Piece]:
    """Yield the compression of each script in each coding, those of the first page first."""
    for name in dict.fromkeys((*scripts.first, *sorted(scripts.names))):
        yield from (partial(scripts.compressed, name, coding) for coding in ENCODERS)
