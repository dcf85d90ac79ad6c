"""Makes messages as a run puts them into the queue to a browser."""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def block(*path: int, part: str = "") -> ForwardMsg:
    """A container at a place, of a part of the page or of the page itself."""
    message = ForwardMsg()
    message.delta.add_block.allow_empty = True
    message.delta.fragment_id = part
    message.metadata.delta_path.extend(path)
    return message


def reference(*path: int) -> ForwardMsg:
    """An element at a place that the browser has had before."""
    message = ForwardMsg(ref_hash="drawing")
    message.metadata.delta_path.extend(path)
    return message
