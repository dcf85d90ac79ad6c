"""Asks a headless Chromium over its DevTools protocol (https://chromedevtools.github.io/devtools-protocol/).

Its Runtime domain stays off, which Playwright always turns on: with it, Chromium reads Plotly's 4.7 MB again for the source
positions of every stack that the script takes, which made the overview a quarter slower than a viewer has it.
"""

import contextlib
import itertools
import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.lib.launching import FLAGS, chrome

Event = dict[str, Any]
WAIT = 60.0  # seconds


class NeverCame(Exception):
    """What was waited for in a page did not come."""


class Chromium:
    """The browser as a whole."""

    def __init__(self, line: ClientConnection) -> None:
        self._line, self._numbers = line, itertools.count(1)
        self._listeners: dict[str, Callable[[Event], None]] = {}

    def call(self, method: str, session: str = "", **params: Any) -> dict[str, Any]:
        """Return what it answers; events that come meanwhile go to the tab that listens."""
        number = next(self._numbers)
        request = {"id": number, "method": method, "params": params} | ({"sessionId": session} if session else {})
        self._line.send(json.dumps(request))
        while (answer := self._receive(time.monotonic() + WAIT)).get("id") != number:
            pass
        if "error" in answer:
            raise RuntimeError(f"Chromium cannot {method}: {answer['error']['message']}")
        return dict(answer["result"])

    def listen(self, session: str, listener: Callable[[Event], None]) -> None:
        """Hand the events of a tab to `listener`."""
        self._listeners[session] = listener

    def wait(self, is_enough: Callable[[], bool], what: str) -> None:
        """Take events until it is enough. Raises NeverCame."""
        end = time.monotonic() + WAIT
        while not is_enough():
            try:
                self._receive(end)
            except TimeoutError:
                raise NeverCame(f"{what} did not come within {WAIT:.0f} s") from None

    def _receive(self, end: float) -> Event:
        event: Event = json.loads(self._line.recv(max(0.1, end - time.monotonic())))
        if (listener := self._listeners.get(event.get("sessionId", ""))) and "method" in event:
            listener(event)
        return event

    @contextlib.contextmanager
    def profile(self) -> Iterator[str]:
        """A viewer with an empty cache of their own."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        yield context
        self.call("Target.disposeBrowserContext", browserContextId=context)

    @contextlib.contextmanager
    def tab(self, profile: str, width: int, height: int) -> Iterator["Tab"]:
        target = self.call(
            "Target.createTarget", url="about:blank", browserContextId=profile, newWindow=True, width=width, height=height
        )
        session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        yield Tab(self, session)
        self._listeners.pop(session, None)
        self.call("Target.closeTarget", targetId=target["targetId"])


class Tab:
    """One page that is open."""

    def __init__(self, browser: Chromium, session: str) -> None:
        self.browser, self.session = browser, session

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        return self.browser.call(method, self.session, **params)

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Wait until an expression holds in the page; nothing is measured meanwhile. Raises NeverCame."""
        end = time.monotonic() + WAIT
        while not self.evaluate(expression):
            if time.monotonic() > end:
                raise NeverCame(f"it never holds: {expression}")
            time.sleep(0.05)

    def click(self, element: str) -> None:
        """Press what an expression gives, in its middle."""
        self.wait_for(f"Boolean({element})")
        place = self.evaluate(
            f"(() => {{ const box = {element}; box.scrollIntoView({{block: 'center'}});"
            " const {left, top, width, height} = box.getBoundingClientRect(); return [left + width / 2, top + height / 2]; })()"
        )
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            how = {"button": "left", "clickCount": 1} if kind != "mouseMoved" else {}
            self.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], **how)

    def write(self, text: str) -> None:
        self.call("Input.insertText", text=text)

    def press(self, key: str, code: int) -> None:
        """Press a key by its name and its number."""
        more = {"key": key, "code": key, "windowsVirtualKeyCode": code} | ({"text": "\r"} if key == "Enter" else {})
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, **more)


@contextlib.contextmanager
def chromium() -> Iterator[Chromium]:
    """A browser that is started and, at the end, closed."""
    found = chrome()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        port = Path(folder, "DevToolsActivePort")  # written by the browser: the port, and the path of its own line
        command = [found, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={folder}", *FLAGS]
        browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            end = time.monotonic() + 60
            while not port.exists() or len(port.read_text("utf-8").split()) < 2:
                if browser.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"{found} did not start")
                time.sleep(0.05)
            number, path = port.read_text("utf-8").split()
            with connect(f"ws://127.0.0.1:{number}{path}", max_size=None) as line:
                yield Chromium(line)
        finally:
            browser.terminate()
            browser.wait(20)
