"""Tests that the meeting's page fills the screen, obeys the presenter's keys and keeps its place in the address."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from visiting import HOME, Visit

from sejong_dash import decks

Look = Callable[..., Visit]
SLIDES = len(decks.decks()["weekly"].slides)
SIZES = ((1280, 720), (1920, 1080), (3840, 2160))

# What leaves the slide or lies on something else: parts of it, and texts of the drawing.
_WRONG = """() => {
  const box = one => one.getBoundingClientRect(), sheet = box(document.querySelector('.st-key-sheet')), said = [];
  const named = '.sj-slide-head, .st-key-figure .sj-plot, .sj-slide-body, .sj-slide-foot, .sj-slide-aside';
  const parts = [...document.querySelectorAll(named)];
  for (const one of document.querySelectorAll('.st-key-sheet .sj *, .st-key-figure svg text')) {
    const r = box(one);
    if (r.width && (r.right > sheet.right + 1 || r.bottom > sheet.bottom + 1 || r.left < sheet.left - 1 || r.top < sheet.top - 1))
      said.push(`leaves the slide: ${one.textContent.slice(0, 30)}`);
  }
  for (const [i, a] of parts.entries()) for (const b of parts.slice(i + 1)) {
    const r = box(a), q = box(b);
    if (r.right > q.left + 2 && q.right > r.left + 2 && r.bottom > q.top + 2 && q.bottom > r.top + 2)
      said.push(`${a.className} lies on ${b.className}`);
  }
  for (const one of document.querySelectorAll('.sj-slide-body, .sj-slide-aside'))
    if (one.scrollHeight > one.clientHeight + 1) said.push(`${one.className} is cut`);
  for (const one of [document.scrollingElement, document.querySelector('[data-testid="stMain"]')])
    if (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1) said.push('scrolls');
  if (Math.abs(sheet.width - innerWidth) > 1 || Math.abs(sheet.height - innerHeight) > 1) said.push('does not fill the screen');
  return said;
}"""


def stands_at(page: Page, number: int, count: int = SLIDES) -> None:
    expect(page.locator(".sj-slide-foot b")).to_have_text(f"{number} / {count}")
    page.wait_for_url(re.compile(rf"slide={number}(&|$)"))


def wrong_once_drawn(visit: Visit) -> list[str]:
    """A drawing takes its new size a moment after the slide has turned: what is wrong must stay wrong to count."""
    deadline = time.monotonic() + 10
    while (said := visit.still().page.evaluate(_WRONG)) and time.monotonic() < deadline:
        pass  # `still` looks at the page for a quarter of a second
    return said


def press(page: Page, key: str, number: int, count: int = SLIDES) -> None:
    page.keyboard.press(key)
    stands_at(page, number, count)


@pytest.mark.parametrize(("size", "lang", "theme"), [(SIZES[0], "ko", "light"), (SIZES[-1], "ja", "dark")], ids=["ko", "ja"])
def test_every_slide_of_the_weekly_deck_fits(size: tuple[int, int], lang: str, theme: str, look: Look) -> None:
    visit = look(size=size, theme=theme).open("present", lang=lang, slide="1")
    page, wrong = visit.page, []
    for number in range(1, SLIDES + 1):
        stands_at(page, number)
        wrong += [f"{number}: {one}" for one in wrong_once_drawn(visit)]
        wrong += [f"{number}: {one}" for one in visit.texts(".sj-error")]
        if number < SLIDES:
            page.keyboard.press("ArrowRight")
    assert wrong == []
    for part in ("[data-testid=stHeader]", ".sj-frame"):
        expect(page.locator(part).locator("visible=true")).to_have_count(0)


def test_the_keys_move_the_slide_and_its_address(look: Look) -> None:
    visit = look().open("present", slide="2", asof="2026-05-01", prefecture="22")
    page = visit.page
    for key, number in (
        ("ArrowRight", 3),
        ("Space", 4),
        ("PageDown", 5),
        ("ArrowLeft", 4),
        ("PageUp", 3),
        ("Shift+Space", 2),
        ("End", SLIDES),
        ("Home", 1),
    ):
        press(page, key, number)
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    stands_at(page, 4)
    visit.has_query(slide="4", asof="2026-05-01", prefecture="22")
    page.go_back()
    expect(page.locator(".sj-slide-foot b")).not_to_have_text(f"4 / {SLIDES}")
    page.reload()
    visit.still()
    page.keyboard.press("Escape")
    visit.is_on(HOME)
    visit.still().has_query(asof="2026-05-01", prefecture="22")
    expect(page.locator(".sj-chips")).to_be_visible()


def test_a_question_is_one_press_away(look: Look) -> None:
    visit = look().open("present", slides="goal_bar,prefecture_map.measure.gap", slide="2", asof="2026-05-01")
    page = visit.page
    page.keyboard.press("b")
    expect(page.locator(".sj-slide-table tbody tr")).not_to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".sj-slide-table")).to_have_count(0)
    page.keyboard.press("i")
    visit.is_on("map")
    visit.still().has_query(measure="gap", asof="2026-05-01")
    page.go_back()
    stands_at(page, 2, 2)


def test_light_dark_and_clock_stand_in_the_address(look: Look) -> None:
    visit = look().open("present", slide="2")
    page = visit.page
    ground = page.locator("[class*=st-key-stage-light], [class*=st-key-stage-dark]")
    expect(ground).to_have_css("background-color", "rgb(255, 255, 255)")
    page.keyboard.press("l")
    expect(ground).to_have_css("background-color", "rgb(20, 26, 23)")
    page.keyboard.press("t")
    expect(page.locator(".sj-stage-clock")).to_have_text(re.compile(r"^\d\d:\d\d · "))
    visit.has_query(slide="2", look="dark", clock="on")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[1]))
def test_the_pointer_meets_what_is_drawn(size: tuple[int, int], look: Look) -> None:
    visit = look(size=size).open("present", slides="daily_visitors")
    bar, hover = visit.page.locator(".st-key-figure .barlayer .point path").nth(3), visit.page.locator(".hoverlayer .hovertext")
    for _ in range(60):  # the pointer moves until it meets the bar: its place is right once the drawing has its size
        box = bar.bounding_box()
        assert box is not None
        for step in (0, 1):
            visit.page.mouse.move(box["x"] + box["width"] / 2 + step, box["y"] + box["height"] * 0.7)
        if hover.count():
            break
        visit.page.wait_for_timeout(250)
    expect(hover).to_contain_text("4월 15일(수)")


def test_a_wall_screen_turns_by_itself(look: Look) -> None:
    visit = look().open("present", slides="goal_bar,crossings", turn="5")
    foot = visit.page.locator(".sj-slide-foot b")
    expect(foot).to_have_text("2 / 2")
    expect(foot).to_have_text("1 / 2")


def test_the_presenter_picks_and_the_choice_is_the_link(look: Look) -> None:
    visit = look().open("present", slides="mayor", slide="2")
    page = visit.page
    page.keyboard.press("p")
    page.locator(".st-key-down-0 button").click()
    chosen = "goal_bar,day_sentence,visitor_progress,prefecture_map.measure.visitors"
    visit.has_query(slides=chosen, slide="0")
    link = visit.still().page.locator("[data-testid=stCode] code").inner_text()
    page.locator(".st-key-start button").click()
    stands_at(page, 1, 4)
    copy = look()
    copy.page.goto(link, wait_until="commit")
    copy.page.wait_for_selector("h1")
    assert copy.still().texts("h1") == visit.still().texts("h1")


def test_a_key_counts_as_soon_as_a_slide_is_shown(look: Look) -> None:
    """Also before the keys have got its number, as on a slow line: what stands in for the slide here."""
    page = look().open("present", slides="mayor", slide="0").page
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p class=\"sj-slide-foot\" id=\"slide\"></p>')")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("t")
    page.evaluate("document.getElementById('slide').remove()")
    page.keyboard.press("ArrowRight")  # meant for the table of contents
    page.locator(".st-key-start button").click()
    stands_at(page, 2, 4)
    expect(page.locator(".sj-stage-clock")).to_be_visible()


# How the middle of each thing that is to be pressed or read is met by the pointer, and how clearly it is seen.
_MET = """boxes => boxes.map(one => {
  const r = one.getBoundingClientRect(), met = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
  let seen = 1;
  for (let box = one; box; box = box.parentElement) seen *= Number(getComputedStyle(box).opacity);
  return one.contains(met) && seen > 0.95 && r.width > 20 && r.right <= innerWidth && r.bottom <= innerHeight;
})"""


@pytest.mark.parametrize(("size", "theme"), [((1440, 900), "dark"), ((1920, 1080), "light")], ids=["dark", "light"])
def test_bar_and_clock_are_seen_above_the_slide(size: tuple[int, int], theme: str, look: Look) -> None:
    visit = look(size=size, theme=theme).open("present", slide="2", clock="on")
    page = visit.page
    bar, buttons = page.locator(".sj-stage-bar"), page.locator(".sj-stage-bar :is(a, button)")
    expect(buttons).to_have_count(9)
    assert page.locator(".sj-stage-clock").evaluate_all(_MET) == [True]
    assert buttons.evaluate_all(_MET) == [False] * 9  # nobody has moved the pointer
    page.mouse.move(400, 300)
    page.mouse.move(420, 320)
    expect(bar).to_have_css("opacity", "1")
    assert buttons.evaluate_all(_MET) == [True] * 9
    box = page.locator('.sj-stage-bar [data-act="next"]').bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    stands_at(page, 3)
    page.keyboard.press("ArrowRight")  # the button does not hold the keys back
    stands_at(page, 4)
    expect(bar).to_have_css("opacity", "0")  # it goes when the pointer rests, though the slide has turned meanwhile
    overlaps = """() => {
      const [clock, ...others] = ['.sj-stage-clock', '.sj-slide-sample', '.sj-slide-title', '.sj-slide-lead']
        .map(name => [...document.querySelectorAll(name)].map(one => {
          const words = document.createRange();
          words.selectNodeContents(one);
          return words.getBoundingClientRect();
        })[0]);
      const beside = (one, other) => one.right <= other.left || one.left >= other.right;
      const apart = (one, other) => beside(one, other) || one.bottom <= other.top || one.top >= other.bottom;
      return others.filter(other => other && !apart(clock, other)).length;
    }"""
    assert page.evaluate(overlaps) == 0


def test_the_bar_is_reached_by_keyboard(look: Look) -> None:
    visit = look().open("present", slide="2")
    page = visit.page
    button = page.locator('.sj-stage-bar [data-act="next"]')
    for _ in range(12):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    expect(button).to_be_focused()
    expect(page.locator(".sj-stage-bar")).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    stands_at(page, 3)
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    stands_at(page, 4)


# The box of the prefectures as part of the room that the drawing has.
_LAND = """() => {
  const plot = document.querySelector('.st-key-figure .sj-plot').getBoundingClientRect();
  const shapes = [...document.querySelectorAll('.st-key-figure .scatterlayer path.js-fill')];
  const land = shapes.map(one => one.getBoundingClientRect());
  const drawn = land.filter(one => one.width).at(-1);  // all prefectures once more, for their edges
  return [drawn.width / plot.width, drawn.height / plot.height];
}"""


@pytest.mark.parametrize("size", [(1440, 900), (1920, 1080)], ids=lambda size: str(size[1]))
def test_the_map_fills_its_room_however_it_is_come_to(size: tuple[int, int], look: Look) -> None:
    slides = "goal_bar,prefecture_map.measure.visitors"
    found = []
    for number in ("2", "1", "2"):
        visit = look(size=size).open("present", slides=slides, slide=number)
        if number == "1":
            press(visit.page, "ArrowRight", 2, 2)
        for _ in range(2):
            expect(visit.page.locator(".st-key-figure .scatterlayer path.js-fill").first).to_be_visible()
            found.append(visit.still().page.evaluate(_LAND))
            press(visit.page, "ArrowLeft", 1, 2)
            press(visit.page, "ArrowRight", 2, 2)
    assert [(wide, high) for wide, high in found if not (wide > 0.4 and high > 0.9)] == []
    assert max(high for _, high in found) - min(high for _, high in found) < 0.02


def test_what_the_pointer_met_does_not_stay_when_the_slide_turns(look: Look) -> None:
    visit = look().open("present", slides="daily_visitors,visitor_progress")
    page = visit.page
    bar = page.locator(".st-key-figure .barlayer .point path").nth(5).bounding_box()
    assert bar is not None
    for more in (0, 1):
        page.mouse.move(bar["x"] + bar["width"] / 2 + more, bar["y"] + bar["height"] * 0.7)
    told = page.locator(".hoverlayer > *")
    expect(told).not_to_have_count(0)
    page.keyboard.press("ArrowRight")
    stands_at(page, 2, 2)
    visit.still()
    expect(told).to_have_count(0)
    for more in (0, 6):  # on the new slide it meets what is there
        page.mouse.move(bar["x"] + 40 + more, bar["y"] + 10)
    expect(told).not_to_have_count(0)


def test_the_table_behind_the_map_is_read_by_people(look: Look) -> None:
    visit = look().open("present", slides="prefecture_map.measure.visitors")
    visit.page.keyboard.press("b")
    head = visit.page.locator(".sj-slide-table th")
    expect(head.first).to_have_text("도도부현")
    assert "위도" not in " ".join(head.all_inner_texts())
    expect(visit.page.locator(".sj-slide-table tbody tr").first).to_contain_text("11,081")
