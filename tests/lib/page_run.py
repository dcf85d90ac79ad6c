"""Holds what a server sends for one run of a page, and counts what is in it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import streamlit  # noqa: F401  # before its messages, which it sets up
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

WHOLE, BROKEN, CUT_SHORT, PART = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
    ForwardMsg.FINISHED_EARLY_FOR_RERUN,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)


@dataclass
class PageRun:
    """The messages of a run in their order, each with its size in bytes as it came."""

    messages: list[ForwardMsg] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    seconds: float = 0.0  # from asking for the run to having its last message

    def add(self, message: ForwardMsg, size: int) -> None:
        self.messages.append(message)
        self.sizes.append(size)

    @property
    def kinds(self) -> Counter[str]:
        """How many messages there are of each kind: of an element its own (`plotly_chart`), of all else that of the message."""
        return Counter(kind(message) for message in self.messages)

    @property
    def elements(self) -> Iterator[tuple[ForwardMsg, str, Any]]:
        """Each element with the message that it came in and its kind."""
        for message in self.messages:
            if is_element(message):
                name = kind(message)
                yield message, name, getattr(message.delta.new_element, name)

    @property
    def exceptions(self) -> list[str]:
        """What the page shows in place of what it could not draw."""
        return [element.message for _, name, element in self.elements if name == "exception"]


def is_element(message: ForwardMsg) -> bool:
    return bool(message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element")


def kind(message: ForwardMsg) -> str:
    """The kind of an element, a block or a message; blank for one that says nothing."""
    if is_element(message):
        return message.delta.new_element.WhichOneof("type") or ""
    return (message.delta.WhichOneof("type") if message.WhichOneof("type") == "delta" else message.WhichOneof("type")) or ""
