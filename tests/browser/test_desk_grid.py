"""Rows are typed, pasted and mended in the grids of the desk, in real browsers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from clerking import apply, drop, expect_stored, own, stored
from playwright.sync_api import expect
from visiting import Visit

Look = Callable[..., Visit]
NARROW = (1034, 900)  # the columns stand where the tests press them


def cell(visit: Visit, grid: str, row: int, column: int) -> None:
    """Press a cell of the grid and wait until the keyboard is there; row 0 are the headings.

    The grid is drawn, so a place is all there is of a cell to press; what a screen reader is told says where the keyboard is.
    """
    canvas = visit.page.locator(f"[class*=st-key-desk-{grid}-] canvas[data-testid=data-grid-canvas]")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    visit.page.mouse.click(box["x"] + column, box["y"] + 18 + 35 * row)
    expect(canvas.locator(f"td[aria-selected=true][id$='-{row - 1}']")).to_be_focused()


def into_editor(visit: Visit, text: str) -> None:
    """As with an input method: the editor is opened, and gets whole syllables."""
    visit.page.keyboard.press("Enter")
    visit.page.locator("textarea.gdg-input").wait_for()
    visit.page.keyboard.insert_text(text)
    visit.page.keyboard.press("Enter")
    visit.page.locator("textarea.gdg-input").wait_for(state="detached")


def test_every_letter_typed_into_the_grid_arrives(look: Look, desk_server: str, data: Path) -> None:
    clerk = look(root=desk_server).open("data", do="type")
    cell(clerk, "type", 1, 160)
    for text in ("2026-05-11", "Osaka", "group", "12,345"):
        clerk.page.keyboard.type(text)  # faster than the editor of a cell can open
        expect(clerk.page.locator("textarea.gdg-input")).to_have_value(text)
        clerk.page.wait_for_timeout(200)  # a hand's way to the tabulator
        clerk.page.keyboard.press("Tab")
        clerk.page.locator("textarea.gdg-input").wait_for(state="detached")
        clerk.page.wait_for_timeout(200)
    expect(clerk.page.locator(".st-key-desk-apply button")).to_be_visible()
    apply(clerk.still(), "김")
    expect_stored(clerk)
    assert stored(data)["2026-05-11", "27"] == 12345


def test_a_block_from_excel_is_pasted_and_what_is_wrong_in_it_is_told_and_mended(
    look: Look, desk_server: str, data: Path
) -> None:
    clerk = look(root=desk_server, size=NARROW).open("data", do="type")
    clerk.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=desk_server)
    block = ["2026-05-12\t도쿄도\t개별\t1,234", "2026.5.13\t大阪府\t団体\t１２３", "2026-05-14\t나라현\t\t1,200명"]
    block += ["2026-05-15\t나라현\t개별\t많음"]
    clerk.page.evaluate("text => navigator.clipboard.writeText(text)", "\r\n".join(block))
    cell(clerk, "type", 1, 160)
    clerk.page.keyboard.press("Control+v")
    told = clerk.page.locator(".sj-error")
    expect(told).to_contain_text("많음")  # neither blank nor 0
    expect(clerk.page.locator(".st-key-desk-apply")).to_have_count(0)
    cell(clerk.still(), "type", 4, 900)
    into_editor(clerk, "15명")
    expect(told).to_have_count(0)
    apply(clerk.still(), "김")
    expect_stored(clerk)
    found = stored(data)
    days = ("2026-05-12", "13"), ("2026-05-13", "27"), ("2026-05-14", "29"), ("2026-05-15", "29")
    assert [found[one] for one in days] == [1234, 123, 1200, 15]


def test_wrong_rows_of_a_file_are_mended_by_keyboard(look: Look, desk_server: str, data: Path) -> None:
    clerk = look(root=desk_server, size=(NARROW[0], 1800)).open("data")
    drop(clerk, "2026-05-16,도쿄도,개별,10", "2026-05-16,없는현,개별,20")
    cell(clerk, "mend", 1, 250)
    into_editor(clerk, "나라현")
    clerk.still().page.locator(".st-key-desk-read-again button").click()
    expect(clerk.page.locator(".sj-error")).to_have_count(0)
    apply(clerk.still(), "김")
    expect_stored(clerk)
    assert (stored(data)["2026-05-16", "13"], stored(data)["2026-05-16", "29"]) == (10, 20)


@pytest.mark.parametrize(("lang", "day"), [("ko", "2026년 5월 7일"), ("ja", "2026年5月7日")])
def test_the_field_of_a_day_speaks_the_readers_language(look: Look, desk_server: str, lang: str, day: str) -> None:
    page, says = look(root=desk_server).open("data", lang=lang, do="type").page, own("translations", lang)
    parts = page.locator(".st-key-desk-day [data-placeholder=true]")
    expect(parts).to_have_text([says(f"streamlit.placeholder_{part}") for part in ("year", "month", "day")])
    parts.first.click()
    page.keyboard.type("20260507")
    expect(page.get_by_text(says("streamlit.selected_date", name=day), exact=True)).to_have_count(1)


@pytest.mark.parametrize("lang", ["ko", "ja"])
def test_streamlits_own_labels_speak_the_readers_language(look: Look, desk_server: str, lang: str) -> None:
    visit = look(root=desk_server).open("data", lang=lang, do="type")
    labels = visit.page.locator("[data-testid=stElementToolbar] button").evaluate_all("all => all.map(one => one.ariaLabel)")
    table = own("count_tables", lang)("table")
    names = ("add_row_of", "columns_of", "download_of", "search_of", "fullscreen_of")
    assert labels == [own("translations", lang)(f"streamlit.{name}", name=table) for name in names]
