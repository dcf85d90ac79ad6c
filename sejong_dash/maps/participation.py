"""Who takes part, and where?"""

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk

from .. import theme
from .. import words as wording
from ..choices import Choices
from ..datasets import places, prefectures, programme, shapes
from ..measures import ground, label_places, lettering, partners, sheet
from ..words import Words

# A mark beside each colour, for whoever cannot tell the colours apart; all stand in every Korean and Japanese font.
_MARKS = {"garden": "★", "partner": "●", "none": ""}
_HOST_MARK = "◆"
_COLOURS = {"garden": theme.GARDEN, "partner": theme.PARTNER, "none": theme.ELSEWHERE}
_EDGES = {"garden": theme.PAPER, "partner": theme.PAPER, "none": theme.AXIS}

# The first view: Korea and the four main islands in 560 pixels of height. Labels stay inside what a phone shows of it.
_ZOOM, _LON, _LAT, _ROOM = 4.25, 133.75, 38.55, ((126.5, 45.9), (141.0, 30.2))
_PAPER_ZOOM, _PAPER_ROOM = 4.77, ((119.8, 45.7), (148.0, 30.1))  # 29 degrees of longitude in 1,128 pixels
_TEXT, _PAD = 13, (6, 3)  # pixels
_PIXELS = pdk.types.String("pixels")
_ON_TOP = {"depthCompare": "always", "depthWriteEnabled": False}  # or shapes would cut labels
# The page puts the values in, as text: nothing of the data stands in this markup.
_TOOLTIP = "<b>{name}</b><div>{role}</div><div>{partners}</div><div>{projects}</div><div>{basis}</div>"


def table(choices: Choices) -> pd.DataFrame:
    """One row for each prefecture: jis_code, name, role, garden, partners, projects, office_lat, office_lon, chosen, basis,
    source_id. `garden` says that a garden is sought from it, `chosen` that the viewer has picked it."""
    own = prefectures.load()
    rows = partners.by_prefecture(own, programme.load(), choices.lang, wording.shared(choices.lang)("comma"))
    rows = rows.join(own.set_index("jis_code")[["office_lat", "office_lon"]], on="jis_code")
    rows = rows.assign(garden=rows["role"] == "garden", chosen=rows["jis_code"] == choices.prefecture)
    first = ["jis_code", "name", "role", "garden", "partners", "projects", "office_lat", "office_lon", "chosen"]
    return rows[[*first, "basis", "source_id"]]


def legend(table: pd.DataFrame, words: Words) -> list[tuple[str, str]]:
    """Colour and meaning of everything that is marked."""
    roles = [(colour, f"{_MARKS[role]} {words(f'role.{role}')}".strip()) for role, colour in _COLOURS.items()]
    return [*roles, (theme.INK, f"{_HOST_MARK} {words('host')}")]


def message(table: pd.DataFrame, words: Words) -> str:
    """Who takes part in a sentence or two, and the chosen prefecture in another."""
    said = []
    for role in ("garden", "partner"):
        names = table.loc[table["role"] == role, "name"]
        if len(names):
            said.append(words(f"message_{role}", names=words("comma").join(names), count=words.number(len(names))))
    for row in table[table["chosen"]].itertuples(index=False):
        role = words(f"role.{row.role}")
        said.append(words("message_chosen", name=row.name, role=role, projects=words.number(row.projects)))
    return reduce(lambda first, then: words("message_then", first=first, then=then), said or [words("role.none")])


def draw(table: pd.DataFrame, words: Words) -> pdk.Deck:
    """Land, Sejong, prefectures by role, lines to Sejong and labels, without any base map from elsewhere."""
    host = _host(words)
    labels = _labels(table, host, words, _ZOOM, _ROOM)
    return pdk.Deck(
        layers=[*_ground(), *_prefectures(table, words), *_lines_and_dots(table, host, labels), _chips(labels, words)],
        views=[pdk.View(type="MapView", controller={"scrollZoom": False, "dragRotate": False, "touchRotate": False})],
        initial_view_state=pdk.ViewState(longitude=_LON, latitude=_LAT, zoom=_ZOOM, min_zoom=3.6, max_zoom=7),
        map_provider=None,
        tooltip={"html": _TOOLTIP, "style": _tooltip_style(words)},
    )


