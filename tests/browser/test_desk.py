"""Does the desk work for clerks in real browsers: one who drops a file, two at once, and a meeting that looks on?"""

import csv
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from launching import serving
from playwright.sync_api import expect
from visiting import DESKTOP, HOME, PHONE, Visit

from sejong_dash import words
from sejong_dash.paths import PROJECT

Look = Callable[..., Visit]


def own(name: str, lang: str = "ko") -> words.Words:
    return words.of(PROJECT / "sejong_dash" / "ui" / f"{name}.py", lang)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(PROJECT / "data", tmp_path_factory.mktemp("desk") / "data"))


@pytest.fixture(scope="module")
def desk_server(data: Path) -> Iterator[str]:
    with serving(PROJECT / "app.py", data.parent / "server.log", "--server.fileWatcherType", "none", data=data) as root:
        yield root


def drop(visit: Visit, *rows: str, encoding: str = "cp949") -> None:
    text = "날짜,도도부현,경로,방문객 수\n" + "".join(f"{row}\n" for row in rows)
    file = {"name": "집계.csv", "mimeType": "text/csv", "buffer": text.encode(encoding)}
    visit.page.set_input_files("input[type=file]", [file])  # type: ignore[list-item]
    expect(visit.page.locator(".st-key-desk-apply button")).to_be_visible()
    visit.still()


def apply(visit: Visit, who: str, why: str = "확정") -> None:
    """Signed and pressed without a pause, as people do."""
    visit.page.locator(".st-key-desk-who input").fill(who)
    visit.page.locator(".st-key-desk-why input").fill(why)
    visit.page.locator(".st-key-desk-apply button").click()


