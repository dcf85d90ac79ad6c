"""How does a page of HTML become a PDF in the Chrome that pictures are made with?"""

import asyncio
import base64
import json
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from threading import Lock, Thread
from typing import Any, TypeVar

from choreographer import Browser, Tab

T = TypeVar("T")
_PATIENCE = 90.0  # seconds for one step, as Kaleido has for a picture
_ONE = Lock()  # a Chrome takes some 200 MB: one prints at a time


class Page:
    """A blank page of a Chrome; its event loop runs in a thread of its own, so that whoever prints may have one or not."""

    def __init__(self, loop: asyncio.AbstractEventLoop, tab: Tab) -> None:
        self._loop, self._tab = loop, tab

    def write(self, html: str) -> None:
        """Make this the page's document."""
        frame = self._send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        self._send("Page.setDocumentContent", frameId=frame, html=html)

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
def page(waiting: Callable[[], None]) -> Iterator[Page]:
    """A blank page of a Chrome that is started for it and closed behind it. Whoever comes second waits, and is asked each
    second by `waiting` whether to go on."""
    while not _ONE.acquire(timeout=1):
        waiting()
    try:
        loop = asyncio.new_event_loop()
        thread = Thread(target=loop.run_forever, daemon=True)
        thread.start()
        try:
            browser = _wait(loop, _opened())
            try:
                # not the one it starts with: a new tab's own document forbids scripts
                yield Page(loop, _wait(loop, browser.create_tab("about:blank")))
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


def _wait(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run_coroutine_threadsafe(work, loop).result(_PATIENCE)
