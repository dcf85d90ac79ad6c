"""Share one server, one browser and a look at what went wrong around the page among all browser tests of a worker."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from launching import serving
from playwright.sync_api import Browser, expect, sync_playwright
from visiting import WAIT_MS, Visit, launched

from sejong_dash.paths import PROJECT

_FAILED = pytest.StashKey[bool]()
expect.set_options(timeout=WAIT_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this worker."""
    with sync_playwright() as play, launched(play) as one:
        yield one


@pytest.fixture(scope="session")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the server says; pytest keeps the folder of its last three runs."""
    return tmp_path_factory.mktemp("server") / "server.log"


@pytest.fixture(scope="session")
def server(log: Path) -> Iterator[str]:
    with serving(PROJECT / "app.py", log, "--server.fileWatcherType", "none") as root:
        yield root


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(PROJECT / "data", tmp_path_factory.mktemp("desk") / "data", ignore=shutil.ignore_patterns(".*")))


@pytest.fixture(scope="module")
def desk_server(data: Path) -> Iterator[str]:
    with serving(PROJECT / "app.py", data.parent / "server.log", "--server.fileWatcherType", "none", data=data) as root:
        yield root


@pytest.fixture
def look(chromium: Browser, server: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Viewers for one test. Whatever it is about: nothing may ask another host or complain in the console meanwhile."""
    visits: list[Visit] = []

    def new(**more: object) -> Visit:
        visits.append(Visit(chromium, **{"root": server, **more}))  # type: ignore[arg-type]
        return visits[-1]

    yield new
    for number, visit in enumerate(visits):
        if request.node.stash.get(_FAILED, False):
            visit.page.screenshot(path=tmp_path / f"visit-{number}.png")
            print(f"seen at the end: {tmp_path}/visit-{number}.png")
        visit.close()
    assert [trouble for visit in visits for trouble in visit.troubles] == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest.fixture(autouse=True)
def server_is_content(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test leaves an exception, or a warning with a stack, in the server's log."""
    logs = [request.getfixturevalue(name) for name in ("log",) if name in request.fixturenames]
    before = [log.stat().st_size if log.exists() else 0 for log in logs]
    yield
    for log, size in zip(logs, before, strict=True):
        new = log.read_bytes()[size:].decode("utf-8", errors="replace")
        assert "most recent call last" not in new, new
