"""A page that has failed says so in the reader's language, and nothing of what has failed."""

from types import SimpleNamespace

import page_html
import pytest

import app
from sejong_dash import words
from sejong_dash.startup import late_imports
from sejong_dash.ui.entrance import script_error


@pytest.mark.parametrize(("asked", "lang"), [("en", "en"), ("ja", "ja"), ("ko", "ko"), ("", "ko"), ("xx", "ko")])
def test_a_page_that_has_failed_says_so(asked: str, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(script_error, "st", SimpleNamespace(query_params={"lang": asked}, html=shown.append))
    assert late_imports.show_script_error(OSError("/srv/expo/data/secret.csv"))
    first = words.of(script_error.__file__, lang)("failed").partition("{")[0]
    assert first in page_html.without_line_ends(shown[0])
    assert "secret" not in shown[0]


def test_the_server_is_given_it() -> None:
    assert app.app._on_script_error is late_imports.show_script_error
