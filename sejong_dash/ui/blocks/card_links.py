"""Writes where a press on a card leads: to the same page with another choice, or to another page with the reader's choices."""

from collections.abc import Mapping
from html import escape

from markupsafe import Markup

from sejong_dash.exhibits import address

_CHOSEN_AT_ONCE = "prefecture"  # a choice that map.js makes without loading the page again


def link(query: Mapping[str, str], wanted: str, text: str) -> Markup:
    """Return a card's link (`contracts.Card`) around `text`, for a reader whose address has the parameters `query`."""
    page, _, changes = wanted.partition("?")
    changed = {name: value for name, _, value in (change.partition("=") for change in changes.split("&") if change)}
    parameters = {name: value for name, value in {**query, **changed}.items() if value}
    target = page + address.query(parameters) or "?"
    choice = ""
    if not page and [*changed] == [_CHOSEN_AT_ONCE]:
        choice = f' class="sj-choice" data-code="{escape(changed[_CHOSEN_AT_ONCE])}"'
    return Markup(f'<a href="{escape(target)}" target="_self"{choice}>{escape(text)}</a>')
