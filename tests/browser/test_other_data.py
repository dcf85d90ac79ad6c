"""A viewer whose data folder is not the one that ships sees a broken row reported, and the first real counts."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from launching import serving
from playwright.sync_api import expect
from visiting import HOME, Visit

from sejong_dash.paths import PROJECT

Look = Callable[..., Visit]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(PROJECT / "data", tmp_path_factory.mktemp("other") / "data", ignore=shutil.ignore_patterns(".*")))


@pytest.fixture(scope="module")
def other_server(data: Path) -> Iterator[str]:
    """A server on the copy of the data, started while one row of it is broken. What is drawn ahead is drawn without it."""
    programme = data / "programme.csv"
    whole = programme.read_text("utf-8")
    assert whole.splitlines()[1].count(",held,") == 1
    programme.write_text(whole.replace(",held,", ",hoped,", 1), "utf-8")
    log, options = data.parent / "server.log", ("--server.fileWatcherType", "none")
    with serving(PROJECT / "app.py", log, *options, data=data, SEJONG_DRAW_AHEAD="on") as root:
        yield root
    assert "behind the start could not be done" not in log.read_text("utf-8")


def test_a_broken_row_stops_only_what_needs_it(look: Look, other_server: str) -> None:
    visit = look(root=other_server).open()
    for name in ("verdict", "visitor_progress"):
        assert visit.page.locator(f".st-key-chart-{name} .sj-error").count() == 0, name
    visit.go("programme")
    said = visit.texts(".st-key-chart-programme .sj-error")
    assert said
    assert "programme.csv 2행 status 열" in said[0]
    assert "hoped" in said[0]


def test_the_first_real_counts_end_the_sample(look: Look, other_server: str, data: Path) -> None:
    """In a session that is open, too: whoever has not touched the switch is not left with invented figures."""
    shutil.copy(PROJECT / "data" / "programme.csv", data)
    visit = look(root=other_server).open()
    expect(visit.page.locator(".sj-band")).to_have_count(1)
    with (data / "visitors.csv").open("a", encoding="utf-8", newline="") as table:
        table.write("2026-04-10,22,individual,1234,2026-04-10,reported,sejong-japan-2024\n")
    visit.go("programme")
    assert visit.texts(".sj-error") == []
    assert visit.texts(".sj-band") == []
    visit.go(HOME)
    assert any("1,234" in said for said in visit.figures)
    assert visit.query == {}
