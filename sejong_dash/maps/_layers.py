"""Draw a map on the screen as layers of deck.gl, from the ground up."""

from collections.abc import Mapping, Sequence
from typing import Any

import pydeck as pdk

from sejong_dash import theme
from sejong_dash.layout import ground
from sejong_dash.words import Words

from . import _shapes
from ._views import PAD, TEXT, View

_PIXELS = pdk.types.String("pixels")
_ON_TOP = {"depthCompare": "always", "depthWriteEnabled": False}  # or shapes would cut labels
_CLEAR = theme.rgb(theme.PAPER, 0)


def deck(layers: Sequence[pdk.Layer], where: View, tooltip: str, words: Words) -> pdk.Deck:
    """Return the map, without a base map from another host."""
    return pdk.Deck(
        layers=list(layers),
        views=[pdk.View(type="MapView", controller={"scrollZoom": False, "dragRotate": False, "touchRotate": False})],
        initial_view_state=pdk.ViewState(longitude=where.lon, latitude=where.lat, zoom=where.zoom, min_zoom=3.6, max_zoom=11),
        map_provider=None,
        tooltip={"html": tooltip, "style": _tooltip_style(words)},
    )


def _tooltip_style(words: Words) -> dict[str, str]:
    return {
        "backgroundColor": theme.PAPER,
        "color": theme.INK,
        "fontFamily": theme.FONTS[words.lang],
        "fontSize": "13px",
        "lineHeight": "1.5",
        "maxWidth": "220px",
        "translate": "-50% 16px",  # below the pointer's middle: the map ends at the right, where Japan lies
        "padding": "8px 10px",
        "border": "1px solid",
        "borderRadius": "6px",
    }


def land(near: bool, version: str) -> list[pdk.Layer]:
    """Return the layers of the sea, the neighbours' land, Korea and Sejong; `near` leaves out the provinces' borders."""
    quiet, plain = theme.rgb(theme.LAND, 170), theme.rgb(theme.LAND)
    fills = [quiet, theme.rgb(theme.SEA), plain, theme.rgb(theme.REST_SOFT), plain]
    sea = {"ring": ground.ring((60, -20, 210, 75)), "tint": theme.rgb(theme.SEA)}
    colours = [_expression(colour) for colour in fills]
    colours[1] = colours[1].replace(",255]", ",properties.a]")
    fill = {"get_fill_color": f"([{','.join(colours)}])[properties.k]"}
    return [
        pdk.Layer("SolidPolygonLayer", id="sea", data=[sea], get_polygon="ring", get_fill_color="tint", parameters=_ON_TOP),
        _served("land", _shapes.land(version).path, theme.REST, "([0,0,0,1.2,0])[properties.k]", **fill),
        # the provinces' borders are too coarse for a view from near
        _served("borders", _shapes.land(version).path, theme.REST, "([0,0,1,0,0])[properties.k]", filled=False, visible=not near),
    ]


def _served(name: str, path: str, edge: str, width: str | float, **look: Any) -> pdk.Layer:
    """Return a layer of the shapes in a file."""
    # Streamlit has deck.gl look again at what changed of a fill, and of nothing else: all edges stay
    line = {"get_line_color": theme.rgb(edge), "get_line_width": width, "line_width_units": _PIXELS}
    return pdk.Layer("GeoJsonLayer", id=name, data=path, parameters=_ON_TOP, **line, **look)


def _expression(colour: Sequence[int]) -> str:
    return f"[{','.join(map(str, colour))}]"


def prefectures(colours: Mapping[str, str], version: str) -> list[pdk.Layer]:
    """Return the layers of the prefectures from their file and of their edges.

    The colour of each is looked up by its place among them, so that a change of measure sends these few numbers alone. Their
    edges are grey on paper, for either of the two can be seen beside any class.
    """
    fill = _lookup(colours, version)
    look = {"get_fill_color": fill, "update_triggers": {"getFillColor": [fill]}}
    path = _shapes.prefectures(version).path
    return [
        _served("prefectures", path, theme.PAPER, 2.2, **look),
        _served("edges", path, theme.PLAN, 0.8, filled=False),
    ]


