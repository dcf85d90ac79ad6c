"""Tests that the map can be pressed, read and moved: with a pointer, by keyboard and from a link."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, TimeoutError, expect
from visiting import Visit

from sejong_dash.words import shared

Look = Callable[..., Visit]
# In one go: where WebGL is made in software, looking at what lies below the pointer takes longer than a press may last.
PRESS = """([x, y]) => {
  const about = {clientX: x, clientY: y, pointerId: 1, pointerType: 'mouse', isPrimary: true, bubbles: true, cancelable: true};
  const canvas = document.elementFromPoint(x, y);
  canvas.dispatchEvent(new PointerEvent('pointerdown', {...about, button: 0, buttons: 1}));
  canvas.dispatchEvent(new PointerEvent('pointerup', {...about, button: 0, buttons: 0}));
}"""
PROFILE = ".st-key-chart-prefecture_profile .sj-value"


def hokkaido(page: Page) -> tuple[float, float]:
    """Where it lies in the view of all Japan: a degree is as long as the zoom says, whatever the screen's width."""
    box = page.get_by_test_id("stDeckGlJsonChart").first
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(400)  # the page may still be scrolling
    at = box.bounding_box()
    assert at
    degree = 512 * 2**4.25 / 360
    return at["x"] + at["width"] / 2 + (142.8 - 133.75) * degree, at["y"] + 112


def press(visit: Visit) -> None:
    """Once more where the press met nothing: deck.gl is still looking at what the pointer passed."""
    x, y = hokkaido(visit.page)
    visit.page.mouse.move(x - 5, y)
    visit.page.mouse.move(x, y)
    expect(visit.page.locator(".deck-tooltip")).to_contain_text("홋카이도")
    visit.page.wait_for_timeout(1500)
    for _ in range(6):
        visit.page.evaluate(PRESS, [x, y])
        try:
            visit.page.wait_for_url(re.compile("prefecture=01(&|$)"), timeout=1500)
        except TimeoutError:
            continue
        return


def test_a_press_opens_the_profile_and_one_press_leads_back(look: Look) -> None:
    visit = look(paints_map=True).open("map", measure="visitors")
    page = visit.page
    expect(page.locator(PROFILE)).to_have_count(0)
    press(visit)
    visit.has_query(measure="visitors", prefecture="01")
    expect(page.locator(PROFILE).first).to_have_text("홋카이도")
    visit.still()
    assert any("관람객" in said for said in visit.texts(".st-key-chart-prefecture_profile .sj-card"))
    page.locator(".st-key-map-back button").click()
    visit.has_query(measure="visitors")
    expect(page.locator(PROFILE)).to_have_count(0)
    visit.still()
    press(visit)  # the same once more: nothing is left of the first press
    visit.has_query(measure="visitors", prefecture="01")
    expect(page.locator(PROFILE).first).to_have_text("홋카이도")
    page.go_back()
    visit.has_query(measure="visitors")
    expect(page.locator(PROFILE)).to_have_count(0)
    visit.still()
    press(visit)
    visit.has_query(measure="visitors", prefecture="01")


def test_a_press_changes_what_a_link_has_chosen(look: Look) -> None:
    visit = look(paints_map=True).open("map", measure="visitors", prefecture="22")
    press(visit)
    visit.has_query(measure="visitors", prefecture="01")
    expect(visit.page.locator(PROFILE).first).to_have_text("홋카이도")


def test_the_keyboard_reaches_every_prefecture_and_the_back_button_leads_back(look: Look) -> None:
    visit = look().open("map", lang="ja", measure="visitors", prefecture="22")
    page = visit.page
    expect(page.locator(PROFILE).first).to_have_text("静岡県")
    page.evaluate("window.stayed = true")
    rows = page.locator(".sj-list tbody tr")
    expect(rows).to_have_count(47)
    expect(rows.filter(has=page.locator("[aria-current]"))).to_contain_text("静岡県")
    links = page.locator(".sj-list a")
    links.first.focus()
    page.keyboard.press("Tab")
    expect(links.nth(1)).to_be_focused()
    nara = links.filter(has_text="奈良県")
    nara.focus()
    page.keyboard.press("Enter")
    visit.has_query(lang="ja", measure="visitors", prefecture="29")
    expect(page.locator(PROFILE).first).to_have_text("奈良県")
    assert page.evaluate("window.stayed"), "the page was loaded again"
    page.go_back()
    visit.has_query(lang="ja", measure="visitors", prefecture="22")
    expect(page.locator(PROFILE).first).to_have_text("静岡県")


