"""The palette, and how charts are drawn with it on paper, on a screen and in the dark.

Charts are drawn with the colours of paper. `dress` gives a finished figure to a theme: each colour has a twin for the
dark page, chosen for contrast against it (WCAG 2.2: 4.5:1 for text, 3:1 for marks), and is swapped wherever it stands.

Every colour of the dashboard is a pair of `PALETTE` or `PAGE`. Style sheets and Streamlit's config cannot read Python: they
repeat the pairs, and tests/contract/test_palette.py holds them to these.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

# Of drawings: light (paper), dark twin. No two have the same light colour, so that a colour says which twin is meant.
PALETTE = {
    "INK": ("#1d2822", "#e8ece9"),
    "MUTED": ("#57635c", "#a8b3ac"),
    "GRID": ("#e3e7e4", "#303a35"),
    "AXIS": ("#9aa59f", "#6b776f"),
    "PAPER": ("#ffffff", "#141a17"),
    "DONE": ("#1f7a4d", "#4fbf87"),
    "DONE_SOFT": ("#cfe6da", "#1f4634"),
    "DONE_MIDDLE": ("#a3d0b8", "#2d664b"),
    "MISSING": ("#b4530f", "#f0954d"),
    "MISSING_SOFT": ("#f7dfcd", "#4b3019"),
    "REST": ("#8a958f", "#7d8a83"),
    "REST_SOFT": ("#dfe4e1", "#2c3631"),
    "PLAN": ("#46535b", "#b6c2ca"),
    "SHADE": ("#f1eee4", "#242722"),
    "SEA": ("#e4edf1", "#101d26"),
    "LAND": ("#f6f4ee", "#26302b"),
    "LAND_EDGE": ("#c3c9c2", "#46544d"),
    "GARDEN": ("#1f7a4c", "#4fbf86"),
    "PARTNER": ("#9c6b00", "#e0b04a"),
    "ELSEWHERE": ("#d7ddd6", "#3a463f"),
    # Okabe and Ito's order, for categories; black and yellow are left out since each drowns in one of the themes
    "BLUE": ("#0072b2", "#4aa8e0"),
    "SCENARIO_SOFT": ("#d3e6f2", "#1b3a50"),
    "ORANGE": ("#b87400", "#e69f00"),
    "GREEN": ("#00805c", "#29b98f"),
    "VERMILION": ("#c44e00", "#f07c3c"),
    "SKY": ("#2b86b8", "#7cc4ee"),
    "PURPLE": ("#a8558a", "#d893bd"),
    # grounds for ink, from far short of a plan to far over it: orange and blue stay apart for every kind of eye
    "SHORT_3": ("#eea162", "#8f4b14"),
    "SHORT_2": ("#f8cda4", "#62391a"),
    "SHORT_1": ("#fdeadb", "#3d2a1d"),
    "OVER_1": ("#d9e9f5", "#1c3546"),
    "OVER_2": ("#a3cdea", "#1f5478"),
    "OVER_3": ("#68aedb", "#266f9f"),
    # classes of an amount on a map, few to many: ink is read on the first three, paper on the last two
    "AMOUNT_1": ("#dff0e6", "#1d3328"),
    "AMOUNT_2": ("#aed9c0", "#2a523d"),
    "AMOUNT_3": ("#79bd98", "#37765a"),
    "AMOUNT_4": ("#2f7f57", "#5fb98c"),
    "AMOUNT_5": ("#0f4f30", "#b4eccd"),
}
# Of pages and files around the drawings: light, dark. `dress` leaves them alone.
PAGE = {
    "LINE": ("#dfe4e1", "#323d37"),
    "SOFT": ("#f4f6f4", "#1d2521"),
    "SIDE": ("#f7f9f7", "#101512"),
    "DONE_GROUND": ("#e6f2eb", "#1a3427"),
    "MISSING_GROUND": ("#fbeee3", "#3d2918"),
    # darker than MISSING, which reaches 4.41:1 on MISSING_GROUND where text needs 4.5:1; this one reaches 5.21:1
    "MISSING_TEXT": ("#a34a0c", "#f0954d"),
}
INK, MUTED, GRID, AXIS, PAPER = (PALETTE[n][0] for n in ("INK", "MUTED", "GRID", "AXIS", "PAPER"))
DONE, DONE_SOFT, MISSING, MISSING_SOFT = (PALETTE[n][0] for n in ("DONE", "DONE_SOFT", "MISSING", "MISSING_SOFT"))
REST, REST_SOFT, PLAN, SHADE = (PALETTE[n][0] for n in ("REST", "REST_SOFT", "PLAN", "SHADE"))
SCENARIO_SOFT, DONE_MIDDLE = PALETTE["SCENARIO_SOFT"][0], PALETTE["DONE_MIDDLE"][0]
MISSING_GROUND = PAGE["MISSING_GROUND"][0]
SEA, LAND, LAND_EDGE = (PALETTE[n][0] for n in ("SEA", "LAND", "LAND_EDGE"))
GARDEN, PARTNER, ELSEWHERE = (PALETTE[n][0] for n in ("GARDEN", "PARTNER", "ELSEWHERE"))
CATEGORIES = BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE = tuple(
    PALETTE[n][0] for n in ("BLUE", "ORANGE", "GREEN", "VERMILION", "SKY", "PURPLE")
)
SHORT_3, SHORT_2, SHORT_1, OVER_1, OVER_2, OVER_3 = (
    PALETTE[n][0] for n in ("SHORT_3", "SHORT_2", "SHORT_1", "OVER_1", "OVER_2", "OVER_3")
)
AMOUNTS = tuple(PALETTE[f"AMOUNT_{n}"][0] for n in range(1, 6))

# Fonts that are on the reader's machine: nothing is fetched. Han characters take their shape from the first that has them.
# Apple's come first: Office brings Malgun Gothic and Meiryo to a Mac. A phone with Android knows none of these names and
# goes by the page's language.
_SANS = "-apple-system, 'Segoe UI', "
FONTS = {
    "ko": _SANS + "'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif",
    "ja": _SANS + "'Hiragino Sans', 'Yu Gothic UI', 'Meiryo', 'Noto Sans JP', 'Noto Sans CJK JP', sans-serif",
    "en": _SANS + "'Noto Sans', 'Noto Sans CJK KR', sans-serif",
}
# Files that the server makes are drawn with its own faces (exports/pictures/faces.py); where a drawing is shown by a machine
# without them, by what that machine has.
PRINTED_FACES = {"ko": "Noto Sans KR", "ja": "Noto Sans JP", "en": "Noto Sans KR"}
PRINTED = {lang: f"'{face}', {FONTS[lang]}" for lang, face in PRINTED_FACES.items()}

_DARK = {light: dark for light, dark in PALETTE.values()}


def own_page_colours() -> dict[str, tuple[str, str]]:
    """Return the colours of a page that the server writes itself, light and dark, by name."""
    return {name: PAGE.get(name) or PALETTE[name] for name in ("INK", "MUTED", "PAPER", "LINE", "SOFT", "DONE")}


def rgb(colour: str, alpha: int = 255) -> list[int]:
    """Return a colour as deck.gl expects it: #1f7a4d -> [31, 122, 77, 255]"""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)] + [alpha]


