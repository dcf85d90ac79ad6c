"""Every colour can be read in both themes, and dressing changes colours and nothing else."""

import copy
import tomllib

import plotly.graph_objects as go
import pytest

from sejong_dash import theme, words
from sejong_dash.paths import PROJECT

TWINS = theme.PALETTE
PAGE = theme.PALETTE | theme.PAGE
TEXT = ("INK", "MUTED", "DONE", "MISSING", "PLAN")
MARKS = ("DONE", "MISSING", "REST", "PLAN", "GARDEN", "PARTNER", "BLUE", "ORANGE", "GREEN", "VERMILION", "SKY", "PURPLE")
# Where a reader's text stands on something else than the page: ink on a soft bar, on the map.
ON = [
    ("INK", "DONE_SOFT"),
    ("INK", "MISSING_SOFT"),
    ("INK", "REST_SOFT"),
    ("INK", "SEA"),
    ("INK", "LAND"),
    ("MUTED", "REST_SOFT"),
    ("PAPER", "DONE"),
    # the number of a class on a map
    ("INK", "AMOUNT_1"),
    ("INK", "AMOUNT_2"),
    ("INK", "AMOUNT_3"),
    ("PAPER", "AMOUNT_4"),
    ("PAPER", "AMOUNT_5"),
    ("PAPER", "GARDEN"),
    *(("INK", name) for name in ("SHORT_3", "SHORT_2", "ELSEWHERE", "OVER_2", "OVER_3")),
]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: (L1 + 0.05) / (L2 + 0.05), the lighter above."""

    def luminance(colour: str) -> float:
        parts = [part / 255 for part in theme.rgb(colour)[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", TEXT)
def test_text_can_be_read(name: str, side: int) -> None:
    assert contrast(TWINS[name][side], TWINS["PAPER"][side]) >= 4.5


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", MARKS)
def test_marks_can_be_seen(name: str, side: int) -> None:
    assert contrast(TWINS[name][side], TWINS["PAPER"][side]) >= 3


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), ON, ids=lambda one: one)
def test_text_on_a_ground_can_be_read(text: str, ground: str, side: int) -> None:
    assert contrast(TWINS[text][side], TWINS[ground][side]) >= 4.5


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [("MISSING_TEXT", "MISSING_GROUND"), ("MISSING_TEXT", "SOFT"), ("DONE", "DONE_GROUND"), ("INK", "SOFT"), ("INK", "SIDE")],
)
def test_text_of_a_page_can_be_read(text: str, ground: str, side: int) -> None:
    assert contrast(PAGE[text][side], PAGE[ground][side]) >= 4.5


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", [*(f"AMOUNT_{n}" for n in range(1, 6)), "SHORT_3", "SHORT_2", "OVER_2", "OVER_3", "SEA"])
def test_an_edge_on_a_map_can_be_seen_beside_any_class(ground: str, side: int) -> None:
    """It is drawn twice, grey on paper: one of the two stands out."""
    assert max(contrast(TWINS[name][side], TWINS[ground][side]) for name in ("PLAN", "PAPER")) >= 3


def test_each_light_colour_has_one_twin_and_no_twin_is_a_light_colour() -> None:
    light, dark = zip(*TWINS.values(), strict=True)
    assert len(set(light)) == len(light), "one colour with two twins cannot be dressed"
    assert set(light) & set(dark) == set(), "dressing twice would change it again"
    assert all(colour == colour.lower() and len(colour) == 7 for colour in (*light, *dark))


def test_dressing_swaps_colours_wherever_they_stand_and_nothing_else() -> None:
    spec = {
        "a": [theme.INK, 3, None, True],
        "b": {"fill": (*theme.rgb(theme.DONE)[:3], 90)},
        "c": "INK",
        "d": [1, 2, 3],
        "e": "#123456",
    }
    before = copy.deepcopy(spec)
    dark = theme.dress(spec, dark=True)
    assert dark == {
        "a": [TWINS["INK"][1], 3, None, True],
        "b": {"fill": [*theme.rgb(TWINS["DONE"][1])[:3], 90]},
        "c": "INK",
        "d": [1, 2, 3],
        "e": "#123456",
    }
    assert spec == before
    assert theme.dress(spec, dark=False) == spec
    assert theme.dress(dark, dark=True) == dark


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_an_empty_figure_has_the_faces_of_its_script_and_a_clear_ground(lang: str) -> None:
    figure = theme.figure(lang)
    assert figure.layout.template.layout.font.family == theme.FONTS[lang]
    assert figure.layout.template.layout.paper_bgcolor == "rgba(0,0,0,0)"
    dark = str(theme.dress(figure.to_dict(), dark=True))
    assert [name for name, (light, _) in TWINS.items() if light in dark] == []
    go.Figure(theme.dress(figure.to_dict(), dark=True))


def test_categories_have_a_colour_each() -> None:
    assert len(set(theme.CATEGORIES)) == len(theme.CATEGORIES)


def test_the_page_asks_for_the_reader_s_own_faces_from_the_start() -> None:
    settings = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["theme"]["font"] == theme.FONTS["ko"]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_mac_takes_its_own_faces_before_those_that_office_brings(lang: str) -> None:
    stack = [face.strip(" '") for face in theme.FONTS[lang].split(",")]
    assert stack[-1] == "sans-serif"
    brought = [stack.index(face) for face in ("Malgun Gothic", "Yu Gothic UI", "Meiryo") if face in stack]
    assert all(stack.index(face) < min(brought) for face in ("Apple SD Gothic Neo", "Hiragino Sans") if face in stack)
    assert theme.PRINTED[lang] == f"'{theme.PRINTED_FACES[lang]}', {theme.FONTS[lang]}"
