"""The overview leads on: a press chooses a prefecture or opens the desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from visiting import DESKTOP, Visit

Look = Callable[..., Visit]
PLACES = ".st-key-chart-short_places .sj-name a"
WALL = (1920, 1080)


def test_a_place_that_lacks_is_chosen_by_a_press_and_the_way_back_is_there(look: Look) -> None:
    visit = look().open(asof="2026-05-06", sample="true")
    visit.page.locator(PLACES).first.click()
    visit.has_query(asof="2026-05-06", sample="true", prefecture="14")
    expect(visit.page.locator(".st-key-chart-short_places .sj-value")).to_have_text(["−2,956명"])
    visit.still().page.locator(PLACES).first.press("Enter")
    visit.has_query(asof="2026-05-06", sample="true")
    expect(visit.page.locator(".st-key-chart-short_places .sj-value")).to_have_count(4)


def test_a_day_without_a_count_leads_to_the_desk(look: Look) -> None:
    visit = look().open(lang="ja", asof="2026-05-06", sample="true")
    visit.page.locator(".st-key-chart-to_do .sj-name a").first.click()
    visit.is_on("data", "ja")


@pytest.mark.parametrize(("size", "is_shown"), [(DESKTOP, False), (WALL, True)], ids=["desktop", "wall"])
def test_a_large_screen_alone_has_the_map(look: Look, size: tuple[int, int], is_shown: bool) -> None:
    visit = look(size=size)
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.open(lang="ja", asof="2026-05-06", sample="true")
    expect(visit.page.locator(".sj-wall .js-plotly-plot")).to_have_count(int(is_shown))
    assert any("prefecture_map.json" in url for url in asked) == is_shown
    foot = visit.page.locator(".sj-stands-on").bounding_box()
    assert foot is not None
    assert foot["y"] + foot["height"] <= size[1] + 1
