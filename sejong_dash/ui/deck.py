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


def finish(deck: pdk.Deck, dark: bool) -> FinishedDeck:
    """The deck dressed for the theme; the tooltip takes its colours from the twins too."""
    spec = theme.dress(json.loads(deck.to_json()), dark)
    return FinishedDeck(json.dumps(spec, ensure_ascii=False, separators=(",", ":")), theme.dress(deck._tooltip, dark))
