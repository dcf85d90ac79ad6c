"""A page's parts are chosen by a press, kept in the address, and opened by links to what they hold."""

from collections.abc import Callable

import pytest
from discovery import on_demand, parts_of, shown_on
from playwright.sync_api import expect
from visiting import Visit

from sejong_dash.paths import PAGES

Look = Callable[..., Visit]
PAGE = PAGES / "progress.py"


def holds(visit: Visit, part: str) -> None:
    """Wait until the page shows this part and nothing of another."""
    names = {name.partition(".")[2] for name in shown_on(PAGE, None, part)} - {*on_demand(PAGE)}
    for name in names:
        expect(visit.page.locator(f".st-key-chart-{name}")).to_have_count(1)
    expect(visit.page.locator("[class*=st-key-chart-]")).to_have_count(len(names))


def test_each_part_is_one_step_in_the_history(look: Look) -> None:
    visit = look().open("progress", lang="en")
    way = [("days", {"part": "days"}), ("planner", {"part": "planner"}), ("channels", {"part": "channels"}), ("now", {})]
    holds(visit, "now")
    for part, query in way:
        visit.show_part("progress", part, "en").has_query(lang="en", **query)
        holds(visit, part)
    for part, query in [*reversed(way[:-1]), ("now", {})]:
        visit.page.go_back()
        visit.has_query(lang="en", **query)
        holds(visit, part)
    for part, query in way:
        visit.page.go_forward()
        visit.has_query(lang="en", **query)
        holds(visit, part)


def test_what_is_chosen_in_a_part_is_held_and_stays_out_of_the_way_of_others(look: Look) -> None:
    visit = look().open("progress", lang="en", part="planner", capacity="2000", campaign="20")
    visit.show_part("progress", "days", "en").has_query(lang="en", part="days")
    visit.page.go_back()
    visit.has_query(lang="en", part="planner", capacity="2000", campaign="20")
    holds(visit, "planner")
    visit.go("map", "en").has_query(lang="en")
    visit.go("progress", "en").has_query(lang="en", part="planner", capacity="2000", campaign="20")


@pytest.mark.parametrize("part", [part for part in parts_of(PAGE) if part != "now"])
def test_a_copied_link_opens_the_part_that_holds_its_chart(look: Look, part: str) -> None:
    visit = look().open("progress", lang="ja", part=part)
    link = visit.page.locator("[class*=st-key-chart-] a.sj-link").last
    address, name = link.get_attribute("href"), str(link.get_attribute("href")).partition("#")[2]
    assert f"part={part}" in str(address)
    colleague = look()
    colleague.page.goto(f"{visit.root}/progress{address}")
    holds(colleague.still(), part)
    expect(colleague.page.locator(f".st-key-chart-{name}")).to_be_in_viewport()


def test_a_link_that_names_no_part_opens_the_one_that_holds_its_chart(look: Look) -> None:
    """Links were copied before there were parts."""
    visit = look()
    visit.page.goto(f"{visit.root}/progress?lang=en&asof=2026-05-01#calendar_heatmap")
    visit.has_query(lang="en", asof="2026-05-01", part="days")
    holds(visit.still(), "days")
    expect(visit.page.locator(".st-key-chart-calendar_heatmap")).to_be_in_viewport()
    visit.show_part("progress", "now", "en")  # it is followed once
    holds(visit, "now")


def test_a_slide_leads_to_the_part_that_holds_its_chart(look: Look) -> None:
    visit = look().open("present", lang="en", slides="channel_visitors", slide="1")
    visit.page.keyboard.press("i")
    visit.is_on("progress", "en")
    holds(visit.still(), "channels")
    assert visit.query["part"] == "channels"
