"""The goal bar's tick and labels never lie on each other, wherever the plan stands and however wide the screen is."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from discovery import BASE
from playwright.sync_api import Browser, Page
from visiting import DESKTOP, PHONE, Visit

from sejong_dash import plotly_script, words
from sejong_dash.charts import goal_bar
from sejong_dash.datasets import snapshot

GOAL = 150_000
DUE_PCT = range(5, 100, 5)
OF_DUE = (0.5, 0.9, 1.0, 1.1, 1.5)  # what was counted, of what is due
CASES = [(GOAL * pct // 100, min(round(GOAL * pct / 100 * of), GOAL)) for pct in DUE_PCT for of in OF_DUE]
DRAWN = {390: 326, 1440: 421}  # px: screen, and how wide the drawing is on its page
WIDE = 1350  # px: a profile and a slide
PADDING = 7  # px between a text in a bar and the bar's ends
BUNDLE = Path(plotly_script.__file__).parent / "plotly-basic.min.js"

BOXES = """(root) => {
  const boxes = (selector) => [...root.querySelectorAll(selector)].map((one) => {
    const {left, right, top, bottom} = one.getBoundingClientRect();
    return {left, right, top, bottom, text: one.textContent};
  }).filter((box) => box.right > box.left || box.bottom > box.top);
  const ends = [...root.querySelectorAll('.bars .point')].flatMap((point) => {
    const text = point.querySelector('.bartext'), bar = point.querySelector('path').getBoundingClientRect();
    if (!text || !text.getNumberOfChars() || !text.getBoundingClientRect().width) return [];
    const move = text.getScreenCTM(), written = text.textContent, last = written.trimEnd().length - 1;
    const at = (spot) => spot.matrixTransform(move).x;
    const from = at(text.getStartPositionOfChar(written.length - written.trimStart().length));
    return [Math.min(from - bar.left, bar.right - at(text.getEndPositionOfChar(last)))];
  });
  return {
    ends, ticks: boxes('.shapelayer path'), bar: boxes('.bartext'), due: boxes('.annotation-text'), room: boxes('.main-svg'),
  };
}"""
UNTIL_WIDE = """(chart, width) => new Promise((resolve, reject) => {
  const end = performance.now() + 60000, drawn = () => chart.querySelector('.main-svg').getBoundingClientRect().width;
  const look = () => Math.abs(drawn() - width) < 20 ? resolve()
    : performance.now() > end ? reject(new Error(`${drawn()} px wide`)) : requestAnimationFrame(look);
  look();
})"""
DRAW = f"""async ([figures, width]) => {{
  const box = document.getElementById('drawn');
  box.style.width = width + 'px';
  const found = [];
  for (const {{data, layout}} of figures) {{
    await Plotly.react(box, data, {{...layout, width}});
    found.push(({BOXES})(box));
  }}
  return found;
}}"""

Box = dict[str, float]


@pytest.fixture(scope="module")
def sheet(chromium: Browser) -> Iterator[Page]:
    """A page with nothing on it but Plotly."""
    page = chromium.new_page()
    page.set_content('<div id="drawn"></div>')
    page.add_script_tag(path=BUNDLE)
    yield page
    page.close()


def meet(one: Box, other: Box, apart: float = 1.5) -> bool:
    """Whether two boxes come nearer than `apart` px: half of the tick's line is not in its box."""
    return (
        one["left"] - apart < other["right"]
        and other["left"] - apart < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    )


def wrong(found: dict[str, list[Box]]) -> list[str]:
    """What lies on something else, or beyond the drawing."""
    labels = [*found["bar"], *found["due"]]
    on_tick = [f"{label['text']} on the tick" for label in labels for tick in found["ticks"] if meet(label, tick, 1.5)]
    on_label = [f"{bar['text']} on {due['text']}" for bar in found["bar"] for due in found["due"] if meet(bar, due, 0)]
    room = found["room"][0]
    cut = [f"{label['text']} is cut" for label in labels if label["left"] < room["left"] or label["right"] > room["right"]]
    return on_tick + on_label + cut


@cache
def drawn(lang: str) -> list[Any]:
    """The bar of each case, which no width changes."""
    said, table = words.of(goal_bar.__file__, lang), goal_bar.table(BASE, snapshot())
    figures = []
    for due, counted in CASES:
        parts = [counted, GOAL - counted]
        some = table.assign(visitors=parts, share_pct=[100 * part / GOAL for part in parts], due=due, gap=counted - due)
        figures.append(json.loads(goal_bar.draw(some, said).to_json()))
    return figures


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("width", [*DRAWN.values(), WIDE])
def test_no_label_lies_on_the_tick(sheet: Page, width: int, lang: str) -> None:
    figures = drawn(lang)
    found = sheet.evaluate(DRAW, [figures, width])
    seen = {case: wrong(boxes) for case, boxes in zip(CASES, found, strict=True)}
    assert {case: what for case, what in seen.items() if what} == {}
    for boxes in found:
        assert (len(boxes["ticks"]), len(boxes["due"])) == (4, 1)  # two halves, each with a halo
        assert min(boxes["ends"]) >= PADDING
        assert boxes["bar"]  # one part is always long enough for its label
    if width == WIDE:
        halves = [len(boxes["bar"]) for (_, counted), boxes in zip(CASES, found, strict=True) if 0.25 < counted / GOAL < 0.75]
        assert set(halves) == {2}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_it_is_so_on_the_page(look: Callable[..., Visit], lang: str) -> None:
    visit = look(size=DESKTOP).open("progress", lang=lang, asof="2026-05-06", sample="true")
    chart = visit.page.locator(".st-key-chart-goal_bar .sj-plot")
    for size in (DESKTOP, PHONE):
        visit.page.set_viewport_size({"width": size[0], "height": size[1]})
        chart.evaluate(UNTIL_WIDE, DRAWN[size[0]])  # as wide as the other test draws it
        visit.still()
        found = chart.evaluate(BOXES)
        assert wrong(found) == [], size
        assert (len(found["ticks"]), len(found["due"])) == (4, 1), size
        assert len(found["bar"]) >= (2 if size == DESKTOP else 1), (
            size
        )  # a phone leaves out what does not fit: the message has it
        assert min(found["ends"]) >= PADDING, size
