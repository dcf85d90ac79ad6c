"""A link to a page, opened in a fresh browser, shows that page whole, in its frame, in the link's language."""

import re

from cold_pages import Cold, every_page
from discovery import on_demand, shown_on
from playwright.sync_api import expect
from visiting import CONTRAST, FILES, MENU, title

from sejong_dash.words import shared

MOST_FONTS = 300_000  # bytes of one visit with an empty cache: what an office's line will bear


@every_page
def test_the_page_stands_in_its_frame(cold: Cold) -> None:
    visit, name, lang = cold[:3]
    page = visit.page
    assert visit.texts("h1") == [title(name, lang)]
    assert visit.menu == [title(each, lang) for each in MENU]
    assert page.title() == f"{title(name, lang)} · {shared(lang)('app')}"
    words = shared(lang)
    for choice in ("choose.plan", "choose.prefecture"):
        expect(page.get_by_role("combobox", name=words(choice))).to_be_visible()
    expect(page.get_by_role("textbox", name=words("choose.as_of"))).to_be_visible()
    expect(page.locator("[data-choice=lang]")).to_have_value(lang)
    expect(page.locator("[data-choice=sample]")).to_be_checked()
    box = page.locator(".sj-frame + *, .sj-chips").last.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 100, "the page begins high"
    assert page.get_by_role("dialog").count() == 0  # Streamlit's "Page not found"


@every_page
def test_everything_of_the_page_is_there(cold: Cold) -> None:
    visit, name, lang = cold[:3]
    file = FILES[MENU.index(name)]
    parts = {part.rpartition(".")[2] for part in shown_on(file, None)} - set(on_demand(file))
    if not parts:  # a page of work rather than of charts
        expect(
            visit.page.locator("[data-testid=stMain] :is([data-testid=stMultiSelect], [data-testid=stFileUploader])").first
        ).to_be_visible()
    for part in parts:
        box = visit.page.locator(f".st-key-chart-{part}")
        expect(box.locator(".sj-title").first).to_be_visible()
        assert box.locator(".sj-drawing, [data-testid=stDeckGlJsonChart], .sj-card, .sj-empty").count(), part
    assert visit.page.locator(".sj-error, [data-testid=stException]").count() == 0
    expect(visit.page.locator(".sj-band")).to_have_text(shared(lang)("sample_band"))


@every_page
def test_the_plan_and_what_became_of_it_are_one_press_away(cold: Cold) -> None:
    visit, lang = cold.visit, cold.lang
    words = shared(lang)
    panel = visit.page.locator(".sj-panel")
    expect(panel).not_to_be_visible()
    visit.page.locator(".sj-status summary").click()
    for text in ("sample_band", "plan_history"):
        expect(panel).to_contain_text(words(text))
    line = visit.texts(".sj-plan")[0]
    assert words("state.cancelled") in line
    assert {"ko": "2024년 12월 11일", "ja": "2024年12月11日", "en": "11 December 2024"}[lang] in line
    history = visit.page.locator(".sj-history li")
    expect(history).to_have_count(7)
    expect(history.filter(has_text=words("followed"))).to_have_count(1)
    expect(history.first).to_be_visible()
    visit.page.keyboard.press("Escape")
    expect(history.first).not_to_be_visible()
    visit.page.locator(".sj-status summary").click()
    visit.page.mouse.click(5, 450)  # beside everything that can be pressed
    expect(panel).not_to_be_visible()


@every_page
def test_it_can_be_read_aloud(cold: Cold) -> None:
    page = cold.visit.page
    for box in page.locator("[data-testid=stMain] [class*=st-key-chart-]").all():
        drawing = box.locator(".sj-drawing, [data-testid=stDeckGlJsonChart]")
        if drawing.count():
            said = box.locator(".sj-message").first.inner_text()
            named = [box.get_by_role(role, name=said, exact=True) for role in ("figure", "img")]
            expect(named[0].or_(named[1])).to_have_count(1)
    tree = page.locator("body").aria_snapshot()
    assert re.findall(r"^ *- (?:button|link|combobox|switch|radio|checkbox|spinbutton)(?:$|:| \[).*$", tree, re.MULTILINE) == []
    assert tree.count("[level=1]") == 1
    assert page.evaluate(CONTRAST) == []


@every_page
def test_the_page_says_its_language(cold: Cold) -> None:
    """A phone chooses the shapes of kanji by it."""
    expect(cold.visit.page.locator("html")).to_have_attribute("lang", cold.lang)


@every_page
def test_a_first_visit_fetches_icons_and_no_letters(cold: Cold) -> None:
    assert [file for file in cold.fonts if not file.startswith("MaterialSymbols")] == [], "a face that the reader has"
    assert 0 < sum(cold.fonts.values()) < MOST_FONTS
    names = cold.visit.page.evaluate("""() => [...document.querySelectorAll('[data-testid="stIconMaterial"]')]
        .filter(icon => icon.offsetWidth > 1.5 * parseFloat(getComputedStyle(icon).fontSize)).map(icon => icon.innerText)""")
    assert names == [], "an icon that is missing stands there as its name"


@every_page
def test_nothing_is_wider_than_the_screen(cold: Cold) -> None:
    assert cold.visit.sideways == []
