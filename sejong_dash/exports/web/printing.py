"""Print a page of HTML as PDF in a Chrome."""

import asyncio
import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from choreographer import Browser, Tab
from choreographer.utils import TmpDirectory

from sejong_dash import ending
from sejong_dash.exports.pictures import chrome
from sejong_dash.exports.pictures.browser_thread import BrowserThread

_TIMEOUT = 90.0  # seconds for one step, as Kaleido has for a picture
_PRINTING = Lock()  # a Chrome takes some 200 MB, so a single document is printed at a time


class Page:
    """A page of a Chrome."""

    def __init__(self, thread: BrowserThread[Browser], tab: Tab) -> None:
        self._thread, self._tab = thread, tab

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
        answer = self._thread.wait(self._tab.send_command(command, given), _TIMEOUT)
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
        try:
            thread = BrowserThread("printing", Browser)
        except Exception as error:
            raise chrome.failure(error) from error
        chrome.note_start()
        try:
            with ending.ended_by(thread.kill):
                yield Page(thread, thread.wait(_shown(thread.browser, html)))
        finally:
            thread.close()
    finally:
        _PRINTING.release()


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
