"""What stands beside each other does so in every language: the plan and what can be pressed beside it, a map and its table."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from visiting import DESKTOP, HOME, NAMES, PHONE, SMALL_PHONE, TABLET, Visit

from sejong_dash import words
from sejong_dash.choices import MEASURES

Look = Callable[..., Visit]
LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)

BAR = "() => [...document.querySelectorAll('.sj-chips > *')].map(chip => chip.getBoundingClientRect().toJSON())"
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
def test_what_is_chosen_for_all_pages_stands_in_one_row(look: Look, lang: str) -> None:
    visit = look(size=DESKTOP).open(lang=lang, asof="2026-05-06", sample="true")
    for name in (HOME, "map", NAMES[-1]):  # all pages have the same frame
        if name != HOME:
            visit.go(name, lang)
        chips = visit.page.evaluate(BAR)
        assert len(chips) == (5 if name == HOME else 4), "the first page has the choice of a comparison"
        assert max(chip["bottom"] for chip in chips) - min(chip["top"] for chip in chips) < 36, name
        assert all(one["right"] <= other["left"] for one, other in pairwise(chips)), name
        assert chips[-1]["right"] <= DESKTOP[0], name


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


@LANGS
def test_the_maps_table_stands_beside_it_on_a_wide_screen(look: Look, lang: str) -> None:
    visit = look(size=DESKTOP).open("map", lang=lang)
    picture = visit.page.get_by_test_id("stDeckGlJsonChart").bounding_box()
    listed = visit.page.locator(".sj-list").bounding_box()
    assert picture is not None
    assert listed is not None
    assert picture["x"] + picture["width"] <= listed["x"]
    assert abs(picture["y"] - listed["y"]) < 4
    assert picture["width"] > 1.8 * listed["width"]
