"""Tests of the desk in real browsers: a clerk who drops a file, two at once, and a meeting that looks on."""

import csv
import re
import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from clerking import apply, bring, drop, expect_stored, own, stored
from playwright.sync_api import expect
from visiting import DESKTOP, HOME, PHONE, Visit

from sejong_dash import words

Look = Callable[..., Visit]


def test_a_dropped_file_is_applied_and_seen_by_others_without_a_reload(look: Look, desk_server: str, data: Path) -> None:
    meeting = look(root=desk_server).open(HOME)
    expect(meeting.page.locator(".sj-band")).to_have_count(1)
    meeting.page.evaluate("window.neverReloaded = true")
    clerk = look(root=desk_server).open("data")
    drop(clerk, '2026-05-06,오사카부,단체,"1,234명"')
    assert stored(data) == {}, "nothing is stored before it is applied"
    apply(clerk, "김")
    expect_stored(clerk)
    assert stored(data) == {("2026-05-06", "27"): 1234}
    expect(meeting.page.locator("[data-testid=stMain]")).to_contain_text("1,234")
    expect(meeting.page.locator(".sj-band")).to_have_count(0)
    assert meeting.page.evaluate("window.neverReloaded") is True
    clerk.page.locator(".st-key-desk-undo-done button").click()
    expect(clerk.page.locator(".st-key-desk-done")).to_contain_text(own("signed_change")("stored.removed", count=1))
    deadline = time.monotonic() + 20
    while stored(data) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert stored(data) == {}


def test_that_the_sample_ends_is_told_before_apply_and_comes_true(look: Look, desk_server: str, data: Path) -> None:
    with (data / "visitors.csv").open(encoding="utf-8-sig") as file:
        header = file.readline()
    (data / "visitors.csv").write_text(header, encoding="utf-8")
    for kept in (".journal", ".frozen"):  # nothing has ever been counted: else the sample would stay off
        shutil.rmtree(data / kept, ignore_errors=True)
    (data / ".visitors.chain").unlink(missing_ok=True)
    clerk = look(root=desk_server).open("data")
    expect(clerk.page.locator(".sj-band")).to_have_count(1)
    day = clerk.day
    drop(clerk, "2026-04-12,오사카부,단체,12")
    ahead = clerk.page.locator(".st-key-desk-before")
    expect(ahead).to_contain_text(own("change_effects")("sample_ends"))
    before, after = (words.shared("ko").date(date.fromisoformat(one)) for one in (day, "2026-04-12"))
    expect(ahead).to_contain_text(own("change_effects")("day_moves", before=before, after=after))
    beside = [clerk.page.locator(place).bounding_box() for place in (".st-key-desk-before", ".st-key-desk-apply button")]
    assert beside[0] is not None
    assert beside[1] is not None
    assert 0 < beside[1]["y"] - (beside[0]["y"] + beside[0]["height"]) < 200, "just above the button"
    apply(clerk, "김")
    expect_stored(clerk)
    expect(clerk.page.locator(".sj-frame .sj-band")).to_have_count(0)
    assert clerk.still().day == "2026-04-12"
    expect(clerk.page.locator(".st-key-desk-done .sj").first).to_be_focused()
    expect(clerk.page.locator(".st-key-desk-done")).to_be_in_viewport()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_press_without_a_name_is_answered_beside_the_button_and_at_the_fields(
    look: Look, desk_server: str, data: Path, size: tuple[int, int]
) -> None:
    clerk = look(root=desk_server, size=size).open("data")
    drop(clerk, *(f"2026-04-{day},도쿄도,개별,{day}" for day in range(20, 30)))
    button = clerk.page.locator(".st-key-desk-apply button")
    button.click()
    answer = clerk.page.locator(".st-key-desk-apply-answer .sj-error")
    expect(answer).to_be_in_viewport()
    who, why = (clerk.page.locator(f".st-key-desk-{name} input") for name in ("who", "why"))
    lacking = {name: clerk.page.locator(f".st-key-desk-{name}-box .sj-lacking") for name in ("who", "why")}
    expect(who).to_be_focused()  # it has been brought into view
    tops = clerk.page.evaluate(
        "places => places.map(place => document.querySelector(place).getBoundingClientRect().top)",
        [".st-key-desk-apply button", ".st-key-desk-apply-answer .sj-error"],
    )
    assert 0 < tops[1] - tops[0] < 120, "right below the button"
    for name, field in (("who", who), ("why", why)):
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(own("signed_change")(f"missing.{name}"))
        expect(lacking[name]).to_be_in_viewport()
    clerk.page.keyboard.type("김")
    expect(who).to_have_attribute("aria-invalid", "false")
    expect(lacking["who"]).to_be_hidden()
    expect(why).to_have_attribute("aria-invalid", "true")
    button.click()
    expect(why).to_be_focused()
    expect(lacking["who"]).to_have_count(0)
    expect(why).to_have_attribute("aria-invalid", "true")
    assert ("2026-04-20", "13") not in stored(data)


