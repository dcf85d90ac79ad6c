"""No text of a chart or a card lies on another or is cut off, at four widths, in three languages and both themes."""

from collections.abc import Callable

import pytest
from discovery import parts_of
from visiting import HOME, NAMES, WAIT_MS, Visit

from sejong_dash.paths import PAGES

Look = Callable[..., Visit]
WIDTHS = ((1920, 1080), (1440, 900), (1024, 768), (390, 844))
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
      if (getComputedStyle(parent).clipPath !== 'none') continue; // read out alone
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
  for (const box of document.querySelectorAll('.sj-card *, .sj-title, .sj-message, .sj-chip, .sj-top *')) {
    const cut = box.scrollWidth - box.clientWidth;
    if (!isSeen(box) || box.children.length || cut <= ROOM || box.closest('[title], .sj-quiet')) continue;
    if (getComputedStyle(box).overflowX !== 'visible') faults.push(`${name(box.textContent)} is cut by ${cut} px`);
  }
  return [...new Set(faults)];
}"""


@pytest.mark.parametrize(("lang", "theme"), [("ko", "light"), ("ja", "dark"), ("en", "light")])
def test_no_text_lies_on_another(look: Look, lang: str, theme: str) -> None:
    visit = look(size=WIDTHS[0], theme=theme).open(lang=lang, asof="2026-05-06", sample="true")
    page, faults = visit.page, []
    for name in NAMES:
        for part in parts_of(PAGES / f"{name}.py"):
            own = {"part": part} if part else {}
            page.set_viewport_size({"width": WIDTHS[0][0], "height": WIDTHS[0][1]})
            visit.open("" if name == HOME else name, lang=lang, asof="2026-05-06", sample="true", **own)
            for width, height in WIDTHS:
                page.set_viewport_size({"width": width, "height": height})
                page.evaluate("globalThis.sejongDrawings.drawAll()")
                page.evaluate(FITTED, WAIT_MS)
                visit.still()
                faults += [f"{name} {part} at {width}: {fault}" for fault in page.evaluate(FAULTS)]
    assert faults == []
