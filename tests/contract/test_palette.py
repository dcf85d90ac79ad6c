"""Every colour of a style sheet, a script, the server's config and the code is one of the palette's, under the same name."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import source_trees

from sejong_dash import theme
from sejong_dash.paths import PROJECT

PAIRS = theme.PALETTE | theme.PAGE
COLOURS = {colour for pair in PAIRS.values() for colour in pair}
HEX = re.compile(r"#([0-9a-fA-F]{3,8})\b")
STYLES = sorted(PROJECT.glob("sejong_dash/**/*.css"))
PLOTLY = PROJECT / "sejong_dash" / "plotly_script"  # whose colours are its own
SCRIPTS = sorted(path for path in PROJECT.glob("sejong_dash/**/*.js") if path.parent != PLOTLY)
CODE = sorted([*PROJECT.glob("sejong_dash/**/*.py"), *PROJECT.glob("pages/*.py"), PROJECT / "app.py"])
CONFIG = PROJECT / ".streamlit" / "config.toml"
# What a style sheet's variable holds; `--sj-ink` is on a page what `--ink` is in a file.
VARIABLES = {
    "ink": "INK",
    "muted": "MUTED",
    "paper": "PAPER",
    "done": "DONE",
    "line": "LINE",
    "soft": "SOFT",
    "done-soft": "DONE_GROUND",
    "missing": "MISSING_TEXT",
    "missing-soft": "MISSING_GROUND",
}
SETTINGS = {
    "primaryColor": "DONE",
    "backgroundColor": "PAPER",
    "secondaryBackgroundColor": "SOFT",
    "textColor": "INK",
}


def without_comments(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def foreign(text: str) -> Iterator[str]:
    """Hex colours that are not the palette's; a palette's colour may be transparent, and so may the black of a shadow."""
    for found in HEX.finditer(text):
        digits = found[1].lower()
        if len(digits) in (3, 4):
            digits = "".join(2 * digit for digit in digits)
        is_shadow = len(digits) == 8 and digits.startswith("000000")
        if len(digits) in (6, 8) and not is_shadow and f"#{digits[:6]}" not in COLOURS:
            yield found[0]


@pytest.mark.parametrize("path", [*STYLES, *SCRIPTS], ids=lambda path: path.name)
def test_a_style_sheet_and_a_script_have_the_palette_s_colours(path: Path) -> None:
    text = (
        without_comments(path) if path.suffix == ".css" else "".join(re.findall(r"[\"'`]#[0-9a-fA-F]+", path.read_text("utf-8")))
    )
    assert list(foreign(text)) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_style_sheet_pairs_light_and_dark_as_the_palette_does(path: Path) -> None:
    pairs = re.findall(r"light-dark\((#\w{6})\w{0,2}, (#\w{6})\w{0,2}\)", without_comments(path))
    grounds = {("#ffffff", "#1d2521")}  # a bar over a slide: paper by day, raised above the paper by night
    assert set(pairs) - grounds <= set(PAIRS.values())


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_variable_of_a_style_sheet_has_the_colour_of_its_name(path: Path) -> None:
    for name, light, dark in re.findall(r"--(?:sj-)?([\w-]+): light-dark\((#\w+), (#\w+)\)", without_comments(path)):
        assert (light, dark) == PAIRS[VARIABLES[name]], name


def test_the_style_sheets_have_variables_to_check() -> None:
    """A sheet that writes its variables differently must not pass unread."""
    named = [name for path in STYLES for name in re.findall(r"--(?:sj-)?([\w-]+): light-dark\(#", without_comments(path))]
    assert set(named) == set(VARIABLES)
    assert (
        len(named) >= 3 * len(VARIABLES) - 4
    )  # the page, its slides, the file; the first two have no paper, the file no done-soft


@pytest.mark.parametrize(("side", "name"), [(0, "light"), (1, "dark")])
def test_the_config_has_the_palette_s_colours(side: int, name: str) -> None:
    look = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][name]
    assert {key: look[key] for key in SETTINGS} == {key: PAIRS[colour][side] for key, colour in SETTINGS.items()}
    assert look["borderColor"] == PAIRS["LINE"][side]
    assert look["sidebar"]["backgroundColor"] == PAIRS["SIDE"][side]
    assert look["sidebar"]["secondaryBackgroundColor"] in COLOURS
    assert list(foreign(CONFIG.read_text(encoding="utf-8"))) == []


def test_code_writes_no_colour_of_its_own() -> None:
    for path in CODE:
        if path.name != "theme.py":
            texts = [node.value for node in source_trees.nodes(path.read_text("utf-8")) if isinstance(node, ast.Constant)]
            colours = [text for text in texts if isinstance(text, str) and re.fullmatch(r"#[0-9a-fA-F]{6}", text)]
            assert colours == [], path


@pytest.mark.parametrize(
    ("text", "found"),
    [("#b4530e", ["#b4530e"]), ("color: #123", ["#123"]), ("#1d2822 #1d2823", ["#1d2823"]), ("#FFF0 #0006 #1D2822ee", [])],
)
def test_a_colour_from_elsewhere_is_found(text: str, found: list[str]) -> None:
    assert list(foreign(text)) == found
