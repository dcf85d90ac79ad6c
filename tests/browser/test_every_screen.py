"""Every page at every width, in three languages and both themes: no text of a chart or a card lies on another or is cut off,
nothing is wider than the screen, and a page begins right below its one row of chips."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from dark_pages import wrong_in_the_dark
from discovery import parts_of
from playwright.sync_api import Page
from visiting import FIRST, HOME, NAMES, SMALL_PHONE, WAIT_MS, Visit

from sejong_dash.paths import PAGES

Look = Callable[..., Visit]
WIDTHS = ((1920, 1080), (1440, 900), (1024, 768), (390, 844))
ZOOMED = (720, 450)  # 1440×900 at 200 %
# Drawings follow a new width a moment later.
FITTED = """limit => new Promise((resolve, reject) => {
  const isFitted = ({ clientWidth, _fullLayout }) => !clientWidth || Math.abs(clientWidth - (_fullLayout?.width ?? 0)) <= 1;
  const timer = setInterval(() => {
    limit -= 50;
    if ([...document.querySelectorAll('.sj-plot')].every(isFitted)) { clearInterval(timer); resolve(); }
    else if (limit < 0) { clearInterval(timer); reject(new Error('a drawing does not follow the width')); }
  }, 50);
})"""
# Boxes of texts that are seen, by the card or drawing that they stand in.
FAULTS = """() => {
  const ROOM = 3, BLANK = 0.2, faults = []; // px; the part of a line above its letters, and below
  const name = text => JSON.stringify(text.length > 40 ? text.slice(0, 40) + '…' : text);
  const isSeen = box => box.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const textsIn = root => {
    const found = [], walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const parent = node.parentElement, text = node.textContent.trim();
      if (!text || !isSeen(parent) || parent.closest('.sj-quiet, .hoverlayer, option, script, style, .modebar')) continue;
      if (getComputedStyle(parent.closest('.whole')?.parentElement ?? parent).clipPath !== 'none') continue; // read out alone
      if (parseFloat(getComputedStyle(parent).fontSize) < 2) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right, top, bottom } of range.getClientRects()) {
        const above = (bottom - top) * BLANK;
        if (right - left < 1 || above <= 0) continue;
        found.push({ text, parent, left, right, top: top + above, bottom: bottom - above });
      }
    }
    return found;
  };
  const overlap = (a, b) => Math.min(
    Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
  for (const place of document.querySelectorAll('.sj-card, .sj-plot, .sj-top, .sj-chips, .st-key-first-screen')) {
    const texts = textsIn(place);
    texts.forEach((a, at) => texts.slice(at + 1).forEach(b => {
      const same = a.parent === b.parent || a.parent.contains(b.parent) || b.parent.contains(a.parent);
      if (!same && overlap(a, b) > ROOM) faults.push(`${name(a.text)} lies on ${name(b.text)}`);
    }));
    if (!place.matches('.sj-plot')) continue;
    const frame = place.getBoundingClientRect();
    for (const { text, left, right, top, bottom } of texts) {
      if (left < frame.left - ROOM || right > frame.right + ROOM || top < frame.top - ROOM || bottom > frame.bottom + ROOM) {
        faults.push(`${name(text)} is cut off by the edge of its drawing`);
      }
    }
  }
  for (const box of document.querySelectorAll('.sj-card *, .sj-title, .sj-message, .sj-chip, .sj-top *, [role=radio] p')) {
    const cut = box.scrollWidth - box.clientWidth;
    if (!isSeen(box) || box.children.length || cut <= ROOM || box.closest('[title], .sj-quiet')) continue;
    if (getComputedStyle(box).overflowX !== 'visible') faults.push(`${name(box.textContent)} is cut by ${cut} px`);
  }
  return [...new Set(faults)];
}"""


PLACES = """() => Object.fromEntries([...document.querySelectorAll('.sj-drawing')]
  .map(place => [place.dataset.name, [place.clientHeight, place.scrollHeight]]))"""
STATUS = "document.querySelector('.sj-status').getBoundingClientRect().right"
BAR = "() => [...document.querySelectorAll('.sj-chips > *')].map(chip => chip.getBoundingClientRect().toJSON())"


@pytest.mark.parametrize(("lang", "theme"), [("ko", "light"), ("ja", "dark"), ("en", "light")])
def test_every_page_fits_every_screen(look: Look, lang: str, theme: str) -> None:
    visit = look(size=WIDTHS[0], theme=theme)
    visit.open(lang=lang, asof="2026-05-06", sample="true")
    faults: list[str] = []
    for name in NAMES:
        if name != HOME:
            visit.go(name, lang)
        for part in parts_of(PAGES / f"{name}.py"):
            if part:
                visit.show_part(name, part, lang)
            screen = f"{name} {part}".strip()
            faults += [f"{screen}: {fault}" for fault in faults_of_places(visit)]
            if theme == "dark":
                faults += [f"{screen}: {fault}" for fault in wrong_in_the_dark(visit, name, part)]
            faults += [f"{screen} at {width}: {fault}" for width, fault in faults_by_width(visit)]
    assert faults == [], "\n".join(faults)


def faults_by_width(visit: Visit) -> Iterator[tuple[int, str]]:
    """What is wrong with the page that is shown, at each width; it ends at the first again."""
    page = visit.page
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(FITTED, WAIT_MS)
        visit.still()
        found = [*page.evaluate(FAULTS), *(f"{wide} is wide" for wide in visit.sideways), *faults_of_frame(page, width)]
        yield from ((width, fault) for fault in found)
    page.set_viewport_size({"width": SMALL_PHONE[0], "height": SMALL_PHONE[1]})
    page.evaluate(FITTED, WAIT_MS)
    yield from ((SMALL_PHONE[0], f"{wide} is wide") for wide in visit.sideways)
    page.set_viewport_size({"width": ZOOMED[0], "height": ZOOMED[1]})
    yield from ((ZOOMED[0], fault) for fault in faults_of_frame(page, ZOOMED[0]))
    page.set_viewport_size({"width": WIDTHS[0][0], "height": WIDTHS[0][1]})
    visit.still()


def faults_of_places(visit: Visit) -> list[str]:
    """Which places of drawings have another height once all of them are drawn, or cut what is in them."""
    before = visit.page.evaluate(PLACES)
    after = visit.draw_all().page.evaluate(PLACES)
    moved = [
        f"{name}: {height} px high, {after[name][0]} drawn" for name, (height, _) in before.items() if after[name][0] != height
    ]
    return moved + [f"{name} is cut by its place" for name, (height, inside) in after.items() if inside > height + 1]


def faults_of_frame(page: Page, width: int) -> list[str]:
    """What is wrong with the row of chips and the beginning of the page below it."""
    chips, first = page.evaluate(BAR), page.evaluate(FIRST)
    most = 104 if width >= 1440 else 108  # px, of the first text, which may lie in a button that begins at 98
    faults = [] if 80 < first <= most else [f"the page begins at {first}"]
    if max(chip["bottom"] for chip in chips) - min(chip["top"] for chip in chips) >= 36 and width != 1024:
        faults.append("the chips stand in several rows")
    if width < 1024 and not 0 < page.evaluate(STATUS) < width:
        faults.append("the state of the data is out of view")
    if width >= 1440:
        faults += ["chips lie on each other" for one, other in pairwise(chips) if one["right"] > other["left"]]
        faults += ["a chip is cut off"] if chips[-1]["right"] > width else []
    return faults
