"""A chart is drawn when its place comes near the screen, changes without blinking, and is there on paper."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect
from visiting import PHONE, Visit

from sejong_dash import words
from sejong_dash.charts import visitor_progress

Look = Callable[..., Visit]
SHORT = (390, 600)  # the overview takes several such screens
FIGURE = re.compile(r"/figure/\w+\.json")
STATES = "() => [...document.querySelectorAll('.sj-drawing')].map(place => [place.dataset.name, 'drawn' in place.dataset])"
BLINKS = """name => {  // whether the place of a drawing was ever empty, or another than the one that was there
  const plot = document.querySelector(`.sj-drawing[data-name=${name}] .sj-plot`);
  globalThis.seen = [];
  new MutationObserver(() => {
    const now = document.querySelector(`.sj-drawing[data-name=${name}] .sj-plot`);
    if (now !== plot) globalThis.seen.push(now ? 'another' : 'none');
  }).observe(document.body, { subtree: true, childList: true });
}"""
UNTIL_WIDE = """() => new Promise((resolve, reject) => {
  const wide = box => box.getBoundingClientRect().width, end = performance.now() + 60000;
  const gaps = () => [...document.querySelectorAll('.sj-drawing')].filter(place => 'drawn' in place.dataset)
    .map(place => Math.abs(wide(place.querySelector('.main-svg')) - wide(place)));
  const look = () => gaps().every(gap => gap <= 1.5) ? resolve()
    : performance.now() > end ? reject(new Error(`off by ${gaps()} px`)) : requestAnimationFrame(look);
  look();
})"""
SELECTED = "plot => plot.data.flatMap(trace => trace.selectedpoints ?? []).length"


def test_what_is_far_down_is_drawn_when_it_comes_near(look: Look) -> None:
    asked: list[str] = []
    visit = look(size=SHORT)
    visit.page.on("request", lambda request: asked.extend(FIGURE.findall(request.url)))
    visit.open()
    assert ["recent_days", False] in visit.page.evaluate(STATES)
    assert not any("recent_days" in path for path in asked)
    visit.page.locator(".st-key-chart-recent_days .sj-title").scroll_into_view_if_needed()
    expect(visit.page.locator(".st-key-chart-recent_days .main-svg").first).to_be_visible()
    assert sum("recent_days" in path for path in asked) == 1


def test_a_drawing_changes_without_blinking(look: Look) -> None:
    visit = look().open(asof="2026-05-06", sample="true")
    visit.page.evaluate(BLINKS, "visitor_progress")
    place = visit.page.locator(".sj-drawing[data-name=visitor_progress]")
    before = place.get_attribute("data-source")
    visit.choose("prefecture", "오사카부")
    visit.has_query(asof="2026-05-06", sample="true", prefecture="27")
    visit.still()
    assert place.get_attribute("data-source") != before
    assert place.get_attribute("data-drawn") == place.get_attribute("data-source")
    assert visit.page.evaluate("globalThis.seen") == []


def test_the_way_back_asks_for_no_figure_again(look: Look) -> None:
    visit = look().open(asof="2026-05-06", sample="true")
    visit.go("programme")
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.extend(FIGURE.findall(request.url)))
    visit.page.go_back()
    visit.is_on("overview")
    visit.still()
    assert visit.page.locator(".sj-drawing[data-name=visitor_progress] .main-svg").count()
    assert asked == []


def test_paper_has_every_chart(look: Look) -> None:
    visit = look(size=SHORT).open()
    assert not all(is_drawn for _, is_drawn in visit.page.evaluate(STATES))
    visit.page.pdf()
    assert all(is_drawn for _, is_drawn in visit.page.evaluate(STATES))


def test_a_drawing_is_as_wide_as_its_place(look: Look) -> None:
    visit = look().open()
    for size in ((1100, 900), PHONE, (1440, 900)):
        visit.page.set_viewport_size({"width": size[0], "height": size[1]})
        visit.still().page.evaluate(UNTIL_WIDE)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_figure_that_does_not_come_is_said_and_asked_for_again(look: Look, lang: str) -> None:
    visit = look()

    def refuse(route: Route) -> None:
        route.fulfill(status=404, content_type="application/json", body="{}")

    visit.page.route(FIGURE, refuse)
    visit.page.goto(f"{visit.root}/?lang={lang}")
    own = words.of(str(visitor_progress.__file__), lang)
    note = visit.page.locator(".st-key-chart-visitor_progress .sj-undrawn")
    expect(note).to_have_text(f"{own('drawing.failed')} {own('drawing.again')}")
    visit.page.unroute(FIGURE)
    note.get_by_role("button").click()
    expect(visit.page.locator(".st-key-chart-visitor_progress .main-svg").first).to_be_visible()
    expect(note).to_have_count(0)
    visit.troubles[:] = [trouble for trouble in visit.troubles if "404" not in trouble]


def test_a_figure_that_is_late_or_fails_once_comes_by_itself(look: Look) -> None:
    visit = look()
    failed: list[str] = []

    def fail_once(route: Route) -> None:
        path = route.request.url
        if path in failed:
            route.fallback()
        else:
            failed.append(path)
            route.fulfill(status=503, content_type="application/json", body="{}")

    visit.page.route(FIGURE, fail_once)
    visit.open()
    expect(visit.page.locator(".st-key-chart-visitor_progress .main-svg").first).to_be_visible()
    assert failed
    visit.troubles[:] = [trouble for trouble in visit.troubles if "503" not in trouble]


def test_the_mark_that_is_chosen_stands_out(look: Look) -> None:
    visit = look().open("timeline", item="nara-medical-2024")
    plot = visit.page.locator(".st-key-chart-programme_timeline .sj-plot")
    assert plot.evaluate(SELECTED) >= 1
    visit.page.locator(".st-key-item-close button").click()
    expect(visit.page.locator(".st-key-pressed-item .sj-card")).to_have_count(0)
    visit.still()
    assert plot.evaluate(SELECTED) == 0


def test_a_turned_phone_draws_for_its_new_width(look: Look) -> None:
    """Upright there is no room for the label of the forecast; across there is."""
    visit = look(size=PHONE).open(asof="2026-05-06", sample="true").draw_all()
    plot = visit.page.locator(".sj-drawing[data-name=visitor_progress]")
    name = words.of(visitor_progress.__file__, "ko")("forecast_end", value="#").partition("#")[0]
    label = plot.locator(".annotation-text").filter(has_text=name)
    expect(plot.locator(".annotation-text").first).to_be_visible()
    expect(label).to_have_count(0)
    visit.page.set_viewport_size({"width": PHONE[1], "height": PHONE[0]})
    expect(label).to_be_visible()
    visit.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    expect(label).to_have_count(0)
