"""The table beside a map is whole at every width, in every language."""

import re
from collections.abc import Callable

import pytest
from visiting import DESKTOP, PHONE, SMALL_PHONE, TABLET, Visit

from sejong_dash import words
from sejong_dash.choices import MEASURES

Look = Callable[..., Visit]
LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)

# Each word of a heading, with the number of lines that it takes; a mark for a line break is one between two words.
HEADS = r"""() => [...document.querySelectorAll('.sj-list th')].slice(0, 4).flatMap(head => {
  const text = head.querySelector('button').firstChild;
  return [...text.textContent.matchAll(/[^\s\u200b]+/g)].map(({0: word, index}) => {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    return {word, lines: new Set([...range.getClientRects()].map(box => Math.round(box.top))).size};
  });
})"""
# The map beside the table, which without a graphics card takes seconds to be drawn at each size; its room stays.
WITHOUT_DRAWING = """() => document.querySelectorAll('[data-testid=stDeckGlJsonChart]')
  .forEach(box => { box.style.display = 'none'; })"""
NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
CUT = """() => {
  const list = document.querySelector('.sj-list'), room = list.getBoundingClientRect();
  const beyond = [...list.querySelectorAll('th:nth-child(-n+4), td, caption')]
    .filter(cell => cell.getBoundingClientRect().right > room.right + 0.5 || cell.scrollWidth > cell.clientWidth + 1)
    .map(cell => cell.textContent);
  return list.scrollWidth > list.clientWidth || room.right > innerWidth ? [...beyond, 'the table'] : beyond;
}"""


@LANGS
def test_the_maps_table_is_whole_and_breaks_no_word(look: Look, lang: str) -> None:
    visit, wrong = look(size=DESKTOP), []
    visit.open("map", lang=lang, asof="2026-05-06", sample="true", measure=MEASURES[0])
    for measure in MEASURES:
        if measure != MEASURES[0]:  # on the page, which takes a fraction of what a new one does
            name = words.shared(lang)(f"measure.{measure}")
            visit.page.get_by_role("radio", name=name, exact=True).locator("xpath=ancestor-or-self::*[1]").click()
            visit.page.wait_for_url(re.compile(rf"measure={measure}(&|$)"))
        visit.still().page.evaluate(WITHOUT_DRAWING)
        for size in (SMALL_PHONE, PHONE, TABLET, DESKTOP):
            visit.page.set_viewport_size({"width": size[0], "height": size[1]})
            visit.page.evaluate(NEXT_FRAME)  # the table needs no script for its new width
            heads = visit.page.evaluate(HEADS)
            assert len(heads) >= 4, heads
            wrong += [f"{measure} at {size[0]}: {head['word']}" for head in heads if head["lines"] != 1]
            wrong += [f"{measure} at {size[0]}: {what} is cut" for what in visit.page.evaluate(CUT)]
    assert wrong == []
