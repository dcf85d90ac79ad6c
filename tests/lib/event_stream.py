"""Holds a stream of server-sent events open, as an open page does where its server offers `/events`."""

import asyncio
from urllib.parse import urlsplit

PATH = "/events"


class EventStream:
    """Use it as `async with EventStream(root) as stream`; without an offer nothing stays open."""

    def __init__(self, root: str, path: str = PATH, *, wait: float = 60.0) -> None:
        self.address, self.path, self.wait = urlsplit(root), path, wait
        self.is_offered, self.is_lost, self.events = False, False, 0

    async def __aenter__(self) -> "EventStream":
        async with asyncio.timeout(self.wait):
            self._reader, self._writer = await asyncio.open_connection(self.address.hostname, self.address.port)
            lines = (
                f"GET {self.address.path.rstrip('/')}{self.path} HTTP/1.1",
                f"Host: {self.address.netloc}",
                "Accept: text/event-stream",
                "",
                "",
            )
            self._writer.write("\r\n".join(lines).encode())
            head = await self._reader.readuntil(b"\r\n\r\n")
        # Streamlit answers any path with its page: the kind of the answer counts.
        self.is_offered = is_stream(head.decode("latin-1"))
        self._task = asyncio.create_task(self._read()) if self.is_offered else None
        return self

    async def __aexit__(self, *error: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._writer.close()

    async def _read(self) -> None:
        while line := await self._reader.readline():
            self.events += line.startswith(b"data:")
        self.is_lost = True


def is_stream(head: str) -> bool:
    """Return whether the head of an answer is that of a stream of events."""
    status, _, fields = head.partition("\r\n")
    kinds = [line.partition(":")[2].strip() for line in fields.split("\r\n") if line.lower().startswith("content-type:")]
    return status.split(" ")[1:2] == ["200"] and any(kind.startswith("text/event-stream") for kind in kinds)
