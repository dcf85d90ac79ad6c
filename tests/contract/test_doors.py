"""What comes from elsewhere, or asks for what no page of ours asks for, gets no further than the door: tried on a server, byte by
byte."""

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import raw_asking
from launching import serving
from streamlit.proto.BackMsg_pb2 import BackMsg
from visiting import MENU
from websockets.exceptions import InvalidStatus

from sejong_dash.paths import PROJECT

pytestmark = pytest.mark.thorough

ELSEWHERE = "evil.example"


class Outside:
    """What a server would ask other hosts through: it counts who comes, and answers nobody."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.asked = 0
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            line, _ = self._listening.accept()
            self.asked += 1
            line.close()


@pytest.fixture(scope="module")
def outside() -> Outside:
    return Outside()


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("doors") / "server.log"


@pytest.fixture(scope="module")
def root(log: Path, outside: Outside) -> Iterator[str]:
    data = Path(shutil.copytree(PROJECT / "data", log.parent / "data"))
    through = {"http_proxy": outside.address, "https_proxy": outside.address, "no_proxy": "", "NO_PROXY": ""}
    with serving(PROJECT / "app.py", log, "--server.fileWatcherType", "none", data=data, **through) as address:
        yield address


def port_of(root: str) -> str:
    return root.rpartition(":")[2]


HOSTS = [
    *(
        "evil.example",
        "evil.example:{port}",
        "localhost.evil.example:{port}",
        "127.0.0.1.evil.example",
        "127.0.0.2:{port}x",
    ),
    *("10.1.2.3:{port}", "127.0.0.1@evil.example", "evil.example#127.0.0.1", "[::ffff:10.1.2.3]:{port}", "", "127.0.0.1:99999"),
    None,
]
ORIGINS = [
    *("http://evil.example", "http://evil.example:{port}", "null", "http://127.0.0.1", "http://127.0.0.1:{other}", ""),
    *("http://localhost:{port}", "file://127.0.0.1:{port}", "http://127.0.0.1:{port}.evil.example", "http://127.0.0.1:{port}/"),
    "http://a@127.0.0.1:{port}",
]


def filled(pattern: str | None, root: str) -> str | None:
    port = port_of(root)
    return None if pattern is None else pattern.format(port=port, other=int(port) + 1)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/export/goal_bar.csv"])
def test_no_answer_under_another_name(root: str, host: str | None, path: str) -> None:
    answer = raw_asking.ask(root, path, Host=filled(host, root))
    assert answer.status in (400, 403)
    assert b"Sejong" not in answer.body
    if answer.status == 403:
        assert "server.allowedHosts" in str(answer.problem["detail"])


def test_two_names_are_none(root: str) -> None:
    answer = raw_asking.ask(root, "/", Host=f"127.0.0.1:{port_of(root)}\r\nHost: {ELSEWHERE}")
    assert answer.status in (400, 403)


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize(("path", "method"), [("/progress", "GET"), ("/_stcore/upload_file/a/b", "PUT"), ("/export/", "OPTIONS")])
def test_no_answer_to_a_page_from_elsewhere(root: str, origin: str, path: str, method: str) -> None:
    answer = raw_asking.ask(root, path, method, Origin=filled(origin, root))
    assert answer.status == 403
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("origin", ORIGINS)
def test_no_connection_for_a_page_from_elsewhere(root: str, origin: str) -> None:
    if origin:  # an empty one is left out by the library
        with pytest.raises(InvalidStatus) as refused:
            raw_asking.page(root, Origin=filled(origin, root) or "")
        assert refused.value.response.status_code == 403


@pytest.mark.parametrize("host", [ELSEWHERE, "localhost.evil.example", "10.1.2.3"])
def test_no_connection_under_another_name_though_its_page_has_it(root: str, host: str) -> None:
    """DNS rebinding: a page elsewhere has its own name lead here, so that Host and Origin are the same."""
    name = f"{host}:{port_of(root)}"
    with pytest.raises(InvalidStatus) as refused:
        raw_asking.page(root, Host=name, Origin=f"http://{name}")
    assert refused.value.response.status_code == 403


def test_a_page_of_ours_is_let_in(root: str) -> None:
    for host in ("127.0.0.1", "localhost", "LOCALHOST", "localhost."):
        name = f"{host}:{port_of(root)}"
        assert raw_asking.ask(root, "/progress", Host=name, Origin=f"http://{name}").status == 200
    page = raw_asking.page(root)
    page.run("lang=en")
    assert page.until("script_finished")


def test_no_other_connection_is_opened(root: str) -> None:
    for path in ("/", "/events", "/export/goal_bar.csv", "/_stcore/agent/mcp"):
        answer = raw_asking.ask(
            root,
            path,
            Connection="Upgrade",
            Upgrade="websocket",
            Sec_WebSocket_Version="13",
            Sec_WebSocket_Key="MDEyMzQ1Njc4OWFiY2RlZg==",
        )
        assert answer.status == 404, path


def test_nobody_outside_is_asked(root: str, outside: Outside) -> None:
    """Streamlit looks for its own outside address where an Origin is foreign."""
    for origin in ORIGINS:
        raw_asking.ask(root, "/_stcore/health", Origin=filled(origin, root))
    with pytest.raises(InvalidStatus):
        raw_asking.page(root, Origin="http://evil.example")
    assert outside.asked == 0
    code = "from streamlit import net_util; net_util.get_external_ip()"
    through = {"http_proxy": outside.address, "https_proxy": outside.address, "no_proxy": "", "NO_PROXY": ""}
    subprocess.run([sys.executable, "-c", code], env=os.environ | through, check=True, capture_output=True)
    assert outside.asked > 0  # it would have been seen


@pytest.mark.parametrize("kind", ["clear_cache", "set_run_on_save", "load_git_info", "debug_shutdown_runtime"])
def test_messages_of_whoever_develops_are_dropped(root: str, log: Path, kind: str) -> None:
    page = raw_asking.page(root)
    page.run("lang=en")
    page.until("script_finished")
    before = log.stat().st_size
    message = BackMsg()
    setattr(message, kind, True)
    page.send(message)
    page.run("lang=en")
    page.until("script_finished")  # the connection is still there, and what came before it has been dealt with
    said = log.read_bytes()[before:].decode()
    assert ("Refused: a browser sent" in said) == (kind != "load_git_info")  # every browser of Streamlit's sends that


UNKNOWN = (
    "/nothing",
    "/progress/deeper",
    "/index.php",
    "/.git/config",
    "/..%2f..%2fapp.py",
    "/data/visitors.csv",
    "/a" * 200,
    "/%00",
    "/exportx",
    "/events%0a",
    "/_stcore/metrics%0a",
    "/auth/logout%0a",
    "/progress%1b",
    "/_stcore/nothing",
    "/_stcore",
)


@pytest.mark.parametrize("path", UNKNOWN)
def test_there_is_nothing_at_an_unknown_address(root: str, path: str) -> None:
    for accept in ("text/html", "*/*"):
        answer = raw_asking.ask(root, path, Accept=accept, If_None_Match='"x"')
        assert answer.status in (400, 404), path
        assert str(PROJECT).encode() not in answer.body


def test_what_has_not_changed_is_not_sent_again(root: str) -> None:
    path = "/figure/goal_bar.json?lang=ko&sample=true&asof=2026-05-06"
    first = raw_asking.ask(root, path)
    assert (first.status, bool(first.headers["etag"])) == (200, True)
    again = raw_asking.ask(root, path, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert raw_asking.ask(root, path, If_None_Match='"another"').status == 200


@pytest.mark.parametrize(
    "path", ["/export/goal_bar.csv?sample=true", "/figure/goal_bar.json?lang=ko&sample=true", "/events/state"]
)
def test_no_page_from_elsewhere_has_a_file_as_a_part_of_itself(root: str, path: str) -> None:
    """A picture or a script of another page is asked for without an Origin. A link there, and a program, may take a file."""
    for mode in ("no-cors", "cors", "same-origin"):
        assert raw_asking.ask(root, path, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode=mode).status == 403
    assert raw_asking.ask(root, path, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").status == 200
    assert raw_asking.ask(root, path, Sec_Fetch_Site="same-origin", Sec_Fetch_Mode="no-cors").status == 200
    assert raw_asking.ask(root, path).status == 200


@pytest.mark.parametrize("page", ["", *MENU])
def test_each_page_has_its_address(root: str, page: str) -> None:
    assert raw_asking.ask(root, f"/{page}", Accept="text/html").status == 200


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/mcp", "/_stcore/script-health-check"]
)
def test_what_serves_developers_is_closed(root: str, path: str) -> None:
    for method in ("GET", "POST"):
        assert raw_asking.ask(root, path, method).status == 404


ANSWERS = [
    ("GET", "/", {}, 200),
    ("HEAD", "/progress", {}, 200),
    ("GET", "/nothing", {}, 404),
    ("GET", "/", {"Host": ELSEWHERE}, 403),
    ("GET", "/_stcore/health", {}, 200),
    ("GET", "/_stcore/host-config", {}, 200),
    ("GET", "/export/", {}, 200),
    ("GET", "/export/nothing.csv", {}, 404),
    ("GET", "/export/goal_bar.csv?sample=true", {}, 200),
    ("GET", "/events/state", {}, 200),
    ("GET", "/static/nothing.js", {}, 404),
    ("GET", "/shapes/nothing", {}, 404),
    ("POST", "/", {}, 405),
    ("PUT", "/_stcore/upload_file/a/b", {"Content-Length": "0"}, 403),
    ("POST", "/export/", {"Content-Length": "99999999"}, 413),
    ("GET", "/auth/logout", {}, 302),
]


@pytest.mark.parametrize(("method", "path", "headers", "status"), ANSWERS)
def test_every_answer_says_what_a_browser_may_do_with_it(
    root: str, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = raw_asking.ask(root, path, method, **headers)
    assert answer.status == status
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-eval'" not in policy.replace("wasm-unsafe-eval'", "")
    assert "http" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("name", MENU)
def test_no_page_names_a_folder_of_the_server(root: str, log: Path, name: str) -> None:
    page = raw_asking.page(root)
    page.run("lang=en&sample=true", page=name)
    shown = b"".join(message.SerializeToString() for message in page.until("script_finished"))
    assert page.session.encode() in shown
    for folder in (PROJECT, log.parent):
        assert str(folder).encode() not in shown


def test_no_message_names_a_folder_of_the_server(root: str) -> None:
    for method, path, headers, _ in ANSWERS:
        body = raw_asking.ask(root, path, method, **headers).body
        assert str(PROJECT).encode() not in body
        assert b"Traceback" not in body