def paper(table: pd.DataFrame, words: Words) -> go.Figure:
    """The same in plain axes: degrees, with a degree of latitude as long as it is at 38° north."""
    host = _host(words)
    figure = theme.figure(words.lang, height=820, hovermode=False)
    _fill(figure, _outlines("neighbours"), theme.LAND, theme.LAND, opacity=0.65)
    _fill(figure, _outlines("korea"), theme.LAND, theme.LAND_EDGE)
    _fill(figure, _outlines("sejong"), theme.REST, theme.LAND_EDGE)
    drawn = {code: ground.drawn_shape(code, geometry) for code, geometry in _by_code().items()}
    for role, (colour, said) in zip(_COLOURS, legend(table, words), strict=False):
        codes = table.loc[table["role"] == role, "jis_code"]
        _fill(figure, [drawn[code] for code in codes], colour, _EDGES[role], name=said, showlegend=True)
    chosen = table.loc[table["chosen"], "jis_code"]
    _fill(figure, [drawn[code] for code in chosen], "rgba(0,0,0,0)", theme.INK, line={"color": theme.INK, "width": 2.5})
    for role, line in _lines(table, host):
        _stroke(figure, line, _COLOURS[role], 1.6)
    _dots(figure, _islets(), theme.LAND, 5, theme.AXIS)
    _stroke(figure, ground.frame(), theme.AXIS, 1)
    labels = _labels(table, host, words, _PAPER_ZOOM, _PAPER_ROOM)
    for one in labels:
        _stroke(figure, [one["from"], one["at"]], theme.MUTED, 1)
    _dots(figure, [one["from"] for one in labels], theme.INK, 6, theme.PAPER)
    for one in labels:
        look = {"bgcolor": theme.PAPER, "opacity": 0.95, "bordercolor": one["colour"], "borderwidth": 1.5, "borderpad": 3}
        font = {"size": _TEXT, "color": theme.INK}
        figure.add_annotation(x=one["at"][0], y=one["at"][1], text=f"<b>{one['text']}</b>", showarrow=False, font=font, **look)
    sea = {"fillcolor": theme.SEA, "line_width": 0, "layer": "below", "xref": "paper", "yref": "paper"}
    figure.add_shape(type="rect", x0=0, y0=0, x1=1, y1=1, **sea)
    figure.update_xaxes(visible=False, range=[119.4, 148.4])
    figure.update_yaxes(visible=False, range=[29.9, 45.9], scaleanchor="x", scaleratio=1.27)
    return figure


def _host(words: Words) -> dict[str, Any]:
    row = places.load().set_index("place_id").loc["sejong-city"]
    return {"name": row[f"name_{words.lang}"], "at": (float(row["lon"]), float(row["lat"])), "basis": row["basis"]}


def _by_code() -> dict[str, dict[str, Any]]:
    return {shape["id"]: shape["geometry"] for shape in shapes.load("japan_prefectures")["features"]}


def _outlines(name: str) -> list[dict[str, Any]]:
    return [sheet.coarse(shape["geometry"], sheet.DIGITS) for shape in shapes.load(name)["features"]]


def _islets() -> list[sheet.Place]:
    return ground.islets(shape["geometry"] for shape in shapes.load("korea")["features"])


def _lines(table: pd.DataFrame, host: dict[str, Any]) -> Iterator[tuple[str, list[sheet.Place]]]:
    """Role and line of each prefecture that takes part, from Sejong to its office."""
    for row in table[table["role"] != "none"].itertuples(index=False):
        yield row.role, sheet.bow(host["at"], ground.drawn_at(row.jis_code, (row.office_lon, row.office_lat)))


