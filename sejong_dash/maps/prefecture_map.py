"""Where do they come from, who takes part, and how much of each measure falls to each prefecture?"""

from collections.abc import Iterator
from functools import reduce
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk

from .. import theme
from .. import words as wording
from ..choices import Choices
from ..datasets import prefectures, programme
from ..measures import ground, partners, prefecture_values, sheet
from ..measures.classes import Classes
from ..words import Words
from . import Listed, _classed, _layers, _measured, _paper, _sejong, _shapes, _views
from ._classed import HOST_SIGN, SIGNS

_TOP = 3
_THICKEST = 8.0  # pixels
# The page puts the values in, as text: nothing of the data stands in this markup.
_TOOLTIP = "<b>{name}</b><div>{said}</div><div>{place}</div><div>{role}</div><div>{basis}</div>"
_FIRST = ["jis_code", "name", "role", "partners", "projects", "value", "class", "class_low", "class_high", "rank", "at_as_of"]
_LAST = ["measure", "view", "day", "office_lat", "office_lon", "chosen", "basis", "source_id"]


def table(choices: Choices) -> pd.DataFrame:
    """One row for each prefecture, the highest rank first, and one for the visitors whose prefecture nobody wrote down.

    `value` is the measure at the end of `day`, `at_as_of` the same at as-of, by which the classes (1: the lowest; of roles
    3: a garden is sought, 2: a partner is at home there, 1: neither) are made; `rank` 1 is the most.
    """
    own = prefectures.load()
    rows = partners.by_prefecture(own, programme.load(), choices.lang, wording.shared(choices.lang)("comma"))
    rows = rows.join(own.set_index("jis_code")[["office_lat", "office_lon"]], on="jis_code")
    day = min(choices.day or choices.as_of, choices.as_of)
    rows = rows.assign(measure=choices.measure, view=choices.view, day=pd.Timestamp(day))
    rows["chosen"] = rows["jis_code"] == choices.prefecture
    if choices.measure == "participation":
        rows = rows.assign(value=rows["projects"].astype("float64"), at_as_of=rows["projects"].astype("float64"))
        rows["class"] = rows["role"].map(_classed.ROLES)
        rows["class_low"] = rows["class_high"] = float("nan")
    else:
        rows = _measured.measured(rows, choices, own)
    if rows["at_as_of"].isna().all():
        return pd.DataFrame()
    rows["class"] = rows["class"].astype("Int64")
    rows["rank"] = prefecture_values.rank(rows["value"].where(rows["jis_code"].notna()))
    rows = rows.assign(last=rows["jis_code"].isna()).sort_values(["last", "rank", "jis_code"], kind="stable", ignore_index=True)
    return rows[[*_FIRST, *_LAST]]


def legend(table: pd.DataFrame, words: Words) -> list[tuple[str, str]]:
    """Colour and meaning of each class, the highest first, and of the other marks."""
    if _classed.by_role(table):
        entries = [
            (_classed.ROLE_COLOURS[role], f"{SIGNS[role]} {words(f'role.{role}')}".strip()) for role in reversed(_classed.ROLES)
        ]
    else:
        found = _classed.classes(table)
        named = [words("class.numbered", number=str(i + 1), said=_class(found, i, table, words)) for i in range(len(found))]
        entries = list(zip(_classed.palette(table), named, strict=True))
        entries.append((theme.INK, f"{SIGNS['garden']} {words('role.garden')}"))
    shown = _sejong.shown(_view(table))
    host = [(theme.INK, f"{HOST_SIGN} {words('host')}")] if _sejong.CITY in shown else []
    venue = [(theme.GARDEN, words("venue"))] if _sejong.VENUE in shown else []
    return [*entries, *host, *venue]


