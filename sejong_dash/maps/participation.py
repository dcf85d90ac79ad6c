"""Who takes part, and where?"""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk

from .. import theme
from .. import words as wording
from ..choices import Choices
from ..datasets import places, prefectures, programme, shapes
from ..measures import label_places, lettering, partners, sheet
from ..words import Words

# A mark beside each colour, for whoever cannot tell the colours apart; all three stand in every Korean and Japanese font.
_MARKS = {"garden": "★", "partner": "●", "none": ""}
_HOST_MARK = "◆"
_COLOURS = {"garden": theme.GARDEN, "partner": theme.PARTNER, "none": theme.ELSEWHERE}

_ZOOM, _CENTRE = 4.25, (133.75, 38.55)  # Korea and the four main islands in 560 pixels of height
_ROOM = ((126.5, 45.9), (141.0, 30.2))  # what a phone shows of it: labels stay inside
_PAPER_ZOOM, _PAPER_ROOM = 4.77, ((119.8, 45.7), (148.0, 30.1))  # 29 degrees of longitude in 1,128 pixels
_TEXT, _PAD = 13, (6, 3)  # pixels
# The shapes end here; the land fades into the sea before, so that nobody sees the cut.
_EAST, _WEST, _NORTH, _SOUTH, _FADE, _STEPS = 150.0, 118.0, 48.0, 24.0, 2.8, 16
# Okinawa stands in a frame at less than half its size, as on maps in Japan: its own middle, the frame's middle.
_INSET, _OWN_MIDDLE, _FRAME_MIDDLE, _FRAME_HALF = "47", (127.13, 26.27), (138.85, 31.15), (2.0, 1.0)
_INSET_SCALE = (0.43, 0.41)
_ON_TOP = {"depthCompare": "always", "depthWriteEnabled": False}


def table(choices: Choices) -> pd.DataFrame:
    """One row for each prefecture: jis_code, name, role, garden, partners, projects, office_lat, office_lon, chosen, basis,
    source_id. `garden` says that a garden is sought from it, `chosen` that the viewer has picked it."""
    own = prefectures.load()
    rows = partners.by_prefecture(own, programme.load(), choices.lang, wording.shared(choices.lang)("comma"))
    offices = own.set_index("jis_code")[["office_lat", "office_lon"]]
    rows = rows.join(offices, on="jis_code").assign(garden=rows["role"] == "garden", chosen=rows["jis_code"] == choices.prefecture)
    return rows[["jis_code", "name", "role", "garden", "partners", "projects", "office_lat", "office_lon", "chosen", "basis", "source_id"]]


def legend(table: pd.DataFrame, words: Words) -> list[tuple[str, str]]:
    """Colour and meaning of everything that is marked."""
    roles = [(_COLOURS[role], f"{_MARKS[role]} {words(f'role.{role}')}".strip()) for role in ("garden", "partner", "none")]
    return [*roles, (theme.INK, f"{_HOST_MARK} {words('host')}")]


def message(table: pd.DataFrame, words: Words) -> str:
    """Who takes part in one sentence, and the chosen prefecture in another."""
    said = []
    for role in ("garden", "partner"):
        names = table.loc[table["role"] == role, "name"]
        if len(names):
            said.append(words(f"message_{role}", names=words("comma").join(names), count=words.number(len(names))))
    for row in table[table["chosen"]].itertuples(index=False):
        said.append(words("message_chosen", name=row.name, role=words(f"role.{row.role}"), projects=words.number(row.projects)))
    return " ".join(said)


