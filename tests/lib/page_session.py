"""Opens a page as a browser does, over Streamlit's websocket, without drawing anything.

A session sends what a browser sends: the states of all widgets, the messages that it still has, the address, and for each part
of a page that runs by itself (`st.fragment(run_every=…)`) a request every so many seconds. What is not here is what is drawn.
"""

import asyncio
import time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import streamlit  # noqa: F401  # before its messages, which it sets up
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.lib import bar_fields, page_run, page_widgets
from tests.lib.message_cache import MessageCache
from tests.lib.page_run import PageRun

_BAR_FIELDS = 2  # of which one choice may be for each
_BEGUN = -1  # beside the ways in which a run ends
WAIT = 60.0  # seconds after which an answer counts as lost
_AS_BROWSER = {"timezone": "Asia/Seoul", "timezone_offset": -540, "locale": "ko-KR", "color_scheme": "light"}


class LostAnswer(Exception):
    """No run ended in time after it was asked for."""


class PageSession:
    """One open page. Use it as `async with PageSession(root, path) as session`, and ask for its first run by `run()`."""

    def __init__(self, root: str, path: str = "", query: str = "", *, polls: bool = True, wait: float = WAIT) -> None:
        self.root, self.path, self.wait, self.polls = root.rstrip("/"), path, wait, polls
        self.query: dict[str, list[str]] = parse_qs(query)
        self.page_hash, self.paths = "", dict[str, str]()  # the page that is shown; the hash of each page by its path
        self.widgets: dict[str, tuple[str, Any]] = {}  # kind and element by identity, of the page as it is
        self.fragments: dict[str, str] = {}  # the part of the page that a widget runs alone, where there is one
        self.hidden: set[str] = set()  # widgets that no viewer sees
        self.states: dict[str, WidgetState] = {}
        self.runs = self.messages = self.bytes = self.polled = 0  # ended runs, and what has come and gone in all
        self.exceptions: list[str] = []
        self._cache = MessageCache()
        self._current, self._is_part = PageRun(), False
        self._choices = 0  # the number of the last choice in the bar
        self._hidden_places: set[tuple[int, ...]] = set()
        self._ended: asyncio.Queue[tuple[int, bool, PageRun] | Exception] | None = (
            None  # beginnings and ends, while one is awaited
        )
        self._timers: dict[str, tuple[float, asyncio.Task[None]]] = {}

    async def __aenter__(self) -> "PageSession":
        address = f"{self.root.replace('http', 'ws', 1)}/_stcore/stream"
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(self.root))
        self._line = await websockets.connect(
            address,
            subprotocols=[websockets.Subprotocol("streamlit")],
            origin=websockets.Origin(origin),
            max_size=None,
            open_timeout=self.wait,
            ping_interval=None,
        )
        self._reader = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *error: object) -> None:
        self._stop_polling()
        self._reader.cancel()
        await self._line.close()
        await asyncio.gather(self._reader, return_exceptions=True)

    async def leave(self, code: int = 1000) -> None:
        """Close the line with this code: 1001 is what a browser says that leaves the page."""
        self._stop_polling()
        self._reader.cancel()
        await self._line.close(code)

    async def run(self, *, fragment: str = "", page: str | None = None) -> PageRun:
        """Ask for a run, of the page or of a part of it alone, and wait for its end.

        `page` is the path of another page to go to. Raises LostAnswer, or what ended the line.
        """
        began = time.perf_counter()
        self._ended = asyncio.Queue()
        if self._reader.done():
            await self._reader
        await self._line.send(self._request(fragment, page).SerializeToString())
        try:
            async with asyncio.timeout(self.wait):
                run = await self._answer(bool(fragment))
        except TimeoutError:
            raise LostAnswer(f"/{self.path}: no answer within {self.wait:g} s") from None
        finally:
            self._ended = None
        run.seconds = time.perf_counter() - began
        return run

    async def _answer(self, is_part_enough: bool) -> PageRun:
        """Wait for a run that begins and ends from now on; one of a part alone is no answer where the page was asked for."""
        has_begun = False
        while self._ended is not None:
            event = await self._ended.get()
            if isinstance(event, Exception):
                raise event
            status, is_part, run = event
            has_begun |= status == _BEGUN and (is_part_enough or not is_part)
            if status == page_run.BROKEN:
                raise RuntimeError(f"/{self.path} cannot be compiled")
            if has_begun and (status == page_run.WHOLE or (is_part_enough and status == page_run.PART)):
                return run
        raise LostAnswer(f"/{self.path}: nobody waits")

    async def change(self, identity: str, state: WidgetState) -> PageRun:
        """Use a widget, and wait for what comes of it."""
        kind, element = self.widgets[identity]
        if bar_fields.is_bar(kind, element):
            self._choices += _BAR_FIELDS
            state = WidgetState(id=identity, json_value=bar_fields.numbered(state.json_value, self._choices))
        self.states[identity] = state
        if name := getattr(element, "query_param_key", ""):
            self.query[name] = page_widgets.address_value(state)
        return await self.run(fragment=self.fragments.get(identity, ""))

    async def go(self, path: str) -> PageRun:
        """Go to another page through the menu."""
        self.query = {}
        self._stop_polling()
        self.path = path
        return await self.run(page=path)

    def changes(self) -> list[tuple[str, WidgetState]]:
        """Each widget that a viewer sees and can use, with each state into which it can be changed."""
        return [
            (identity, other)
            for identity, (kind, element) in self.widgets.items()
            if identity in self.states and identity not in self.hidden
            for other in page_widgets.other_states(kind, element, self.states[identity])
        ]

    def _request(self, fragment: str = "", page: str | None = None, is_poll: bool = False) -> BackMsg:
        request = BackMsg()
        asked = request.rerun_script
        asked.query_string = urlencode(self.query, doseq=True)
        asked.page_script_hash = self.page_hash if page is None else self.paths[page]
        asked.page_name = "" if asked.page_script_hash else self.path
        asked.fragment_id, asked.is_auto_rerun = fragment, is_poll
        asked.cached_message_hashes.extend(self._cache.hashes)
        asked.context_info.url = f"{self.root}/{self.path}"
        for name, value in _AS_BROWSER.items():
            setattr(asked.context_info, name, value)
        asked.widget_states.widgets.extend(self.states.values())
        return request

    async def _read(self) -> None:
        try:
            while True:
                data = await self._line.recv(decode=False)
                message = self._cache.whole(ForwardMsg.FromString(data))
                self.messages += 1
                self.bytes += len(data)
                self._current.add(message, len(data))
                self._take(message)
        except Exception as error:
            if self._ended is not None:
                self._ended.put_nowait(error)
            raise

    def _take(self, message: ForwardMsg) -> None:
        match message.WhichOneof("type"):
            case "new_session":
                self._begin(message)
            case "navigation":
                self.page_hash = message.navigation.page_script_hash
                pages = message.navigation.app_pages
                self.paths = {"" if page.is_default else page.url_pathname: page.page_script_hash for page in pages}
            case "page_info_changed":
                self.query = parse_qs(message.page_info_changed.query_string)
            case "auto_rerun" if self.polls:
                self._poll(message.auto_rerun.fragment_id, message.auto_rerun.interval)
            case "stop_auto_rerun":
                for fragment in message.stop_auto_rerun.fragment_ids:
                    self._stop_polling(fragment)
            case "delta":
                self._take_delta(message)
            case "script_finished":
                self._end(message.script_finished)

    def _begin(self, message: ForwardMsg) -> None:
        run = self._current
        if run.kinds["new_session"] > 1:  # the last one has ended without a word
            run = self._current = PageRun([message], run.sizes[-1:])
        self._is_part = bool(message.metadata.run.fragment_ids)
        self._cache.age = message.new_session.config.max_cached_message_age or self._cache.age
        if not self._is_part:
            self.page_hash = message.new_session.page_script_hash
            self.widgets, self.fragments, self.hidden, self._hidden_places = {}, {}, set(), set()
            self._stop_polling()
        self._report(_BEGUN, run)

    def _end(self, status: int) -> None:
        run, self._current = self._current, PageRun()
        self.runs += 1
        self.exceptions += run.exceptions
        if status == page_run.WHOLE:
            self.states = {identity: state for identity, state in self.states.items() if identity in self.widgets}
        if status in (page_run.WHOLE, page_run.PART):
            self._cache.end_run(is_part=self._is_part)
        self._report(status, run)

    def _report(self, status: int, run: PageRun) -> None:
        if self._ended is not None:
            self._ended.put_nowait((status, self._is_part, run))

    def _take_delta(self, message: ForwardMsg) -> None:
        place = tuple(message.metadata.delta_path)
        if message.delta.WhichOneof("type") == "add_block":
            if "address-" in message.delta.add_block.id:  # where the dashboard keeps inputs that its styles hide
                self._hidden_places.add(place)
        elif page_run.is_element(message):
            kind = page_run.kind(message)
            element = getattr(message.delta.new_element, kind)
            state = page_widgets.initial_state(kind, element)
            identity = getattr(element, "id", "")
            if identity:
                self.widgets[identity] = kind, element
                self.fragments[identity] = message.delta.fragment_id
            if any(place[:length] in self._hidden_places for length in range(len(place))):
                self.hidden.add(identity)
            if state is not None and (identity not in self.states or page_widgets.is_set_by_server(element)):
                self.states[identity] = state

    def _poll(self, fragment: str, seconds: float) -> None:
        if fragment in self._timers and self._timers[fragment][0] == seconds:
            return
        self._stop_polling(fragment)
        self._timers[fragment] = seconds, asyncio.create_task(self._ask_again(fragment, seconds))

    async def _ask_again(self, fragment: str, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            self.polled += 1
            await self._line.send(self._request(fragment, is_poll=True).SerializeToString())

    def _stop_polling(self, fragment: str | None = None) -> None:
        for name in list(self._timers) if fragment is None else [fragment]:
            if name in self._timers:
                self._timers.pop(name)[1].cancel()
