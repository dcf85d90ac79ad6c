"""Files are taken where a page has a field for them, once, and within limits: tried on a server, byte by byte."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import raw_asking
from launching import serving
from streamlit.proto.BackMsg_pb2 import BackMsg

from sejong_dash.paths import PROJECT

pytestmark = pytest.mark.thorough

FILE = b'--x\r\nContent-Disposition: form-data; name="a"; filename="a.csv"\r\n\r\na,b\r\n--x--\r\n'


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files") / "server.log"


@pytest.fixture(scope="module")
def root(log: Path) -> Iterator[str]:
    data = Path(shutil.copytree(PROJECT / "data", log.parent / "data"))
    with serving(PROJECT / "app.py", log, "--server.fileWatcherType", "none", data=data) as address:
        yield address


def asking(root: str, name: str) -> raw_asking.Page:
    """An open page that has asked where it may send a file."""
    page = raw_asking.page(root)
    page.run("lang=en", page=name)
    page.until("script_finished")
    message = BackMsg()
    message.file_urls_request.file_names.append("a.csv")
    page.send(message)
    return page


def with_place(root: str) -> tuple[raw_asking.Page, str]:
    """The open page of the desk, and where it may send a file."""
    page = asking(root, "data")
    (place,) = page.until("file_urls_response")[-1].file_urls_response.file_urls
    return page, place.upload_url


def of_a_browser(root: str) -> dict[str, str]:
    """The headers with which a browser sends a file."""
    token = raw_asking.ask(root, "/_stcore/health").headers["set-cookie"].partition(";")[0]
    kind = "multipart/form-data; boundary=x"
    return {"Content_Type": kind, "Cookie": token, "X_Xsrftoken": token.partition("=")[2]}


def put(root: str, path: str, body: bytes = FILE, **headers: str | None) -> raw_asking.RawAnswer:
    return raw_asking.ask(root, path, "PUT", body, **{**of_a_browser(root), **headers})


def test_a_file_is_taken_where_a_page_has_a_field_for_it_and_once(root: str) -> None:
    page, place = with_place(root)
    assert put(root, place).status == 204
    again = put(root, place, Accept_Language="en")
    assert again.status == 403
    assert "file field of a page" in str(again.problem["detail"])
    page.line.close()


def test_no_file_is_taken_from_a_page_without_a_field(root: str, log: Path) -> None:
    page = asking(root, "progress")
    page.run("lang=en", page="progress")
    assert "file_urls_response" not in {message.WhichOneof("type") for message in page.until("script_finished")}
    assert log.read_text("utf-8").count("Refused: a browser sent file_urls_request") == 1
    assert page.session
    assert put(root, f"/_stcore/upload_file/{page.session}/any").status == 403


def test_a_file_that_is_too_large_or_of_no_size_is_refused_in_words(root: str) -> None:
    page, place = with_place(root)
    for size, status, sentence in ((65 * 1024 * 1024, 413, "up to 64 MB"), (10**15, 413, "up to 64 MB")):
        answer = put(root, place, b"", Content_Length=str(size), Accept_Language="en")
        assert answer.status == status
        assert sentence in str(answer.problem["detail"])
    chunked = put(root, place, b"0\r\n\r\n", Content_Length=None, Transfer_Encoding="chunked", Accept_Language="en")
    assert chunked.status == 411
    assert "must state its size" in str(chunked.problem["detail"])
    assert put(root, place).status == 204  # the place is still there
    page.line.close()


def test_the_files_of_all_pages_are_bounded(root: str) -> None:
    """What is said to come counts: twelve files of 45 MB each are more than the server holds."""
    lines, answers = [], []
    for _ in range(12):
        page, place = with_place(root)
        lines.append(page)
        answers.append(raw_asking.begun(root, place, 45 * 1024 * 1024, **of_a_browser(root)))
    try:
        taken = [answer is None for answer in (raw_asking.status_of(line) for line in answers)]
        assert taken == [True] * 11 + [False]
    finally:
        for line in answers:
            line.close()
        for page in lines:
            page.line.close()