def draw(table: pd.DataFrame, words: Words) -> pdk.Deck:
    """Land, prefectures by role, lines to Sejong and labels, without any base map from elsewhere."""
    named, host = _named(table), _host(words)
    labels = _labels(named, host, _ZOOM, _ROOM)
    text = {
        "get_text": "text", "get_position": "at", "get_size": _TEXT, "get_color": theme.rgb(theme.INK),
        "character_set": pdk.types.String("auto"), "font_family": pdk.types.String(theme.FONTS[words.lang]), "font_weight": 600,
        "background": True, "get_background_color": theme.rgb(theme.PAPER, 235), "background_padding": [*_PAD, *_PAD],
        "background_border_radius": 4, "get_border_color": "edge", "get_border_width": 1.5, "parameters": _ON_TOP,
    }  # fmt: skip
    dot = {"get_position": "at", "radius_units": pdk.types.String("pixels"), "stroked": True, "line_width_units": pdk.types.String("pixels"),
           "get_line_color": theme.rgb(theme.PAPER), "parameters": _ON_TOP}  # fmt: skip
    layers = [
        _flat("sea", [{"ring": _box(60, -20, 210, 75)}], theme.rgb(theme.SEA)),
        _land("neighbours", [{"type": "Feature", "geometry": g, "properties": {}} for g in _outlines("neighbours", 2)],
              get_fill_color=theme.rgb(theme.LAND, 170), stroked=False),
        _flat("fade", [{"ring": _box(*strip)} for strip in _strips()], theme.rgb(theme.SEA, 52)),
        _land("korea", [{"type": "Feature", "geometry": g, "properties": {}} for g in _outlines("korea", 3)],
              get_fill_color=theme.rgb(theme.LAND), get_line_color=theme.rgb(theme.LAND_EDGE), get_line_width=1),
        pdk.Layer("ScatterplotLayer", id="korea-islets", data=_islets(), get_radius=1.2, get_fill_color=theme.rgb(theme.LAND),
                  **dot | {"get_line_color": theme.rgb(theme.AXIS), "get_line_width": 1}),
        _land("prefectures", _features(table, words), get_fill_color="properties.fill", get_line_color="properties.edge",
              get_line_width="properties.width", pickable=True, auto_highlight=True, highlight_color=theme.rgb(theme.INK, 40)),
        pdk.Layer("PathLayer", id="inset", data=[{"line": _frame()}], get_path="line", get_color=theme.rgb(theme.AXIS),
                  get_width=1, width_units=pdk.types.String("pixels")),
        pdk.Layer("PathLayer", id="lines", data=[{"line": line, "tint": theme.rgb(_COLOURS[role], 200)} for role, line in _lines(named, host)],
                  get_path="line", get_color="tint", get_width=1.5, width_units=pdk.types.String("pixels"), parameters=_ON_TOP),
        pdk.Layer("LineLayer", id="leaders", data=[{"at": row["from"], "to": row["at"]} for row in labels], get_source_position="at",
                  get_target_position="to", get_color=theme.rgb(theme.MUTED), get_width=1, parameters=_ON_TOP),
        pdk.Layer("ScatterplotLayer", id="points", data=[{"at": row["from"]} for row in labels], get_radius=2.5,
                  get_fill_color=theme.rgb(theme.INK), get_line_width=1, **dot),
        pdk.Layer("TextLayer", id="labels", pickable=True, **text,
                  data=[row["tip"] | {"text": row["text"], "at": row["at"], "edge": theme.rgb(row["colour"])} for row in labels]),
    ]  # fmt: skip
    return pdk.Deck(
        layers=layers,
        views=[pdk.View(type="MapView", controller={"scrollZoom": False, "dragRotate": False, "touchRotate": False})],
        initial_view_state=pdk.ViewState(longitude=_CENTRE[0], latitude=_CENTRE[1], zoom=_ZOOM, min_zoom=3.6, max_zoom=8),
        map_provider=None,
        # the page puts the values in, as text; nothing of the data stands in this markup
        tooltip={
            "html": "<b>{name}</b><div>{role}</div><div>{partners}</div><div>{projects}</div><div>{basis}</div>",
            "style": {"backgroundColor": theme.PAPER, "color": theme.INK, "border": "1px solid", "borderRadius": "6px", "fontSize": "13px",
                      "lineHeight": "1.5", "maxWidth": "260px", "padding": "8px 10px", "fontFamily": theme.FONTS[words.lang]},
        },
    )  # fmt: skip


def paper(table: pd.DataFrame, words: Words) -> go.Figure:
    """The same in plain axes: degrees, with a degree of latitude drawn as long as it is at 38° north."""
    named, host = _named(table), _host(words)
    figure = theme.figure(words.lang, height=820, hovermode=False)
    _fill(figure, _outlines("neighbours", 2), theme.LAND, theme.LAND, opacity=0.65)
    _fill(figure, _outlines("korea", 3), theme.LAND, theme.LAND_EDGE)
    features = _features(table, words)
    for role, said in zip(_COLOURS, legend(table, words), strict=False):
        codes = set(table.loc[table["role"] == role, "jis_code"])
        _fill(figure, [f["geometry"] for f in features if f["properties"]["jis_code"] in codes], _COLOURS[role], _edge(role), said[1])
    picked = set(table.loc[table["chosen"], "jis_code"])
    _fill(figure, [f["geometry"] for f in features if f["properties"]["jis_code"] in picked], "rgba(0,0,0,0)", theme.INK,
          line={"color": theme.INK, "width": 2.5})
    islets = _islets()
    _dots(figure, [one["at"] for one in islets], theme.LAND, 3, theme.AXIS)
    for role, line in _lines(named, host):
        _stroke(figure, line, _COLOURS[role], 1.6)
    _stroke(figure, _frame(), theme.AXIS, 1)
    labels = _labels(named, host, _PAPER_ZOOM, _PAPER_ROOM)
    for row in labels:
        _stroke(figure, [row["from"], row["at"]], theme.MUTED, 1)
    _dots(figure, [row["from"] for row in labels], theme.INK, 6, theme.PAPER)
    for row in labels:
        figure.add_annotation(x=row["at"][0], y=row["at"][1], text=f"<b>{row['text']}</b>", showarrow=False, bgcolor=theme.PAPER, opacity=0.95,
                              bordercolor=row["colour"], borderwidth=1.5, borderpad=3, font={"size": _TEXT, "color": theme.INK})  # fmt: skip
    figure.add_shape(type="rect", xref="paper", yref="paper", x0=0, y0=0, x1=1, y1=1, fillcolor=theme.SEA, line_width=0, layer="below")
    figure.update_xaxes(visible=False, range=[119.4, 148.4])
    figure.update_yaxes(visible=False, range=[29.9, 45.9], scaleanchor="x", scaleratio=1.27)
    return figure


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """The prefectures that bear a label: those that take part, and the chosen one."""
    return table[(table["role"] != "none") | table["chosen"]]


