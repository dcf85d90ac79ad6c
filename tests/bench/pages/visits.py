"""Visits a page in Chromium and measures what its viewer waits for."""

import contextlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from tests.bench.pages.busy_time import busy_by_script
from tests.bench.pages.chromium import Chromium, Event, NeverCame, Tab
from tests.bench.pages.targets import Interaction, Target

_WATCH = Path(__file__).with_name("watch.js").read_text("utf-8")
_MARK = "stood-still="
_SAMPLES_EVERY = 500  # microseconds


@dataclass(frozen=True)
class Visit:
    """Milliseconds from the start of the navigation, DOM changes, and bytes as they came with their headers."""

    answered: float
    still: float
    changes: int
    thread: float  # processor time of the main thread
    http_bytes: int
    socket_bytes: int


class _Watched:
    """A tab whose page is watched, and what it reports."""

    def __init__(self, tab: Tab, target: Target) -> None:
        self.tab, self.target = tab, target
        self.http = self.socket = 0
        self.reports: dict[str, dict[str, float]] = {}
        tab.browser.listen(tab.session, self._hear)
        tab.call("Page.enable")
        tab.call("Page.bringToFront")
        tab.call("Network.enable")
        tab.call("Performance.enable", timeDomain="threadTicks")
        before = f"const answers = {json.dumps(target.answers)}, isReady = {_function(target.is_ready)};"
        tab.call("Page.addScriptToEvaluateOnNewDocument", source=f"{{{before}\n{_WATCH}}}")

    def _hear(self, event: Event) -> None:
        match event:
            case {"method": "Network.loadingFinished", "params": {"encodedDataLength": length}}:
                self.http += int(length)
            case {"method": "Network.webSocketFrameReceived", "params": {"response": {"payloadData": text}}}:
                self.socket += len(text) * 3 // 4  # binary frames come in base64: four characters for three bytes
            case {"method": "Network.requestWillBeSent", "params": {"request": {"url": url}}} if _MARK in url:
                report = json.loads(unquote(url.partition(_MARK)[2]))
                self.reports[report["kind"]] = report

    def open(self) -> Visit:
        self.tab.call("Page.navigate", url=self.target.address)
        report = self.wait("visit")
        metrics = {metric["name"]: metric["value"] for metric in self.tab.call("Performance.getMetrics")["metrics"]}
        thread = metrics["ThreadTime"] * 1000
        return Visit(report["answered"], report["still"], int(report["changes"]), thread, self.http, self.socket)

    def wait(self, kind: str) -> dict[str, float]:
        self.tab.browser.wait(lambda: kind in self.reports, f"{self.target.name}: the end of {kind}")
        return self.reports.pop(kind)

    def interact(self, interaction: Interaction) -> float:
        """Return the milliseconds from the last key or press until the page has changed and stands still."""
        interaction.prepare(self.tab)
        kind = json.dumps(interaction.name)
        self.tab.evaluate(f"benchWatch.await({kind}, {_function(interaction.is_there)})")
        interaction.commit(self.tab)
        report = self.wait(interaction.name)
        return report["still"] - report["input"]


def _function(expression: str) -> str:
    return f"() => {{ const b = benchWatch; return {expression}; }}"


@dataclass(frozen=True)
class Round:
    """What a viewer who comes for the first time sees of a page, then comes again, uses it, and is profiled."""

    first: Visit  # with an empty cache
    again: Visit  # with a warm one
    interactions: dict[str, float]
    busy: Counter[str]


def visit_round(browser: Chromium, target: Target, width: int, height: int) -> Round:
    with browser.profile() as profile:

        @contextlib.contextmanager
        def watched() -> Iterator[_Watched]:
            with browser.tab(profile, width, height) as tab:
                yield _Watched(tab, target)

        with watched() as page:
            first = page.open()
        with watched() as page:
            again = page.open()
            interactions = {}
            for interaction in target.interactions:
                try:
                    interactions[interaction.name] = page.interact(interaction)
                except NeverCame as error:
                    print(f"{target.name}, {interaction.name}: {error}", file=sys.stderr)
        with watched() as page:
            page.tab.call("Profiler.enable")
            page.tab.call("Profiler.setSamplingInterval", interval=_SAMPLES_EVERY)
            page.tab.call("Profiler.start")
            page.open()
            busy = busy_by_script(page.tab.call("Profiler.stop")["profile"])
    return Round(first, again, interactions, busy)
