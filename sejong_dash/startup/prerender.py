"""Draws what most viewers will see before the first of them comes."""

from sejong_dash import cards, charts, maps
from sejong_dash.contracts import ExhibitSource, Registry
from sejong_dash.errors import DashError
from sejong_dash.ui.blocks.show import dressed, exhibit
from sejong_dash.ui.frame import available_choices
from sejong_dash.words import LANGUAGES


def exhibit_sources() -> list[ExhibitSource]:
    """Return every chart, map and set of cards, in the order of their names: the folders are the registry."""
    rooms: tuple[Registry, ...] = (charts, maps, cards)
    return [room.named(name) for room in rooms for name in room.names()]


def draw_everything() -> None:
    """Draw all that a viewer who chooses nothing can see, in each language and theme, so that it is there when they come.

    What cannot be drawn is left out: its page says why when it is opened.
    """
    for lang in LANGUAGES:
        choices, data, tables = available_choices.unchosen(lang)
        for source in exhibit_sources():
            try:
                shown = exhibit(source, source.__name__, choices, data, tables)
            except DashError:
                continue
            for dark in (False, True) if shown.figure else ():
                dressed(shown, shown.name, choices, data, dark)
