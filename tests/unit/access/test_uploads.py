"""A file is taken by its size and by what is held and on its way already."""

from contextlib import suppress

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from sejong_dash.access import back_messages, uploads
from sejong_dash.access.connections import Connection, OpenConnections
from sejong_dash.access.sign_in_cookie import SignIn
from sejong_dash.access.uploads import AROUND, UploadLimits


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    made = MemoryUploadedFileManager("/upload")

    class Running:
        uploaded_file_mgr = made

    monkeypatch.setattr(Runtime, "_instance", Running())
    return made


def keep(manager: MemoryUploadedFileManager, session: str, size: int) -> None:
    manager.add_file(session, UploadedFileRec(f"{session}{size}", "a.csv", "text/csv", b"x" * size))


def test_each_limit_is_kept(manager: MemoryUploadedFileManager) -> None:
    limits = UploadLimits(per_file=1_000_000, per_session=2_000_000, in_all=3_000_000)
    assert limits.too_much("a", 1_000_000) == ""
    assert limits.too_much("a", 1_000_001 + AROUND) == "file"
    keep(manager, "a", 1_000_000)
    assert limits.too_much("a", 1_000_000) == ""
    keep(manager, "a", 900_000)
    assert limits.too_much("a", 1_000_000) == "session"
    assert limits.too_much("b", 1_000_000) == ""
    keep(manager, "b", 1_000_000)
    assert limits.too_much("c", 500_000) == "all"
    manager.remove_session_files("a")
    assert limits.too_much("c", 500_000) == ""


def test_what_is_on_its_way_counts_until_it_is_there_or_fails(manager: MemoryUploadedFileManager) -> None:
    limits = UploadLimits(per_file=1_000_000, per_session=1_500_000, in_all=2_000_000)
    with suppress(ValueError), limits.coming("a", 1_000_000), limits.coming("b", 900_000):
        assert limits.too_much("a", 900_000) == "session"
        assert limits.too_much("c", 900_000) == "all"
        raise ValueError("broken")
    assert limits.too_much("a", 900_000) == ""


def test_switched_off_only_what_is_on_its_way_counts(manager: MemoryUploadedFileManager, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(manager, "a", 1_000)
    assert uploads.held() == {"a": 1_000}
    monkeypatch.setenv("SEJONG_BORDER_OFF", "uploads")
    assert uploads.held() == {}


def request(*names: str) -> bytes:
    message = BackMsg()
    message.file_urls_request.file_names.extend(names)
    return message.SerializeToString()


def answer(*paths: str) -> bytes:
    message = ForwardMsg()
    for path in paths:
        message.file_urls_response.file_urls.add(upload_url=path)
    return message.SerializeToString()


def test_a_place_is_handed_out_where_a_page_has_a_field_and_is_used_once() -> None:
    connections, connection = OpenConnections(), Connection()
    connections._open[connection.name] = connection
    assert not back_messages.passes(request("a"), connection, may_see=True, may_upload=True)
    connection.has_uploader = True
    assert not back_messages.passes(request("a"), connection, may_see=True, may_upload=False)
    assert not back_messages.passes(request(*"abcdefghijk"), connection, may_see=True, may_upload=True)
    back_messages.to_browser(answer("/never"), connection)
    assert not connections.take_place("/never", None)
    assert back_messages.passes(request("a"), connection, may_see=True, may_upload=True)
    back_messages.to_browser(ForwardMsg(script_finished=0).SerializeToString(), connection)
    back_messages.to_browser(answer("/place"), connection)
    assert not connections.take_place("/place", SignIn("kim", 0.0, {}))
    assert connections.take_place("/place", None)
    assert not connections.take_place("/place", None)


def test_places_that_are_never_used_are_forgotten() -> None:
    connection = Connection()
    for number in range(100):
        connection.hand_out([f"/{number}"])
    assert len(connection.places) == 20


@pytest.mark.parametrize("kind", ["clear_cache", "set_run_on_save", "load_git_info", "debug_shutdown_runtime"])
def test_what_no_page_needs_is_dropped(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    message = BackMsg()
    setattr(message, kind, True)
    data = message.SerializeToString()
    assert not back_messages.passes(data, Connection(), may_see=True, may_upload=True)
    monkeypatch.setenv("SEJONG_BORDER_OFF", "back_messages")
    assert back_messages.passes(data, Connection(), may_see=True, may_upload=True)


def test_before_the_sign_in_only_a_whole_page_runs() -> None:
    whole, part, asked = BackMsg(), BackMsg(), BackMsg()
    whole.rerun_script.query_string = "lang=en"
    part.rerun_script.fragment_id = "a"
    asked.backend_operation_request.deferred_file.SetInParent()
    found = [
        [
            back_messages.passes(each.SerializeToString(), Connection(), may_see=may_see, may_upload=False)
            for may_see in (True, False)
        ]
        for each in (whole, part, asked)
    ]
    assert found == [[True, True], [True, False], [True, False]]


@pytest.mark.parametrize(
    ("payload", "passes"),
    [("deferred_file", True), ("dataframe_chunk", True), ("install_skills", False), ("dismiss_skills_nudge", False)],
)
def test_nothing_has_the_server_write_into_its_folder(payload: str, passes: bool) -> None:
    message = BackMsg()
    getattr(message.backend_operation_request, payload).SetInParent()
    data = message.SerializeToString()
    assert back_messages.passes(data, Connection(), may_see=True, may_upload=True) == passes
    bare = BackMsg()
    bare.backend_operation_request.request_id = "a"
    assert not back_messages.passes(bare.SerializeToString(), Connection(), may_see=True, may_upload=True)


def test_what_is_no_message_is_left_to_streamlit() -> None:
    """It closes the connection for it."""
    assert back_messages.passes(b"\xff\xff", Connection(), may_see=False, may_upload=False)
    assert not back_messages.passes(b"", Connection(), may_see=True, may_upload=True)
