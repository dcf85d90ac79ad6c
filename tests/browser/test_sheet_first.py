"""A map's menus stand in one row; a prefecture's sheet begins its page, for whoever chooses it further down too."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect
from visiting import DESKTOP, Visit

Look = Callable[..., Visit]
MAP, LIST = "[data-testid=stDeckGlJsonChart]", ".sj-list"


def top(found: Locator) -> float:
    box = found.first.bounding_box()
    assert box
    return box["y"]


def test_the_menu_of_days_stands_in_the_row_of_the_others(look: Look) -> None:
    page = look(size=DESKTOP).open("map", lang="en", measure="visitors").page
    boxes = [page.locator(f".st-key-{menu}-menu").bounding_box() for menu in ("measure", "view_map", "map_day")]
    middles = [box["y"] + box["height"] / 2 for box in boxes if box]
    assert len(middles) == 3
    assert max(middles) - min(middles) < 24


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
