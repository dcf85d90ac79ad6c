"""Streamlit's scripts arrive small, early and once, and nothing else arrives with them."""

import base64
import hashlib
import logging
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import event_loops
import pytest
import streamlit as st
from answers import DECODE, Answer, ask, delivered
from starlette.applications import Starlette
from streamlit import file_util
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from sejong_dash import plotly_script
from sejong_dash.serving import active_runs, chunk_names, front_end
from sejong_dash.serving.delivery import Delivery, coding_for
from sejong_dash.serving.front_end import FrontEnd, streamlit_front_end
from sejong_dash.startup import late_imports

CHOICE = "static/js/Selectbox.aa.js"
INDEX = "static/js/index.ee.js"
STYLE = "static/css/index.ff.css"
FILES = {
    "index.html": '<html><head><script>start()</script><script src="./static/js/index.ee.js"></script>'
    '<link rel="stylesheet" href="./static/css/index.ff.css"></head></html>',
    CHOICE: 'import{a}from"./shared.bb.js";import"./index.ee.js";' + "drawn(1);" * 500,
    "static/js/shared.bb.js": 'import"./deep.cc.js";',
    "static/js/deep.cc.js": 'const later=()=>import(`./never.gg.js`);import"./shared.bb.js";',
    "static/js/never.gg.js": "never()",
    "static/js/DeckGlJsonChart.dd.js": 'import"./deep.cc.js";' + "map(1);" * 500,
    INDEX: "begin();" * 500,
    STYLE: "b{}" * 500,
    "static/media/letters.hh.woff2": "letters",
}


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "static"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(file_util, "get_static_dir", lambda: str(folder))
    return folder


@pytest.fixture
def scripts(static: Path, tmp_path: Path) -> FrontEnd:
    return FrontEnd(static, tmp_path / "kept")


@pytest.fixture
def app(scripts: FrontEnd) -> Delivery:
    return delivered(scripts)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("BR", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip; q=0.5", "gzip"),
        ("br;q=0.0,gzip;q=0", None),
        ("brot, x-gzip", None),
        ("identity", None),
        ("", None),
    ],
)
def test_a_script_comes_in_a_coding_that_was_offered(app: Delivery, accepted: str, coding: str | None) -> None:
    assert coding_for(accepted) == coding
    answer = ask(app, f"/{CHOICE}", accept_encoding=accepted)
    assert (answer.status, answer.headers.get("content-encoding")) == (200, coding)
    assert answer.text == FILES[CHOICE]
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")


def test_only_text_is_compressed(app: Delivery) -> None:
    answer = ask(app, "/static/media/letters.hh.woff2", accept_encoding="br")
    assert (answer.body, "content-encoding" in answer.headers) == (b"letters", False)


def test_a_head_request_gets_the_headers_alone(app: Delivery) -> None:
    for path in (f"/{CHOICE}", "/", "/progress"):
        full, head = (ask(app, path, method, accept_encoding="br") for method in ("GET", "HEAD"))
        assert head.body == b""
        assert head.headers == full.headers


def test_what_the_browser_has_is_not_sent_again(app: Delivery) -> None:
    for path in (f"/{CHOICE}", "/", "/progress"):
        marks = {coding: ask(app, path, accept_encoding=coding).headers["etag"] for coding in ("br", "gzip")}
        again = ask(app, path, accept_encoding="br", if_none_match=f'"old", W/{marks["br"]}')
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", marks["br"])
        assert ask(app, path, accept_encoding="br", if_none_match=marks["gzip"]).status == 200


def test_a_part_of_a_script_is_left_to_streamlit(app: Delivery) -> None:
    answer = ask(app, f"/{CHOICE}", accept_encoding="br", range="bytes=0-9")
    assert (answer.status, answer.body.decode()) == (206, FILES[CHOICE][:10])
    assert "content-encoding" not in answer.headers


def preloaded(answer: Answer) -> set[str]:
    return {name for name in FILES if f'<link rel="modulepreload" crossorigin href="./{name}">' in answer.text}


EVERYWHERE = {CHOICE, "static/js/shared.bb.js", "static/js/deep.cc.js"}
MAP = {*EVERYWHERE, "static/js/DeckGlJsonChart.dd.js"}


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
@pytest.mark.parametrize("path", ["/", "/progress", "/no/such/page", "/map"])
def test_the_page_names_the_chunks_it_will_need(app: Delivery, path: str, coding: str) -> None:
    answer = ask(app, path, accept_encoding=coding)
    assert preloaded(answer) == (MAP if path == "/map" else EVERYWHERE)
    assert answer.text.count(INDEX) == 1  # the page names it already
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-length"] == str(len(answer.body))


def test_other_html_is_not_touched(app: Delivery) -> None:
    answer = ask(app, "/ours")
    assert answer.text == "<head></head>ours"
    assert "content-security-policy" in answer.headers


