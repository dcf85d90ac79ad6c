"""How does a page of HTML become a PDF in the Chrome that pictures are made with?"""

import asyncio
import base64
import json
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from threading import Lock, Thread
from typing import Any, TypeVar

from choreographer import Browser, Tab
from choreographer.utils import TmpDirectory

T = TypeVar("T")
_PATIENCE = 90.0  # seconds for one step, as Kaleido has for a picture
_ONE = Lock()  # a Chrome takes some 200 MB: one prints at a time


class Page:
    """A page of a Chrome; its event loop runs in a thread of its own, so that whoever prints may have one or not."""

    def __init__(self, loop: asyncio.AbstractEventLoop, tab: Tab) -> None:
        self._loop, self._tab = loop, tab

    def run(self, script: str) -> None:
        """Run a script in the page."""
        self._evaluate(script)

    def call(self, function: str, *given: Any) -> Any:
        """What a function of the page (or the promise that it gives) comes to, for arguments that JSON can say."""
        return self._evaluate(f"{function}({', '.join(json.dumps(one) for one in given)})")

    def pdf(self, **options: Any) -> bytes:
        """The page printed; options as the DevTools Protocol has them for Page.printToPDF."""
        return base64.b64decode(self._send("Page.printToPDF", **options)["data"])

    def _evaluate(self, expression: str) -> Any:
        said = self._send("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if trouble := said.get("exceptionDetails"):
            raise RuntimeError(trouble.get("exception", {}).get("description") or trouble["text"])
        return said["result"].get("value")

    def _send(self, command: str, **given: Any) -> dict[str, Any]:
        said = _wait(self._loop, self._tab.send_command(command, given))
        if "error" in said:
            raise RuntimeError(f"{command}: {said['error']}")
        return said["result"]


@contextmanager
def page(html: str, waiting: Callable[[], None]) -> Iterator[Page]:
    """This document in a Chrome that is started for it and closed behind it. Whoever comes second waits, and is asked each
    second by `waiting` whether to go on.

    The document is a file while it is open, since nothing else is let at the faces that lie beside us.
    """
    while not _ONE.acquire(timeout=1):
        waiting()
    try:
        loop = asyncio.new_event_loop()
        thread = Thread(target=loop.run_forever, name="printing", daemon=True)
        thread.start()
        try:
            browser = _wait(loop, _opened())
            try:
                yield Page(loop, _wait(loop, _shown(browser, html)))
            finally:
                _wait(loop, browser.close())
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()
    finally:
        _ONE.release()


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
        await asyncio.wait_for(loaded, _PATIENCE)
        return tab
    finally:
        folder.clean()


def _wait(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run_coroutine_threadsafe(work, loop).result(_PATIENCE)
