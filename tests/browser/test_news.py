"""Who comes back reads what has changed in the counts since, in the language of the page, until the chip is pressed."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect
from visiting import Visit

Look = Callable[..., Visit]
CHIP = ".sj-chips .sj-news"
LOOKED = "localStorage.getItem('sejong-looked')"


def test_news_stand_above_the_page_until_they_are_pressed(look: Look, desk_server: str, data: Path) -> None:
    visit = look(root=desk_server).open(lang="en")
    page = visit.page
    page.wait_for_function(f"() => {LOOKED}")
    expect(page.locator(CHIP)).to_have_count(0)
    page.evaluate("localStorage.setItem('sejong-looked', '2020-01-01T09:00:00+09:00')")
    asked: list[str] = []
    page.route("**/news?*", lambda route: (asked.append(route.request.url), route.fulfill(json=answer(route.request.url)))[0])
    visit.open(lang="en")
    expect(page.locator(CHIP)).to_have_text("news in en")
    visit.choose("lang", "日本語")
    expect(page.locator(CHIP)).to_have_text("news in ja")
    assert all("since=2020-01-01T09" in url for url in asked)
    visit.open("progress", lang="ja")
    expect(page.locator(CHIP)).to_have_text("news in ja")
    page.locator(CHIP).click()
    expect(page.locator(CHIP)).to_have_count(0)
    visit.still().choose("prefecture", "静岡県")
    visit.has_query(lang="ja", prefecture="22")
    expect(page.locator(CHIP)).to_have_count(0)
    assert page.evaluate(LOOKED) == "2026-05-06T09:00:00+09:00"


def answer(url: str) -> dict[str, str]:
    """What the server answers, with news in the language that is asked for."""
    return {"now": "2026-05-06T09:00:00+09:00", "text": f"news in {url.partition('lang=')[2][:2]}"}
