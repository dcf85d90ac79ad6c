"""Write cards in HTML, for the screen and for files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from sejong_dash.contracts import Card
from sejong_dash.words import Words

from . import card_picture
from .templating import macro


@dataclass(frozen=True, slots=True)
class CardLook:
    """What differs between cards on the screen and in a file: their element, the beginning of their classes, marks, badges.

    `mark` returns that of a basis, `badge` that of its text, `link` that of a card's link around its title; without `link` the
    title stands alone. Where it `folds`, groups are closed until a reader opens them.
    """

    tag: str
    prefix: str
    mark: Callable[[Words, str], Markup]
    badge: Callable[[str], Markup]
    link: Callable[[str, str], Markup] | None = None
    folds: bool = False


def cards(shown: Iterable[Card], words: Words, source_lines: Mapping[str, str], width: str, look: CardLook) -> Markup:
    """Return cards in a grid, group by group.

    `source_lines` holds the sentence for each source_id; without any, cards have no foot. `width` is the least width of a card in
    CSS.
    """
    members = [(group, list(of_group)) for group, of_group in groupby(shown, key=lambda card: card.group)]
    groups = [(group, words("cards_listed", count=words.number(len(listed))), listed) for group, listed in members]
    return macro("cards", groups, words, source_lines, width, look, card_picture.shapes, template="cards.html")
