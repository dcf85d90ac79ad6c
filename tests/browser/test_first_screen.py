"""The overview leads on: a press chooses a prefecture or opens the desk; a cancelled plan shows no colour of a warning."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from visiting import DESKTOP, PHONE, Visit

from sejong_dash import theme

Look = Callable[..., Visit]
PLACES = ".st-key-chart-short_places .sj-name a"
COLOURS = """() => [...document.querySelectorAll('.st-key-first-screen :is(.sj-card, .sj-drawing), '
    + '.st-key-first-screen :is(.sj-card, .sj-drawing) *')].flatMap(box => {
  const { color, backgroundColor, borderTopColor, fill, stroke } = getComputedStyle(box);
  return [color, backgroundColor, borderTopColor, fill, stroke];
})"""
WALL = (1920, 1080)
WARNING = (theme.MISSING, theme.PAGE["MISSING_TEXT"][0])


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


def test_a_cancelled_plan_shows_no_colour_of_a_warning(look: Look) -> None:
    page = look().open(asof="2026-05-06", sample="true").page
    shown = set(page.evaluate(COLOURS))
    assert len(shown) > 5
    assert {"rgb({}, {}, {})".format(*theme.rgb(colour)[:3]) for colour in WARNING} & shown == set()


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_verdict_and_figures_stand_on_the_first_screen_s_width(look: Look, size: tuple[int, int]) -> None:
    visit = look(size=size).open(lang="en", asof="2026-05-06", sample="true")
    assert visit.sideways == []
    boxes = [
        visit.page.locator(f".st-key-chart-{name}").bounding_box() for name in ("verdict", "key_figures", "visitor_progress")
    ]
    tops = [box["y"] for box in boxes if box is not None]
    assert len(tops) == 3
    assert tops == sorted(tops)


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