LABEL_LINE = 16  # px of a line of an axis's labels
_DARK_RGB = {tuple(rgb(light)[:3]): rgb(dark)[:3] for light, dark in PALETTE.values()}


# colours inside an expression of deck.gl's, which is text: "@@=[[31,122,77],[…]][properties.i]"
_LISTED = re.compile(r"\[(\d+),(\d+),(\d+)(?=[,\]])")


def _twin(found: re.Match[str]) -> str:
    twin = _DARK_RGB.get((int(found[1]), int(found[2]), int(found[3])))
    return f"[{twin[0]},{twin[1]},{twin[2]}" if twin else found[0]


def _template(lang: str) -> dict[str, Any]:
    """Return the house's template as a dict: Plotly would validate a template of objects again in every figure."""
    axis = {
        "gridcolor": GRID,
        "linecolor": AXIS,
        "zerolinecolor": AXIS,
        "tickcolor": AXIS,
        "automargin": True,
        "ticklabelstandoff": 6,
        "tickfont": {"color": MUTED, "size": 12},
        "title": {"font": {"color": MUTED, "size": 12}, "standoff": 8},
    }
    return {
        "layout": {
            "font": {"family": FONTS[lang], "color": INK, "size": 13},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": list(CATEGORIES),
            "xaxis": axis | {"showgrid": False},
            "yaxis": axis | {"showline": False},
            "margin": {"l": 8, "r": 12, "t": 12, "b": 8},
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "title": {"text": ""}},
            "hoverlabel": {"bgcolor": PAPER, "bordercolor": AXIS, "font": {"color": INK, "size": 13}, "align": "left"},
            "hovermode": "x unified",
            "separators": ".,",
            "bargap": 0.25,
            "barcornerradius": 2,
        }
    }


