"""Names what is measured: the dashboard's pages, and the peers with the same six charts or with nothing."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sejong_dash.paths import PROJECT
from tests.bench.pages.chromium import Tab

PEERS = PROJECT / "tests" / "bench" / "peers"
_FOLDER = PROJECT / ".venv-bench"
PEER_PROGRAMS = _FOLDER / ("Scripts" if sys.platform == "win32" else "bin")
EMPTY, NAIVE, DASH, PANEL = "(empty)", "(naive)", "(dash)", "(panel)"
_ENTER, _RIGHT = ("Enter", 13), ("ArrowRight", 39)
_CHARTS = 6


@dataclass(frozen=True)
class Interaction:
    """What a viewer does: `prepare` is not measured, `commit` is, until `is_there` holds in the page and it stands still."""

    name: str
    prepare: Callable[[Tab], None]
    commit: Callable[[Tab], None]
    is_there: str


@dataclass(frozen=True)
class Target:
    """A page, with what says its first thing and what must be there before it is ready."""

    name: str
    address: str
    answers: str  # a selector
    is_ready: str  # an expression in the page, where benchWatch is b
    interactions: tuple[Interaction, ...] = field(default=())


def query(selector: str, text: str = "") -> str:
    """An expression for the first element, of those that say `text` where it is given; shadows are searched too."""
    found = f"benchWatch.all({json.dumps(selector)})"
    return f"{found}.find(box => box.textContent.trim() === {json.dumps(text)})" if text else f"{found}[0]"


def _open_and_write(menu: str, text: str) -> Callable[[Tab], None]:
    def prepare(tab: Tab) -> None:
        tab.click(query(menu))
        tab.write(text)
        tab.wait_for(f"Boolean(benchWatch.all('[role=option]').find(box => box.textContent.trim() === {json.dumps(text)}))")

    return prepare


def _nothing(tab: Tab) -> None:
    pass


def _focus(selector: str) -> Callable[[Tab], None]:
    def prepare(tab: Tab) -> None:
        tab.wait_for(f"Boolean({query(selector)})")
        tab.evaluate(f"{query(selector)}.scrollIntoView({{block: 'center'}}); {query(selector)}.focus()")

    return prepare


def _set(name: str, value: str) -> Callable[[Tab], None]:
    """Set a field of the bar: the browser draws the list of such a menu outside of the page."""
    field = query(f"[data-choice={name}]")
    change = "field.dispatchEvent(new Event('change', {bubbles: true}))"
    return lambda tab: tab.evaluate(f"(field => {{ benchWatch.mark(); field.value = {json.dumps(value)}; {change}; }})({field})")


def _in_address(*parts: str) -> str:
    return " && ".join([f"location.search.includes({json.dumps(part)})" for part in parts] + ["b.streamlit()"])


_LANGUAGE = Interaction(
    "language", _nothing, _set("lang", "en"), f"{_in_address('lang=en')} && document.documentElement.lang === 'en'"
)
_DAY = Interaction("day", _nothing, _set("asof", "2026-05-05"), _in_address("asof="))
_FILTER = Interaction("filter", _nothing, _set("prefecture", "27"), _in_address("prefecture=27"))
_SLIDER = Interaction(
    "what-if slider", _focus(".st-key-campaign-menu input[type=range]"), lambda tab: tab.press(*_RIGHT), _in_address("campaign=")
)
_OF_PAGE = {"overview": (_FILTER, _DAY, _LANGUAGE), "progress": (_FILTER, _SLIDER, _DAY, _LANGUAGE)}
_PART_OF = {"progress": "planner"}
_SPEAKS = ".sj-card, .sj-message, .sj-empty"
_SPEAKS_OF = {"data": "h1", "report": "h1", "present": ".sj-slide-title, .sj-slide-lead"}  # what they are for is no verdict


def dashboard_page(name: str, address: str) -> Target:
    """Return the page of that name; one with parts in the part with what is measured there."""
    if name in _PART_OF:
        address += f"?part={_PART_OF[name]}"
    return Target(name, address, _SPEAKS_OF.get(name, _SPEAKS), "b.streamlit()", _OF_PAGE.get(name, ()))


def empty_page(root: str) -> Target:
    return Target(EMPTY, root, "h1", "b.streamlit()")


def naive_page(root: str) -> Target:
    chosen = f"b.streamlit() && b.charts('- Osaka') === {_CHARTS}"
    menu = Interaction(
        "filter", _open_and_write("[data-testid=stSelectbox] input", "Osaka"), lambda tab: tab.press(*_ENTER), chosen
    )
    return Target(NAIVE, root, "[data-testid=stMetricValue]", f"b.streamlit() && b.charts() === {_CHARTS}", (menu,))


def dash_page(root: str) -> Target:
    def prepare(tab: Tab) -> None:
        tab.click(query("#place"))
        tab.wait_for(f"Boolean({query('.dash-dropdown-search')})")
        tab.click(query(".dash-dropdown-search"))
        tab.write("Osaka")
        tab.wait_for(f"Boolean({query('.dash-dropdown-option', 'Osaka')})")

    menu = Interaction(
        "filter",
        prepare,
        lambda tab: tab.evaluate(f"benchWatch.mark(); {query('.dash-dropdown-option', 'Osaka')}.click()"),  # its list moves
        f"b.charts('- Osaka') === {_CHARTS}",
    )
    return Target(DASH, root, ".figure", f"b.charts() === {_CHARTS}", (menu,))


def panel_page(root: str) -> Target:
    choose = (
        "(() => { const menu = benchWatch.all('select').find(box => [...box.options].some(entry => entry.text === 'Osaka'));"
        " menu.value = 'Osaka'; benchWatch.mark(); menu.dispatchEvent(new Event('change', {bubbles: true})); })()"
    )  # the browser draws the list of such a menu outside of the page
    menu = Interaction("filter", _nothing, lambda tab: tab.evaluate(choose), f"b.charts('- Osaka') === {_CHARTS}")
    return Target(PANEL, f"{root}/panel_app", ".figure", f"b.charts() === {_CHARTS}", (menu,))


def dash_command(port: int) -> list[str]:
    return [str(PEER_PROGRAMS / "gunicorn"), "--workers", "1", "--threads", "4", "--bind", f"127.0.0.1:{port}", "dash_app:server"]


def panel_command(port: int) -> list[str]:
    where = ["--port", str(port), "--address", "127.0.0.1", "--allow-websocket-origin", f"127.0.0.1:{port}"]
    return [str(PEER_PROGRAMS / "panel"), "serve", "panel_app.py", *where]


def has_peers() -> bool:
    """Return whether `make bench-peers` has installed them."""
    return Path(PEER_PROGRAMS / "panel").exists()