def _class(found: Classes, number: int, table: pd.DataFrame, words: Words) -> str:
    """A class with its unit. The lowest and the highest are open: on earlier days there is less than at as-of."""
    measure = str(table["measure"].iloc[0])
    low, high = (_classed.amount(measure, value, words) for value in found.bounds(number))
    if len(found) > 1 and number == 0 and found.middle != 0:
        return words(f"class.{measure}.lowest", low=low, high=high)
    if len(found) > 1 and number == len(found) - 1 and found.middle != number:
        return words(f"class.{measure}.highest", low=low, high=high)
    return words(f"class.{measure}.between", low=low, high=high)


def listed(table: pd.DataFrame, words: Words) -> list[Listed]:
    """The table beside the map, in its order: all that the pointer tells of a prefecture."""
    colours, signs = _classed.colours(table), _classed.signs(table)
    rows = []
    for row in _rows(table).itertuples(index=False):
        colour, known = colours.get(row.jis_code, theme.LAND), pd.notna(row.rank)
        tip = _tip(row, words)
        told = [tip["role"], row.partners if row.measure == "participation" else "", words(f"basis.{row.basis}")]
        rows.append(
            Listed(
                code=row.jis_code,
                rank=words.number(row.rank) if known else "",
                name=row.name,
                said=_short(row, words),
                colour=colour,
                sign=signs.get(row.jis_code, ""),
                ink=_classed.ink(colour),
                more=words("join").join(filter(None, told)),
                value=str(row.value) if pd.notna(row.value) else "",
                number=str(row.number) if pd.notna(row.number) else "",
            )
        )
    return rows


def message(table: pd.DataFrame, words: Words) -> str:
    """What the map shows in a sentence or two, and the chosen prefecture in another."""
    measure, rows = str(table["measure"].iloc[0]), _rows(table)
    said = []
    if measure == "participation":
        for role in ("garden", "partner"):
            names = rows.loc[rows["role"] == role, "name"]
            if len(names):
                said.append(words(f"message_{role}", names=words("comma").join(names), count=words.number(len(names))))
    else:
        said.append(words(f"message_{measure}", date=words.date(table["day"].iloc[0]), first=_naming(rows.head(_TOP), words)))
        if measure == "gap":
            said.append(words("message_behind", last=_naming(rows[::-1].head(_TOP), words)))
        for value in table.loc[table["jis_code"].isna(), "value"]:
            said.append(words("message_unknown", value=words.number(value)))
    for row in rows[rows["chosen"]].itertuples(index=False):
        chosen = _value(row, words) if measure != "participation" else words("tip_projects", count=words.number(row.projects))
        said.append(words("message_chosen", name=row.name, role=words(f"role.{row.role}"), value=chosen))
    return reduce(lambda first, then: words("message_then", first=first, then=then), said or [words("role.none")])


def _naming(rows: pd.DataFrame, words: Words) -> str:
    return words("comma").join(words("with_value", name=row.name, value=_value(row, words)) for row in rows.itertuples())


def _value(row: Any, words: Words) -> str:
    return words(f"amount_of.{row.measure}", value=_classed.amount(row.measure, row.value, words)) if pd.notna(row.value) else ""


def draw(table: pd.DataFrame, words: Words) -> pdk.Deck:
    """Land, Sejong, the prefectures in the colours of their classes, lines to Sejong as wide as the measure, labels."""
    where = _views.view(_view(table))
    labels = _labels(table, words, where)
    colours = _classed.colours(table)
    tips = {row.jis_code: _tip(row, words) for row in _rows(table).itertuples(index=False)}
    thin = [{"line": ground.frame(), "tint": theme.rgb(theme.AXIS), "width": 1}]
    thin += [{"line": [one["from"], one["at"]], "tint": theme.rgb(theme.MUTED), "width": 1} for one in labels]
    small = {"edge": theme.rgb(theme.REST), "fill": theme.rgb(theme.LAND), "radius": 2}
    points = [small | {"at": at} for at in _shapes.islets()]
    point = {"fill": theme.rgb(theme.INK), "edge": theme.rgb(theme.PAPER), "radius": 2.5}
    points += [point | {"at": one["from"]} for one in labels]
    arcs = [{"line": line, "tint": theme.rgb(colour, 190), "width": width} for line, colour, width in _arcs(table)]
    signs = [{"text": t, "at": at, "tint": theme.rgb(tint)} for t, at, tint in _signs(table)]
    layers = [
        *_layers.land(_view(table) == "venue"),
        *_layers.coloured(colours),
        *_layers.outline(_chosen(table)),
        _layers.pressed(tips),
        _layers.lines("arcs", arcs),
        _layers.marks(signs, words),
        *([_layers.dots("venue", [_sejong.area()], "meters")] if _view(table) == "venue" else []),
        _layers.lines("lines", thin),
        _layers.dots("points", points),
        _layers.chips(labels, words),
    ]
    return _layers.deck(layers, where, _TOOLTIP, words)


