"""Lay out what stands on the prefectures of a map's table: lines to Sejong, signs, labels."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from sejong_dash import theme
from sejong_dash.layout import ground, projection
from sejong_dash.words import Words

from . import _class_looks, _place_texts, _sejong, _shapes, _views

TOP = 3  # prefectures that a message and a map of all Japan name
_THICKEST = 8.0  # pixels


def prefecture_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of prefectures; `number` is their class, for `class` cannot be an attribute in Python."""
    return table[table["jis_code"].notna()].rename(columns={"class": "number"})


def version_of(table: pd.DataFrame) -> str:
    """Return the version of the tables that the map's table was made of, whose outlines and places are drawn."""
    return str(table.attrs.get("version", ""))


def view_name(table: pd.DataFrame) -> str:
    """Return the name of the view that the map shows."""
    return str(table["view"].iloc[0])


def chosen_code(table: pd.DataFrame) -> str | None:
    """Return the code of the chosen prefecture, if any."""
    return next(iter(table.loc[table["chosen"], "jis_code"]), None)


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """Return the prefectures that the map names.

    From near, those whose middle is in the room; of all Japan those that take part or lead, and always the chosen one.
    """
    # by code: ranks change from day to day, and the labels should not
    rows, view = prefecture_rows(table).sort_values("jis_code"), view_name(table)
    if view == "venue":
        return rows.iloc[:0]
    (west, north), (east, south) = _views.view(view).room
    if view == "gardens":
        middles = rows["jis_code"].map(_shapes.middles(version_of(table)))
        is_inside = [at is not None and west < at[0] < east and south < at[1] < north for at in middles]
        return rows[is_inside]
    if rows["measure"].iloc[0] == "participation":
        return rows[(rows["role"] != "none") | rows["chosen"]]
    order = rows["at_as_of"].rank(ascending=False, method="first")  # from day to day the same are named
    is_first = order <= TOP
    is_last = (order > len(order) - TOP) & (rows["measure"] == "gap")
    is_garden = (rows["role"] == "garden") & (not table.attrs.get("few"))
    return rows[is_garden | is_first | is_last | rows["chosen"]]


def arcs(table: pd.DataFrame) -> Iterator[tuple[list[projection.Place], str, float]]:
    """Yield line, colour and width in pixels of an arc from Sejong to each named prefecture.

    An arc is as wide as the value is large beside the largest at as-of.
    """
    host, middles = _sejong.at(_sejong.CITY, version_of(table)), _shapes.middles(version_of(table))
    most = float(prefecture_rows(table)["at_as_of"].abs().max()) or 1.0
    for row in _named(table).itertuples(index=False):
        if row.jis_code in middles and row.value:
            width = round(max(_THICKEST * abs(row.value) / most, 0.8), 1)
            colour = theme.PARTNER if row.measure == "participation" and row.role == "partner" else theme.DONE
            if row.measure == "gap":
                colour = theme.MISSING if row.value < 0 else theme.BLUE
            yield projection.bow(host, middles[row.jis_code], steps=12), colour, width


def signs(table: pd.DataFrame) -> Iterator[tuple[str, projection.Place, str]]:
    """Yield sign, place and colour of each prefecture without a label."""
    middles, colours = _shapes.middles(version_of(table)), _class_looks.colours(table)
    labelled = set(_named(table)["jis_code"])
    for code, sign in _class_looks.signs(table).items():
        if code in middles and code not in labelled:
            yield sign, middles[code], _class_looks.ink(colours[code])


def labels(table: pd.DataFrame, words: Words, where: _views.View) -> list[dict[str, Any]]:
    """Return the labels of Sejong, of the venue from near, and of the named prefectures, laid out for a view."""
    version = version_of(table)
    found = [_place_texts.host_label(place, words, version) for place in _sejong.shown(view_name(table))]
    middles, colours = _shapes.middles(version_of(table)), _class_looks.colours(table)
    rows = [row for row in _named(table).itertuples(index=False) if row.jis_code in middles]
    for row in rows:
        colour = theme.INK if row.chosen else colours.get(row.jis_code, theme.AXIS)
        colour = theme.MUTED if colour not in (theme.INK, theme.GARDEN, theme.PARTNER) else colour
        end = row._replace(value=row.at_as_of)
        text = _place_texts.label(row, words)
        longest = max(text, _place_texts.label(end, words), key=len)
        tip = _place_texts.tip(row, words) | {"jis_code": row.jis_code}
        found.append({"text": text, "longest": longest, "from": middles[row.jis_code], "colour": colour, "tip": tip})
    shapes = _shapes.by_code(version)
    rings: list[list[list[projection.Place]]] = [[] for _ in range(len(found) - len(rows))]  # a city is a point
    for row in rows:
        polygons = projection.polygons(shapes[row.jis_code]) if row.role != "none" else []
        rings.append([[ground.drawn_at(row.jis_code, spot) for spot in polygon[0]] for polygon in polygons])
    on_arcs = [point for line, _, _ in arcs(table) for point in line]
    return _views.lay(found, where, [ground.frame(), *([islet] for islet in _shapes.islets(version))], on_arcs, rings)
