"""On pages that are a drawing, the drawing begins below one row of menus; a prefecture's sheet begins its page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from visiting import DESKTOP, Visit

from sejong_dash import words

Look = Callable[..., Visit]
LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)
MAP, LIST = "[data-testid=stDeckGlJsonChart]", ".sj-list"
MOST_ABOVE = 190  # px from the row of menus to the drawing: the menus, title and message of the exhibit, a legend


def top(found: Locator) -> float:
    box = found.first.bounding_box()
    assert box
    return box["y"]


def middle(found: Locator) -> float:
    box = found.first.bounding_box()
    assert box
    return box["y"] + box["height"] / 2


def begins_below_one_row(page: Page, drawing: str, *menus: str) -> None:
    middles = [middle(page.locator(f".st-key-{menu}-menu")) for menu in menus]
    assert max(middles) - min(middles) < 24, "the menus stand in one row"
    assert 0 < top(page.locator(drawing)) - top(page.locator(f".st-key-{menus[0]}-menu")) < MOST_ABOVE


@LANGS
@pytest.mark.parametrize(
    ("name", "chart", "menus"),
    [("timeline", "programme_timeline", ("field", "partner", "zoom")), ("programme", "programme_matrix", ("field", "partner"))],
    ids=["timeline", "programme"],
)
def test_a_drawing_begins_below_one_row_of_menus(look: Look, name: str, chart: str, menus: tuple[str, ...], lang: str) -> None:
    begins_below_one_row(look(size=DESKTOP).open(name, lang=lang).page, f".sj-drawing[data-name={chart}]", *menus)


@LANGS
def test_a_map_begins_below_one_row_of_menus_beside_its_table_and_before_its_words(look: Look, lang: str) -> None:
    page = look(size=DESKTOP).open("map", lang=lang, measure="visitors").page
    begins_below_one_row(page, MAP, "measure", "view_map", "map_day")
    box, listed = (page.locator(found).first.bounding_box() for found in (MAP, LIST))
    assert box
    assert listed
    assert box["height"] >= 560
    assert top(page.locator(".st-key-chart-prefecture_map .sj-message")) >= box["y"] + box["height"]
    assert box["x"] + box["width"] <= listed["x"]
    assert abs(box["y"] - listed["y"]) < 4
    assert box["width"] > 1.8 * listed["width"]


def test_a_sheet_begins_the_page_of_its_prefecture(look: Look) -> None:
    page = look(size=DESKTOP).open("map", lang="ja", prefecture="22").page
    order = [".sj-sheet", ".st-key-chart-prefecture_profile", ".st-key-chart-goal_bar", MAP]
    tops = [top(page.locator(selector)) for selector in order]
    assert tops == sorted(tops)
    page.locator(".st-key-map-back button").click()
    expect(page.locator(".sj-sheet")).to_have_count(0)
    expect(page.locator(MAP)).to_be_in_viewport(ratio=0.6)


def test_another_prefecture_is_seen_from_its_beginning(look: Look) -> None:
    """Whoever presses it on the map is a screen further down."""
    visit = look(size=DESKTOP).open("map", prefecture="22")
    row = visit.page.locator(f"{LIST} tr[data-code='29'] a")
    row.scroll_into_view_if_needed()
    expect(visit.page.locator(".sj-sheet")).not_to_be_in_viewport()
    row.click()
    expect(visit.page.locator(".st-key-chart-prefecture_profile .sj-value").first).to_have_text("나라현")
    expect(visit.page.locator(".sj-sheet")).to_be_in_viewport()