def _host(words: Words) -> dict[str, Any]:
    row = places.load().set_index("place_id").loc["sejong-city"]
    return {"name": row[f"name_{words.lang}"], "at": (float(row["lon"]), float(row["lat"])), "role": words("host"), "basis": row["basis"]}


def _labels(named: pd.DataFrame, host: dict[str, Any], zoom: float, room: tuple[sheet.Place, sheet.Place]) -> list[dict[str, Any]]:
    """Text, point and place of every label, Sejong's first; laid out for one zoom, inside the corners of `room`."""
    rows = [{"text": f"{_HOST_MARK} {host['name']}", "from": host["at"], "colour": theme.INK,
             "tip": {"name": host["name"], "role": host["role"], "partners": "", "projects": "", "basis": ""}}]  # fmt: skip
    centres = {shape["id"]: _moved(shape["id"], sheet.centre(shape["geometry"])) for shape in shapes.load("japan_prefectures")["features"]}
    for one in named.itertuples(index=False):
        rows.append({"text": f"{_MARKS[one.role]} {one.name}".strip(), "from": centres[one.jis_code], "colour": _COLOURS[one.role], "tip": {}})
    (west, north), (east, south) = (sheet.spot(corner, zoom) for corner in room)
    frame = [sheet.spot(corner, zoom) for corner in _frame()]
    laid = label_places.lay(
        [sheet.spot(row["from"], zoom) for row in rows],
        [(lettering.width(row["text"]) * _TEXT + 2 * _PAD[0] + 3, _TEXT * 1.25 + 2 * _PAD[1] + 3) for row in rows],
        (west, north, east, south),
        taken=[(min(x for x, _ in frame), min(y for _, y in frame), max(x for x, _ in frame), max(y for _, y in frame))],
        detail=_worth_seeing(named, host, zoom),
    )
    return [row | {"at": sheet.place(spot, zoom)} for row, spot in zip(rows, laid, strict=True)]


def _worth_seeing(named: pd.DataFrame, host: dict[str, Any], zoom: float) -> list[sheet.Spot]:
    """Spots on the lines and on the prefectures that bear a label."""
    codes = set(named["jis_code"])
    rings = ([_moved(shape["id"], point) for point in one[0]] for shape in shapes.load("japan_prefectures")["features"]
             if shape["id"] in codes for one in sheet.polygons(shape["geometry"]))  # fmt: skip
    return [sheet.spot(point, zoom) for _, line in _lines(named, host) for point in line[::2]] + sheet.spots_inside(rings, zoom)


def _lines(named: pd.DataFrame, host: dict[str, Any]) -> Iterator[tuple[str, list[sheet.Place]]]:
    for row in named[named["role"] != "none"].itertuples(index=False):
        yield row.role, sheet.bow(host["at"], _office(row))


def _office(row: Any) -> sheet.Place:
    return _moved(row.jis_code, (row.office_lon, row.office_lat))


def _moved(code: str, place: Iterable[float]) -> sheet.Place:
    """Where a place of a prefecture is drawn: where it is, unless in the inset."""
    lon, lat = place
    if code != _INSET:
        return lon, lat
    return tuple(round(there + (here - own) * scale, 3) for here, own, there, scale
                 in zip((lon, lat), _OWN_MIDDLE, _FRAME_MIDDLE, _INSET_SCALE, strict=True))  # type: ignore[return-value]  # fmt: skip


def _frame() -> list[sheet.Place]:
    (x, y), (wide, high) = _FRAME_MIDDLE, _FRAME_HALF
    return [(x - wide, y - high), (x + wide, y - high), (x + wide, y + high), (x - wide, y + high), (x - wide, y - high)]