def _labels(
    table: pd.DataFrame, host: dict[str, Any], words: Words, zoom: float, room: tuple[sheet.Place, sheet.Place]
) -> list[dict[str, Any]]:
    """Sejong and every prefecture that takes part or is chosen, laid out for one zoom inside the corners of `room`.

    Each has text, from (what it names), at (its middle), colour and tip. A label points at the middle of its prefecture, not
    at its office: the offices of Kyoto and Shiga are so close that nobody could tell whose label it is.
    """
    named = table[(table["role"] != "none") | table["chosen"]]
    shape = _by_code()
    tip = {"name": host["name"], "role": words("host"), "partners": "", "projects": "", "basis": _basis(host["basis"], words)}
    labels = [{"text": f"{_HOST_MARK} {host['name']}", "from": host["at"], "colour": theme.INK, "tip": tip}]
    for row in named.itertuples(index=False):
        middle = ground.drawn_at(row.jis_code, sheet.centre(shape[row.jis_code]))
        colour = theme.INK if row.chosen else _COLOURS[row.role]
        text = f"{_MARKS[row.role]} {row.name}".strip()
        labels.append({"text": text, "from": middle, "colour": colour, "tip": _tip(row, words)})
    rings = ([ground.drawn_at(code, p) for p in one[0]] for code in named["jis_code"] for one in sheet.polygons(shape[code]))
    on_lines = [sheet.spot(point, zoom) for _, line in _lines(table, host) for point in line[::2]]
    (west, north), (east, south) = (sheet.spot(corner, zoom) for corner in room)
    laid = label_places.lay(
        [sheet.spot(one["from"], zoom) for one in labels],
        [(lettering.width(one["text"]) * _TEXT + 2 * _PAD[0] + 3, _TEXT * 1.25 + 2 * _PAD[1] + 3) for one in labels],
        (west, north, east, south),
        taken=[_around(ground.frame(), zoom, 0), *(_around([one], zoom, 6) for one in _islets())],
        detail=on_lines + sheet.spots_inside(rings, zoom),
    )
    return [one | {"at": sheet.place(spot, zoom)} for one, spot in zip(labels, laid, strict=True)]


def _around(line: list[sheet.Place], zoom: float, margin: float) -> label_places.Box:
    xs, ys = zip(*(sheet.spot(point, zoom) for point in line), strict=True)
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin


def _tip(row: Any, words: Words) -> dict[str, str]:
    """What the tooltip says, as plain text; a line is blank where there is nothing to say."""
    return {
        "name": row.name,
        "role": words(f"role.{row.role}"),
        "partners": words("colon", name=words("columns.partners"), value=row.partners) if row.partners else "",
        "projects": words("tip_projects", count=words.number(row.projects)) if row.projects else "",
        "basis": _basis(row.basis, words),
    }


def _basis(basis: str, words: Words) -> str:
    return words("colon", name=words("caption.basis"), value=words(f"basis.{basis}"))


def _tooltip_style(words: Words) -> dict[str, str]:
    return {
        "backgroundColor": theme.PAPER,
        "color": theme.INK,
        "fontFamily": theme.FONTS[words.lang],
        "fontSize": "13px",
        "lineHeight": "1.5",
        "maxWidth": "260px",
        "padding": "8px 10px",
        "border": "1px solid",
        "borderRadius": "6px",
    }


def _ground() -> list[pdk.Layer]:
    """Sea far beyond the view, the neighbours' land without names, Korea."""
    veil = [{"ring": ground.ring(rim), "tint": theme.rgb(theme.SEA, round(255 * hidden))} for rim, hidden in ground.fading()]
    plain = {
        name: [{"type": "Feature", "geometry": g, "properties": {}} for g in _outlines(name)]
        for name in ("neighbours", "korea", "sejong")
    }
    border = {"get_line_color": theme.rgb(theme.LAND_EDGE), "get_line_width": 1}
    return [
        _flat("sea", [{"ring": ground.ring((60, -20, 210, 75)), "tint": theme.rgb(theme.SEA)}]),
        _land("neighbours", plain["neighbours"], get_fill_color=theme.rgb(theme.LAND, 170), stroked=False),
        _flat("fade", veil),
        _land("korea", plain["korea"], get_fill_color=theme.rgb(theme.LAND), **border),
        _land("sejong", plain["sejong"], get_fill_color=theme.rgb(theme.REST), **border),
    ]


def _prefectures(table: pd.DataFrame, words: Words) -> list[pdk.Layer]:
    """The prefectures with their tooltips; the chosen one last, so that its edge lies on top."""
    shape, features = _by_code(), []
    for row in table.sort_values("chosen", kind="stable").itertuples(index=False):
        edge, width = (theme.INK, 2.5) if row.chosen else (_EDGES[row.role], 0.8)
        look = {"fill": theme.rgb(_COLOURS[row.role]), "edge": theme.rgb(edge), "width": width}
        said = {"jis_code": row.jis_code, **look, **_tip(row, words)}
        features.append(
            {"type": "Feature", "geometry": ground.drawn_shape(row.jis_code, shape[row.jis_code]), "properties": said}
        )
    by = {"get_fill_color": "properties.fill", "get_line_color": "properties.edge", "get_line_width": "properties.width"}
    under_pointer = {"pickable": True, "auto_highlight": True, "highlight_color": theme.rgb(theme.INK, 40)}
    return [_land("prefectures", features, **by, **under_pointer)]


