"""Writes and reads the addresses at which a browser gets the figures that it draws.

A page holds the place of a chart and this address. The figure comes when the place comes near the screen
(ui/browser/drawings.js).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sejong_dash.choices import Choices

from . import address

FOLDER = "figure/"
_DARK, _NARROW, _STATE = "dark", "narrow", "state"
_OWN = (_DARK, _NARROW, _STATE)
_ON = "true"


@dataclass(frozen=True, slots=True)
class AskedFigure:
    """The figure that an address names: the choices of its exhibit, and whether it is for a dark page."""

    choices: Choices
    is_dark: bool


def write(source: str, choices: Choices, data: str, *, dark: bool) -> str:
    """Return the address of the figure of a chart or map (`charts.goal_bar`), relative to the server's; another fingerprint of
    the data gives another address."""
    own = {_DARK: _ON if dark else "", _NARROW: _ON if choices.narrow else "", _STATE: data}
    parameters = address.write(choices) | {name: value for name, value in own.items() if value}
    return f"{FOLDER}{source.rpartition('.')[2]}.json{address.query(parameters)}"


def read(given: Iterable[tuple[str, str]], today: date) -> AskedFigure:
    """Return what an address names. Raises AddressError and TableError as `address.read` does."""
    parameters = list(given)
    own: Mapping[str, str] = {name: value for name, value in parameters if name in _OWN}
    choices, _ = address.read(parameters, today, more=_OWN)
    return AskedFigure(replace(choices, narrow=own.get(_NARROW) == _ON), own.get(_DARK) == _ON)
