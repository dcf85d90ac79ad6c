"""Fonts are sent cut to what is shown, and none ahead that nobody will see."""

from pathlib import Path

import pytest
from answers import ask, delivered
from streamlit import file_util

from sejong_dash.serving.delivery import Delivery
from sejong_dash.serving.front_end import FrontEnd, streamlit_front_end

LETTERS = "static/media/letters.hh.woff2"
INDEX = f'<html><head><link\n rel="preload" href="./{LETTERS}"\n as="font" /><script>start()</script></head></html>'


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Delivery:
    """Streamlit's folder with a face of its own, and one cut for it beside one for another version."""
    folder, fonts = tmp_path / "static", tmp_path / "fonts"
    (folder / LETTERS).parent.mkdir(parents=True)
    (folder / LETTERS).write_bytes(b"all letters")
    (folder / "index.html").write_text(INDEX, "utf-8")
    (folder / "static/media/marks.ii.woff2").write_bytes(b"all marks")
    fonts.mkdir()
    (fonts / "letters.hh.woff2").write_bytes(b"few letters")
    (fonts / "marks.old.woff2").write_bytes(b"few marks")
    monkeypatch.setattr(file_util, "get_static_dir", lambda: str(folder))
    return delivered(FrontEnd(folder, tmp_path / "kept", fonts))


@pytest.mark.parametrize("accepted", ["br", "identity"])
def test_a_font_that_was_cut_takes_the_place_of_the_one_of_the_same_name(app: Delivery, accepted: str) -> None:
    answer = ask(app, f"/{LETTERS}", accept_encoding=accepted)
    assert (answer.body, answer.headers["content-type"]) == (b"few letters", "font/woff2")
    assert answer.headers["cache-control"] == "no-cache", "another icon may be added under the same name"
    assert "content-security-policy" in answer.headers
    assert ask(app, f"/{LETTERS}", if_none_match=answer.headers["etag"]).status == 304
    assert ask(app, f"/{LETTERS}", "HEAD").body == b""


def test_a_font_of_another_version_is_left_to_streamlit(app: Delivery) -> None:
    assert ask(app, "/static/media/marks.ii.woff2").body == b"all marks"


def test_no_face_is_fetched_ahead(app: Delivery) -> None:
    assert LETTERS not in ask(app, "/").text
    assert "start()" in ask(app, "/").text


def test_streamlit_s_icons_are_sent_cut() -> None:
    assert [name for name in streamlit_front_end().cut if "MaterialSymbols" in name], "`make faces` after an update of Streamlit"
