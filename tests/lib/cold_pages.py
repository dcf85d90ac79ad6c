"""Opens each page once in each language, for all tests that only read it."""

from collections.abc import Iterable
from itertools import product
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Request
from visiting import DESKTOP, NAMES, Visit

from sejong_dash.words import LANGUAGES


class Cold(NamedTuple):
    """A visit to a page, its name, the language, and what was fetched: bytes and hosts."""

    visit: Visit
    name: str
    lang: str
    fonts: dict[str, int]
    http: list[int]
    socket: list[int]
    hosts: set[str]


class LastVisit:
    """The page that was opened last, as long as no test asks for another."""

    def __init__(self, browser: Browser, root: str) -> None:
        self._browser, self._root = browser, root
        self._cold: Cold | None = None

    def to(self, name: str, lang: str) -> Cold:
        """The visit to this page in this language."""
        if self._cold is None or (self._cold.name, self._cold.lang) != (name, lang):
            self.close()
            self._cold = opened(self._browser, self._root, name, lang)
        return self._cold

    def close(self) -> None:
        if self._cold is not None:
            self._cold.visit.close()
            self._cold = None


def opened(browser: Browser, root: str, name: str, lang: str) -> Cold:
    """A page by its link in a fresh browser, with what was fetched until it stands still."""
    visit = Visit(browser, root, size=DESKTOP)
    cold = Cold(visit, name, lang, {}, [], [], set())

    def count(fetched: Request) -> None:
        if fetched.resource_type == "font" and (answer := fetched.response()):
            cold.fonts[answer.url.rpartition("/")[2]] = len(answer.body())

    visit.page.on("requestfinished", count)
    line = visit.context.new_cdp_session(visit.page)
    line.send("Network.enable")
    line.on("Network.loadingFinished", lambda event: cold.http.append(int(event["encodedDataLength"])))
    line.on("Network.webSocketFrameReceived", lambda event: cold.socket.append(len(event["response"]["payloadData"]) * 3 // 4))
    line.on("Network.requestWillBeSent", lambda event: cold.hosts.add(urlsplit(event["request"]["url"]).netloc))
    line.on("Network.webSocketCreated", lambda event: cold.hosts.add(urlsplit(event["url"]).netloc))
    visit.open(name, lang=lang)
    line.detach()
    return cold


def pages(names: Iterable[str], langs: Iterable[str] = LANGUAGES) -> pytest.MarkDecorator:
    """Have a test read these pages in these languages."""
    return pytest.mark.parametrize("cold", list(product(names, langs)), indirect=True, ids="-".join)


every_page = pages(NAMES)
