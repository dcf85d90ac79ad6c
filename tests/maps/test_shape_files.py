"""Does a map's file of shapes arrive once, small and under any base path, and an old name as not found?"""

import json
from collections.abc import Callable

import brotli
import pytest
from starlette.applications import Starlette
from streamlit import config
from test_serving import ask

from sejong_dash import maps
from sejong_dash.maps import _shapes
from sejong_dash.serving import Delivery
from sejong_dash.serving.front_end import streamlit_front_end


def delivery(files: Callable[[str], bytes | None] = maps.shape_file) -> Delivery:
    return Delivery(Starlette(), streamlit_front_end(), files)


@pytest.mark.parametrize("base", ["", "/expo"])
def test_a_file_comes_compressed_and_for_ever(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if base:
        monkeypatch.setattr(config, "get_option", lambda name, own=config.get_option: "expo" if "baseUrl" in name else own(name))
    app = delivery()
    for one in (_shapes.land(), _shapes.prefectures()):
        answer = ask(app, f"{base}/{one.path}", accept_encoding="br")
        assert (answer.status, answer.headers["content-encoding"]) == (200, "br")
        assert answer.headers["content-type"].startswith("application/json")
        assert "immutable" in answer.headers["cache-control"]
        assert "connect-src 'self'" in answer.headers["content-security-policy"]
        assert brotli.decompress(answer.body) == one.body
        assert len(answer.body) < len(one.body) / 3
        again = ask(app, f"{base}/{one.path}", accept_encoding="br", if_none_match=answer.headers["etag"])
        assert (again.status, again.body) == (304, b"")
        assert ask(app, f"{base}/{one.path}", accept_encoding="identity").body == one.body


def test_a_name_that_no_map_gave_is_not_found() -> None:
    for name in ("shapes/prefectures.0000000000000000.json", "shapes/", "shapes/../app.py"):
        assert ask(delivery(), f"/{name}").status == 404


def test_other_shapes_have_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is open keeps what it has; a new one asks for the new file."""
    before = _shapes.prefectures()
    fewer = {"features": _shapes.shapes.load("japan_prefectures")["features"][:46]}
    own = _shapes.shapes.load
    monkeypatch.setattr(_shapes.shapes, "load", lambda name: fewer if name == "japan_prefectures" else own(name))
    after = _shapes.prefectures()
    assert after.path != before.path
    assert len(json.loads(after.body)["features"]) == 46
    assert _shapes.file(before.path) == before.body