def paper(table: pd.DataFrame, words: Words) -> go.Figure:
    """The same in plain axes."""
    return _on_sheet(table, words, _views.on_paper(_view(table)))


def slide(table: pd.DataFrame, words: Words) -> go.Figure:
    """The same with letters that are large beside the land, so with fewer of them; the legend stands elsewhere."""
    few = table.copy()
    few.attrs["few"] = True
    figure = _on_sheet(few, words, _views.on_slide(_view(table)))
    return figure.update_layout(showlegend=False, margin={"t": 0, "b": 0, "l": 0, "r": 0})


def _on_sheet(table: pd.DataFrame, words: Words, where: _views.View) -> go.Figure:
    figure = _paper.sheet_of(where, legend(table, words), words)
    _paper.land(figure, _view(table) == "venue")
    colours = _classed.colours(table)
    _paper.coloured(figure, legend(table, words), colours)
    _paper.chosen(figure, _chosen(table))
    if _view(table) == "venue":
        _paper.fill(figure, [_sejong.rim()], theme.GARDEN, theme.INK, opacity=0.6)
    _paper.strokes(figure, [{"line": line, "colour": colour, "width": width} for line, colour, width in _arcs(table)])
    _paper.signs(figure, [{"text": t, "at": at, "colour": tint} for t, at, tint in _signs(table)])
    _paper.islets(figure, _shapes.islets())
    _paper.frame(figure)
    _paper.labels(figure, _labels(table, words, where))
    return figure


def _rows(table: pd.DataFrame) -> pd.DataFrame:
    """The prefectures; `number` is the class, which is a word of Python's."""
    return table[table["jis_code"].notna()].rename(columns={"class": "number"})


def _view(table: pd.DataFrame) -> str:
    return str(table["view"].iloc[0])


def _chosen(table: pd.DataFrame) -> str | None:
    return next(iter(table.loc[table["chosen"], "jis_code"]), None)


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """Whom the map names: near, all whose middle is in the room; of all Japan who takes part or leads; always the chosen."""
    # by code: ranks change from day to day, and the labels should not
    rows, view = _rows(table).sort_values("jis_code"), _view(table)
    if view == "venue":
        return rows.iloc[:0]
    (west, north), (east, south) = _views.view(view).room
    if view == "gardens":
        middle = rows["jis_code"].map(_shapes.middles())
        inside = [one is not None and west < one[0] < east and south < one[1] < north for one in middle]
        return rows[inside]
    if rows["measure"].iloc[0] == "participation":
        return rows[(rows["role"] != "none") | rows["chosen"]]
    order = rows["at_as_of"].rank(ascending=False, method="first")  # from day to day the same are named
    leads = order <= _TOP
    last = (order > len(order) - _TOP) & (rows["measure"] == "gap")
    gardens = (rows["role"] == "garden") & (not table.attrs.get("few"))
    return rows[gardens | leads | last | rows["chosen"]]


