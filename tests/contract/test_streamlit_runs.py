"""A run of a page and the server find inside Streamlit what they rely on, and go on without it where it is switched off."""

import inspect
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
import uvicorn
from answers import ask, delivered
from streamlit.testing.v1 import AppTest

from sejong_dash.paths import FONTS
from sejong_dash.serving import chunk_names, host_config, session_name
from sejong_dash.serving.front_end import FrontEnd, streamlit_front_end
from sejong_dash.serving.run_ends import keep_run_ends
from sejong_dash.startup import warm_up
from sejong_dash.ui.browser import script_run
from sejong_dash.ui.browser.finished_deck import FinishedDeck

FOLDER = Path(st.__file__).parent / "static"
INSTALLED = f"Streamlit {version('streamlit')}"

READING = """
import streamlit as st
from sejong_dash.ui.browser import script_run

run = script_run.current_run()
st.session_state["found"] = run.is_part, run.is_history
"""


@pytest.fixture
def switched_off(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda names: monkeypatch.setenv("SEJONG_BORDER_OFF", names)


def found() -> tuple[bool, bool | None]:
    """Return what a run of a whole page says of itself."""
    app = AppTest.from_string(READING).run()
    assert not app.exception
    seen: tuple[bool, bool | None] = app.session_state["found"]
    return seen


def test_a_run_says_what_it_is() -> None:
    assert found() == (False, False), f"{INSTALLED} breaks script_run: a whole run is taken for another."


def test_a_run_has_what_is_read_of_it() -> None:
    from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

    for name in ("is_history_navigation", "page_script_hash", "fragment_ids_this_run"):
        assert hasattr(ScriptRunContext, name), f"{INSTALLED} breaks script_run: a run has no {name}."


def test_a_run_goes_on_without_it(switched_off: Callable[[str], None]) -> None:
    switched_off("script_run")
    assert found() == (False, None)


def test_outside_of_a_run_there_is_none() -> None:
    assert script_run.current_run() is None


SESSION = """
import logging
import streamlit as st
from sejong_dash.serving import session_name
from sejong_dash.ui.browser import script_run

st.session_state["found"] = session_name.current(), script_run.session()
"""


def test_a_run_names_its_session(switched_off: Callable[[str], None]) -> None:
    app = AppTest.from_string(SESSION).run()
    assert not app.exception
    short, whole = app.session_state["found"]
    assert whole, f"{INSTALLED} breaks script_run: a run has no session, and jobs outlast it."
    assert (len(short), whole.startswith(short)) == (8, True), f"{INSTALLED} breaks session_name: the log names no session."
    assert (session_name.current(), script_run.session()) == ("", "")
    switched_off("session_name script_run")
    assert AppTest.from_string(SESSION).run().session_state["found"] == ("", "")


def draw_map() -> None:
    import streamlit as st

    st.pydeck_chart(st.session_state["deck"], key="map")


def test_a_finished_map_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPBOX_API_KEY", "secret")
    spec = '{"layers":[],"initialViewState":{}}'
    app = AppTest.from_function(draw_map)
    app.session_state["deck"] = FinishedDeck(spec, {"html": "<b>{name}</b>"})
    app.run()
    assert not app.exception
    drawn = app.main.get("deck_gl_json_chart")[0].proto
    assert drawn.json == spec, f"{INSTALLED} makes a map's JSON anew at every run."
    assert "<b>{name}</b>" in drawn.tooltip, f"{INSTALLED} asks a deck otherwise for its tooltip: nothing is told on the map."
    assert drawn.mapbox_token == ""


def test_the_socket_is_handed_to_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit.web.server.starlette import starlette_server

    handed: list[Any] = []

    def run(server: uvicorn.Server, sockets: Any = None) -> None:
        handed.extend(sockets or ())
        server.started = True

    monkeypatch.setattr(uvicorn.Server, "run", run)
    monkeypatch.setattr(starlette_server, "_get_server_port", lambda: 0)
    monkeypatch.setattr(starlette_server, "_get_server_address", lambda: "127.0.0.1")
    monkeypatch.setattr(starlette_server.config, "set_option", lambda *given: None)
    starlette_server.UvicornRunner("app:app").run()
    assert len(handed) == 1, f"{INSTALLED} breaks send_at_once: answers may leave 40 ms late."
    assert "sockets" in inspect.signature(uvicorn.Server.serve).parameters, "this uvicorn breaks send_at_once."


def test_run_ends_can_be_switched_off(switched_off: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit.runtime.app_session import AppSession

    own = getattr(AppSession.request_rerun, "__wrapped__", AppSession.request_rerun)
    monkeypatch.setattr(AppSession, "request_rerun", own)
    switched_off("run_ends")
    keep_run_ends()
    assert AppSession.request_rerun is own


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("index_page", 'a[data-testid="stSkipToContent"]'),
        ("chunk_names", f'modulepreload" crossorigin href="./static/js/{chunk_names.FRAME[0]}.'),
        ("host_config", host_config.host_script()),
    ],
)
def test_the_page_is_recognised_and_changed(name: str, part: str) -> None:
    text = ask(delivered(streamlit_front_end()), "/progress").text
    assert part in text, f"{INSTALLED} breaks {name}: the first page takes longer."
    assert 'as="font"' not in text


def test_the_page_still_has_what_is_changed() -> None:
    index = (FOLDER / "index.html").read_text("utf-8")
    assert index.count("</head>") == 1, f"{INSTALLED} breaks index_page: the first page takes longer."
    assert 'as="font"' in index, f"{INSTALLED} fetches no face ahead: that part of index_page can go."


def test_the_server_goes_on_without_its_reliances(switched_off: Callable[[str], None], tmp_path: Path) -> None:
    switched_off("front_end chunk_names cut_fonts host_config index_page send_at_once")
    bare = FrontEnd(FOLDER, tmp_path / "kept", FONTS)
    assert (bare.names, bare.first, bare.cut) == (set(), [], {})
    answer = ask(delivered(bare), "/progress", accept_encoding="br")
    assert answer.body == (FOLDER / "index.html").read_bytes()
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("name", [*warm_up.NEEDED, "global.maxCachedMessageAge", "server.baseUrlPath"])
def test_a_setting_is_known(name: str) -> None:
    try:
        st.get_option(name)
    except RuntimeError:
        pytest.fail(f"{INSTALLED} knows no {name} any more.")
