"""Opens streams of events at a server, as a browser does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit


class EventStream:
    """An open stream: the head of the answer, and its events as they come."""

    def __init__(self, head: str, reader: asyncio.StreamReader) -> None:
        self.head, self._reader = head, reader

    async def event(self, limit: float = 60) -> str:
        """The data of the next event. Raises EOFError where the server has ended the stream, and TimeoutError."""
        async with asyncio.timeout(limit):
            while (line := (await self._reader.readline()).decode()) not in ("", "0\r\n"):  # the last piece of an answer is empty
                if line.startswith("data: "):
                    return line.removeprefix("data: ").strip()
        raise EOFError("the stream has ended")


@asynccontextmanager
async def event_stream(root: str, path: str = "/events") -> AsyncIterator[EventStream]:
    address = urlsplit(root)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {address.netloc}\r\nAccept-Encoding: gzip, br\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        yield EventStream(head, reader)
    finally:
        writer.close()
