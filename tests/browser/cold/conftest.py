"""Open each page once in each language, in a fresh browser, for all tests of this folder: they read it, and leave it as it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cold_pages import Cold, LastVisit
from playwright.sync_api import Browser

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def last_visit(chromium: Browser, server: str) -> Iterator[LastVisit]:
    last = LastVisit(chromium, server)
    yield last
    last.close()


@pytest.fixture
def cold(request: pytest.FixtureRequest, last_visit: LastVisit) -> Iterator[Cold]:
    """The page and language of the test's parameter. Nothing may go wrong around it: no other host asked, no error printed."""
    found = last_visit.to(*request.param)
    yield found
    assert found.visit.troubles == []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of a page and a language together, so that it is opened once; the order of files stays within."""
    places = [number for number, item in enumerate(items) if HERE in item.path.parents]
    ours = sorted((items[number] for number in places), key=_page)
    for number, item in zip(places, ours, strict=True):
        items[number] = item


def _page(item: pytest.Item) -> tuple[str, ...]:
    return item.callspec.params["cold"] if isinstance(item, pytest.Function) and "cold" in item.callspec.params else ()
