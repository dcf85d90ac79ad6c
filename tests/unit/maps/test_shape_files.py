"""A map's file of shapes arrives once, small and under any base path, and an old name as not found."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import brotli
import pandas as pd
import pytest
import streamlit as st
from answers import ask
from discovery import BASE
from starlette.applications import Starlette

from sejong_dash import maps, paths, words
from sejong_dash.datasets import shapes, snapshot
from sejong_dash.errors import TableError
from sejong_dash.maps import _shapes, prefecture_map
from sejong_dash.serving.delivery import Delivery
from sejong_dash.serving.front_end import streamlit_front_end


def delivery(files: Callable[[str], bytes | None] = maps.shape_file) -> Delivery:
    return Delivery(Starlette(), streamlit_front_end(), files)


@pytest.mark.parametrize("base", ["", "/expo"])
def test_a_file_comes_compressed_and_for_ever(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if base:
        monkeypatch.setattr(st, "get_option", lambda name, own=st.get_option: "expo" if "baseUrl" in name else own(name))
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
    fewer = {"features": shapes.load("japan_prefectures")["features"][:46]}
    own = shapes.load
    monkeypatch.setattr(shapes, "load", lambda name, at: fewer if name == "japan_prefectures" else own(name, at))
    after = _shapes.prefectures()
    assert after.path != before.path
    assert len(json.loads(after.body)["features"]) == 46
    assert _shapes.file(before.path) == before.body


def test_a_map_of_a_version_is_drawn_from_its_outlines_and_places(data_copy: Path) -> None:
    version = "0123456789ab"
    shutil.copytree(data_copy, paths.frozen_dir(version), ignore=shutil.ignore_patterns(".*"))
    own, choices = words.of(str(prefecture_map.__file__), "ko"), replace(BASE, view="venue", data=version)
    kept = prefecture_map.table(choices, snapshot(version))
    before = prefecture_map.draw(kept, own).to_json(), prefecture_map.paper(kept, own).to_json()
    for name in ("japan_prefectures", "korea", "neighbours", "sejong"):
        (data_copy / "geo" / f"{name}.geojson").unlink()
    (data_copy / "places.csv").unlink()
    assert (prefecture_map.draw(kept, own).to_json(), prefecture_map.paper(kept, own).to_json()) == before
    assert prefecture_map.slide(kept, own).data
    with pytest.raises(TableError):
        prefecture_map.draw(kept.pipe(live), own)


def live(table: pd.DataFrame) -> pd.DataFrame:
    table = table.copy()
    table.attrs["version"] = ""
    return table
