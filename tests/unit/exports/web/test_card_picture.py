"""Tests of the small picture of a card: lengths in proportion, all of it inside, and nothing but boxes."""

import math
import re

import pytest

from sejong_dash import words
from sejong_dash.cards import Card, CardPicture
from sejong_dash.exports.web import exhibit_html
from sejong_dash.exports.web.card_picture import Shape, shapes
from sejong_dash.ui.blocks import card_grid

PICTURES = [
    CardPicture("progress", (83_787, 93_684, 150_000)),
    CardPicture("progress", (180_000, 93_684, 150_000)),
    CardPicture("progress", (0, math.nan, 150_000)),
    CardPicture("line", (-930, -14_029, 120, -9_897)),
    CardPicture("line", (0.0, 0.0)),
    CardPicture("interval", (111_399, 141_414, 200_328, 150_000)),
    CardPicture("interval", (5, 5, 5, 5)),
    CardPicture("interval", (111_399, 141_414, 200_328, math.nan)),
    CardPicture("bars", (25_318, 21_210)),
    CardPicture("gap", (-2_956, 2_956)),
    CardPicture("gap", (0, 0)),
]


def boxes(picture: CardPicture) -> dict[str, Shape]:
    return {shape.kind: shape for shape in shapes(picture)}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: f"{picture.kind}-{picture.numbers}")
def test_everything_is_inside(picture: CardPicture) -> None:
    for shape in shapes(picture):
        left, top, width, height = shape.box
        assert left >= 0
        assert top >= 0
        assert width >= 0
        assert left + width <= 100.01
        assert top + height <= 100.01
        assert all(0 <= value <= 100 for point in (*shape.points, *shape.area) for value in point)


def test_a_bar_is_as_long_as_its_share() -> None:
    found = boxes(PICTURES[0])
    assert found["bar"].box[2] == pytest.approx(55.86, abs=0.01)
    tick = found["tick"].box
    assert tick[0] + tick[2] / 2 == pytest.approx(62.46, abs=0.01)
    assert "tick" not in boxes(PICTURES[2])
    assert boxes(PICTURES[8])["still"].box[2] == pytest.approx(100 * 21_210 / 25_318, abs=0.01)
    assert boxes(CardPicture("gap", (-1_343, 2_956)))["bar"].box[2] == pytest.approx(100 * 1_343 / 2_956, abs=0.01)


def test_a_line_is_drawn_around_zero() -> None:
    found = boxes(PICTURES[3])
    zero = found["zero"].points[0][1]
    heights = [y for _, y in found["bar"].points]
    assert [y > zero for y in heights] == [True, True, False, True]  # what is below zero lies lower on the page
    assert heights[1] == max(heights) == pytest.approx(96)
    assert found["ground"].area[0][1] == found["ground"].area[-1][1] == zero


def test_the_page_and_the_file_draw_the_same_without_svg() -> None:
    card = Card(title="a", value="1", picture=PICTURES[0], basis="")
    page = card_grid.cards([card], words.shared("en"), {}, "15rem")
    file = exhibit_html.card_html.cards([card], words.shared("en"), {}, "15rem", exhibit_html._CARD_LOOK)
    drawn = [re.findall(r'<i class="(\w+)" style="([^"]*)"', text) for text in (page, file)]
    assert drawn[0] == drawn[1]
    assert [kind for kind, _ in drawn[0]] == ["rest", "bar", "tick"]
    assert "<svg" not in page + file


def test_a_card_without_a_picture_has_none() -> None:
    assert "sj-picture" not in card_grid.cards([Card(title="a", value="1")], words.shared("en"), {}, "15rem")
