"""Does the meeting's page fill the screen, obey the presenter's keys and keep its place in the address?"""

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
  const named = '.sj-slide-head, .st-key-figure .js-plotly-plot, .sj-slide-body, .sj-slide-foot, .sj-slide-aside';
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
    expect(page.locator(".sj-slide-foot b")).to_have_text(
        f"{number} / {count}", timeout=20_000
    )  # machines that run tests are busy
    page.wait_for_url(re.compile(rf"slide={number}(&|$)"))


def wrong_once_drawn(visit: Visit) -> list[str]:
    """A drawing takes its new size a moment after the slide has turned: what is wrong must stay wrong to count."""
    deadline = time.monotonic() + 10
    while (said := visit.still().page.evaluate(_WRONG)) and time.monotonic() < deadline:
        pass  # `still` looks at the page for a quarter of a second
    return said


def press(page: Page, key: str, number: int) -> None:
    page.keyboard.press(key)
    stands_at(page, number)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[1]))
@pytest.mark.parametrize(("lang", "theme"), [("ko", "light"), ("ja", "dark")])
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
    for part in ("stSidebar", "stHeader"):
        expect(page.get_by_test_id(part)).not_to_be_visible()


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
    expect(page.get_by_test_id("stSidebar")).to_be_visible()


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
    bar = visit.page.locator(".st-key-figure .barlayer .point path").nth(5).bounding_box()
    assert bar is not None
    visit.page.mouse.move(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] * 0.7)
    visit.page.mouse.move(bar["x"] + bar["width"] / 2 + 1, bar["y"] + bar["height"] * 0.7)
    expect(visit.page.locator(".hoverlayer .hovertext")).to_contain_text("4월 17일 (금)")


def test_a_wall_screen_turns_by_itself(look: Look) -> None:
    visit = look().open("present", slides="goal_bar,crossings", turn="5")
    foot = visit.page.locator(".sj-slide-foot b")
    expect(foot).to_have_text("2 / 2", timeout=20_000)
    expect(foot).to_have_text("1 / 2", timeout=20_000)


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
