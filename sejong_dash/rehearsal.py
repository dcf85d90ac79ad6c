"""What can be drawn before the first viewer comes?"""

from types import ModuleType

from . import cards, charts, maps
from .errors import DashError
from .ui import offered
from .ui.show import dressed, exhibit
from .words import LANGUAGES


def every_drawing() -> list[ModuleType]:
    """Every chart, map and set of cards, in the order of their names: the folders are the registry."""
    return [room.named(name) for room in (charts, maps, cards) for name in room.names()]


def draw_everything() -> None:
    """Draw all that a viewer who chooses nothing can see, in each language and theme, so that it is there when they come.

    What cannot be drawn is passed over: its page will say why, to whoever asks for it.
    """
    for lang in LANGUAGES:
        choices, data = offered.unchosen(lang)
        for chart in every_drawing():
            try:
                drawn = exhibit(chart, chart.__name__, choices, data)
            except DashError:
                continue
            for dark in (False, True) if drawn.figure else ():
                dressed(drawn, drawn.name, choices, data, dark)
