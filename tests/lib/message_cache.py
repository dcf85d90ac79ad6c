"""Keeps large messages as a browser does, so that a server need not send them again."""

import streamlit  # noqa: F401  # before its messages, which it sets up
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


class MessageCache:
    """Messages by their hash. One goes when it has not come for `age` runs of the page."""

    def __init__(self) -> None:
        self.age = 2
        self._runs = 0
        self._kept: dict[str, tuple[ForwardMsg, int]] = {}  # with the number of runs when it last came

    @property
    def hashes(self) -> list[str]:
        return list(self._kept)

    def whole(self, message: ForwardMsg) -> ForwardMsg:
        """Return the message, or what it stands for. Raises KeyError where that is not kept: a browser shows an error then."""
        if message.WhichOneof("type") != "ref_hash":
            if message.metadata.cacheable and message.hash:
                self._kept.setdefault(message.hash, (message, self._runs))
            return message
        kept, _ = self._kept[message.ref_hash]
        self._kept[message.ref_hash] = kept, self._runs
        again = ForwardMsg()
        again.CopyFrom(kept)
        again.metadata.CopyFrom(message.metadata)
        return again

    def end_run(self, *, is_part: bool) -> None:
        """Count a run; what the page has not shown lately is forgotten after one of the whole page."""
        self._runs += 1
        if not is_part:
            self._kept = {name: entry for name, entry in self._kept.items() if self._runs - entry[1] <= self.age}
