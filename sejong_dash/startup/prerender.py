"""Draws what most viewers will see before one of them asks for it.

The server starts without what it draws with: each piece of work imports what it needs.
"""

import gc
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sejong_dash.contracts import ExhibitSource


def pieces() -> Iterator[Callable[[], object]]:
    """Yield imports, and then each exhibit in each language for a viewer who chooses nothing else, the first page's first."""
    yield import_frame
    from sejong_dash.words import LANGUAGES

    yield gc.freeze
    first, *others = LANGUAGES
    sources = exhibit_sources()
    yield from (partial(draw, source, first) for source in sources)
    yield import_desk
    yield from (partial(draw, source, lang) for lang in others for source in sources)
    yield keep


def import_frame() -> None:
    """Import what every page is made of. A run that needs it meanwhile waits for it, and imports nothing twice."""
    from sejong_dash import ui  # noqa: F401
    from sejong_dash.ui.frame import page_frame  # noqa: F401


def import_desk() -> None:
    """Import what reads files that people bring in."""
    from sejong_dash.ui.desk import desk_page  # noqa: F401


def exhibit_sources() -> "list[ExhibitSource]":
    """Return every chart, map and set of cards in the order in which pages show them: the folders are the registry."""
    from sejong_dash import cards, charts, maps
    from sejong_dash.ui.frame import page_links

    pages = [page.stem for page in page_links.pages()]
    rooms = {name: room for room in (charts, maps, cards) for name in room.names()}
    shown_on = {name: page_links.page_of(name) for name in rooms}
    names = sorted(rooms, key=lambda name: pages.index(shown_on[name]) if shown_on[name] else len(pages))
    return [rooms[name].named(name) for name in names]


def draw(source: "ExhibitSource", lang: str) -> None:
    """Draw an exhibit in each theme. What cannot be drawn is left out: its page says why when it is opened."""
    from sejong_dash import charts
    from sejong_dash.api.figures import figure_of
    from sejong_dash.errors import DashError
    from sejong_dash.exhibits.cached import cached_exhibit
    from sejong_dash.ui.blocks.show import dressed
    from sejong_dash.ui.frame import available_choices

    choices, data, tables = available_choices.unchosen(lang)
    try:
        shown = cached_exhibit(source, choices, data, tables)
    except DashError:
        return
    name = shown.name.rpartition(".")[2]
    for dark in (False, True) if shown.figure else ():
        if name in charts.names():
            figure_of(name, choices, data, tables, dark=dark)
        else:
            dressed(shown, shown.name, choices, data, dark)


def keep() -> None:
    """Take what was made so far out of the garbage collector's way, so that no later collection needs to walk it."""
    gc.collect()
    gc.freeze()
