"""How is a finished map handed to Streamlit without being made again?"""

import json
from dataclasses import dataclass, field
from typing import Any

import pydeck as pdk

from .. import theme


@dataclass(frozen=True)
class FinishedDeck:
    """A deck whose JSON is written: `st.pydeck_chart` asks it for no more than this."""

    spec: str
    _tooltip: Any = field(default=None)
    width: int | None = None

    def to_json(self) -> str:
        return self.spec

    def without_pointer(self) -> "FinishedDeck":
        """Half as long: without the clear shapes that answer the pointer, for a picture that is gone in a second."""
        spec = json.loads(self.spec)
        clear = [layer for layer in spec["layers"] if layer.get("pickable") and isinstance(layer.get("data"), dict)]
        spec["layers"] = [layer for layer in spec["layers"] if layer not in clear]
        return FinishedDeck(_written(spec), self._tooltip, self.width)


def finish(deck: pdk.Deck, dark: bool) -> FinishedDeck:
    """The deck dressed for the theme; the tooltip takes its colours from the twins too."""
    spec = theme.dress(json.loads(deck.to_json()), dark)
    return FinishedDeck(_written(spec), theme.dress(deck._tooltip, dark))


def _written(spec: Any) -> str:
    return json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
