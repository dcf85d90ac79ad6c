"""Asks a server byte by byte, as no browser would: any Host, any Origin, any length, any message."""

import json
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

PATIENCE = 60.0  # seconds; only a failing test waits that long


class RawAnswer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def problem(self) -> dict[str, object]:
        """What a problem document says."""
        return dict(json.loads(self.body))


def ask(root: str, path: str, method: str = "GET", body: bytes = b"", **headers: str | None) -> RawAnswer:
    """The answer to a request with these headers; one that is None is left out, `_` in a name stands for `-`."""
    address = urlsplit(root)
    sent: dict[str, str | None] = {"Host": address.netloc, "Connection": "close"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    if body and "Content-Length" not in sent:
        sent["Content-Length"] = str(len(body))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items() if value is not None)]
    with closing(socket.create_connection((address.hostname or "", address.port or 80), PATIENCE)) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        found = b""
        while part := line.recv(65536):
            found += part
    head, _, content = found.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    named = {name.strip().lower(): value.strip() for name, _, value in (each.partition(":") for each in rest)}
    return RawAnswer(int(first.split()[1]), named, content)


class Page:
    """A page's connection, spoken by hand."""

    def __init__(self, line: ClientConnection) -> None:
        self.line = line
        self.session = ""

    def send(self, message: BackMsg) -> None:
        self.line.send(message.SerializeToString())

    def run(self, query: str = "", *, page: str = "", fragment: str = "") -> None:
        """Ask for a run of a page."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        message.rerun_script.fragment_id = fragment
        self.send(message)

    def until(self, kind: str) -> list[ForwardMsg]:
        """All messages up to the first of a kind, which is the last."""
        found: list[ForwardMsg] = []
        while not found or found[-1].WhichOneof("type") != kind:
            message = ForwardMsg()
            message.ParseFromString(self.line.recv(PATIENCE))  # type: ignore[arg-type]
            self.session = message.new_session.initialize.session_id or self.session
            found.append(message)
        return found

    def is_ended(self) -> bool:
        """Whether the server ends the connection; waits for it."""
        try:
            while True:
                self.line.recv(PATIENCE)
        except ConnectionClosed:
            return True


@contextmanager
def streaming(root: str, path: str, **headers: str) -> Iterator[socket.socket]:
    """The line on which a stream comes, which has begun."""
    address = urlsplit(root)
    lines = [f"GET {path} HTTP/1.1", f"Host: {address.netloc}", *(f"{name}: {value}" for name, value in headers.items())]
    with closing(socket.create_connection((address.hostname or "", address.port or 80), PATIENCE)) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
        yield line


def begun(root: str, path: str, size: int, **headers: str) -> socket.socket:
    """The line on which a file of this size is being sent, of which nothing has come yet."""
    address = urlsplit(root)
    lines = [f"PUT {path} HTTP/1.1", f"Host: {address.netloc}", f"Content-Length: {size}", "Expect: 100-continue"]
    lines += [*(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()), "", ""]
    line = socket.create_connection((address.hostname or "", address.port or 80), PATIENCE)
    line.sendall("\r\n".join(lines).encode())
    return line


def status_of(line: socket.socket) -> int | None:
    """The answer's status on a line; None where the server says that it waits for the file."""
    status = int(line.recv(65536).split()[1])
    return None if status == 100 else status


def wait_for(stream: socket.socket, sign: bytes) -> None:
    """Read a stream until something has come on it. Raises ConnectionError where it ends before."""
    found = b""
    while sign not in found:
        part = stream.recv(65536)
        if not part:
            raise ConnectionError(f"The stream ended before {sign!r}: {found!r}")
        found += part


def is_at_end(stream: socket.socket) -> bool:
    """Whether the server ends a stream; waits for it."""
    found = b""
    while not found.endswith(b"0\r\n\r\n"):
        part = stream.recv(65536)
        if not part:
            return True
        found += part
    return True


def page(root: str, session: str = "", **headers: str) -> Page:
    """A page's connection that is open; `session` is one to go on with. Raises InvalidStatus where it is refused."""
    address = root.replace("http", "ws", 1) + "/_stcore/stream"
    more = {name.replace("_", "-"): value for name, value in headers.items() if name not in ("Host", "Origin")}
    target = urlsplit(root)
    line = connect(
        address if "Host" not in headers else f"ws://{headers['Host']}/_stcore/stream",
        address=(target.hostname, target.port),
        origin=headers.get("Origin", root),  # type: ignore[arg-type]
        additional_headers=more,
        subprotocols=["streamlit", *(["none", session] if session else [])],  # type: ignore[list-item]
        max_size=None,
        proxy=None,
    )
    return Page(line)
