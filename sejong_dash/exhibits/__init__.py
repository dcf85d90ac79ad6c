"""Makes one chart, map or set of cards ready to be shown or taken away.

Made once for the screen and for every file, so that they cannot differ. Nothing here knows who shows it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk

from sejong_dash import words as wording
from sejong_dash.choices import Choices
from sejong_dash.contracts import Card, CardSet, ExhibitSource, HasHeadline, HasSlide, JudgesPace, Listed, Map, ShowsItsMessage
from sejong_dash.datasets import Tables, snapshot
from sejong_dash.measures import figure_codes, plan
from sejong_dash.words import Words

from . import caption, scenario

__all__ = ["Exhibit", "Tables", "exhibit", "snapshot"]


@dataclass(frozen=True)
class Exhibit:
    """One chart with its texts; shared between viewers, so never changed.

    `name` is its room and name (`charts.goal_bar`). `words` hold the caption's entries (see `caption`) and `message`. A chart
    has a Plotly `figure` in the colours of paper, a map a pydeck deck; `paper` gives either as a Plotly figure. Cards have none.
    """

    name: str
    choices: Choices
    table: pd.DataFrame
    words: Words
    message: str = ""
    source_lines: Mapping[str, str] = field(default_factory=dict)  # of each source_id of the table and of the cards
    brief_source_lines: Mapping[str, str] = field(default_factory=dict)  # of each source_id of the cards: publisher and date
    figure: go.Figure | pdk.Deck | None = None
    paper: Callable[[], go.Figure] | None = None
    slide: Callable[[], go.Figure] | None = None  # of a chart with more on it than a room can read: what is to be read of it
    small: Callable[[], go.Figure] | None = None  # of a map: its drawing for a column of the page
    legend: tuple[tuple[str, str], ...] = ()  # of a map: colour and meaning
    listed: tuple[Listed, ...] = ()  # of a map: the rows of the table beside it
    cards: tuple[Card, ...] = ()
    card_width: str = "15rem"
    has_shared_caption: bool = True  # all cards have the same basis and sources
    has_message_inside: bool = False  # the cards show the message
    latest_figure: str = ""  # of a chart: the code of its latest figure (see `measures.figure_codes`)
    headline: str = ""  # the one number to read from the back of the room
    other_plan: str = ""  # of an empty exhibit whose plan lacks dates or a goal: a plan_id for which there is something to show

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show for these choices; `words("empty")` says why."""
        return self.table.empty


def exhibit(source: ExhibitSource, choices: Choices, tables: Tables) -> Exhibit:
    """Return the exhibit of a chart, map or set of cards; `tables` are those of the version `choices.data`.

    Raises DashError where a table that it needs cannot be used.
    """
    name = ".".join(source.__name__.split(".")[-2:])
    words = wording.of(str(source.__file__), choices.lang)
    table = source.table(choices, tables)
    if table.empty:
        return _empty(Exhibit(name, choices, table, words), source, tables)
    words = words.with_entries(**caption.caption(table, choices, words, tables))
    message = source.message(table, words)
    ids = table["source_id"].dropna().unique() if "source_id" in table else ()
    lines = caption.source_lines(ids, words, tables)
    shown = Exhibit(name, choices, table, words.with_entries(message=message), message, lines)
    if isinstance(source, CardSet):
        return _with_cards(shown, source, words, tables)
    is_calm = isinstance(source, JudgesPace) and plan.is_cancelled(tables.plans(), choices.plan, choices.as_of)
    if isinstance(source, HasSlide):
        shown = replace(shown, slide=partial(_drawn, source.slide, table, words, is_calm))
    if isinstance(source, Map):
        return replace(
            shown,
            figure=source.draw(table, words),
            paper=partial(source.paper, table, words),
            small=partial(source.small, table, words),
            legend=tuple(source.legend(table, words)),
            listed=tuple(source.listed(table, words)),
        )
    figure = _drawn(source.draw, table, words, is_calm)
    if choices.on or choices.channel:
        for trace in figure.data:
            trace.ids = (
                None if trace.ids is None else [figure_codes.within(code, choices.on, choices.channel) for code in trace.ids]
            )
    headline = source.headline(table, words) if isinstance(source, HasHeadline) else ""
    codes = (code for trace in figure.data for code in (() if trace.ids is None else trace.ids))
    return replace(shown, figure=figure, paper=lambda: figure, latest_figure=figure_codes.latest(codes), headline=headline)


def _drawn(draw: Callable[[pd.DataFrame, Words], go.Figure], table: pd.DataFrame, words: Words, is_calm: bool) -> go.Figure:
    figure = draw(table, words)
    if is_calm:
        scenario.calm(figure)
    return figure


def _with_cards(shown: Exhibit, source: CardSet, words: Words, tables: Tables) -> Exhibit:
    cards = tuple(source.cards(shown.table, words))
    # cards that judge nothing need no plan, and stand where plans cannot be read
    if scenario.judge(cards) and plan.is_cancelled(tables.plans(), shown.choices.plan, shown.choices.as_of):
        cards = tuple(scenario.calm_cards(cards))
    ids = {card.source_id for card in cards}
    return replace(
        shown,
        cards=cards,
        source_lines={**shown.source_lines, **caption.source_lines(ids, words, tables)},
        brief_source_lines=caption.brief_source_lines(ids, words, tables),
        card_width=source.WIDTH,
        has_shared_caption=len({(card.basis, card.source_id) for card in cards}) == 1,
        has_message_inside=isinstance(source, ShowsItsMessage) and source.SAYS_ITS_MESSAGE,
    )


def _empty(shown: Exhibit, source: ExhibitSource, tables: Tables) -> Exhibit:
    """Return an exhibit with nothing to show; where its plan lacks dates or a goal, it names a plan that has both."""
    listed, choices, words = tables.plans(), shown.choices, shown.words
    known = plan.complete(listed, tables.goals())
    has_gap = choices.plan not in known
    others = [other for other in known if not source.table(replace(choices, plan=other), tables).empty] if has_gap else []
    if not others:
        return shown
    title = plan.chosen(listed, others[0])[f"title_{choices.lang}"]
    empty = words.sentences([words("empty"), words("empty_other_plan", title=title)])
    return replace(shown, words=words.with_entries(empty=empty), other_plan=others[0])
