"""Write cards in HTML, for the screen and for files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from sejong_dash.contracts import Card
from sejong_dash.words import Words

from .templating import macro


@dataclass(frozen=True, slots=True)
class CardLook:
    """What differs between cards on the screen and in a file: their element, the beginning of their classes, marks, badges.

    `mark` returns that of a basis, `badge` that of its text.
    """

    tag: str
    prefix: str
    mark: Callable[[Words, str], Markup]
    badge: Callable[[str], Markup]


def cards(shown: Iterable[Card], words: Words, source_lines: Mapping[str, str], width: str, look: CardLook) -> Markup:
    """Return cards in a grid, group by group.

    `source_lines` holds the sentence for each source_id; without any, cards have no foot. `width` is the least width of a card in
    CSS.
    """
    groups = [(group, list(members)) for group, members in groupby(shown, key=lambda card: card.group)]
    return macro("cards", groups, words, source_lines, width, look, template="cards.html")
