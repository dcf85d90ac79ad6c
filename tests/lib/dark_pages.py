"""Finds what a page in the dark has kept of paper: colours, and texts that are hard to read."""

from discovery import shown_on
from visiting import CONTRAST, Visit

from sejong_dash import theme
from sejong_dash.paths import PAGES

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


def wrong_in_the_dark(visit: Visit, name: str, part: str) -> list[str]:
    """What is wrong with the part of the page `name` that is shown, once all of it is drawn."""
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
    return wrong
