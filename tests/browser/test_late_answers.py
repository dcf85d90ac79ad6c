"""Nothing that a viewer has chosen is lost, and no page crashes, where answers come late: up to a second, in both directions.

The viewer does not wait for any of them. SEJONG_SEEDS="1 2 3" tries more lines than the usual ones.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from slow_line import slow_line
from visiting import Visit

from sejong_dash import words
from sejong_dash.paths import PAGES
from sejong_dash.words import LANGUAGE_NAMES, shared

SEEDS = [int(seed) for seed in os.environ.get("SEJONG_SEEDS", "1").split()]
CRASHED = "[data-testid=stException], .sj-error, [role=dialog]"
Open = Callable[..., Visit]


@pytest.fixture(params=SEEDS)
def late(request: pytest.FixtureRequest, chromium: Browser, server: str) -> Iterator[Open]:
    visits: list[Visit] = []
    with slow_line(server, request.param) as root:

        def look(name: str, **query: str) -> Visit:
            visits.append(Visit(chromium, root))
            return visits[-1].open(name, **query)

        yield look
        for visit in visits:
            visit.still()
            assert visit.page.locator(CRASHED).count() == 0
            visit.close()
    assert [trouble for visit in visits for trouble in visit.troubles] == []


def pick(page: Page, menu: str, label: str) -> None:
    """As soon as the menu is there, whatever else is under way."""
    if menu in ("prefecture", "lang"):
        page.locator(f"select[data-choice={menu}]").select_option(label=label)
        return
    page.locator(f".st-key-{menu}-menu input").fill(label)
    page.get_by_role("option", name=label, exact=True).click()


def press(page: Page, menu: str, label: str) -> None:
    page.locator(f".st-key-{menu}-menu").get_by_role("radio", name=label, exact=True).locator(
        "xpath=ancestor-or-self::*[1]"
    ).click()


def test_menus_of_the_frame(late: Open) -> None:
    visit = late("progress")
    page = visit.page
    pick(page, "prefecture", "시즈오카현")
    visit.toggle_sample()
    pick(page, "lang", LANGUAGE_NAMES["ja"])
    pick(page, "lang", LANGUAGE_NAMES["en"])
    pick(page, "lang", LANGUAGE_NAMES["ja"])
    visit.has_query(prefecture="22", sample="false", lang="ja")
    visit.still().has_query(prefecture="22", sample="false", lang="ja")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.locator("[data-choice=prefecture]")).to_have_value("22")
    expect(page.locator("[data-choice=lang]")).to_have_value("ja")
    expect(page.locator("[data-choice=sample]")).not_to_be_checked()


def test_a_map_and_the_way_back(late: Open) -> None:
    visit = late("map", measure="visitors")
    page, words = visit.page, shared("ko")
    press(page, "measure", words("measure.gap"))
    page.locator(".sj-list tr[data-code='29'] a").click()
    press(page, "view_map", words("map_view.gardens"))
    chosen = {"measure": "gap", "prefecture": "29", "view_map": "gardens"}
    visit.has_query(**chosen)
    visit.still().has_query(**chosen)
    expect(page.locator(".st-key-chart-prefecture_profile .sj-value").first).to_have_text("나라현")
    page.locator(".st-key-map-back button").click()
    press(page, "measure", words("measure.goal"))
    visit.has_query(measure="goal", view_map="gardens")
    visit.still().has_query(measure="goal", view_map="gardens")
    page.go_back()
    page.go_back()
    visit.still()
    visit.has_query(**chosen)
    expect(page.locator(".st-key-chart-prefecture_profile .sj-value").first).to_have_text("나라현")


def test_parts_of_a_page_that_run_alone(late: Open) -> None:
    """Each in its part of the page, to which the viewer goes on without waiting."""
    visit = late("progress", lang="en", part="planner")
    page, titles = visit.page, words.of(PAGES / "progress.py", "en")
    page.get_by_role("slider").first.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    pick(page, "prefecture", "Nara")
    press(page, "part", titles("part.days"))
    press(page, "view", "Cumulative")
    press(page, "part", titles("part.prefectures"))
    page.locator(".st-key-show_prefecture_days-menu label").click()
    chosen = {"lang": "en", "prefecture": "29", "part": "prefectures", "show_prefecture_days": "true"}
    visit.has_query(**chosen)
    visit.still().has_query(**chosen)
    for part, held in (("days", {"view": "total"}), ("planner", {"campaign": "20"})):
        press(page, "part", titles(f"part.{part}"))
        visit.has_query(lang="en", prefecture="29", part=part, **held)
        visit.still().has_query(lang="en", prefecture="29", part=part, **held)
    assert page.get_by_role("slider").first.input_value() == "20"


def test_filters_and_another_page(late: Open) -> None:
    visit = late("programme")
    page = visit.page
    pick(page, "field", "의료")
    pick(page, "prefecture", "지바현")
    visit.go("timeline")
    press(page, "zoom", shared("ko")("zoom.year"))
    visit.go("programme")
    chosen = {"field": "medical", "prefecture": "12"}
    visit.has_query(**chosen)
    visit.go("timeline")
    visit.has_query(**chosen, zoom="year")


def test_a_presentation(late: Open) -> None:
    visit = late("present", slides="mayor", slide="2")
    page = visit.page
    page.keyboard.press("p")
    page.locator(".st-key-down-0 button").click()
    page.locator(".st-key-start button").click()
    slides = "goal_bar,day_sentence,visitor_progress,prefecture_map.measure.visitors"
    expect(page.locator(".sj-slide-foot b")).to_have_text("1 / 4")
    for key in ("ArrowRight", "t", "ArrowRight", "l", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    chosen = {"slides": slides, "slide": "3", "clock": "on", "look": "dark"}
    visit.has_query(**chosen)
    visit.still().has_query(**chosen)
    expect(page.locator(".sj-slide-foot b")).to_have_text("3 / 4")
