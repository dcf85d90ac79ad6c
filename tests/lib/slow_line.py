"""A line between browser and server on which answers are late: what is sent over a websocket waits for up to a second, at random
but the same for the same seed, in both directions, and never overtakes what was sent before it."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from random import Random
from urllib.parse import urlsplit

_CHUNK = 1 << 16


class _Line:
    def __init__(self, root: str, seed: int, longest: float) -> None:
        self.host, self.port = urlsplit(root).hostname, urlsplit(root).port
        self.seed, self.longest, self.count = seed, longest, 0
        self.tasks: set[asyncio.Task[None]] = set()

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.count += 1
        number = self.count
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            to_server = await asyncio.open_connection(self.host, self.port)
        except (OSError, asyncio.IncompleteReadError):
            writer.close()
            return
        is_slow = b"upgrade: websocket" in head.lower()
        to_server[1].write(head)
        ways = ((reader, to_server[1], "up"), (to_server[0], writer, "down"))
        for source, target, way in ways:
            delays = Random(f"{self.seed} {number} {way}") if is_slow else None
            task = asyncio.create_task(self.carry(source, target, delays))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, delays: Random | None) -> None:
        """Hand on what comes in, each piece at its time."""
        clock, waiting = asyncio.get_running_loop().time, asyncio.Queue[tuple[float, bytes]]()

        async def deliver() -> None:
            while True:
                at, piece = await waiting.get()
                await asyncio.sleep(max(at - clock(), 0))
                if not piece:
                    target.close()
                    return
                target.write(piece)
                await target.drain()

        delivery = asyncio.create_task(deliver())
        with suppress(OSError):  # one side has hung up
            while piece := await source.read(_CHUNK):
                waiting.put_nowait((clock() + (delays.uniform(0, self.longest) if delays else 0), piece))
        waiting.put_nowait((0, b""))
        with suppress(OSError):
            await delivery


@contextmanager
def slow_line(root: str, seed: int, longest: float = 1.0) -> Iterator[str]:
    """The address of a line to the server at `root`."""
    line, address, is_made = _Line(root, seed, longest), [""], threading.Event()
    ending: list[Callable[[], None]] = []

    async def serve() -> None:
        server = await asyncio.start_server(line.connect, "127.0.0.1", 0)
        address[0] = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        loop, is_over = asyncio.get_running_loop(), asyncio.Event()
        ending.append(lambda: loop.call_soon_threadsafe(is_over.set))
        is_made.set()
        await is_over.wait()
        server.close()  # asyncio.run cancels what is still on its way

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    is_made.wait()
    try:
        yield address[0]
    finally:
        ending[0]()
        thread.join(10)
