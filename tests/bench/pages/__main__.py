"""Measure how long each page takes, next to a Streamlit page with nothing on it.

    python -m tests.bench.pages --rounds 5 --pages progress map

Three figures a page, every one measured from outside, on servers started for the purpose:

* **script** — from asking for a run over the websocket to the server's word that it has finished, all messages
  received: the first run since the server started, the first run of a new session, a repeated run of the same session.
* **still** — a first visit in Chromium (empty cache): from the start of the navigation to the last change of the DOM
  after which the script is not running, no placeholder is left, every chart has its drawing and the number of
  nodes stays the same for three polls of 100 ms. The idle polls themselves are not counted. What WebGL paints
  into a canvas afterwards is not seen. The browser is asked over its own protocol and its Runtime domain stays off
  (Playwright always turns it on): with it, Chromium reads Plotly's 4.7 MB again for the source positions of every
  stack that the script takes, which made the overview a quarter slower than a viewer has it.
* **wire** — bytes of that visit's HTTP answers as they came, headers included, and of the websocket's messages.

The ratio is to `empty.py` under a plain `streamlit run`, visited in turn with the pages, under the same rule.
"""

import argparse
import asyncio
import contextlib
import itertools
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from sejong_dash import words
from sejong_dash.paths import PROJECT
from tests.lib.launching import FLAGS, chrome, serving

WATCH = """(() => {
  let changed = 0, nodes = -1, quiet = 0;
  const count = () => document.getElementsByTagName('*').length;
  const drawn = (chart, ink) => [...document.querySelectorAll(`[data-testid="${chart}"]`)]
    .every(box => box.querySelector(ink));
  new MutationObserver(() => { changed = performance.now(); }).observe(document, {childList: true, subtree: true,
    attributes: true, attributeFilter: ['data-test-script-state', 'data-test-connection-state']});
  const timer = setInterval(() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const ready = app && app.dataset.testScriptState === 'notRunning'
      && app.dataset.testConnectionState === 'CONNECTED' && !document.querySelector(
        '[data-testid="stStatusWidget"], [data-testid="stSkeleton"], [data-testid="stSpinner"]')
      && drawn('stPlotlyChart', '.js-plotly-plot .main-svg') && drawn('stDeckGlJsonChart', 'canvas');
    quiet = ready && count() === nodes ? quiet + 1 : 0;
    nodes = count();
    if (quiet >= 3) { clearInterval(timer); fetch(`/_stcore/health?stood-still-at=${changed}`); }
  }, 100);
})()"""


@dataclass(frozen=True)
class Visit:
    still_ms: float
    http_bytes: int
    socket_bytes: int


def page_paths(folder: Path) -> dict[str, str]:
    """Every page and its path, in the order of the menu: the first answers at "/"."""
    first, *others = [page.stem for page in words.in_order(folder.glob("*.py"))]
    return {first: "", **{name: name for name in others}}


async def script_runs(url: str, path: str, times: int) -> list[float]:
    """Milliseconds of each of `times` runs of a page in one new session. An exception on the page is an error here."""
    address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    took = []
    async with websockets.connect(address, subprotocols=[websockets.Subprotocol("streamlit")], max_size=None) as line:
        for _ in range(times):
            began = time.perf_counter()
            ask = BackMsg(rerun_script=ClientState(page_name=path))
            await line.send(ask.SerializeToString())
            while True:
                message = ForwardMsg.FromString(bytes(await line.recv(decode=False)))
                if message.delta.new_element.WhichOneof("type") == "exception":
                    raise SystemExit(f"/{path} shows an exception: {message.delta.new_element.exception.message}")
                if message.WhichOneof("type") == "script_finished":
                    break
            took.append((time.perf_counter() - began) * 1000)
    return took


