"""What a file leaves open is asked with its readings side by side, and answered once for files with the same headings."""

from html import unescape
from pathlib import Path

import pytest
from desk_app import drop, edit, own, page, press, shown, signed, stored
from streamlit.testing.v1 import AppTest

pytestmark = [pytest.mark.dear, pytest.mark.thorough]

HEAD = "날짜,도도부현,경로,방문객 수"
KINDS = HEAD + ",구분\n2026-05-06,오사카부,단체,{},실적\n2026-05-07,도쿄도,개별,30,예상\n5/6/2026,나라현,개별,7,실적\n"


def chosen(app: AppTest) -> list[str | None]:
    return [radio.value for radio in app.radio]


def answer(app: AppTest, key: str, value: str) -> AppTest:
    app = next(radio for radio in app.radio if str(radio.key).startswith(key)).set_value(value).run()
    assert len(app.exception) == 0
    return app


def test_answers_hold_for_the_next_file_with_the_same_headings_until_they_are_forgotten(data_copy: Path) -> None:
    app = drop(page("ko"), "april.csv", KINDS.format(1200).encode())
    assert chosen(app) == [None, None], "nothing is guessed"
    app = answer(answer(app, "desk-order-", "mdy"), "desk-question-0-", "only:실적")
    press(signed(app), "desk-apply")
    assert stored() == {("2026-05-06", "27", "group"): 1200, ("2026-05-06", "29", "individual"): 7}

    again = drop(page("ko"), "may.csv", KINDS.format(1300).encode())
    assert chosen(again) == ["only:실적", "mdy"]
    used = own("kept_answers", "ko")("used", name="april.csv")
    assert used in [caption.value for caption in again.main.caption]
    changed = answer(again, "desk-question-0-", "only:예상")
    press(signed(changed), "desk-apply")
    assert stored()["2026-05-07", "13", "individual"] == 30

    forgotten = press(drop(page("ko"), "june.csv", KINDS.format(1400).encode()), "desk-forget")
    assert chosen(forgotten) == [None, None]
    assert list((data_copy / ".readings").iterdir()) == []


def test_a_doubtful_title_is_answered_before_anything_is_stored(data_copy: Path) -> None:
    text = f"2026 방문객 예상\n{HEAD}\n2026-05-06,오사카부,단체,12\n"
    app = drop(page("ko"), "a.csv", text.encode())
    assert not [button for button in app.main.get("button") if button.key == "desk-apply"]
    assert own("questions", "ko")("waiting") in shown(app)
    app = answer(app, "desk-question-0-", "counts")
    press(signed(app), "desk-apply")
    assert stored() == {("2026-05-06", "27", "group"): 12}


@pytest.mark.parametrize("lang", ["ko", "ja", "en"])
def test_what_differs_from_the_file_stands_open_the_worst_first_with_the_check_of_the_sum(lang: str, data_copy: Path) -> None:
    text = f"{HEAD}\n2026-05-06,오사카부,단체,1200\n2026-05-07,없는현,개별,30\n2026-05-08,나라현,단체,12\n합계,,,1242\n"
    html = unescape(shown(drop(page(lang), "a.csv", text.encode())))
    words = own("file_account", lang)
    account = html[html.index('class="sj-account"') :]
    assert "<details" not in html[: html.index('class="sj-account"')]
    places = [account.index(f'<li class="{look}">') for look in ("doubt", "changed")]
    assert places == sorted(places)
    sums = [account.index(f">{text}<") for text in ("2,484", "−1,242", "−30", "1,212")]
    assert sums == sorted(sums)
    assert words("sums", stands="2,484", understood="1,212") in html


def test_a_row_in_doubt_that_nobody_has_touched_stays_out_until_it_is_confirmed(data_copy: Path) -> None:
    text = f"{HEAD},구분\n2026-05-06,오사카부,단체,1200,실적\n2026-05-07,도쿄도,개별,30,예상\n2026-05-08,없는현,개별,7,실적\n"
    app = drop(page("ko"), "a.csv", text.encode())
    app = press(edit(app, {1: {"prefecture": "나라현"}}), "desk-read-again")
    assert app.data_editor[0].value["visitors"].tolist() == ["30"], "the other column still puts it in doubt"
    app = press(edit(app, {0: {"right": True}}), "desk-read-again")
    assert len(app.data_editor) == 0
    press(signed(app), "desk-apply")
    assert sorted(stored().values()) == [7, 30, 1200]


