"""An open page follows the tables: without a reload, without asking on a clock, and whatever stands between it and the server."""

import csv
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, WebSocket, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from visiting import HOME, Visit
from watching import fetched, wait_until

Look = Callable[..., Visit]
# Longer than two of the asks that a page made when it asked on a clock, of 1.5 s each.
IDLE_MS = 6000
STREAM, STATE = "**/events", "**/events/state"


def count(data: Path, visitors: int) -> str:
    """Have somebody else count visitors of the next day, and return how a page writes all that are counted."""
    with (data / "visitors.csv").open("a+", encoding="utf-8", newline="") as table:
        table.seek(0)
        counted = [int(row["visitors"]) for row in csv.DictReader(table)]
        day = f"2026-04-{10 + len(counted)}"
        table.write(f"{day},22,individual,{visitors},{day},reported,sejong-japan-2024\n")
    return f"{sum(counted) + visitors:,}"


def has_stream(page: Page) -> bool:
    return bool(page.evaluate("globalThis.sejongLive?.source?.readyState === EventSource.OPEN && Boolean(sejongLive.known)"))


def is_followed(visit: Visit) -> Visit:
    """Wait until the page has its stream, and knows from it what holds."""
    visit.page.wait_for_function("() => sejongLive.source?.readyState === EventSource.OPEN && Boolean(sejongLive.known)")
    return visit


PLANNER = {"part": "planner"}


def shows(visit: Visit, number: str) -> None:
    expect(visit.page.locator("[data-testid=stMain]")).to_contain_text(number)


def test_open_pages_show_what_is_counted_and_keep_what_is_typed_and_opened(look: Look, desk_server: str, data: Path) -> None:
    pages = [is_followed(look(root=desk_server).open(name, **asked)) for name, asked in ((HOME, {}), ("progress", PLANNER))]
    for visit in pages:
        visit.page.evaluate("window.neverReloaded = true")
    typing = pages[1].page.locator(".st-key-capacity-menu input")
    typing.press_sequentially("45")
    pages[0].page.locator(".sj-status summary").click()
    history = pages[0].page.locator(".sj-history")
    expect(history).to_be_visible()
    before = pages[1].page.evaluate("sejongLive.drawn")
    shows(pages[0], count(data, 4321))
    pages[1].page.wait_for_function("before => sejongLive.drawn !== before && sejongLive.drawn === sejongLive.known", arg=before)
    assert all(visit.still().page.evaluate("window.neverReloaded") is True for visit in pages)
    assert typing.input_value() == "45"
    expect(typing).to_be_focused()
    expect(history).to_be_visible()


def test_an_idle_page_makes_no_run(look: Look, desk_server: str) -> None:
    frames: list[str] = []

    def listen(line: WebSocket) -> None:
        line.on("framesent", lambda frame: frames.append("sent"))
        line.on("framereceived", lambda frame: frames.append("received"))

    visit = look(root=desk_server)
    visit.page.on("websocket", listen)
    is_followed(visit.open("progress"))
    assert {"sent", "received"} == set(frames), "a run is seen"
    visit.page.wait_for_timeout(IDLE_MS)  # what follows the first run has come
    frames.clear()
    visit.page.wait_for_timeout(IDLE_MS)
    assert frames == []


def test_a_page_that_nobody_sees_has_no_stream_and_compares_when_it_is_seen(look: Look, desk_server: str, data: Path) -> None:
    visit = is_followed(look(root=desk_server).open())
    hide = """isHidden => {
        Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }"""
    visit.page.evaluate(hide, True)
    assert visit.page.evaluate("sejongLive.source") is None
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    number = count(data, 5432)
    other = is_followed(look(root=desk_server).open())
    shows(other, number)
    assert asked == []
    assert number not in visit.page.inner_text("[data-testid=stMain]")
    visit.page.evaluate(hide, False)
    shows(visit, number)
    assert has_stream(visit.page)


def refuse(route: Route) -> None:
    route.abort()