def _lookup(colours: Mapping[str, str], version: str) -> str:
    """Return code -> colour as an expression of deck.gl: a list of colours, and which of them each shape has."""
    # a list must stand in brackets before an index
    palette = sorted(set(colours.values()) | {theme.LAND})
    which = [palette.index(colours.get(code, theme.LAND)) for code in _shapes.codes(version)]
    fills = ",".join(_expression(theme.rgb(colour)[:3]) for colour in palette)
    return f"([{fills}])[([{','.join(map(str, which))}])[properties.i]]"


def outline(code: str | None, version: str) -> list[pdk.Layer]:
    """Return the edge of the chosen prefecture, on top of its neighbours'."""
    if code not in _shapes.by_code(version):
        return []
    outer = [rings[0] for rings in _shapes.drawn(version)[code]["coordinates"]]
    return [lines("chosen", [{"line": ring, "tint": theme.rgb(theme.INK), "width": 2.5} for ring in outer])]


def targets(tips: Mapping[str, Mapping[str, str]], version: str) -> pdk.Layer:
    """Return the layer that the pointer meets: clear, coarse outlines with their tooltips.

    It has no id, so that Streamlit remembers no selection after a press, which would fade every other shape.
    """
    outlines = _shapes.targets(version)
    features = [
        {"type": "Feature", "geometry": outlines[code], "properties": {"jis_code": code, **tip}}
        for code, tip in tips.items()
        if code in outlines
    ]
    return _nameless(
        pdk.Layer(
            "GeoJsonLayer",
            data={"type": "FeatureCollection", "features": features},
            get_fill_color=_CLEAR,
            stroked=False,
            pickable=True,
            auto_highlight=True,
            highlight_color=theme.rgb(theme.INK, 46),
            parameters=_ON_TOP,
        )
    )


def _nameless(layer: pdk.Layer) -> pdk.Layer:
    layer.id = None
    return layer


def lines(name: str, data: list[dict[str, Any]]) -> pdk.Layer:
    """Return a layer of lines, each with line, tint and width."""
    look = {"get_path": "line", "get_color": "tint", "get_width": "width", "width_units": _PIXELS, "parameters": _ON_TOP}
    return pdk.Layer("PathLayer", id=name, data=data, cap_rounded=True, joint_rounded=True, **look)


def dots(name: str, data: list[dict[str, Any]], units: str = "pixels") -> pdk.Layer:
    """Return a layer of dots, each with at, fill, edge and radius in `units`."""
    look: dict[str, Any] = {"get_position": "at", "get_fill_color": "fill", "get_line_color": "edge", "get_radius": "radius"}
    look |= {"get_line_width": 1, "line_width_units": _PIXELS, "stroked": True, "parameters": _ON_TOP}
    return pdk.Layer("ScatterplotLayer", id=name, data=data, radius_units=pdk.types.String(units), **look)


def marks(data: list[dict[str, Any]], words: Words) -> pdk.Layer:
    """Return a layer of signs (text, at, tint), for whoever cannot distinguish the colours."""
    return pdk.Layer(
        "TextLayer",
        id="marks",
        data=data,
        get_text="text",
        get_position="at",
        get_color="tint",
        get_size=10,
        character_set=pdk.types.String("auto"),
        font_family=pdk.types.String(theme.FONTS[words.lang]),
        font_weight=700,
        parameters=_ON_TOP,
    )


def chips(labels: list[dict[str, Any]], words: Words) -> pdk.Layer:
    """Return a layer of labels on paper, framed in the colour of what they name, with the tooltip of their prefecture."""
    data = [label["tip"] | {"text": label["text"], "at": label["at"], "edge": theme.rgb(label["colour"])} for label in labels]
    return _nameless(
        pdk.Layer(
            "TextLayer",
            data=data,
            get_text="text",
            get_position="at",
            get_size=TEXT,
            get_color=theme.rgb(theme.INK),
            character_set=pdk.types.String("auto"),
            font_family=pdk.types.String(theme.FONTS[words.lang]),
            font_weight=600,
            background=True,
            get_background_color=theme.rgb(theme.PAPER, 235),
            background_padding=[*PAD, *PAD],
            background_border_radius=4,
            get_border_color="edge",
            get_border_width=1.5,
            pickable=True,
            parameters=_ON_TOP,
        )
    )
