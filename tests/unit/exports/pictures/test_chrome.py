"""A Chrome that is missing or does not start is said once, with the remedy, and again once it had started."""

import logging
from collections.abc import Iterator

import plotly.graph_objects as go
import pytest

from sejong_dash.errors import DashError
from sejong_dash.exports.pictures import chrome, studio


@pytest.fixture(autouse=True)
def none_is_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(chrome, "_open", None)
    monkeypatch.setattr(chrome, "_has_failed", False)
    chrome.path.cache_clear()
    yield
    chrome.path.cache_clear()


def test_a_missing_chrome_is_logged_once(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(chrome.shutil, "which", lambda name: None)
    assert [chrome.found() for _ in range(3)] == [False] * 3
    (record,) = caplog.records
    assert "BROWSER_PATH" in record.getMessage()


def test_a_chrome_that_does_not_start_is_logged_once(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fail(*given: object) -> None:
        raise RuntimeError("it crashed\nin many lines")

    monkeypatch.setattr(studio.Studio, "__init__", fail)
    for _ in range(3):
        with pytest.raises(DashError) as refused:
            chrome.picture(go.Figure(), "png", 100, 100, 1)
        assert refused.value.key == "export_chrome_failed"
    (record,) = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert "BROWSER_PATH" in record.getMessage()
    assert "many lines" not in record.getMessage()
    chrome.note_start()
    with pytest.raises(DashError):
        chrome.picture(go.Figure(), "png", 100, 100, 1)
    assert len([each for each in caplog.records if each.levelno == logging.ERROR]) == 2