@pytest.mark.parametrize("is_held", [True, False], ids=["held", "refused"])
def test_a_page_to_which_no_stream_comes_asks_now_and_then(look: Look, desk_server: str, data: Path, is_held: bool) -> None:
    visit = look(root=desk_server)
    held: list[Route] = []  # answers that are kept back, as by a proxy that gathers each before it hands it on
    visit.context.route(STREAM, (lambda route: held.append(route)) if is_held else refuse)
    visit.page.clock.install()
    visit.open()
    for tries in (1, 2):
        visit.page.clock.fast_forward(5000)
        visit.page.wait_for_function("tries => sejongLive.blocked >= tries", arg=tries)
    assert bool(held) is is_held
    known = fetched(f"{desk_server}/events/state")[2]
    number = count(data, 6543 if is_held else 7654)
    wait_until(lambda: fetched(f"{desk_server}/events/state")[2] != known)
    visit.page.clock.fast_forward(20_000)
    shows(visit, number)
    visit.page.wait_for_function("() => sejongLive.drawn === sejongLive.known")
    for route in held:
        route.abort()
    visit.troubles[:] = [trouble for trouble in visit.troubles if "ERR_FAILED" not in trouble]


def test_a_page_that_has_lost_its_server_compares_when_it_has_it_again(look: Look, desk_server: str, data: Path) -> None:
    visit = is_followed(look(root=desk_server).open())
    visit.context.route(STREAM, refuse)
    visit.context.route(STATE, refuse)
    visit.page.evaluate("sejongLive.source.dispatchEvent(new Event('error'))")
    visit.page.wait_for_function("() => sejongLive.away >= 2")
    number = count(data, 8765)
    other = is_followed(look(root=desk_server).open())
    shows(other, number)
    assert number not in visit.page.inner_text("[data-testid=stMain]")
    visit.context.unroute(STREAM)
    visit.context.unroute(STATE)
    shows(visit, number)
    is_followed(visit)
    visit.troubles[:] = [trouble for trouble in visit.troubles if "ERR_FAILED" not in trouble]


def test_an_address_that_a_late_answer_has_undone_comes_back(look: Look, desk_server: str) -> None:
    visit = look(root=desk_server)
    undone: list[str] = []

    def carry(line: WebSocketRoute) -> None:
        server = line.connect_to_server()

        def hand_on(raw: str | bytes) -> None:
            message = ForwardMsg.FromString(bytes(raw))  # type: ignore[arg-type]
            address = message.page_info_changed.query_string
            if "prefecture=22" in address and "plan=" in address and not undone:
                undone.append(address)
                message.page_info_changed.query_string = "plan=2024-07-24"
            line.send(message.SerializeToString())

        server.on_message(hand_on)

    visit.page.route_web_socket("**/_stcore/stream", carry)
    visit.open("progress")
    visit.choose("prefecture", "시즈오카현")
    visit.has_query(prefecture="22")
    visit.choose("plan", "국제행사 승인")
    visit.has_query(plan="2024-07-24")
    assert undone
    visit.has_query(prefecture="22", plan="2024-07-24")


def test_a_page_that_is_being_left_asks_for_nothing(look: Look, desk_server: str) -> None:
    """What it sent would come after the press that leaves it, and bring the reader back."""
    sent: list[str | bytes] = []

    def carry(line: WebSocketRoute) -> None:
        server = line.connect_to_server()

        def hand_on(raw: str | bytes) -> None:
            sent.append(raw)
            server.send(raw)

        line.on_message(hand_on)

    visit = look(root=desk_server)
    visit.page.route_web_socket("**/_stcore/stream", carry)
    is_followed(visit.open())
    hear = """isLeft => new Promise(resolve => {
        if (isLeft) {
            const link = document.createElement("a");
            document.body.append(link);
            link.click();
            link.remove();
        }
        sejongLive.known = sejongLive.drawn;
        clearTimeout(sejongLive.asking);
        sejongLive.asking = 0;
        sejongLive.source.onmessage({ data: "something else" });
        setTimeout(resolve, 1000);
    })"""
    before = len(sent)
    visit.page.evaluate(hear, False)
    assert len(sent) == before + 1
    visit.still()
    before = len(sent)
    visit.page.evaluate(hear, True)
    assert len(sent) == before