GATE = "시각,도도부현,게이트,결과\n" + "".join(f"2026-05-0{day} 09:3{at}:05,도쿄도,A,{{}}\n" for day in (6, 7) for at in range(4))


def test_answers_on_a_gate_log_hold_for_the_next_log_with_the_same_headings(data_copy: Path) -> None:
    log = GATE.format(*["정상"] * 3, *["보류"] * 5)
    app = drop(page("ko"), "gate-april.csv", log.encode())
    assert chosen(app) == [None], "nothing is guessed"
    app = answer(app, "desk-gate-question-0-", "entry")
    press(signed(app), "desk-apply")
    assert sum(stored().values()) == 8

    again = drop(page("ko"), "gate-may.csv", log.replace("2026-05-0", "2026-05-1").encode())
    assert chosen(again) == ["entry"]
    assert own("kept_answers", "ko")("used", name="gate-april.csv") in [caption.value for caption in again.main.caption]
    changed = answer(again, "desk-gate-question-0-", "no_entry")
    press(signed(changed), "desk-apply")
    assert sum(stored().values()) == 8 + 3

    other = drop(page("ko"), "gate-other.csv", log.replace("보류", "대기").encode())
    assert chosen(other) == [None], "another word is asked about"
    assert own("kept_answers", "ko")("used", name="gate-may.csv") not in [caption.value for caption in other.main.caption]

    forgotten = press(drop(page("ko"), "gate-june.csv", log.replace("2026-05-0", "2026-05-2").encode()), "desk-forget")
    assert chosen(forgotten) == [None]
    assert list((data_copy / ".readings").iterdir()) == []


def test_an_answer_on_tickets_scanned_again_names_both_totals_and_holds_for_the_next_log(data_copy: Path) -> None:
    rows = "".join(f"2026-05-0{day} 09:3{at}:05,도쿄도,A,{at % 3}00\n" for day in (6, 7) for at in range(5))
    log = "시각,도도부현,게이트,입장권번호\n" + rows
    app = drop(page("ko"), "gate-april.csv", log.encode())
    words = own("gate_questions", "ko")
    (question,) = app.radio
    assert question.value is None, "nothing is guessed"
    assert question.label == words("which_ticket", column="입장권번호", count="4")
    assert question.options == [words("ticket.entry", total="10"), words("ticket.no_entry", total="6")]
    app = answer(app, "desk-gate-question-0-", "no_entry")
    press(signed(app), "desk-apply")
    assert sum(stored().values()) == 6

    again = drop(page("ko"), "gate-may.csv", log.replace("2026-05-0", "2026-05-1").encode())
    assert chosen(again) == ["no_entry"]
    changed = answer(again, "desk-gate-question-0-", "entry")
    assert changed.radio[0].options == question.options
    assert own("gate_review", "ko")("tickets", column="입장권번호") in unescape(shown(changed))
    press(signed(changed), "desk-apply")
    assert sum(stored().values()) == 6 + 10


def test_an_answer_on_cells_holds_for_the_next_file_with_the_same_headings(data_copy: Path) -> None:
    text = HEAD + '\n2026-05-06,오사카부,단체,"1,200¹"\n2026-05-07,도쿄도,개별,{}\n'
    app = drop(page("ko"), "april.csv", text.format(30).encode())
    assert chosen(app) == [None], "nothing is guessed"
    assert own("file_account", "ko")("unread") in shown(app), "no sum is sound while a cell is in neither"
    app = answer(app, "desk-question-0-", "take")
    assert own("file_account", "ko")("unread") not in shown(app)
    assert len(app.data_editor) == 0, "no row is left to be corrected"
    press(signed(app), "desk-apply")
    assert stored()["2026-05-06", "27", "group"] == 1200

    again = drop(page("ko"), "may.csv", text.replace("2026-05-0", "2026-05-1").format("40①").encode())
    assert chosen(again) == ["take"]
    assert own("kept_answers", "ko")("used", name="april.csv") in [caption.value for caption in again.main.caption]
    account = unescape(shown(again))
    assert "‘1,200¹’ → 1200" in account
    assert own("file_account", "ko")("reason.taken_by_answer") in account
    changed = answer(again, "desk-question-0-", "each")
    assert len(changed.data_editor) == 1
    press(signed(answer(changed, "desk-question-0-", "take")), "desk-apply")
    assert stored()["2026-05-17", "13", "individual"] == 40

    forgotten = press(drop(page("ko"), "june.csv", text.replace("2026-05-0", "2026-05-2").format(50).encode()), "desk-forget")
    assert chosen(forgotten) == [None]
