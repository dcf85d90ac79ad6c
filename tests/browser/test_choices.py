"""The address keeps what a viewer has chosen: from page to page, back and forth, on reload and in a copied link."""

from collections.abc import Callable

import pytest
from discovery import on_page
from playwright.sync_api import expect
from visiting import HOME, MENU, NAMES, Visit, title

from sejong_dash.paths import PAGES
from sejong_dash.words import LANGUAGE_NAMES, shared

Look = Callable[..., Visit]
NEXT = NAMES[1]


def speak(visit: Visit, lang: str) -> None:
    visit.choose("lang", LANGUAGE_NAMES[lang])


def test_the_language_goes_along(look: Look) -> None:
    visit = look().open()
    korean = visit.texts(".sj-title")
    speak(visit, "ja")
    visit.is_on(HOME, "ja")
    visit.still().has_query(lang="ja")
    japanese = visit.texts(".sj-title")
    assert len(japanese) == len(korean)
    assert not set(japanese) & set(korean)
    expect(visit.page.locator("html")).to_have_attribute("lang", "ja")
    for name in [*NAMES[1:], HOME]:
        visit.go(name, "ja").has_query(lang="ja")
        assert visit.menu == [title(each, "ja") for each in MENU]
    visit.page.go_back()
    visit.is_on(NAMES[-1], "ja")
    visit.page.reload()
    visit.is_on(NAMES[-1], "ja")
    visit.still().has_query(lang="ja")
    speak(visit, "ko")
    visit.is_on(NAMES[-1], "ko")
    visit.still().has_query()
    visit.page.go_back()
    visit.is_on(NAMES[-1], "ja")
    visit.page.go_forward()
    visit.is_on(NAMES[-1], "ko")


def test_a_slip_in_a_link_gives_the_default_and_leaves_the_address(look: Look) -> None:
    usual = look().open(NEXT).figures
    visit = look().open(NEXT, lang="xx", asof="abc", prefecture="99", plan="nope", sample="maybe", plam="x")
    visit.has_query(plam="x")
    assert visit.figures == usual
    assert visit.texts(".sj-error") == []
    assert visit.open(NEXT, asof="2026-02-31", prefecture="1").figures == usual


def test_a_copied_link_shows_the_same_figures(look: Look) -> None:
    visit = look().open()
    words = shared("ko")
    usual = visit.figures
    visit.pick_day("2026-04-20")
    visit.has_query(asof="2026-04-20")
    visit.choose("prefecture", "시즈오카현")
    visit.has_query(asof="2026-04-20", prefecture="22")
    visit.choose("plan", "국제행사 승인")
    kept = {"asof": "2026-04-20", "prefecture": "22", "plan": "2024-07-24"}
    visit.has_query(**kept)
    expect(visit.page.locator(".sj-plan strong")).to_contain_text("국제행사 승인")
    for name in (NEXT, HOME):
        visit.go(name).has_query(**kept)
        assert visit.day == "2026-04-20"
    here = visit.still().figures
    assert here != usual
    visit.page.reload()
    visit.is_on(HOME)
    assert visit.still().figures == here
    copy = look()
    copy.page.goto(visit.page.url, wait_until="commit")
    copy.is_on(HOME)
    assert copy.still().figures == here
    assert copy.page.get_by_role("combobox", name=words("choose.prefecture")).input_value() == "22"
    copy.choose("prefecture", words("prefecture.all"))
    copy.choose("plan", "2024년에 보도된 계획")
    copy.has_query(asof="2026-04-20")
    copy.pick_day("2026-05-06")
    copy.has_query()
    assert copy.still().figures == usual


def test_a_field_narrows_the_page(look: Look) -> None:
    visit = look().open("programme")
    everything = visit.figures
    visit.choose("field", "의료")
    visit.has_query(field="medical")
    expect(visit.page.locator(".sj-card").first).to_be_visible()
    medical = visit.still().figures
    assert medical != everything
    visit.go(HOME)
    visit.go("programme").has_query(field="medical")
    assert visit.figures == medical
    visit.page.reload()
    visit.is_on("programme")
    assert visit.still().figures == medical


def test_without_the_sample_the_figures_stand_at_today(look: Look) -> None:
    """And a day that the viewer has chosen stays, whether the sample is on or off."""
    visit = look().open(NEXT)
    page = visit.page
    band = page.locator(".sj-band")
    assert visit.day == "2026-05-06"
    visit.toggle_sample()
    expect(band).to_have_count(0)
    visit.still().has_query(sample="false")
    today = visit.day
    assert today != "2026-05-06"
    assert look().open(NEXT, sample="false").day == today
    visit.pick_day("2026-04-20")
    visit.has_query(sample="false", asof="2026-04-20")
    visit.toggle_sample()
    expect(band).to_have_count(1)
    visit.still().has_query(asof="2026-04-20")
    assert visit.day == "2026-04-20"
    visit.pick_day("2026-05-06")
    visit.has_query()
    visit.toggle_sample()
    expect(band).to_have_count(0)
    assert visit.still().day == today


@pytest.mark.parametrize(
    "query", [{"sample": "false"}, {"plan": "2024-12-11"}, {"plan": "2024-10-31", "prefecture": "47"}], ids=str
)
def test_every_page_lives_with(query: dict[str, str], look: Look) -> None:
    """No counts, a plan without dates, one known to the season and a prefecture that nobody works with."""
    visit = look().open(**query)
    wrong = []
    for name in NAMES:
        if name != HOME:
            visit.go(name).has_query(**query)
        wrong += [f"{name}: {text}" for text in visit.texts(".sj-error, [data-testid=stException]")]
        wrong += [f"{name}: the band" for _ in visit.texts(".sj-band") if query.get("sample") == "false"]
        said = " ".join(visit.figures)
        wrong += [f"{name}: {sign}" for sign in ("NaN", "NaT", "None", "nan") if sign in said]
        wrong += [f"{name}: says nothing"] if len(said) < 100 and on_page(PAGES / f"{name}.py") else []
    assert wrong == []
