"""Hands a page's connection on to Streamlit, message by message, for as long as whoever opened it may see the page."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import back_messages, policy, viewer
from .connections import HEADER, OPEN, Connection
from .roles import SEE, UPLOAD
from .sign_in_cookie import COOKIES, SignIn

_PROTOCOL = b"sec-websocket-protocol"
_ENDED = 1008  # the code for what a rule forbids; Streamlit's page then connects anew, and is asked to sign in


def still_holds(sign_in: SignIn) -> bool:
    """Whether whoever signed in may still see pages."""
    return viewer.of_sign_in(sign_in, policy.current()).may(SEE)


async def serve(app: ASGIApp, scope: Scope, receive: Receive, send: Send, sign_in: SignIn | None) -> None:
    """Hand a websocket on. Whoever may not see pages comes without the cookie of a sign-in and gets a session of their own."""
    held = policy.current()
    who = viewer.of_sign_in(sign_in, held)
    may_come = who.may(SEE)
    connection = Connection(sign_in) if may_come else Connection(stranger=sign_in if who.account else None)
    if held.asks_sign_in and not may_come:
        scope = _unknown(scope)
    scope = {**scope, "headers": [*_others(scope, HEADER.encode()), (HEADER.encode(), connection.name.encode())]}

    async def from_browser() -> Message:
        while True:
            message = await _next(receive, connection)
            data = message.get("bytes") if message["type"] == "websocket.receive" else None
            if data is None:
                return message
            who = viewer.of_sign_in(connection.sign_in, policy.current())
            if back_messages.passes(data, connection, may_see=who.may(SEE), may_upload=who.may(UPLOAD)):
                return message

    async def to_browser(message: Message) -> None:
        if message["type"] == "websocket.send" and message.get("bytes") is not None:
            message = {**message, "bytes": back_messages.to_browser(message["bytes"], connection)}
        await send(message)

    OPEN.add(connection, still_holds)
    try:
        await app(scope, from_browser, to_browser)
        if connection.ended.is_set():
            await send({"type": "websocket.close", "code": _ENDED})
    finally:
        OPEN.remove(connection)


async def follow(app: ASGIApp, scope: Scope, receive: Receive, send: Send, connection: Connection) -> None:
    """Hand a stream on that has no end of its own, and end it with the sign-in of whoever asked for it."""
    OPEN.add(connection, still_holds)
    begun = False

    async def noting(message: Message) -> None:
        nonlocal begun
        begun = begun or message["type"] == "http.response.start"
        await send(message)

    streaming = asyncio.ensure_future(app(scope, receive, noting))
    ending = asyncio.ensure_future(connection.ended.wait())
    try:
        await asyncio.wait({streaming, ending}, return_when=asyncio.FIRST_COMPLETED)
        if not streaming.done():
            streaming.cancel()
            await asyncio.wait({streaming})
            if begun:
                await send({"type": "http.response.body", "body": b""})
        elif not streaming.cancelled():
            streaming.result()
    finally:
        for task in (streaming, ending):
            task.cancel()
        OPEN.remove(connection)


async def _next(receive: Receive, connection: Connection) -> Message:
    """Return the next message; that the browser has gone as soon as the sign-in is over."""
    if connection.sign_in is None:
        return await receive()
    receiving = asyncio.ensure_future(receive())
    ending = asyncio.ensure_future(connection.ended.wait())
    try:
        await asyncio.wait({receiving, ending}, return_when=asyncio.FIRST_COMPLETED)
        if connection.ended.is_set():
            return {"type": "websocket.disconnect", "code": _ENDED}
        return receiving.result()
    finally:
        receiving.cancel()
        ending.cancel()


def _unknown(scope: Scope) -> Scope:
    """Return a handshake without the cookies of a sign-in, and without the session that it wants to go on with."""
    headers = []
    for name, value in scope["headers"]:
        if name == b"cookie":
            value = b"; ".join(part.strip() for part in value.split(b";") if not _is_of_sign_in(part))
        elif name == _PROTOCOL:
            value = b",".join(value.split(b",")[:2])
        if name != b"cookie" or value:
            headers.append((name, value))
    return {**scope, "headers": headers}


def _is_of_sign_in(cookie: bytes) -> bool:
    name = cookie.partition(b"=")[0].strip().decode("latin-1")
    return any(name == own or name.startswith(f"{own}_") for own in COOKIES)


def _others(scope: Scope, left_out: bytes) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in scope["headers"] if name != left_out]
