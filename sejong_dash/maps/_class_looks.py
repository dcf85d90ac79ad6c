"""Return the colour and the sign of each prefecture by its class.

The screen, the sheet of paper and the table beside the map share them, so that they cannot differ.
"""

import pandas as pd

from sejong_dash import theme
from sejong_dash.measures import prefecture_values
from sejong_dash.measures.classes import Classes
from sejong_dash.words import Words

ROLES = {"none": 1, "partner": 2, "garden": 3}  # class of each role
SIGNS = {"garden": "★", "partner": "●", "none": ""}  # all stand in every Korean and Japanese font
HOST_SIGN = "◆"
ROLE_COLOURS = {"garden": theme.GARDEN, "partner": theme.PARTNER, "none": theme.ELSEWHERE}
# by number of classes: which of the five greens they take
_STEPS = {0: (), 1: (2,), 2: (1, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
_BELOW, _MIDDLE, _ABOVE = (theme.SHORT_3, theme.SHORT_2), theme.ELSEWHERE, (theme.OVER_2, theme.OVER_3)
_DARK_GROUNDS = {*theme.AMOUNTS[3:], theme.GARDEN, theme.PARTNER}


def classes(table: pd.DataFrame) -> Classes:
    """Return the classes of a map's table: those of as-of, whatever day it shows."""
    return prefecture_values.classes(str(table["measure"].iloc[0]), table.loc[table["jis_code"].notna(), "at_as_of"])


def palette(table: pd.DataFrame) -> list[str]:
    """Return the colour of each class, from the lowest."""
    if is_by_role(table):
        return [ROLE_COLOURS[role] for role in ROLES]
    found = classes(table)
    if found.middle is None:
        return [theme.AMOUNTS[step] for step in _STEPS[len(found)]]
    diverging = [*_BELOW, _MIDDLE, *_ABOVE]
    return diverging[2 - found.middle :][: len(found)]


def colours(table: pd.DataFrame) -> dict[str, str]:
    """Return code -> colour of each prefecture that has a value."""
    known = table[table["jis_code"].notna() & table["class"].notna()]
    ramp = palette(table)
    return {row.jis_code: ramp[int(row.number) - 1] for row in known.rename(columns={"class": "number"}).itertuples()}


def ink(colour: str) -> str:
    """Return the colour of letters that can be read on a colour."""
    return theme.PAPER if colour in _DARK_GROUNDS else theme.INK


def signs(table: pd.DataFrame) -> dict[str, str]:
    """Return code -> sign of each prefecture: the mark of its role, or the number of its class."""
    known = table[table["jis_code"].notna() & table["class"].notna()]
    if is_by_role(table):
        return {row.jis_code: SIGNS[row.role] for row in known.itertuples() if SIGNS[row.role]}
    return {code: str(int(number)) for code, number in zip(known["jis_code"], known["class"], strict=True)}


def amount(measure: str, value: float, words: Words) -> str:
    """Return a figure of a measure as its language writes it, without unit."""
    if measure == "gap":
        return words.signed(value)
    return words.number(value, 1 if measure == "per_100k" else 0)


def is_by_role(table: pd.DataFrame) -> bool:
    """Return whether the classes are the roles of the prefectures."""
    return str(table["measure"].iloc[0]) == "participation"
