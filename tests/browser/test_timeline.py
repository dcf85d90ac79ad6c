"""A press on a drawing, a choice from its menu or a link brings the source of an item before the reader."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from visiting import DESKTOP, PHONE, TABLET, Visit

from sejong_dash.words import shared

Look = Callable[..., Visit]
MARKS = """() => [...document.querySelectorAll('.sj-plot .scatterlayer path.point')].map(point => {
  const box = point.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
})"""


def press(page: Page, chart: str) -> None:
    """A mark that stands free in the upper half of the screen, in the drawing's middle."""
    page.locator(f".st-key-chart-{chart} .sj-plot").first.evaluate("plot => plot.scrollIntoView()")
    page.wait_for_timeout(400)
    at = next((x, y) for x, y in page.evaluate(MARKS) if 250 < y < 420)
    page.mouse.move(at[0] - 4, at[1])
    page.mouse.click(*at)


@pytest.mark.parametrize(
    ("name", "chart", "key"), [("timeline", "programme_timeline", "item"), ("programme", "programme_matrix", "project")]
)
def test_a_press_shows_the_item_with_its_source_where_the_reader_is(look: Look, name: str, chart: str, key: str) -> None:
    visit = look().open(name)
    page = visit.page
    card = page.locator(f".st-key-pressed-{key} .sj-card")
    expect(card).to_have_count(0)
    for _ in range(2):  # once more after it was closed: nothing is left of the first press
        press(page, chart)
        expect(card).to_be_in_viewport(ratio=0.5)
        assert key in visit.query
        expect(card.locator(".sj-foot .sj-mark")).to_have_count(1)
        assert card.locator(".sj-foot span").last.inner_text().strip()
        page.locator(f".st-key-{key}-close button").click()
        expect(card).to_have_count(0)
        assert key not in visit.still().query


def test_the_keyboard_reaches_every_item(look: Look) -> None:
    visit = look(size=PHONE, theme="dark").open("timeline", lang="ja", item="nara-medical-2024")
    page = visit.page
    card = page.locator(".st-key-pressed-item .sj-card")
    expect(card).to_be_in_viewport()
    expect(card).to_contain_text("奈良県立医科大学")
    page.locator(".st-key-item-menu input").focus()
    visit.still()  # it is brought into view, and a list that opens on the way closes again
    page.keyboard.press("ArrowDown")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible(timeout=20_000)
    asked = "JETRO" if options.filter(has_text="JETRO").count() else "ジェトロ"
    page.keyboard.type(asked)
    expect(options.first).to_contain_text(asked)
    page.keyboard.press("Enter")
    expect(card).to_contain_text("ジェトロ")
    page.keyboard.press("Tab")
    expect(page.locator(".st-key-item-close button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card).to_have_count(0)


@pytest.mark.parametrize("name", ["timeline", "programme"])
def test_the_filters_stand_side_by_side_on_a_small_laptop(look: Look, name: str) -> None:
    visit = look(size=TABLET).open(name, lang="en")
    boxes = [visit.page.locator(f".st-key-{menu}-menu").bounding_box() for menu in ("field", "partner")]
    assert all(boxes)
    (one, other) = [box for box in boxes if box]
    assert one["y"] == other["y"]
    assert one["x"] + one["width"] < other["x"]
    assert visit.page.get_by_role("combobox", name=shared("en")("partner_label"), exact=True).is_visible()


@pytest.mark.parametrize(("name", "cards"), [("timeline", "milestones"), ("programme", "programme")])
def test_a_long_list_is_closed_until_it_is_opened_or_printed(look: Look, name: str, cards: str) -> None:
    visit = look(size=DESKTOP).open(name)
    groups = visit.page.locator(f".st-key-chart-{cards} details.sj-fold")
    card = groups.first.locator(".sj-card").first
    expect(card).to_be_hidden()
    assert visit.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") < 5000, "px"
    groups.first.locator("summary").click()
    expect(card).to_be_visible()
    groups.first.locator("summary").click()
    expect(card).to_be_hidden()
    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(visit.page.locator(f".st-key-chart-{cards} details.sj-fold:not([open])")).to_have_count(0)
    visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(card).to_be_hidden()