def figure(lang: str, **layout: Any) -> go.Figure:
    """Return an empty figure in the house's style, with the fonts of the language `lang`."""
    return go.Figure(layout={"template": _template(lang), **layout})


class Notes:
    """Shapes and texts of a figure, added in a single update: Plotly validates all earlier ones again for each that is added."""

    def __init__(self) -> None:
        self._shapes: list[dict[str, Any]] = []
        self._texts: list[dict[str, Any]] = []

    def shape(self, **look: Any) -> None:
        """Add a shape; arguments as of `Figure.add_shape`."""
        self._shapes.append(look)

    def text(self, **look: Any) -> None:
        """Add a text without an arrow; arguments as of `Figure.add_annotation`."""
        self._texts.append({"showarrow": False, **look})

    def key(self, entries: Iterable[tuple[str, str, str, str]], across: int, room: int, row: int) -> None:
        """Add a key in the upper left corner, `across` entries a row.

        An entry is path (x,y pairs in pixels), fill, edge and meaning; `room` is the width of the drawing and `row` the height of
        a row, in pixels.
        """
        for number, (path, fill, edge, meaning) in enumerate(entries):
            left, y = number % across * (room // across), 10 + row * (number // across)
            points = [point.split(",") for point in path.split()]
            drawn = "M " + " L ".join(f"{int(x) + left} {below}" for x, below in points)
            at = {"xref": "paper", "xanchor": 0, "xsizemode": "pixel", "yanchor": y, "ysizemode": "pixel"}
            self.shape(type="path", path=drawn, fillcolor=fill, line={"color": edge, "width": 1.2}, **at)
            letters = {"size": 11, "color": MUTED}
            self.text(xref="paper", x=0, xshift=left + 19, xanchor="left", y=y, yanchor="middle", text=meaning, font=letters)

    def write(self, figure: go.Figure) -> None:
        """Add all shapes and texts to the figure, in the order in which they came."""
        figure.update_layout(
            shapes=[*figure.layout.shapes, *self._shapes], annotations=[*figure.layout.annotations, *self._texts]
        )


def around(dates: pd.Series) -> list[pd.Timestamp]:
    """Return the range of an axis of days that shows the first and the last bar whole."""
    room = pd.Timedelta(hours=16)
    return [dates.iloc[0] - room, dates.iloc[-1] + room]


def weeks(dates: pd.Series, label: Callable[[pd.Series], list[str]]) -> dict[str, Any]:
    """Return an axis of days for `update_xaxes`, with a label a week, or a day where there are up to ten; `label` words them."""
    ticks = dates.iloc[:: 7 if len(dates) > 10 else 1]
    return {"tickvals": list(ticks), "ticktext": label(ticks), "tickangle": 0, "range": around(dates)}


def with_unit(words: Callable[[str], str]) -> dict[str, Any]:
    """Return for an axis of visitors that its last label carries the unit; in English it stands below the number."""
    return {"ticksuffix": words("axis.visitors"), "showticksuffix": "last"}


def dress(spec: Any, dark: bool) -> Any:
    """Return a figure or deck (dicts, lists, strings) with each light colour replaced by its dark twin where `dark`.

    `spec` itself is not changed.
    """
    if not dark:
        return spec
    if isinstance(spec, str):
        return _LISTED.sub(_twin, spec) if spec.startswith("@@=") else _DARK.get(spec, spec)
    if isinstance(spec, Mapping):
        return {name: dress(value, dark) for name, value in spec.items()}
    if isinstance(spec, list | tuple):
        if 3 <= len(spec) <= 4 and all(isinstance(v, int) for v in spec) and (twin := _DARK_RGB.get(tuple(spec[:3]))):
            return [*twin, *spec[3:]]
        return [dress(value, dark) for value in spec]
    return spec
