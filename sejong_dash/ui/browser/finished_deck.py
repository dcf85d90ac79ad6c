"""Hands a finished map to Streamlit without making its JSON again at every run.

Nothing inside Streamlit is relied on: `st.pydeck_chart` is given a `pydeck.Deck` and takes its JSON and its tooltip, and only
`to_json` is another one. A Deck as pydeck makes it would write 157 KB anew at every run, in 18 ms of the processor.
"""

import json
from typing import Any

import pydeck as pdk

from sejong_dash import theme


class FinishedDeck(pdk.Deck):
    """A deck whose JSON is written."""

    def __init__(self, spec: str, tooltip: Any) -> None:
        super().__init__(layers=[], map_provider=None, tooltip=tooltip)
        self.spec = spec
        self.mapbox_key = None  # no key of the server's environment goes to a browser

    def to_json(self) -> str:
        """Return the JSON as it was written."""
        return self.spec

    def without_pointer(self) -> "FinishedDeck":
        """Return a deck half as long: without the clear shapes that answer the pointer, for a picture that is soon gone."""
        spec = json.loads(self.spec)
        clear = [layer for layer in spec["layers"] if layer.get("pickable") and isinstance(layer.get("data"), dict)]
        spec["layers"] = [layer for layer in spec["layers"] if layer not in clear]
        return FinishedDeck(_written(spec), self._tooltip)


def finish(deck: pdk.Deck, dark: bool) -> FinishedDeck:
    """Return the deck dressed for the theme; the tooltip takes its colours from the twins too."""
    spec = theme.dress(json.loads(deck.to_json()), dark)
    return FinishedDeck(_written(spec), theme.dress(deck._tooltip, dark))


def _written(spec: Any) -> str:
    return json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
