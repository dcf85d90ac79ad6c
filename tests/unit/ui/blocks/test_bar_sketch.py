"""The goal bar's HTML stands where its drawing will stand; another figure has none."""

import re
from dataclasses import replace

import pytest
from discovery import BASE, NAMES, module, tables_now, words_of

from sejong_dash import theme
from sejong_dash.charts import goal_bar
from sejong_dash.choices import Choices
from sejong_dash.exhibits import exhibit
from sejong_dash.ui.blocks.bar_sketch import sketch


def drawn(choices: Choices = BASE, *, dark: bool = False) -> str:
    return sketch(exhibit(goal_bar, choices, tables_now()).figure, dark=dark)


def share(html: str) -> list[float]:
    return [float(width) for width in re.findall(r"width:([\d.]+)%", html)]


def test_the_parts_are_as_long_as_in_the_drawing() -> None:
    table = goal_bar.table(BASE, tables_now())
    assert share(drawn()) == pytest.approx(list(100 * table["visitors"] / table["goal"]), abs=0.001)
    label = words_of("charts.goal_bar", "ko")("label.counted", value="83,787", share="55.9%")
    assert f">{label}<" in drawn().replace("\u00a0", "")


def test_beyond_the_goal_the_bar_is_the_whole() -> None:
    table = goal_bar.table(BASE, tables_now()).assign(visitors=[180_000, 0], share_pct=[120.0, 0.0])
    over = goal_bar.draw(table, words_of("charts.goal_bar", "en"))
    assert share(sketch(over, dark=False)) == pytest.approx([100, 0])


def test_a_short_part_has_no_label() -> None:
    early = drawn(replace(BASE, as_of=BASE.as_of.replace(month=4, day=12)))
    assert words_of("charts.goal_bar", "ko")("name.counted") not in re.sub(r"<[^>]+>", " ", early).split()


def test_the_dark_page_has_dark_colours() -> None:
    assert theme.DONE in drawn()
    assert theme.DONE not in drawn(dark=True)
    assert theme.dress(theme.DONE, True) in drawn(dark=True)


CHARTS = [name for name in NAMES if name.startswith("charts.") and name != "charts.goal_bar"]


@pytest.mark.thorough
@pytest.mark.parametrize("name", CHARTS)
def test_another_figure_has_none(name: str) -> None:
    shown = [exhibit(module(name), choices, tables_now()) for choices in (BASE, replace(BASE, prefecture="29"))]  # type: ignore[arg-type]
    figures = [each.figure for each in shown if each.figure is not None]
    assert figures
    assert {sketch(figure, dark=False) for figure in figures} == {""}