def kind(visit: Visit, key: str) -> str:
    """Streamlit's name for how strong a button is."""
    return str(visit.page.locator(f".st-key-{key} button").get_attribute("data-testid"))


def test_where_rows_are_left_out_mending_is_the_strong_press(look: Look, desk_server: str) -> None:
    clerk = look(root=desk_server).open("data")
    drop(
        clerk,
        *(f"2026-05-{day:02},없는현,개별,10" for day in range(1, 9)),
        "2026-05-20,도쿄도,개별,1",
        "2026-05-21,도쿄도,개별,2",
    )
    assert kind(clerk, "desk-read-again") == "stBaseButton-primary"
    assert kind(clerk, "desk-apply") == "stBaseButton-secondaryFormSubmit"
    expect(clerk.page.locator(".st-key-desk-apply")).to_have_text(re.compile(own("file_review")("apply_part", some=2, all=10)))
    whole = look(root=desk_server).open("data")
    drop(whole, "2026-05-20,도쿄도,개별,1")
    assert kind(whole, "desk-apply") == "stBaseButton-primaryFormSubmit"


@pytest.mark.parametrize(
    ("number", "label", "code"), [(0, "channel.group", "group"), (1, "new", "셔틀")], ids=["a known one", "a new one"]
)
def test_an_unknown_channel_is_asked_about(look: Look, desk_server: str, data: Path, number: int, label: str, code: str) -> None:
    name = ("버스", "셔틀")[number]
    clerk = look(root=desk_server).open("data")
    bring(clerk, f"2026-05-2{number},교토부,{name},10", f"2026-05-2{number},나라현,{name},20")
    question = clerk.page.locator(".st-key-desk-channels")
    expect(question).to_contain_text(own("new_channels")("which", name=name, count=2))
    expect(clerk.page.locator("[data-testid=stMain]")).to_contain_text(own("new_channels")("waiting"))
    expect(clerk.page.locator(".st-key-desk-apply")).to_have_count(0)
    option = own("new_channels")(label, name=name) if label == "new" else own("count_tables")(label)
    clerk.still().page.locator(".st-key-desk-channels label").filter(has_text=option).click()
    expect(clerk.page.locator(".st-key-desk-apply button")).to_be_visible()
    apply(clerk.still(), "김")
    expect_stored(clerk)
    with (data / "visitors.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["jis_code"], row["channel"]) for row in csv.DictReader(file) if row["date"] == f"2026-05-2{number}"]
    assert rows == [("26", code), ("29", code)]


def test_two_who_change_different_figures_are_merged(look: Look, desk_server: str, data: Path) -> None:
    one, two = look(root=desk_server).open("data"), look(root=desk_server).open("data", lang="ja")
    drop(one, "2026-05-01,도쿄도,개별,10")
    drop(two, "2026-05-01,나라현,개별,20")
    apply(one, "김")
    expect_stored(one)
    apply(two, "佐藤")
    expect_stored(two)
    found = stored(data)
    assert (found["2026-05-01", "13"], found["2026-05-01", "29"]) == (10, 20)


@pytest.mark.parametrize("change", ["moved", "hidden"])
def test_a_press_counts_where_a_redraw_comes_before_the_release(look: Look, desk_server: str, data: Path, change: str) -> None:
    clerk = look(root=desk_server).open("data")
    drop(clerk, f"2026-05-01,나라현,개별,{len(change)}")
    clerk.page.locator(".st-key-desk-who input").fill("이")
    clerk.page.locator(".st-key-desk-why input").fill("확정")
    button = clerk.page.locator(".st-key-desk-apply button")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    clerk.page.evaluate(
        """moves => addEventListener("pointerdown", () => {
          const box = document.querySelector(".st-key-desk-apply");
          if (moves) box.style.transform = "translateY(-200px)";
          else box.style.visibility = "hidden"; // as long as nothing is there to take the release
        }, { once: true })""",
        change == "moved",
    )
    clerk.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    clerk.page.mouse.down()
    clerk.page.mouse.up()
    expect_stored(clerk)
    assert stored(data)["2026-05-01", "29"] == len(change)


def test_a_press_is_taken_back_by_moving_away_before_the_release(look: Look, desk_server: str) -> None:
    clerk = look(root=desk_server).open("data")
    drop(clerk, "2026-05-01,나라현,개별,99")
    button = clerk.page.locator(".st-key-desk-apply button")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    clerk.page.evaluate(
        "globalThis.clicks = 0; addEventListener('click', e => { clicks += e.target.closest('button') ? 1 : 0; }, true)"
    )
    clerk.page.mouse.move(box["x"] + 20, box["y"] + 20)
    clerk.page.mouse.down()
    clerk.page.mouse.move(box["x"] + 20, box["y"] - 60)
    clerk.page.mouse.up()
    assert clerk.page.evaluate("clicks") == 0


def test_two_who_change_the_same_figure_choose(look: Look, desk_server: str, data: Path) -> None:
    one, two = look(root=desk_server).open("data"), look(root=desk_server).open("data")
    drop(one, "2026-05-02,도쿄도,개별,10")
    drop(two, "2026-05-02,도쿄도,개별,20")
    apply(one, "김")
    expect_stored(one)
    expect(two.page.locator("[data-testid=stMain]")).to_contain_text(own("change_preview")("moved"))
    apply(two, "이")
    expect(two.page.locator(".st-key-desk-conflict .sj-error")).to_be_in_viewport()
    assert stored(data)["2026-05-02", "13"] == 10
    two.still().page.locator(".st-key-desk-all-mine label").click()
    who = two.still().page.locator(".st-key-desk-who input")
    who.fill("")
    two.page.locator(".st-key-desk-settle button").click()
    expect(two.page.locator(".st-key-desk-settle-answer .sj-error")).to_be_in_viewport()
    expect(who).to_be_focused()
    assert stored(data)["2026-05-02", "13"] == 10, "and it can still be settled"
    who.fill("이")
    two.still().page.locator(".st-key-desk-settle button").click()
    expect_stored(two)
    assert stored(data)["2026-05-02", "13"] == 20


def test_what_is_being_typed_stays_while_counts_come_in(look: Look, desk_server: str, data: Path) -> None:
    one, two = look(root=desk_server).open("data"), look(root=desk_server).open("data")
    drop(one, "2026-05-03,도쿄도,개별,10")
    drop(two, "2026-05-03,나라현,개별,20")
    why = two.page.locator(".st-key-desk-why input")
    why.click()
    two.page.keyboard.type("5월 3일 ")
    apply(one, "김")
    expect_stored(one)
    expect(two.page.locator("[data-testid=stMain]")).to_contain_text(own("change_preview")("moved"))
    two.page.keyboard.type("확정")
    expect(why).to_have_value("5월 3일 확정")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_place_for_files_speaks_the_readers_language(look: Look, desk_server: str, lang: str, size: tuple[int, int]) -> None:
    visit = look(root=desk_server, size=size).open("data", lang=lang)
    button = visit.page.locator("[data-testid=stFileUploaderDropzone] button p")
    said = button.evaluate("one => getComputedStyle(one, '::after').content")
    assert said == f'"{own("file_source", lang)("choose_file")}"'
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
    said = own("gate_review")("sum", read="60,002", japan="60,000", elsewhere=1, wrong=1)
    expect(clerk.page.locator("[data-testid=stMain]")).to_contain_text(said)
    apply(clerk.still(), "김")
    expect_stored(clerk)
    assert stored(data)["2026-05-07", "22"] == 60_000
