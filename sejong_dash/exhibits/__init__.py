"""What is one chart, map or set of cards, ready to be shown or taken away?

Made once for the screen and for every file, so that they cannot differ. Nothing here knows who shows it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import paths
from .. import words as wording
from ..choices import Choices
from ..measures import figures
from ..words import Words
from . import caption


@dataclass(frozen=True)
class Exhibit:
    """One chart with all that is said of it; shared between viewers, so never changed.

    `name` is its room and name (`charts.goal_bar`). `words` carry the caption's entries (see `caption`) and `message`. A chart
    has a Plotly `figure` in the colours of paper, a map a pydeck deck; `paper` gives either as a Plotly figure. Cards have none.
    """

    name: str
    choices: Choices
    table: pd.DataFrame
    words: Words
    message: str = ""
    figure: Any = None
    paper: Callable[[], go.Figure] | None = None
    slide: Callable[[], go.Figure] | None = None  # for a chart that says more than a room can read: what of it is to be read
    legend: tuple[tuple[str, str], ...] = ()  # of a map: colour and meaning
    listed: tuple[Any, ...] = ()  # maps.Listed: a map's table for whoever reads
    cards: tuple[Any, ...] = ()  # cards.Card
    card_width: str = "15rem"
    alike: bool = True  # one caption holds for all that is drawn; cards may each have their own
    quiet: bool = False  # what is drawn is the message itself
    asked: str = ""  # the code of the figure that a reader of a chart asks for who does not point (see `measures.figures`)
    headline: str = ""  # the one number to read from the back of the room

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show for these choices; `words("empty")` says why."""
        return self.table.empty


def exhibit(chart: ModuleType, choices: Choices) -> Exhibit:
    """A chart, map or set of cards for these choices, from the data as it is now or as it was frozen (`choices.data`).

    Raises DashError where a table that it needs cannot be used.
    """
    name = ".".join(chart.__name__.split(".")[-2:])
    words = wording.of(str(chart.__file__), choices.lang)
    with paths.frozen(choices.data):
        table = chart.table(choices)
        if table.empty:
            return Exhibit(name, choices, table, words)
        words = words.with_entries(**caption.caption(table, choices, words))
        message = chart.message(table, words)
        made = partial(Exhibit, name, choices, table, words.with_entries(message=message), message)
        if hasattr(chart, "tell"):
            told = tuple(chart.tell(table, words))
            alike = len({(card.basis, card.source_id) for card in told}) == 1
            width, quiet = getattr(chart, "WIDTH", "15rem"), getattr(chart, "SAYS_ITS_MESSAGE", False)
            return made(cards=told, card_width=width, alike=alike, quiet=quiet)
        drawn = chart.draw(table, words)
        if hasattr(chart, "slide"):
            made = partial(made, slide=partial(chart.slide, table, words))
        if isinstance(drawn, go.Figure):
            headline = chart.headline(table, words) if hasattr(chart, "headline") else ""
            asked = figures.latest(code for trace in drawn.data for code in (() if trace.ids is None else trace.ids))
            return made(figure=drawn, paper=lambda: drawn, asked=asked, headline=headline)
        listed = tuple(chart.listed(table, words)) if hasattr(chart, "listed") else ()
        return made(
            figure=drawn, paper=partial(chart.paper, table, words), legend=tuple(chart.legend(table, words)), listed=listed
        )
