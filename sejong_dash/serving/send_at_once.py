"""Has the server send each answer as it is written, without waiting for the viewer's machine to confirm the last.

Relies on: Streamlit binding the listening socket itself and handing it to `uvicorn.Server.serve(sockets=…)`, whose task keeps
it as a local variable. There is no public way to the socket: it is bound before app.py is read.
Why: asyncio turns Nagle's algorithm off only where a socket names TCP as its protocol; the one that Streamlit binds names none.
A script run is many small messages: each few of them then wait 40 ms for the viewer's machine to confirm the last.
Tried with: Streamlit 1.67.0 on uvicorn's own event loop. Where uvicorn binds the socket itself (`uvicorn app:app`), asyncio
turns the algorithm off and nothing is left to do here.
Without it: nothing breaks; answers over a network are up to 40 ms later for each few messages.
Off: `send_at_once` in SEJONG_BORDER_OFF.
"""

import asyncio
import logging
import socket

from sejong_dash import border

_LOG = logging.getLogger(__name__)


def send_at_once() -> None:
    """Have every connection that the server takes send at once; to be called on the server's event loop while it starts.

    What is set on a listening socket holds for those that it accepts.
    """
    if border.is_off("send_at_once"):
        return
    for listening in _listening():
        if listening.family in {socket.AF_INET, socket.AF_INET6}:
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _listening() -> list[socket.socket]:
    """The sockets that the task which serves was handed; none where uvicorn binds its own."""
    import uvicorn  # where it is gone, this can be switched off

    frames = [frame for task in asyncio.all_tasks() for frame in task.get_stack()]
    serving = [frame for frame in frames if frame.f_code is uvicorn.Server.serve.__code__]
    if not serving:
        _LOG.info("The server's socket was not found: answers may leave up to 40 ms late.")
    return [listening for frame in serving for listening in frame.f_locals.get("sockets") or ()]
