"""Decides which messages of a browser reach Streamlit, and sees where it may send files.

Relies on: `BackMsg` and `ForwardMsg` of Streamlit's protocol, with the kinds named below; an answer to `file_urls_request` being
a `file_urls_response` with `upload_url`s.
Why: any browser may send `clear_cache` (all viewers then wait for what was kept), `set_run_on_save` and others that serve whoever
develops a page; and may send files of any number from a page that has no field for them. No setting forbids it.
Tried with: Streamlit 1.67.0.
Without it: all messages reach Streamlit, and a file may be sent to any address below the path of uploads.
Off: `back_messages` in SEJONG_BORDER_OFF.
"""

import logging

from sejong_dash import border

from .connections import Connection

_LOG = logging.getLogger(__name__)
# What the pages need. `load_git_info` is asked by every browser and would tell folders of the server.
_PAGE = {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request"}
_BEFORE_SIGN_IN = {"rerun_script", "stop_script", "app_heartbeat"}
_QUIET = {"load_git_info"}
_MOST_FILES = 10  # in one request for addresses


def passes(data: bytes, connection: Connection, *, may_see: bool, may_upload: bool) -> bool:
    """Return whether a message of a browser goes on to Streamlit; what does not is logged and dropped.

    What is not of the protocol goes on: Streamlit closes the connection for it. Before somebody has signed in only whole pages
    are drawn, which begin with the sign-in, and no part of one.
    """
    if border.is_off("back_messages"):
        return True
    from google.protobuf.message import DecodeError
    from streamlit.proto.BackMsg_pb2 import BackMsg

    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return True
    kind = message.WhichOneof("type")
    is_good = kind in (_PAGE if may_see else _BEFORE_SIGN_IN)
    if kind == "rerun_script" and not may_see:
        is_good = not message.rerun_script.fragment_id
    if kind == "file_urls_request":
        is_good = is_good and may_upload and connection.has_uploader
        is_good = is_good and len(message.file_urls_request.file_names) <= _MOST_FILES
        connection.awaited += is_good
    if not is_good and kind not in _QUIET:
        _LOG.warning("Refused: a browser sent %s, which this page has no use for.", kind)
    return is_good


def note_places(data: bytes, connection: Connection) -> None:
    """Note where files may be sent, if this message to a browser says so. Only those after a request for it are looked into."""
    if not connection.awaited:
        return
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    message = ForwardMsg()
    message.ParseFromString(data)
    if message.WhichOneof("type") == "file_urls_response":
        connection.awaited -= 1
        connection.hand_out(url.upload_url for url in message.file_urls_response.file_urls)
