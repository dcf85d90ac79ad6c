"""The bar and its chips: what is chosen there holds at once, by pointer and keyboard, and the page begins right below them."""

from collections.abc import Callable

from playwright.sync_api import expect
from visiting import PHONE, Visit

from sejong_dash.words import shared

Look = Callable[..., Visit]


def test_a_chip_beyond_the_edge_comes_into_view_with_the_keyboard(look: Look) -> None:
    visit = look(size=PHONE).open(lang="en")
    visit.page.locator("[data-choice=prefecture]").focus()
    expect(visit.page.locator("[data-choice=prefecture]")).to_be_in_viewport(ratio=1)


def test_chips_that_are_changed_at_once_all_hold(look: Look) -> None:
    visit = look().open()
    visit.page.locator("[data-choice=prefecture]").select_option("27")
    visit.page.locator("[data-choice=asof]").fill("2026-04-20")
    visit.page.locator("[data-choice=lang]").select_option("ja")
    visit.has_query(prefecture="27", asof="2026-04-20", lang="ja")
    visit.still().has_query(prefecture="27", asof="2026-04-20", lang="ja")
    for name, value in {"prefecture": "27", "asof": "2026-04-20", "lang": "ja"}.items():
        expect(visit.page.locator(f"[data-choice={name}]")).to_have_value(value)


def test_the_keyboard_stays_in_the_chip(look: Look) -> None:
    visit = look().open()
    place = visit.page.locator("[data-choice=prefecture]")
    place.focus()
    visit.page.keyboard.press("ArrowDown")
    visit.has_query(prefecture="01")
    expect(visit.still().page.locator("[data-choice=prefecture]")).to_be_focused()


def test_a_day_that_is_typed_counts_when_the_field_is_left(look: Look) -> None:
    visit = look().open(asof="2026-05-06", sample="true")
    runs: list[str] = []
    visit.page.on("framenavigated", lambda frame: runs.append(frame.url))
    day = visit.page.locator("[data-choice=asof]")
    day.focus()
    for _ in range(3):  # the first part of the date, as the browser writes it
        visit.page.keyboard.press("ArrowDown")
    typed = day.input_value()
    assert typed != "2026-05-06"
    assert visit.query["asof"] == "2026-05-06", "nothing is chosen on the way"
    visit.page.keyboard.press("Enter")
    visit.has_query(asof=typed, sample="true")
    expect(visit.still().page.locator("[data-choice=asof]")).to_have_value(typed)


def test_figures_are_frozen_and_thawed_in_the_panel(look: Look, desk_server: str) -> None:
    visit = look(root=desk_server).open()
    visit.page.locator(".sj-status summary").click()
    visit.page.get_by_role("button", name=shared("ko")("frozen.freeze"), exact=True).click()
    visit.page.wait_for_url("**data=*")
    chip = visit.still().page.locator(".sj-status summary")
    expect(chip).to_contain_text(shared("ko")("status.frozen"))
    visit.page.get_by_role("button", name=shared("ko")("frozen.thaw"), exact=True).click()
    visit.page.wait_for_url(lambda url: "data=" not in url)
    expect(visit.still().page.locator(".sj-status summary")).not_to_contain_text(shared("ko")("status.frozen"))
