"""Whoever signs in at a provider sees and does what their role allows, and what ends a sign-in ends it at once."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import clerking
import pytest
from playwright.sync_api import Browser, expect
from signing_in import ADMIN, EDITOR, ROLES, STRANGER, VIEWER, Guarded, guarded, provider
from visiting import Visit

from sejong_dash.paths import PROJECT

SIGN_IN = ".st-key-sign-in button"
FIGURES = ".sj-message, .sj-card, .sj-chips"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    folder = tmp_path_factory.mktemp("hall")
    data = Path(shutil.copytree(PROJECT / "data", folder / "data"))
    with provider() as at, guarded(folder, data, provider_at=at) as server:
        yield server


@pytest.fixture
def come(chromium: Browser, hall: Guarded) -> Iterator[Callable[[str], Visit]]:
    """Somebody who signs in at the provider, in a browser of their own."""
    hall.roles.write_text(ROLES, "utf-8")
    visits: list[Visit] = []

    def new(address: str) -> Visit:
        visit = Visit(chromium, hall.root)
        visits.append(visit)
        visit.context.unroute_all()  # it goes to the provider as well
        visit.page.goto(f"{hall.root}/?lang=en")
        visit.page.locator(SIGN_IN).click()
        visit.page.locator("input[name=sub]").fill(address.partition("@")[0])
        visit.page.locator("button", has_text="Authorize").click()
        visit.page.wait_for_url(f"{hall.root}/**")
        return visit

    yield new
    for visit in visits:
        visit.close()


def test_nobody_sees_a_figure_before_they_have_signed_in(chromium: Browser, hall: Guarded) -> None:
    visit = Visit(chromium, hall.root)
    visit.page.goto(f"{hall.root}/progress?lang=en")
    expect(visit.page.locator(SIGN_IN)).to_be_visible()
    expect(visit.page.locator(FIGURES)).to_have_count(0)
    assert visit.troubles == []
    visit.close()


def test_an_editor_signs_changes_with_the_account(come: Callable[[str], Visit], hall: Guarded) -> None:
    visit = come(EDITOR)
    visit.open("data", lang="ko")
    clerking.drop(visit, "2026-05-06,오사카부,단체,1200")
    expect(visit.page.locator(".st-key-desk-who")).to_have_count(0)
    visit.page.locator(".st-key-desk-why input").fill("확정")
    visit.page.locator(".st-key-desk-apply button").click()
    clerking.expect_stored(visit)
    assert EDITOR in (hall.folder / "data" / ".journal" / "visitors.jsonl").read_text("utf-8")


def test_a_viewer_is_offered_nothing_to_change(come: Callable[[str], Visit]) -> None:
    visit = come(VIEWER).open("data", lang="en")
    assert visit.page.locator("input[type=file], .st-key-desk-apply, .st-key-desk-undo").count() == 0
    assert visit.page.locator("[data-act=freeze]").count() == 0


def test_whoever_has_no_role_sees_nothing(come: Callable[[str], Visit]) -> None:
    visit = come(STRANGER)
    expect(visit.page.get_by_text(STRANGER)).to_be_visible()
    expect(visit.page.locator(FIGURES)).to_have_count(0)


def test_signing_out_ends_every_page_and_every_copy(come: Callable[[str], Visit], hall: Guarded) -> None:
    visit = come(ADMIN).still()
    copied = visit.context.cookies()
    other = visit.context.new_page()
    other.goto(f"{hall.root}/progress?lang=en")
    expect(other.locator("a.sj-account")).to_be_visible()
    visit.page.locator("a.sj-account").click()
    expect(other.locator(SIGN_IN)).to_be_visible()
    visit.context.clear_cookies()
    visit.context.add_cookies(copied)  # type: ignore[arg-type]
    visit.page.goto(f"{hall.root}/progress?lang=en")
    expect(visit.page.locator(SIGN_IN)).to_be_visible()


def test_a_role_that_is_taken_away_ends_an_open_page(come: Callable[[str], Visit], hall: Guarded) -> None:
    visit = come(VIEWER).still()
    expect(visit.page.locator("a.sj-account")).to_be_visible()
    hall.roles.write_text(ROLES.replace("city.example", "town.example"), "utf-8")
    expect(visit.page.get_by_text(VIEWER)).to_be_visible()
    expect(visit.page.locator(FIGURES)).to_have_count(0)