def _lines_and_dots(table: pd.DataFrame, host: dict[str, Any], labels: list[dict[str, Any]]) -> list[pdk.Layer]:
    drawn = [{"line": line, "tint": theme.rgb(_COLOURS[role], 200), "width": 1.5} for role, line in _lines(table, host)]
    drawn.append({"line": ground.frame(), "tint": theme.rgb(theme.AXIS), "width": 1})
    leaders = [{"line": [one["from"], one["at"]], "tint": theme.rgb(theme.MUTED), "width": 1} for one in labels]
    islets = [{"at": at, "fill": theme.rgb(theme.LAND), "edge": theme.rgb(theme.AXIS), "radius": 2} for at in _islets()]
    points = [{"at": one["from"], "fill": theme.rgb(theme.INK), "edge": theme.rgb(theme.PAPER), "radius": 2.5} for one in labels]
    path = {"get_path": "line", "get_color": "tint", "get_width": "width", "width_units": _PIXELS, "parameters": _ON_TOP}
    dot = {"get_position": "at", "get_fill_color": "fill", "get_line_color": "edge", "get_radius": "radius", "get_line_width": 1}
    dot |= {"radius_units": _PIXELS, "line_width_units": _PIXELS, "stroked": True, "parameters": _ON_TOP}
    return [
        pdk.Layer("PathLayer", id="lines", data=drawn, **path),
        pdk.Layer("PathLayer", id="leaders", data=leaders, **path),
        pdk.Layer("ScatterplotLayer", id="points", data=[*islets, *points], **dot),
    ]


def _chips(labels: list[dict[str, Any]], words: Words) -> pdk.Layer:
    """Labels on paper of their own, framed in the colour of the role; they answer the pointer as their prefecture does."""
    data = [one["tip"] | {"text": one["text"], "at": one["at"], "edge": theme.rgb(one["colour"])} for one in labels]
    return pdk.Layer(
        "TextLayer",
        id="labels",
        data=data,
        get_text="text",
        get_position="at",
        get_size=_TEXT,
        get_color=theme.rgb(theme.INK),
        character_set=pdk.types.String("auto"),
        font_family=pdk.types.String(theme.FONTS[words.lang]),
        font_weight=600,
        background=True,
        get_background_color=theme.rgb(theme.PAPER, 235),
        background_padding=[*_PAD, *_PAD],
        background_border_radius=4,
        get_border_color="edge",
        get_border_width=1.5,
        pickable=True,
        parameters=_ON_TOP,
    )


def _flat(name: str, data: list[dict[str, Any]]) -> pdk.Layer:
    return pdk.Layer("SolidPolygonLayer", id=name, data=data, get_polygon="ring", get_fill_color="tint", parameters=_ON_TOP)


def _land(name: str, features: list[dict[str, Any]], **look: Any) -> pdk.Layer:
    data = {"type": "FeatureCollection", "features": features}
    return pdk.Layer("GeoJsonLayer", id=name, data=data, line_width_units=_PIXELS, parameters=_ON_TOP, **look)


def _fill(figure: go.Figure, geometries: Iterable[dict[str, Any]], colour: str, edge: str, **look: Any) -> None:
    lines = [one[0] for geometry in geometries for one in sheet.polygons(geometry)]
    if lines:
        x = [value for line in lines for value in (*(lon for lon, _ in line), None)]  # None lifts the pen
        y = [value for line in lines for value in (*(lat for _, lat in line), None)]
        usual = {"line": {"color": edge, "width": 0.8}, "showlegend": False, "hoverinfo": "skip"}
        figure.add_scatter(x=x, y=y, mode="lines", fill="toself", fillcolor=colour, **usual | look)


def _stroke(figure: go.Figure, line: Iterable[sheet.Place], colour: str, width: float) -> None:
    x, y = zip(*line, strict=True)
    figure.add_scatter(x=x, y=y, mode="lines", line={"color": colour, "width": width}, showlegend=False, hoverinfo="skip")


def _dots(figure: go.Figure, at: list[sheet.Place], colour: str, size: float, edge: str) -> None:
    x, y = zip(*at, strict=True) if at else ((), ())
    marker = {"color": colour, "size": size, "line": {"color": edge, "width": 1}}
    figure.add_scatter(x=x, y=y, mode="markers", marker=marker, showlegend=False, hoverinfo="skip")
