"""Takes the colours of alarm out of an exhibit whose plan was cancelled: nothing that lags behind such a plan is late."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.contracts import Card

_CALM = {theme.MISSING: theme.MUTED, theme.MISSING_SOFT: theme.REST_SOFT}
_JUDGING = ("missing", "done")  # tones of a card


def judge(cards: Sequence[Card]) -> bool:
    """Return whether a card calls a figure late or ahead."""
    return any(card.tone in _JUDGING for card in cards)


def calm_cards(cards: Sequence[Card]) -> list[Card]:
    """Return the cards without a tone that calls a figure late or ahead."""
    return [replace(card, tone="") if card.tone in _JUDGING else card for card in cards]


def calm(figure: go.Figure) -> None:
    """Draw in grey what a figure draws in the colours of what is missing or late; the figure itself is changed."""
    for trace in figure.data:
        trace.update(_changes(trace.to_plotly_json()))
    for drawn in (*figure.layout.shapes, *figure.layout.annotations, *figure.select_xaxes(), *figure.select_yaxes()):
        drawn.update(_changes(drawn.to_plotly_json()))


def _changes(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return those values of a spec that change, as an update of it."""
    found: dict[str, Any] = {}
    for name, value in spec.items():
        if isinstance(value, Mapping):
            if within := _changes(value):
                found[name] = within
        elif isinstance(value, str):
            if value in _CALM:
                found[name] = _CALM[value]
        elif isinstance(value, list | tuple) and any(isinstance(each, str) and each in _CALM for each in value):
            found[name] = [_CALM.get(each, each) if isinstance(each, str) else each for each in value]
    return found
