"""Writes an exhibit's cards as HTML for the screen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from sejong_dash.contracts import Card
from sejong_dash.exports.web import card_html, phrases
from sejong_dash.words import Words

from . import card_links, markup

_LOOK = card_html.CardLook(
    tag="article",
    prefix="sj-",
    mark=lambda words, basis: Markup(markup.mark(words, basis)),
    badge=lambda text: Markup(f'<p><span class="sj-mark general">{phrases.whole(text)}</span></p>'),
)


def cards(
    shown: Sequence[Card],
    words: Words,
    sources: Mapping[str, str],
    width: str,
    query: Mapping[str, str] | None = None,
    *,
    folds: bool = False,
) -> str:
    """Return cards in a grid as wide as the page, group by group.

    `sources` holds the sentence for each source_id; without any, cards have no foot. `width` is the least width of a card in CSS.
    `query` are the parameters of the address, which the links of cards change; without it there are no links. Where it `folds`,
    groups are closed until a reader opens them.
    """
    link = None if query is None else partial(card_links.link, query)
    return markup.wrap(card_html.cards(shown, words, sources, width, replace(_LOOK, link=link, folds=folds)), words.lang)
