"""The menu of a phone goes when a page is chosen."""

from collections.abc import Callable

from playwright.sync_api import expect
from visiting import NAMES, PHONE, Visit

Look = Callable[..., Visit]


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