def _features(table: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """The prefectures' shapes with what the map and its tooltip say of each; the chosen one last, on top of the others."""
    rows = table.set_index("jis_code")
    features = []
    for shape in shapes.load("japan_prefectures")["features"]:
        code = shape["id"]
        row = rows.loc[code]
        geometry = sheet.coarse(shape["geometry"], 3)
        if code == _INSET:
            geometry["coordinates"] = [[[_moved(code, point) for point in ring] for ring in one] for one in geometry["coordinates"]]
        said = {"jis_code": code, "fill": theme.rgb(_COLOURS[row["role"]]), "edge": theme.rgb(theme.INK if row["chosen"] else _edge(row["role"])),
                "width": 2.5 if row["chosen"] else 0.8, **_tip(row, words)}  # fmt: skip
        features.append({"type": "Feature", "geometry": geometry, "properties": said})
    return sorted(features, key=lambda one: bool(rows.loc[one["properties"]["jis_code"], "chosen"]))


def _edge(role: str) -> str:
    return theme.AXIS if role == "none" else theme.PAPER


def _tip(row: Any, words: Words) -> dict[str, str]:
    """What the tooltip says, as plain text; a line is blank where there is nothing to say."""
    return {
        "name": row["name"], "role": words(f"role.{row['role']}"),
        "partners": words("colon", name=words("columns.partners"), value=row["partners"]) if row["partners"] else "",
        "projects": words("tip_projects", count=words.number(row["projects"])) if row["projects"] else "",
        "basis": words("colon", name=words("caption.basis"), value=words(f"basis.{row['basis']}")),
    }  # fmt: skip


def _outlines(name: str, digits: int) -> list[dict[str, Any]]:
    return [sheet.coarse(shape["geometry"], digits) for shape in shapes.load(name)["features"]]


def _islets() -> list[dict[str, Any]]:
    """Korea's islands that are too small to be seen as shapes, Dokdo among them."""
    islands = [one for shape in shapes.load("korea")["features"] for one in sheet.polygons(shape["geometry"])]
    return [{"at": sheet.centre({"type": "Polygon", "coordinates": one})} for one in islands
            if max(x for x, _ in one[0]) - min(x for x, _ in one[0]) < 0.02]  # fmt: skip


def _strips() -> Iterator[tuple[float, float, float, float]]:
    for step in range(1, _STEPS + 1):
        reach = _FADE * step / _STEPS
        yield _WEST - 1, _SOUTH - 1, _WEST + reach, _NORTH + 1
        yield _EAST - reach, _SOUTH - 1, _EAST + 1, _NORTH + 1
        yield _WEST - 1, _NORTH - reach * 0.6, _EAST + 1, _NORTH + 1
        yield _WEST - 1, _SOUTH - 1, _EAST + 1, _SOUTH + reach * 0.6


def _box(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def _flat(name: str, data: list[dict[str, Any]], colour: list[int]) -> pdk.Layer:
    return pdk.Layer("SolidPolygonLayer", id=name, data=data, get_polygon="ring", get_fill_color=colour, parameters=_ON_TOP)


def _land(name: str, features: list[dict[str, Any]], **look: Any) -> pdk.Layer:
    return pdk.Layer("GeoJsonLayer", id=name, data={"type": "FeatureCollection", "features": features}, filled=True,
                     line_width_units=pdk.types.String("pixels"), line_joint_rounded=True, parameters=_ON_TOP, **look)  # fmt: skip


def _fill(figure: go.Figure, geometries: Iterable[dict[str, Any]], colour: str, edge: str, name: str = "", **look: Any) -> None:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for geometry in geometries:
        for one in sheet.polygons(geometry):
            xs += [x for x, _ in one[0]] + [None]
            ys += [y for _, y in one[0]] + [None]
    if xs:
        figure.add_scatter(x=xs, y=ys, mode="lines", fill="toself", fillcolor=colour, name=name, showlegend=bool(name), hoverinfo="skip",
                           **{"line": {"color": edge, "width": 0.8}} | look)  # fmt: skip


def _stroke(figure: go.Figure, line: Iterable[sheet.Place], colour: str, width: float) -> None:
    xs, ys = zip(*line, strict=True)
    figure.add_scatter(x=xs, y=ys, mode="lines", line={"color": colour, "width": width}, showlegend=False, hoverinfo="skip")


def _dots(figure: go.Figure, at: list[sheet.Place], colour: str, size: float, edge: str) -> None:
    figure.add_scatter(x=[x for x, _ in at], y=[y for _, y in at], mode="markers", showlegend=False, hoverinfo="skip",
                       marker={"color": colour, "size": size, "line": {"color": edge, "width": 1}})  # fmt: skip
