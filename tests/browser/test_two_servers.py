"""Two servers behind nginx with one database: when one of them is killed, its viewers find the same view on the other."""

import re
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import hall as halls
import pytest
from clerk import store
from hall import Hall
from playwright.sync_api import Browser, expect
from visiting import WAIT_MS, Visit


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """Yield nginx, two servers and a PostgreSQL, which is this process's store too."""
    with halls.hall(tmp_path) as started:
        monkeypatch.setenv("SEJONG_DATABASE", started.database)
        yield started


@pytest.mark.dear
def test_a_server_that_is_killed_leaves_its_viewers_the_same_view(hall: Hall, chromium: Browser) -> None:
    visit = Visit(chromium, hall.root)
    visit.open("map", lang="en", prefecture="14", sample="true")
    heading, figures, query = visit.texts("h1"), visit.figures, visit.query
    assert figures
    with urllib.request.urlopen(f"{hall.root}/", timeout=60) as answer:
        assert "sejong_server=" in answer.headers["Set-Cookie"]
    (stream,) = [cookie for cookie in visit.context.cookies() if cookie["name"] == "sejong_server"]
    visit.open("map", **query)  # again: the first websocket is over, and in the log
    served = hall.websocket_server()
    hall.servers[served].kill()
    hall.servers[served].wait(30)
    (other,) = set(hall.servers) - {served}
    app = visit.page.get_by_test_id("stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED", timeout=WAIT_MS)
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=WAIT_MS)
    visit.still()
    assert (visit.texts("h1"), visit.figures, visit.query) == (heading, figures, query), "the same view"
    # The first press reaches a server that knows nothing of this page yet, and is taken with the second.
    visit.choose("prefecture", "Kyoto")
    visit.still()
    visit.choose("prefecture", "Tokyo")
    visit.page.wait_for_url(re.compile("prefecture=13"), wait_until="commit")
    visit.still()
    assert visit.query == query | {"prefecture": "13"}
    assert [cookie["value"] for cookie in visit.context.cookies() if cookie["name"] == "sejong_server"] == [stream["value"]]
    visit.close()
    assert re.findall(r" 200 (127\S+)$", hall.log.read_text("utf-8"), re.MULTILINE)[-1].endswith(other)


def test_counts_of_one_server_are_seen_on_pages_of_the_other(
    hall: Hall, chromium: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    visit = Visit(chromium, hall.root)
    visit.open("progress", lang="en", plan="reports-2024")
    (tmp_path / "third").mkdir()
    monkeypatch.setenv("SEJONG_DATA", str(tmp_path / "third"))
    assert store(("2026-04-10", "13", "group", 4321)) is not None
    visit.page.wait_for_function("() => document.body.innerText.includes('4,321')", timeout=WAIT_MS)
    stored = (tmp_path / "third" / "visitors.csv").read_bytes()
    end = time.monotonic() + 60
    while any((folder / "visitors.csv").read_bytes() != stored for folder in hall.folders) and time.monotonic() < end:
        time.sleep(0.05)  # the page has followed one of them; the other is as quick as it can be
    assert [(folder / "visitors.csv").read_bytes() for folder in hall.folders] == [stored, stored]
    visit.close()
