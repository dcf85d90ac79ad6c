"""Decides which messages of a browser reach Streamlit, what its answers may tell, and sees where it may send files.

Relies on: `BackMsg` and `ForwardMsg` of Streamlit's protocol, with the kinds named below; an answer to `file_urls_request` being
a `file_urls_response` with `upload_url`s; `main_script_path` of `new_session`, which no page of ours reads.
Why: any browser may send `clear_cache` (all viewers then wait for what was kept), `set_run_on_save` and others that serve whoever
develops a page; and may send files of any number from a page that has no field for them. No setting forbids it.
Tried with: Streamlit 1.67.0.
Without it: all messages reach Streamlit, and a file may be sent to any address below the path of uploads; a browser is told the
folder of the program.
Off: `back_messages` in SEJONG_BORDER_OFF.
"""

import logging

from sejong_dash import border
from sejong_dash.paths import PROJECT

from .connections import Connection

_LOG = logging.getLogger(__name__)
# What the pages need. `load_git_info` is asked by every browser and would tell folders of the server.
_PAGE = {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request"}
_BEFORE_SIGN_IN = {"rerun_script", "stop_script", "app_heartbeat"}
_QUIET = {"load_git_info"}
# Of a `backend_operation_request`; others write into the program's folder.
_OPERATIONS = {"deferred_file", "dataframe_chunk"}
_FOLDER = str(PROJECT).encode()
_MOST_FILES = 10  # in one request for addresses
# What is parsed takes thirty times the room of what came, and Streamlit keeps it with the session.
_MOST_BYTES, _MOST_BYTES_BEFORE_SIGN_IN = 2_000_000, 64_000
_MOST_STATES = 5_000  # of widgets, and of messages that a browser has


def passes(data: bytes, connection: Connection, *, may_see: bool, may_upload: bool) -> bool:
    """Return whether a message of a browser goes on to Streamlit; what does not is logged and dropped.

    What is not of the protocol goes on: Streamlit closes the connection for it. Before somebody has signed in only whole pages
    are drawn, which begin with the sign-in, and no part of one.
    """
    if border.is_off("back_messages"):
        return True
    from google.protobuf.message import DecodeError
    from streamlit.proto.BackMsg_pb2 import BackMsg

    if len(data) > (_MOST_BYTES if may_see else _MOST_BYTES_BEFORE_SIGN_IN):
        _LOG.warning("Refused: a browser sent a message of %d bytes.", len(data))
        return False
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return True
    kind = message.WhichOneof("type")
    is_good = kind in (_PAGE if may_see else _BEFORE_SIGN_IN)
    if kind == "rerun_script" and not may_see:
        is_good = not message.rerun_script.fragment_id
    if kind == "rerun_script":
        asked = message.rerun_script
        is_good = is_good and max(len(asked.widget_states.widgets), len(asked.cached_message_hashes)) <= _MOST_STATES
    if kind == "backend_operation_request":
        is_good = is_good and message.backend_operation_request.WhichOneof("payload") in _OPERATIONS
    if kind == "file_urls_request":
        is_good = is_good and may_upload and connection.has_uploader
        is_good = is_good and len(message.file_urls_request.file_names) <= _MOST_FILES
        connection.awaited += is_good
    if not is_good and kind not in _QUIET:
        _LOG.warning("Refused: a browser sent %s, which this page has no use for.", kind)
    return is_good


def to_browser(data: bytes, connection: Connection) -> bytes:
    """Return a message to a browser as it may leave: without the folder of the program, which the first of a run names.

    Where files may be sent is noted, if it says so. Only messages after a request for that, and those with the folder, are looked
    into.
    """
    if border.is_off("back_messages") or not (connection.awaited or _FOLDER in data):
        return data
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    message = ForwardMsg()
    message.ParseFromString(data)
    kind = message.WhichOneof("type")
    if kind == "file_urls_response" and connection.awaited:
        connection.awaited -= 1
        connection.hand_out(url.upload_url for url in message.file_urls_response.file_urls)
    if kind == "new_session":
        message.new_session.main_script_path = message.new_session.name
        data = message.SerializeToString()
    return data