def test_the_table_is_sorted_by_pointer_and_keyboard_and_stays_so(look: Look) -> None:
    visit = look().open("map", measure="gap")
    page = visit.page
    heads, sorted_by = page.locator(".sj-list th button"), page.locator(".sj-list th[aria-sort]")

    def keys(column: int) -> list[str]:
        return page.locator(f".sj-list tbody td:nth-child({column})").evaluate_all("cells => cells.map(cell => cell.dataset.key)")

    first = keys(1)
    assert [int(rank) for rank in first] == sorted(int(rank) for rank in first)
    expect(sorted_by).to_have_attribute("aria-sort", "ascending")
    heads.nth(2).click()
    names = visit.texts(".sj-list tbody a")
    assert names == sorted(names)
    assert len(names) == 47
    expect(sorted_by).to_have_text(shared("ko")("list.name"))
    heads.nth(3).focus()
    for most, direction in ((True, "descending"), (False, "ascending")):
        page.keyboard.press("Enter")
        expect(heads.nth(3)).to_be_focused()
        expect(sorted_by).to_have_attribute("aria-sort", direction)
        values = [float(value) for value in keys(4)]
        assert values == sorted(values, reverse=most)
    worst = page.locator(".sj-list a").first
    name = worst.inner_text()
    worst.focus()
    page.keyboard.press("Enter")  # a rerun brings the table anew
    expect(page.locator(PROFILE).first).to_have_text(name)
    visit.still()
    assert [float(value) for value in keys(4)] == values
    expect(page.locator(".sj-list a").first).to_be_focused()


def test_a_slow_press_is_a_press(look: Look) -> None:
    """deck.gl takes what lasts longer than 250 ms for something else."""
    visit = look(paints_map=True).open("map", measure="visitors")
    x, y = hokkaido(visit.page)
    visit.page.mouse.move(x - 5, y)
    visit.page.mouse.move(x, y)
    expect(visit.page.locator(".deck-tooltip")).to_contain_text("홋카이도")
    visit.page.mouse.down()
    visit.page.wait_for_timeout(400)
    visit.page.mouse.up()
    visit.has_query(measure="visitors", prefecture="01")


def test_a_profile_is_printed_on_two_sheets(look: Look) -> None:
    """That of the prefecture with the most projects, and nothing on it that can only be pressed."""
    visit = look().open("map", lang="ja", prefecture="22")
    page = visit.page
    assert len(re.findall(rb"/Type /Page\b", page.pdf(print_background=True))) <= 2
    page.emulate_media(media="print")
    for hidden in ("[data-testid=stHeader]", ".sj-chips", ".st-key-map-back", ".sj-list", ".sj-files ul", ".sj-page"):
        expect(page.locator(hidden).locator("visible=true")).to_have_count(0)
    for shown in ("prefecture_profile", "goal_bar", "daily_visitors", "programme"):
        expect(page.locator(f".st-key-chart-{shown}")).to_be_visible()


def test_a_measure_and_a_view_redraw_without_their_shapes(look: Look) -> None:
    visit = look()
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url) if "/shapes/" in request.url else None)
    visit.open("map")
    visit.page.wait_for_timeout(800)
    assert len({url.rpartition("/")[2] for url in asked}) == 2
    asked.clear()
    words = shared("ko")
    for menu, query in (("measure.visitors", {"measure": "visitors"}), ("map_view.gardens", {"view_map": "gardens"})):
        visit.page.get_by_role("radio", name=words(menu), exact=True).locator("xpath=ancestor-or-self::*[1]").click()
        visit.page.wait_for_url(lambda url, query=query: all(f"{n}={v}" in url for n, v in query.items()))
        visit.still()
    assert asked == []


def test_the_days_play_and_stand_still(look: Look) -> None:
    visit = look(paints_map=True).open("map", measure="visitors", asof="2026-04-13")
    page = visit.page
    # every day that the map says it shows from the first one on, whether or not this test looks in time; a browser that is
    # slower than the days run may pass over one
    page.evaluate("""() => {
      const days = [];
      new MutationObserver(() => {
        const message = document.querySelector('.st-key-chart-prefecture_map .sj-message')?.innerText ?? '';
        const day = Number(message.match(/2026년 4월 ([0-9]+)일까지/)?.[1] ?? 0);
        if (day && (days.length ? day !== days.at(-1) : day === 10)) days.push(day);
        if (document.documentElement.dataset.days !== String(days)) document.documentElement.dataset.days = days;
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    }""")
    page.locator(".st-key-map-play button").click()
    message = page.locator(".st-key-chart-prefecture_map .sj-message")
    expect(page.locator("html")).to_have_attribute("data-days", re.compile(r"^10(,11)?(,12)?,13$"))
    page.locator(".st-key-map-play button").wait_for()
    visit.still().has_query(measure="visitors", asof="2026-04-13")
    expect(message).to_contain_text("2026년 4월 13일까지")
