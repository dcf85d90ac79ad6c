"""Tests in a real browser that what a file leaves open is answered with a press, and that the answer counts."""

from collections.abc import Callable
from pathlib import Path

from clerking import apply, bring, expect_stored, own, stored
from playwright.sync_api import expect
from visiting import Visit

Look = Callable[..., Visit]


def test_tickets_scanned_again_are_counted_as_chosen(look: Look, desk_server: str, data: Path) -> None:
    clerk = look(root=desk_server).open("data")
    rows = "".join(f"2026-05-14 09:3{at}:05,22,정문,T{at % 4}\n" for at in range(6))
    file = {"name": "gate.csv", "mimeType": "text/csv", "buffer": f"시각,도도부현,게이트,입장권번호\n{rows}".encode()}
    clerk.page.set_input_files("input[type=file]", [file])  # type: ignore[list-item]
    words = own("gate_questions")
    question = clerk.page.locator(".st-key-desk-gate-questions")
    expect(question).to_contain_text(words("which_ticket", column="입장권번호", count="2"))
    once, every = words("ticket.no_entry", total="4"), words("ticket.entry", total="6")
    expect(question).to_contain_text(every)
    clerk.still().page.locator(".st-key-desk-gate-questions label").filter(has_text=once).click()
    expect(clerk.page.locator("[data-testid=stMain]")).to_contain_text(
        own("gate_review")("sum_no_entry", read=6, japan=4, elsewhere=0, no_entry=2, wrong=0)
    )
    apply(clerk.still(), "김")
    expect_stored(clerk)
    assert stored(data)["2026-05-14", "22"] == 4


def test_an_answer_on_cells_is_pressed_once_for_all_of_them(look: Look, desk_server: str, data: Path) -> None:
    clerk = look(root=desk_server).open("data")
    bring(clerk, "2026-05-15,교토부,개별,10¹", "2026-05-15,나라현,개별,20¹")
    clerk.still().page.locator("label").filter(has_text="모든 칸을 이와 같이 읽기").click()
    expect(clerk.page.locator(".st-key-desk-apply button")).to_be_visible()
    apply(clerk.still(), "김")
    expect_stored(clerk)
    assert {stored(data)["2026-05-15", code] for code in ("26", "29")} == {10, 20}