def test_under_a_base_path(static: Path, scripts: FrontEnd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "get_option", lambda name: {"server.baseUrlPath": "/dash/"}[name])
    app = delivered(scripts, "dash")
    assert ask(app, f"/dash/{CHOICE}", accept_encoding="br").headers["content-encoding"] == "br"
    assert preloaded(ask(app, "/dash/map")) == MAP


@pytest.mark.parametrize("path", [f"/{CHOICE}", "/", "/progress", "/ours", "/_stcore/health"])
def test_every_answer_forbids_other_hosts(app: Delivery, path: str) -> None:
    for coding in ("br", "identity"):
        headers = ask(app, path, accept_encoding=coding).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self';" in policy
        assert not {"http", "*", "'unsafe-eval'"} & set(policy.replace(";", " ").replace(":", " ").split())
        assert headers.getlist("x-content-type-options") == ["nosniff"]
        assert headers.getlist("referrer-policy") == ["same-origin"]


def test_the_page_s_own_scripts_are_allowed(app: Delivery) -> None:
    answer = ask(app, "/")
    inline = re.findall(r"<script>(.*?)</script>", answer.text)
    assert len(inline) == 2
    for script in inline:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in answer.headers["content-security-policy"]


def test_a_websocket_passes(scripts: FrontEnd) -> None:
    seen: list[str] = []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    event_loops.run(Delivery(inner, scripts)({"type": "websocket"}, None, None))  # type: ignore[arg-type]
    assert seen == ["websocket"]


def test_a_compressed_script_serves_the_next_start(scripts: FrontEnd, static: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = scripts.compressed(CHOICE, "br")
    monkeypatch.setattr(front_end, "ENCODERS", {})  # nothing left to compress with
    assert FrontEnd(static, scripts.kept).compressed(CHOICE, "br") == first


def test_many_may_compress_at_once(scripts: FrontEnd, static: Path) -> None:
    servers = [scripts, *(FrontEnd(static, scripts.kept) for _ in range(7))]  # as processes would, each with its memory
    with ThreadPoolExecutor(16) as pool:
        bodies = set(pool.map(lambda turn: servers[turn % 8].compressed(CHOICE, "gzip").body, range(64)))
    assert len(bodies) == 1
    assert [file.name for file in scripts.kept.iterdir()] == ["Selectbox.aa.js.gzip"]


def test_a_disk_that_takes_nothing_is_told_once(
    static: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    scripts = FrontEnd(static, static / "index.html" / "kept")  # no folder can be made there
    both = threading.Barrier(2)

    def refused(folder: Path, *args: object, **named: object) -> None:
        both.wait(60)  # each thread has found the disk writable so far when the other one is refused
        raise NotADirectoryError(folder)

    with monkeypatch.context() as closed, caplog.at_level(logging.WARNING), ThreadPoolExecutor(2) as pool:
        closed.setattr(Path, "mkdir", refused)
        list(pool.map(lambda name: scripts.compressed(name, "br"), [CHOICE, INDEX]))
    with caplog.at_level(logging.WARNING):
        for name in (CHOICE, INDEX):
            scripts.compressed(name, "gzip")
    assert DECODE["br"](scripts.compressed(INDEX, "br").body).decode() == FILES[INDEX]
    assert len(caplog.records) == 1


def test_the_real_front_end_has_what_is_looked_for() -> None:
    """A new Streamlit may name its chunks otherwise: then the pages are slow again, and this says so."""
    real = streamlit_front_end()
    for stem in (*chunk_names.FRAME, *(stem for stems in chunk_names.DRAWING_ON.values() for stem in stems)):
        assert real.chunks([stem]), stem
    plain = Starlette(routes=create_streamlit_static_assets_routes(""))
    assert "static/js/DeckGlJsonChart." in ask(Delivery(plain, real), "/map").text


def test_a_script_of_ours_is_named_and_sent(scripts: FrontEnd) -> None:
    plain = Starlette(routes=create_streamlit_static_assets_routes(""))
    app = Delivery(plain, scripts, late_imports.own_file, late_imports.scripts_of)
    name = plotly_script.path()
    for path in ("/", "/progress", "/present"):
        assert f'<link rel="preload" as="script" href="./{name}">' in ask(app, path).text
    for path in ("/map", "/data", "/report"):
        assert name not in ask(app, path).text, "no page carries what it does not need"
    answer = ask(app, f"/{name}", accept_encoding="br")
    assert answer.text.encode() == plotly_script.read()
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert len(answer.body) < 400_000
    assert ask(app, "/plotly/plotly-basic.0123456789abcdef.js").status == 404


def test_a_page_that_is_asked_for_announces_a_run(app: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    announced: list[str] = []
    monkeypatch.setattr(active_runs, "expect", lambda: announced.append("run"))
    ask(app, f"/{INDEX}", accept_encoding="br")
    ask(app, "/ours")
    assert announced == []
    ask(app, "/progress")
    assert announced == ["run"]
