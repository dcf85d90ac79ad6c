"""In a browser, texts that would be markup elsewhere run nothing, fetch nothing and are shown as they are."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import attacks
import pytest
from launching import serving
from playwright.sync_api import Browser
from visiting import NAMES, Visit

from sejong_dash.paths import PROJECT


@pytest.fixture(scope="module")
def hostile_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    data = Path(shutil.copytree(PROJECT / "data", folder / "data"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SEJONG_DATA", str(data))
        attacks.poison(data)
    assert "SEJONG_DATA" not in os.environ
    with serving(PROJECT / "app.py", folder / "server.log", "--server.fileWatcherType", "none", data=data) as root:
        yield root


@pytest.mark.parametrize("name", NAMES)
def test_a_page_runs_and_fetches_nothing_of_it(chromium: Browser, hostile_server: str, name: str) -> None:
    visit = Visit(chromium, hostile_server)
    opened: list[str] = []
    visit.page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    visit.open(name, sample="true", asof="2026-05-06", prefecture="29")
    visit.draw_all()
    assert opened == []
    assert visit.troubles == []
    assert visit.page.locator("img[src=x], [onerror], [onmouseover], a[href^='javascript:'], a[href^='file:']").count() == 0
    if name == "programme":
        assert "alert(1)" in visit.page.inner_text("body"), "the texts are there to be seen"
    visit.close()
