"""Finds what stands in a drawing: its texts and its colours, wherever a figure, a deck or a card keeps them."""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pydeck as pdk
from discovery import DATA

from sejong_dash import theme
from sejong_dash.cards import Card

NOT_SAID = re.compile(r"\b(nan|NaN|NaT|None|inf|undefined|Timestamp)\b|<NA>|\{\w+\}")
FOREIGN = {
    "ko": re.compile(r"[\u3041-\u3096\u30a1-\u30fa]+"),
    "ja": re.compile(r"[\uac00-\ud7a3]+"),
    "en": re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uac00-\ud7a3]+"),
}
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgba?\([^)]*\)")
_NOT_TEXT = {"family", "fontFamily", "font_family", "getPolygon", "jis_code", "geometry"}


def plain(drawn: Any) -> Any:
    """A drawing as plain dicts, lists, numbers and strings."""
    if isinstance(drawn, go.Figure):
        return drawn.to_dict()
    if isinstance(drawn, pdk.Deck):
        return [json.loads(drawn.to_json()), drawn._tooltip]
    return [asdict(card) for card in drawn]


def strings(spec: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every string with the name under which it stands."""
    if isinstance(spec, str):
        yield key, spec
    elif isinstance(spec, Mapping):
        for name, below in spec.items():
            yield from strings(below, str(name))
    elif isinstance(spec, np.ndarray) and spec.dtype.kind in "OUT":
        yield from strings(spec.tolist(), key)
    elif isinstance(spec, list | tuple) and not _coordinates(spec):
        for below in spec:
            yield from strings(below, key)


def texts(drawn: Any) -> list[str]:
    """Everything that a reader may see."""
    found = [said for key, said in strings(plain(drawn)) if key not in _NOT_TEXT and not key.startswith("source_id")]
    if isinstance(drawn, pdk.Deck):  # the tooltip's holes are filled by the page
        found = [said for said in found if said != drawn._tooltip["html"]]
    return found


def colours(spec: Any) -> set[str]:
    """Every colour in a plain drawing, deck.gl's lists of numbers too."""
    found = {one.lower() for _, said in strings(spec) for one in _COLOUR.findall(said)}
    return found | {"#" + "".join(f"{part:02x}" for part in one) for one in _lists(spec)}


def _coordinates(spec: Sequence[Any]) -> bool:
    """Places by the ten thousand, in which no text and no colour stands."""
    return bool(spec) and (isinstance(spec[0], float) or (isinstance(spec[0], list | tuple) and _coordinates(spec[0])))


def _lists(spec: Any, key: str = "") -> Iterator[tuple[int, ...]]:
    if isinstance(spec, Mapping):
        for name, below in spec.items():
            yield from _lists(below, str(name))
    elif isinstance(spec, list | tuple) and not _coordinates(spec):
        numbers = len(spec) in (3, 4) and all(isinstance(part, int) for part in spec)
        if numbers and re.search("color|colour|fill|edge|tint", key, re.IGNORECASE):
            yield tuple(spec[:3])
        elif not numbers:
            for below in spec:
                yield from _lists(below, key)


LIGHT = {light: dark for light, dark in theme.PALETTE.values()}
DARK = set(LIGHT.values())


@cache
def foreign_names(lang: str) -> str:
    """What the tables themselves write in another script in the columns for this language, such as 川勝平太 in Korean."""
    others = tuple(f"_{other}" for other in ("ko", "ja", "en") if other != lang)
    cells = []
    for file in sorted(DATA.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            cells += [cell for row in csv.DictReader(rows) for name, cell in row.items() if not name.endswith(others)]
    return "\n".join(cell for cell in cells if FOREIGN[lang].search(cell))


def foreign(said: str, lang: str) -> list[str]:
    """The parts of a text that are in another language's script and do not come from the tables."""
    return [run for run in FOREIGN[lang].findall(said) if run not in foreign_names(lang)]


def cards_only(drawn: Any) -> list[Card]:
    return drawn if isinstance(drawn, list) else []


def holes(figure: go.Figure) -> Iterator[str]:
    """Fields of hover and text templates that no value fills: the browser would print the template itself."""
    for number, trace in enumerate(figure.data):
        for template in ("hovertemplate", "texttemplate"):
            for name in re.findall(r"%\{(\w+)", str(getattr(trace, template, None) or "")):
                value = getattr(trace, name, None)
                if value is None:
                    yield f"trace {number} ({trace.name}): %{{{name}}}"
                elif name in ("customdata", "hovertext", "text") and not isinstance(value, str) and len(value) != len(trace.x):
                    yield f"trace {number} ({trace.name}): {len(value)} of {name} for {len(trace.x)} points"