def stored(data: Path) -> dict[tuple[str, str], int]:
    with (data / "visitors.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(row["date"], row["jis_code"]): int(row["visitors"]) for row in csv.DictReader(file)}


def is_stored(visit: Visit) -> None:
    expect(visit.page.locator(".st-key-desk-done")).to_be_visible()


def test_a_dropped_file_is_applied_and_seen_by_others_without_a_reload(look: Look, desk_server: str, data: Path) -> None:
    meeting = look(root=desk_server).open(HOME)
    expect(meeting.page.locator(".sj-band")).to_have_count(1)
    clerk = look(root=desk_server).open("data")
    drop(clerk, '2026-05-06,오사카부,단체,"1,234명"')
    assert stored(data) == {}, "nothing is stored before it is applied"
    apply(clerk, "김")
    is_stored(clerk)
    assert stored(data) == {("2026-05-06", "27"): 1234}
    began = time.monotonic()
    expect(meeting.page.locator("[data-testid=stMain]")).to_contain_text("1,234")
    expect(meeting.page.locator(".sj-band")).to_have_count(0)
    assert time.monotonic() - began < 10, "a machine that runs tests is slow; a minute would be a reload"
    clerk.page.locator(".st-key-desk-undo-done button").click()
    expect(clerk.page.locator(".st-key-desk-done")).to_contain_text("2")
    deadline = time.monotonic() + 20
    while stored(data) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert stored(data) == {}


def test_two_who_change_different_figures_are_merged(look: Look, desk_server: str, data: Path) -> None:
    one, two = look(root=desk_server).open("data"), look(root=desk_server).open("data", lang="ja")
    drop(one, "2026-05-01,도쿄도,개별,10")
    drop(two, "2026-05-01,나라현,개별,20")
    apply(one, "김")
    is_stored(one)
    apply(two, "佐藤")
    is_stored(two)
    found = stored(data)
    assert (found["2026-05-01", "13"], found["2026-05-01", "29"]) == (10, 20)


def test_two_who_change_the_same_figure_choose(look: Look, desk_server: str, data: Path) -> None:
    one, two = look(root=desk_server).open("data"), look(root=desk_server).open("data")
    drop(one, "2026-05-02,도쿄도,개별,10")
    drop(two, "2026-05-02,도쿄도,개별,20")
    apply(one, "김")
    is_stored(one)
    expect(two.page.locator("[data-testid=stMain]")).to_contain_text(own("desk_change")("moved"))
    apply(two, "이")
    expect(two.page.locator(".sj-error")).to_be_visible()
    assert stored(data)["2026-05-02", "13"] == 10
    two.still().page.locator(".st-key-desk-all-mine label").click()
    two.still().page.locator(".st-key-desk-settle button").click()
    is_stored(two)
    assert stored(data)["2026-05-02", "13"] == 20


def test_what_is_being_typed_stays_while_counts_come_in(look: Look, desk_server: str, data: Path) -> None:
    one, two = look(root=desk_server).open("data"), look(root=desk_server).open("data")
    drop(one, "2026-05-03,도쿄도,개별,10")
    drop(two, "2026-05-03,나라현,개별,20")
    why = two.page.locator(".st-key-desk-why input")
    why.click()
    two.page.keyboard.type("5월 3일 ")
    apply(one, "김")
    is_stored(one)
    expect(two.page.locator("[data-testid=stMain]")).to_contain_text(own("desk_change")("moved"))
    two.page.keyboard.type("확정")
    expect(why).to_have_value("5월 3일 확정")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_place_for_files_speaks_the_readers_language(look: Look, desk_server: str, lang: str, size: tuple[int, int]) -> None:
    visit = look(root=desk_server, size=size).open("data", lang=lang)
    button = visit.page.locator("[data-testid=stFileUploaderDropzone] button p")
    said = button.evaluate("one => getComputedStyle(one, '::after').content")
    assert said == f'"{own("desk_source", lang)("choose_file")}"'
    assert visit.sideways == []


def test_a_log_of_the_gates_becomes_counts(look: Look, desk_server: str, data: Path) -> None:
    clerk = look(root=desk_server).open("data")
    log = (
        "시각,도도부현,게이트\n"
        + "2026-05-07 09:31:05,22,정문\n" * 60_000
        + "2026-05-07 09:31:05,US,정문\n2026-05-32 09:31:05,22,정문\n"
    )
    file = {"name": "gate.csv", "mimeType": "text/csv", "buffer": log.encode()}
    clerk.page.set_input_files("input[type=file]", [file])  # type: ignore[list-item]
    expect(clerk.page.locator(".st-key-desk-apply button")).to_be_visible()
    said = own("desk_gate")("sum", read="60,002", japan="60,000", elsewhere=1, wrong=1)
    expect(clerk.page.locator("[data-testid=stMain]")).to_contain_text(said)
    apply(clerk.still(), "김")
    is_stored(clerk)
    assert stored(data)["2026-05-07", "22"] == 60_000


def cell(visit: Visit, grid: str, row: int, column: int) -> None:
    """Press a cell of the grid; row 0 are the headings. The grid is drawn, so a place is all there is of a cell."""
    canvas = visit.page.locator(f"[class*=st-key-desk-{grid}-] canvas[data-testid=data-grid-canvas]")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    visit.page.mouse.click(box["x"] + column, box["y"] + 18 + 35 * row)
    visit.page.wait_for_timeout(300)  # what is drawn says nothing of where the keyboard is


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
    is_stored(clerk)
    assert stored(data)["2026-05-11", "27"] == 12345


def test_a_block_from_excel_is_pasted_and_what_is_wrong_in_it_is_told_and_mended(
    look: Look, desk_server: str, data: Path
) -> None:
    clerk = look(root=desk_server).open("data", do="type")
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
    is_stored(clerk)
    found = stored(data)
    days = ("2026-05-12", "13"), ("2026-05-13", "27"), ("2026-05-14", "29"), ("2026-05-15", "29")
    assert [found[one] for one in days] == [1234, 123, 1200, 15]


def test_wrong_rows_of_a_file_are_mended_by_keyboard(look: Look, desk_server: str, data: Path) -> None:
    clerk = look(root=desk_server, size=(1440, 1800)).open("data")
    drop(clerk, "2026-05-16,도쿄도,개별,10", "2026-05-16,없는현,개별,20")
    cell(clerk, "mend", 1, 250)
    into_editor(clerk, "나라현")
    clerk.still().page.locator(".st-key-desk-read-again button").click()
    expect(clerk.page.locator(".sj-error")).to_have_count(0)
    apply(clerk.still(), "김")
    is_stored(clerk)
    assert (stored(data)["2026-05-16", "13"], stored(data)["2026-05-16", "29"]) == (10, 20)


@pytest.mark.parametrize("lang", ["ko", "ja"])
def test_streamlits_own_labels_speak_the_readers_language(look: Look, desk_server: str, lang: str) -> None:
    visit = look(root=desk_server).open("data", lang=lang, do="type")
    labels = visit.page.locator("[data-testid=stElementToolbar] button").evaluate_all("all => all.map(one => one.ariaLabel)")
    table = own("desk_tables", lang)("table")
    names = ("add_row_of", "columns_of", "download_of", "search_of", "fullscreen_of")
    assert labels == [own("translated", lang)(f"streamlit.{name}", name=table) for name in names]