def _arcs(table: pd.DataFrame) -> Iterator[tuple[list[sheet.Place], str, float]]:
    """A line from Sejong to each prefecture that is named, as wide as its value is large beside the largest at as-of."""
    host, middle = _sejong.at(_sejong.CITY), _shapes.middles()
    most = float(_rows(table)["at_as_of"].abs().max()) or 1.0
    for row in _named(table).itertuples(index=False):
        if row.jis_code in middle and row.value:
            width = round(max(_THICKEST * abs(row.value) / most, 0.8), 1)
            colour = theme.PARTNER if row.measure == "participation" and row.role == "partner" else theme.DONE
            if row.measure == "gap":
                colour = theme.MISSING if row.value < 0 else theme.BLUE
            yield sheet.bow(host, middle[row.jis_code], steps=12), colour, width


def _signs(table: pd.DataFrame) -> Iterator[tuple[str, sheet.Place, str]]:
    """Sign, place and colour of what stands in the prefectures."""
    middle, colours = _shapes.middles(), _classed.colours(table)
    labelled = set(_named(table)["jis_code"])  # these say more than a sign
    for code, sign in _classed.signs(table).items():
        if code in middle and code not in labelled:
            yield sign, middle[code], _classed.ink(colours[code])


def _labels(table: pd.DataFrame, words: Words, where: _views.View) -> list[dict[str, Any]]:
    """Sejong, the venue from near, and whoever is named, laid out for one view."""
    labels = [_host_label(place, words) for place in _sejong.shown(_view(table))]
    middle, ramp = _shapes.middles(), _classed.colours(table)
    rows = [row for row in _named(table).itertuples(index=False) if row.jis_code in middle]
    for row in rows:
        colour = theme.INK if row.chosen else ramp.get(row.jis_code, theme.AXIS)
        colour = theme.MUTED if colour not in (theme.INK, theme.GARDEN, theme.PARTNER) else colour
        end = row._replace(value=row.at_as_of)
        text, longest = _label(row, words), max(_label(row, words), _label(end, words), key=len)
        tip = _tip(row, words) | {"jis_code": row.jis_code}
        labels.append({"text": text, "longest": longest, "from": middle[row.jis_code], "colour": colour, "tip": tip})
    shape = _shapes.by_code()
    rings = [[ground.drawn_at(row.jis_code, p) for p in one[0]] for row in rows for one in sheet.polygons(shape[row.jis_code])]
    on_arcs = [point for line, _, _ in _arcs(table) for point in line]
    return _views.lay(labels, where, [ground.frame(), *([one] for one in _shapes.islets())], on_arcs, rings)


def _label(row: Any, words: Words) -> str:
    mark = SIGNS[row.role] if row.measure == "participation" or row.role == "garden" else ""
    value = _short(row, words) if row.measure != "participation" else ""
    return " ".join(part for part in (mark, row.name, value) if part)


def _short(row: Any, words: Words) -> str:
    return words(f"short.{row.measure}", value=_classed.amount(row.measure, row.value, words)) if pd.notna(row.value) else ""


def _host_label(place_id: str, words: Words) -> dict[str, Any]:
    place = _sejong.place(place_id)
    name = str(place[f"name_{words.lang}"])
    said = words("approximate") if place["coordinates"] == "approximate" else ""
    role = words("host") if place_id == _sejong.CITY else words("venue")
    tip = {"name": name, "said": role, "place": said, "role": "", "basis": _basis(place["basis"], words)}
    text = f"{HOST_SIGN} {name}"
    return {"text": text, "longest": text, "from": _sejong.at(place_id), "colour": theme.INK, "tip": tip}


def _tip(row: Any, words: Words) -> dict[str, str]:
    """What the pointer tells, as plain text; a line is blank where there is nothing to say."""
    if row.measure == "participation":
        said = words("tip_projects", count=words.number(row.projects)) if row.projects else ""
        place = words("colon", name=words("columns.partners"), value=row.partners) if row.partners else ""
    else:
        said = _value(row, words)
        place = words("tip_rank", rank=words.number(row.rank), number=words.number(row.number)) if said else ""
    return {
        "name": row.name,
        "said": said,
        "place": place,
        "role": words(f"role.{row.role}"),
        "basis": _basis(row.basis, words),
    }


def _basis(basis: str, words: Words) -> str:
    return words("colon", name=words("caption.basis"), value=words(f"basis.{basis}"))
