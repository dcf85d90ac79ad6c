"""How is a map put on the screen? deck.gl's layers, from the ground up."""

from collections.abc import Mapping, Sequence
from typing import Any

import pydeck as pdk

from .. import theme
from ..measures import ground
from ..words import Words
from . import _shapes
from ._views import PAD, TEXT, View

_PIXELS = pdk.types.String("pixels")
_ON_TOP = {"depthCompare": "always", "depthWriteEnabled": False}  # or shapes would cut labels
_CLEAR = theme.rgb(theme.PAPER, 0)


def deck(layers: Sequence[pdk.Layer], where: View, tooltip: str, words: Words) -> pdk.Deck:
    """The map without any base map from elsewhere."""
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


def land(near: bool) -> list[pdk.Layer]:
    """Sea far beyond the view, the neighbours' land without names, Korea, Sejong."""
    quiet, plain = theme.rgb(theme.LAND, 170), theme.rgb(theme.LAND)
    fills = [quiet, theme.rgb(theme.SEA), plain, theme.rgb(theme.REST_SOFT), plain]
    sea = {"ring": ground.ring((60, -20, 210, 75)), "tint": theme.rgb(theme.SEA)}
    colours = [_text(one) for one in fills]
    colours[1] = colours[1].replace(",255]", ",properties.a]")
    fill = {"get_fill_color": f"([{','.join(colours)}])[properties.k]"}
    return [
        pdk.Layer("SolidPolygonLayer", id="sea", data=[sea], get_polygon="ring", get_fill_color="tint", parameters=_ON_TOP),
        _served("land", _shapes.land().path, theme.REST, "([0,0,0,1.2,0])[properties.k]", **fill),
        # the provinces' borders are coarser than what is looked at from near
        _served("borders", _shapes.land().path, theme.REST, "([0,0,1,0,0])[properties.k]", filled=False, visible=not near),
    ]


def _served(name: str, path: str, edge: str, width: str | float, **look: Any) -> pdk.Layer:
    """Shapes from a file. Streamlit has deck.gl look again at what changed of a fill, and of nothing else: all edges stay."""
    line = {"get_line_color": theme.rgb(edge), "get_line_width": width, "line_width_units": _PIXELS}
    return pdk.Layer("GeoJsonLayer", id=name, data=path, parameters=_ON_TOP, **line, **look)


def _text(colour: Sequence[int]) -> str:
    return f"[{','.join(map(str, colour))}]"


def coloured(colours: Mapping[str, str]) -> list[pdk.Layer]:
    """The prefectures from their file; the colour of each is looked up by its place among them, so that a change of measure
    sends these few numbers alone. Their edges are grey on paper: one of the two can be seen beside any class."""
    fill = _lookup(colours)
    again = {"get_fill_color": fill, "update_triggers": {"getFillColor": [fill]}}
    path = _shapes.prefectures().path
    return [
        _served("prefectures", path, theme.PAPER, 2.2, **again),
        _served("edges", path, theme.PLAN, 0.8, filled=False),
    ]


def _lookup(colours: Mapping[str, str]) -> str:
    """code -> colour as an expression of deck.gl's: a list of colours, and which of them each shape has. A list must stand in
    brackets to be asked for one of its parts."""
    named = sorted(set(colours.values()) | {theme.LAND})
    which = [named.index(colours.get(code, theme.LAND)) for code in _shapes.codes()]
    listed = ",".join(_text(theme.rgb(one)[:3]) for one in named)
    return f"([{listed}])[([{','.join(map(str, which))}])[properties.i]]"


def outline(code: str | None) -> list[pdk.Layer]:
    """The chosen prefecture's edge, on top of its neighbours'."""
    if code not in _shapes.by_code():
        return []
    rings = [one[0] for one in _shapes.drawn()[code]["coordinates"]]
    return [lines("chosen", [{"line": ring, "tint": theme.rgb(theme.INK), "width": 2.5} for ring in rings])]


def pressed(tips: Mapping[str, Mapping[str, str]]) -> pdk.Layer:
    """What the pointer meets: clear, coarse outlines with what they say.

    Without an id, as Streamlit has it for what need not be remembered: a press that was answered leaves no selection, which
    would fade every other shape.
    """
    shape = _shapes.pressed()
    features = [
        {"type": "Feature", "geometry": shape[code], "properties": {"jis_code": code, **tip}}
        for code, tip in tips.items()
        if code in shape
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
    """Lines with line, tint and width."""
    look = {"get_path": "line", "get_color": "tint", "get_width": "width", "width_units": _PIXELS, "parameters": _ON_TOP}
    return pdk.Layer("PathLayer", id=name, data=data, cap_rounded=True, joint_rounded=True, **look)


def dots(name: str, data: list[dict[str, Any]], units: str = "pixels") -> pdk.Layer:
    """Dots with at, fill, edge and radius."""
    look: dict[str, Any] = {"get_position": "at", "get_fill_color": "fill", "get_line_color": "edge", "get_radius": "radius"}
    look |= {"get_line_width": 1, "line_width_units": _PIXELS, "stroked": True, "parameters": _ON_TOP}
    return pdk.Layer("ScatterplotLayer", id=name, data=data, radius_units=pdk.types.String(units), **look)


def marks(data: list[dict[str, Any]], words: Words) -> pdk.Layer:
    """A sign in each prefecture (text, at, tint), for whoever cannot tell the colours apart."""
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
    """Labels on paper of their own, framed in the colour of what they name; they answer the pointer as their prefecture does."""
    data = [one["tip"] | {"text": one["text"], "at": one["at"], "edge": theme.rgb(one["colour"])} for one in labels]
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
