"""States what a chart, a map, a set of cards and a writer of files must offer.

The first three are modules that are found in a folder: its registry (`charts.named`) casts one to its protocol, and
tests/contract/test_contracts.py checks all of them by signature. What stands before a `/` may have any name in a module.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol, TypeVar, runtime_checkable

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk

from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.words import Words

ReportT = TypeVar("ReportT", contravariant=True)
_LARGEST_VALUE = 14  # letters of a value that is set large


@dataclass(frozen=True, slots=True)
class CardPicture:
    """A small drawing on a card, without letters: what it shows is said by the card's texts.

    `kind` and what its `numbers` are, on any scale:

    - `progress`: done, due (nan: no tick), whole;
    - `line`: a series, drawn around zero;
    - `interval`: low, middle, high, goal (nan: no tick);
    - `bars`: two amounts, below each other;
    - `gap`: an amount and the largest of all, to which its bar is in proportion.
    """

    kind: Literal["progress", "line", "interval", "bars", "gap"]
    numbers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A figure or a statement with where it comes from; every text is plain and in the reader's language.

    `value` is the main thing to read (a figure, a partner), `title` what it is, `text` a sentence or two, `facts` short
    pairs of name and value below it, `badge` a mark such as a status, `group` the heading under which cards stand. `picture`
    and `link` are for the page: slides, print and sheets may leave them out. `link` is where a press on the card leads, as
    choices that take the place of the reader's (`?prefecture=14`; `?prefecture=` takes one back), on another page where it
    names one (`data?`).
    """

    title: str
    value: str = ""
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    badge: str = ""
    group: str = ""
    basis: str = "reported"
    source_id: str = ""
    tone: str = ""  # "done", "missing", "muted", "wordy" (a name, never set large) or nothing
    picture: CardPicture | None = None
    link: str = ""

    @property
    def is_wordy(self) -> bool:
        """Whether the value is not to be set large: a name, or too long."""
        return self.tone == "wordy" or len(self.value) > _LARGEST_VALUE


class Listed(NamedTuple):
    """A row of the table beside a map.

    `value_text` is the value with its unit; `colour`, `sign` and `ink` show its class; `hover_text` is what else the pointer
    shows. `value` and `number` (of the class) are what rows are sorted by.
    """

    code: str
    rank: str
    name: str
    value_text: str
    colour: str
    sign: str
    ink: str
    hover_text: str
    value: str
    number: str


class _Source(Protocol):
    """A module with the table of an exhibit and the sentence that the table says; its words lie beside it as NAME.toml."""

    __name__: str
    __file__: str | None

    def table(self, choices: Choices, tables: Tables, /) -> pd.DataFrame:
        """Return the rows that are shown, empty where there are none. Raises DashError where a table cannot be used."""
        ...

    def message(self, table: pd.DataFrame, words: Words, /) -> str:
        """Return what a table that is not empty says, in one to three sentences."""
        ...


@runtime_checkable
class Chart(_Source, Protocol):
    """A module of `charts`."""

    def draw(self, table: pd.DataFrame, words: Words, /) -> go.Figure:
        """Return the figure in the colours of paper."""
        ...


@runtime_checkable
class Map(_Source, Protocol):
    """A module of `maps`."""

    def draw(self, table: pd.DataFrame, words: Words, /) -> pdk.Deck:
        """Return the map that a viewer can move, in the colours of paper."""
        ...

    def paper(self, table: pd.DataFrame, words: Words, /) -> go.Figure:
        """Return the map as a figure, for files."""
        ...

    def small(self, table: pd.DataFrame, words: Words, /) -> go.Figure:
        """Return the map as a figure for a column of a page."""
        ...

    def legend(self, table: pd.DataFrame, words: Words, /) -> Sequence[tuple[str, str]]:
        """Return colours and what they mean."""
        ...

    def listed(self, table: pd.DataFrame, words: Words, /) -> Sequence[Listed]:
        """Return the rows of the table that stands beside the map."""
        ...


@runtime_checkable
class CardSet(_Source, Protocol):
    """A module of `cards`; `WIDTH` is the least width of a card in CSS."""

    WIDTH: str

    def cards(self, table: pd.DataFrame, words: Words, /) -> Sequence[Card]:
        """Return the cards in their order."""
        ...


@runtime_checkable
class HasSlide(Protocol):
    """A chart or map with more on it than a room can read."""

    def slide(self, table: pd.DataFrame, words: Words, /) -> go.Figure:
        """Return what of it is to be read on a slide."""
        ...


@runtime_checkable
class HasHeadline(Protocol):
    """A chart with one number to read from the back of the room."""

    def headline(self, table: pd.DataFrame, words: Words, /) -> str:
        """Return that number with its unit and its day."""
        ...


@runtime_checkable
class ShowsItsMessage(Protocol):
    """A set of cards that show their message, which is then not written above them; `SAYS_ITS_MESSAGE` is true."""

    SAYS_ITS_MESSAGE: bool


@runtime_checkable
class Narrowable(Protocol):
    """A chart or set of cards that follows the choice of a day, a channel or a comparison: `NARROWED_BY` names those of `on`,
    `channel` and `against` that it follows."""

    NARROWED_BY: tuple[str, ...]


@runtime_checkable
class JudgesPace(Protocol):
    """A chart whose warm colours say late or short, which nothing is against a plan that was cancelled; `JUDGES_PACE` is true."""

    JUDGES_PACE: bool


class ItemChart(Chart, Protocol):
    """A chart whose marks can be pressed."""

    def items(self, table: pd.DataFrame, words: Words, /) -> dict[str, str]:
        """Return the names of the marks by their code."""
        ...


ExhibitSource = Chart | Map | CardSet
"""What a page may put on the screen."""


class Registry(Protocol):
    """A package that finds its modules in its own folder: `charts`, `maps` or `cards`."""

    __name__: str

    def names(self) -> list[str]:
        """Return the names of its modules in alphabetical order."""
        ...

    def named(self, name: str, /) -> ExhibitSource:
        """Return the module of that name. Raises ModuleNotFoundError where there is none."""
        ...


class FormatWriter(Protocol):
    """A function that writes one exhibit in one format."""

    def __call__(self, figure: go.Figure | None, table: pd.DataFrame, words: Words, /) -> bytes:
        """Return the file; `words` are those of the exhibit with its caption's entries. Without a figure (a set of cards, a
        format of tables) `figure` is None."""
        ...


class ReportWriter(Protocol[ReportT]):
    """A function that writes a whole report as one file."""

    def __call__(self, report: ReportT, progress: Callable[[int, int, str], None], /) -> bytes:
        """Return the file. Raises DashError naming the exhibit that cannot be written, and what `progress` raises, which is
        called before each part with the parts done, the parts in all and the title of the next."""
        ...
