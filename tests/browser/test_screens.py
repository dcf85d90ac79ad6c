"""Every page is right in the dark, and the menu of a phone goes when a page is chosen."""

from collections.abc import Callable

from discovery import parts_of, shown_on
from playwright.sync_api import expect
from visiting import CONTRAST, HOME, NAMES, PHONE, TABLET, Visit

from sejong_dash import theme
from sejong_dash.paths import PAGES

Look = Callable[..., Visit]

COLOURS = """() => {
  const found = {};
  const keep = (box, ...colours) => colours.forEach(colour => {
    found[colour] = box.closest('[class*=st-key-]')?.className || ''; });
  for (const box of document.querySelectorAll('.sj, .sj *')) { const is = getComputedStyle(box);
    keep(box, is.color, is.backgroundColor, is.borderTopColor); }
  for (const box of document.querySelectorAll('.sj-plot svg *')) { const is = getComputedStyle(box);
    if (!box.closest('defs, .hoverlayer')) keep(box, is.fill, is.stroke); }
  return found;
}"""
CHART_TEXT = """() => [...document.querySelectorAll('.sj-plot :is(.xtick, .ytick, .legend) text')]
  .map(text => getComputedStyle(text).fill)"""


def brightness(colour: str) -> float:
    red, green, blue = parts(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def parts(colour: str) -> tuple[int, ...]:
    return tuple(int(float(part)) for part in colour[colour.index("(") + 1 : -1].split(",")[:3])


def test_the_menu_of_a_phone_covers_no_page(look: Look) -> None:
    visit = look(size=PHONE).open(lang="ja")
    page = visit.page
    covered = page.locator('[data-testid=stSidebar][data-collapsed="false"]')
    expect(covered).to_have_count(0)
    for name in NAMES[1:]:
        visit.go(name, "ja")  # opens the menu first, as a finger would
        expect(covered).to_have_count(0)
    visit.open_menu()
    expect(covered).not_to_have_count(0)
    page.reload()
    visit.is_on(NAMES[-1], "ja")
    expect(covered).to_have_count(0)
    visit.choose("prefecture", "静岡県")
    visit.has_query(lang="ja", prefecture="22")


def test_every_page_is_made_for_the_dark(look: Look) -> None:
    """And fits a small laptop, in the language with the longest words."""
    visit = look(size=TABLET, theme="dark").open(lang="en")
    wrong = []
    for name in NAMES:
        if name != HOME:
            visit.go(name, "en")
        for part in parts_of(PAGES / f"{name}.py"):
            if part:
                visit.show_part(name, part, "en")
            wrong += [f"{name} {part}: {trouble}" for trouble in wrong_in_the_dark(visit.draw_all(), name, part)]
    assert wrong == []


def wrong_in_the_dark(visit: Visit, name: str, part: str) -> list[str]:
    page = visit.page
    ground = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert brightness(ground) < 40
    drawn = page.evaluate("document.querySelectorAll('.sj-drawing .main-svg').length > 0")
    assert drawn or not any(shown.startswith("charts.") for shown in shown_on(PAGES / f"{name}.py", None, part))
    wrong = [f"chart text {colour}" for colour in page.evaluate(CHART_TEXT) if brightness(colour) < 120]
    for colour, where in page.evaluate(COLOURS).items():
        if colour.startswith("rgb("):
            paper = "#{:02x}{:02x}{:02x}".format(*parts(colour))
            wrong += [f"{paper} is a colour of paper, in {where}"] if theme.dress(paper, True) != paper else []
    wrong += [f"{text} is hard to read" for text in page.evaluate(CONTRAST)]
    return wrong + [f"{what} is wide" for what in visit.sideways]
