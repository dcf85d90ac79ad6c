"""On pages that are a drawing, the drawing begins below one row of menus, beside what belongs to it."""

from cold_pages import Cold, pages
from playwright.sync_api import Locator, Page

MAP, LIST = "[data-testid=stDeckGlJsonChart]", ".sj-list"
MOST_ABOVE = 190  # px from the row of menus to the drawing: the menus, title and message of the exhibit, a legend
DRAWINGS = {
    "timeline": ("programme_timeline", ("field", "partner", "zoom")),
    "programme": ("programme_matrix", ("field", "partner")),
}


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


@pages(DRAWINGS)
def test_a_drawing_begins_below_one_row_of_menus(cold: Cold) -> None:
    chart, menus = DRAWINGS[cold.name]
    begins_below_one_row(cold.visit.page, f".sj-drawing[data-name={chart}]", *menus)


@pages(["map"])
def test_a_map_begins_below_one_row_of_menus_beside_its_table_and_before_its_words(cold: Cold) -> None:
    page = cold.visit.page
    begins_below_one_row(page, MAP, "measure", "view_map")
    box, listed = (page.locator(found).first.bounding_box() for found in (MAP, LIST))
    assert box
    assert listed
    assert box["height"] >= 560
    assert top(page.locator(".st-key-chart-prefecture_map .sj-message")) >= box["y"] + box["height"]
    assert box["x"] + box["width"] <= listed["x"]
    assert abs(box["y"] - listed["y"]) < 4
    assert box["width"] > 1.8 * listed["width"]
