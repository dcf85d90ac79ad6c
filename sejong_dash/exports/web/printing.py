"""Print a page of HTML as PDF in a Chrome."""

import asyncio
import base64
import json
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Lock, Thread
from typing import Any, TypeVar

from choreographer import Browser, Tab
from choreographer.utils import TmpDirectory

from sejong_dash import ending
from sejong_dash.exports.pictures import chrome

T = TypeVar("T")
_TIMEOUT = 90.0  # seconds for one step, as Kaleido has for a picture
_PRINTING = Lock()  # a Chrome takes some 200 MB, so a single document is printed at a time


class Page:
    """A page of a Chrome, whose event loop runs in a thread of its own; the caller may have an event loop or none."""

    def __init__(self, loop: asyncio.AbstractEventLoop, tab: Tab) -> None:
        self._loop, self._tab = loop, tab

    def run(self, script: str) -> None:
        """Run a script in the page."""
        self._evaluate(script)

    def call(self, function: str, *given: Any) -> Any:
        """Return what a function of the page (or its promise) returns, for arguments that JSON can hold."""
        return self._evaluate(f"{function}({', '.join(json.dumps(argument) for argument in given)})")

    def pdf(self, **options: Any) -> bytes:
        """Return the page as PDF; options as the DevTools Protocol has them for Page.printToPDF."""
        return base64.b64decode(self._send("Page.printToPDF", **options)["data"])

    def _evaluate(self, expression: str) -> Any:
        answer = self._send("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if trouble := answer.get("exceptionDetails"):
            raise RuntimeError(trouble.get("exception", {}).get("description") or trouble["text"])
        return answer["result"].get("value")

    def _send(self, command: str, **given: Any) -> dict[str, Any]:
        answer = _wait(self._loop, self._tab.send_command(command, given))
        if "error" in answer:
            raise RuntimeError(f"{command}: {answer['error']}")
        return answer["result"]


@contextmanager
def page(html: str, waiting: Callable[[], None]) -> Iterator[Page]:
    """Open a document in a Chrome that is started for it and closed behind it.

    While another document prints, `waiting` is called each second; what it raises ends the wait. The document is a file while
    it is open: Chrome lets nothing else read the font files.
    """
    while not _PRINTING.acquire(timeout=1):
        waiting()
    try:
        loop = asyncio.new_event_loop()
        thread = Thread(target=loop.run_forever, name="printing", daemon=True)
        thread.start()
        try:
            try:
                browser = _wait(loop, _opened())
            except Exception as error:
                raise chrome.failure(error) from error
            chrome.note_start()
            try:
                with ending.ended_by(partial(_close, browser, loop)):
                    yield Page(loop, _wait(loop, _shown(browser, html)))
            finally:
                _wait(loop, browser.close())
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()
    finally:
        _PRINTING.release()


def _close(browser: Browser, loop: asyncio.AbstractEventLoop) -> None:
    """Close a Chrome in whose work somebody waits on another thread."""
    asyncio.run_coroutine_threadsafe(browser.close(), loop)


async def _opened() -> Browser:
    browser = Browser()  # inside the loop that it belongs to
    await browser.open()
    return browser


async def _shown(browser: Browser, html: str) -> Tab:
    folder = TmpDirectory(sneak=browser.is_isolated())
    try:
        file = folder.path / "page.html"
        file.write_text(html, encoding="utf-8")
        tab = await browser.create_tab("about:blank")
        loaded = tab.subscribe_once("Page.loadEventFired")
        await tab.send_command("Page.enable")
        await tab.send_command("Page.navigate", {"url": file.as_uri()})
        await asyncio.wait_for(loaded, _TIMEOUT)
        return tab
    finally:
        folder.clean()


def _wait(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run_coroutine_threadsafe(work, loop).result(_TIMEOUT)