class Chromium:
    """A headless Chromium, asked over its DevTools protocol (https://chromedevtools.github.io/devtools-protocol/)."""

    def __init__(self, line: ClientConnection) -> None:
        self.line, self.numbers = line, itertools.count(1)

    def call(self, method: str, session: str = "", **params: Any) -> dict[str, Any]:
        """Its answer; what it tells meanwhile is dropped."""
        number = next(self.numbers)
        self.line.send(
            json.dumps({"id": number, "method": method, "params": params} | ({"sessionId": session} if session else {}))
        )
        while (said := json.loads(self.line.recv(60))).get("id") != number:
            pass
        if "error" in said:
            raise SystemExit(f"Chromium cannot {method}: {said['error']['message']}")
        return dict(said["result"])

    def listen(self, until: Callable[[dict[str, Any]], bool]) -> None:
        """Hand everything that it tells to `until`, which says when it was enough."""
        end = time.monotonic() + 120
        while not until(json.loads(self.line.recv(max(0.1, end - time.monotonic())))):
            pass

    def visit(self, address: str) -> Visit:
        """A first visit: a new browser context has no cache."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        page = self.call("Target.createTarget", url="about:blank", browserContextId=context, width=1440, height=900)["targetId"]
        session = self.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        self.call("Page.enable", session)
        self.call("Network.enable", session)
        self.call("Page.addScriptToEvaluateOnNewDocument", session, source=WATCH)
        http, frames, still = [], [], []

        def told(event: dict[str, Any]) -> bool:
            match event:
                case {"method": "Network.loadingFinished", "params": {"encodedDataLength": length}}:
                    http.append(int(length))
                case {"method": "Network.webSocketFrameReceived", "params": {"response": {"payloadData": sent}}}:
                    frames.append(len(sent) * 3 // 4)  # binary frames are told in base64: four characters for three bytes
                case {"method": "Network.requestWillBeSent", "params": {"request": {"url": url}}} if "stood-still-at=" in url:
                    still.append(float(url.partition("=")[2]))  # told by the page itself: asking it would take its time
            return bool(still)

        self.call("Page.navigate", session, url=address)
        self.listen(told)
        self.call("Target.disposeBrowserContext", browserContextId=context)
        return Visit(still[0], sum(http), sum(frames))


@contextlib.contextmanager
def chromium() -> Iterator[Chromium]:
    found = chrome()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        port = Path(profile, "DevToolsActivePort")  # written by the browser: the port, and the path of its own line
        command = [found, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile}", *FLAGS]
        browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            end = time.monotonic() + 60
            while not port.exists() or len(port.read_text("utf-8").split()) < 2:
                if browser.poll() is not None or time.monotonic() > end:
                    raise SystemExit(f"{found} did not start")
                time.sleep(0.05)
            number, path = port.read_text("utf-8").split()
            with connect(f"ws://127.0.0.1:{number}{path}", max_size=None) as line:
                yield Chromium(line)
        finally:
            browser.terminate()
            browser.wait(20)


def main() -> None:
    ask = argparse.ArgumentParser(
        prog="python -m tests.bench.pages", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--pages", nargs="*", help="names of pages; all of them when left out")
    ask.add_argument("--app", type=Path, default=PROJECT / "app.py", help="another app.py with pages/ beside it")
    said = ask.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers end too
    app = said.app.resolve()
    paths = page_paths(app.parent / "pages")
    if said.pages:
        paths = {name: paths[name] for name in said.pages}
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as servers:
        empty = Path(folder) / "empty.py"
        empty.touch()
        began = time.perf_counter()
        url = servers.enter_context(serving(app, Path(folder) / "app.log", data=os.environ.get("SEJONG_DATA")))
        print(f"server ready after {time.perf_counter() - began:.1f} s")
        empty_url = servers.enter_context(serving(empty, Path(folder) / "empty.log", "--browser.gatherUsageStats", "false"))

        print(f"\n{'script, ms':<14}{'first ever':>12}{'new session':>13}{'repeated':>10}")
        for name, path in paths.items():
            sessions = [asyncio.run(script_runs(url, path, 1 + said.rounds)) for _ in range(1 + said.rounds)]
            fresh = statistics.median(session[0] for session in sessions[1:])
            again = statistics.median(run for session in sessions for run in session[1:])
            print(f"{name:<14}{sessions[0][0]:>12.0f}{fresh:>13.0f}{again:>10.0f}")

        with chromium() as browser:
            seen: dict[str, list[Visit]] = {name: [] for name in ("(empty)", *paths)}
            addresses = {"(empty)": f"{empty_url}/", **{name: f"{url}/{path}" for name, path in paths.items()}}
            browser.visit(addresses["(empty)"])  # the browser's own first page costs more than any other
            for _ in range(said.rounds):
                for name, address in addresses.items():
                    seen[name].append(browser.visit(address))

    base = statistics.median(one.still_ms for one in seen["(empty)"])
    print(f"\n{'still, ms':<14}{'median':>8}{'from':>8}{'to':>8}{'ratio':>8}{'http kB':>10}{'socket kB':>11}")
    for name, visits in seen.items():
        times = [one.still_ms for one in visits]
        middle = statistics.median(times)
        http = statistics.median(one.http_bytes for one in visits) / 1000
        frames = statistics.median(one.socket_bytes for one in visits) / 1000
        print(f"{name:<14}{middle:>8.0f}{min(times):>8.0f}{max(times):>8.0f}{middle / base:>8.2f}{http:>10.0f}{frames:>11.0f}")


if __name__ == "__main__":
    main()
