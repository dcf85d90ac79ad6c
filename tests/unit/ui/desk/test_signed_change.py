"""The outcome of a press at the desk stands beside its button, in plain words, and nothing uncounted is a zero."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from desk_app import BAD, GOOD, TWO, drop, edit, own, page, press, shown, signed, stored
from page_html import html_of
from streamlit.testing.v1 import AppTest

from sejong_dash import errors, intake, words
from sejong_dash.errors import DashError
from sejong_dash.store import counts, history
from sejong_dash.ui.desk import count_tables

pytestmark = pytest.mark.dear

OTHER = GOOD.replace("1,200", "1,300").replace("2026-05-06", "2026-05-08")


def within(block: Any, key: str) -> str:
    """Return the texts in the container with this key."""
    found = []
    for child in getattr(block, "children", {}).values():
        if getattr(child, "proto", None) is not None and getattr(child.proto, "id", "").endswith(f"-{key}"):
            found += [each.value for each in child.get("html")]
        else:
            found.append(within(child, key))
    return " ".join(filter(None, found))


def answer(app: AppTest, key: str) -> str:
    """Return the texts in the place of the answer below a button."""
    return within(app.main, f"{key}-answer")


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize(("who", "why"), [("", ""), ("김", ""), (" ", "확정")])
def test_a_press_without_a_signature_is_answered_below_the_button_and_at_the_fields(
    lang: str, who: str, why: str, data_copy: Path
) -> None:
    app = press(signed(drop(page(lang), "counts.csv", GOOD.encode()), who, why), "desk-apply")
    labels = own("signed_change", lang)
    assert words.of(errors.__file__, lang)("store_unsigned") in answer(app, "desk-apply")
    for name, text in (("who", who), ("why", why)):
        assert (labels(f"missing.{name}") in within(app.main, f"desk-{name}-box")) == (not text.strip())
    assert stored() == {}
    app = press(signed(app), "desk-apply")
    assert stored() == TWO
    assert "sj-lacking" not in shown(app)
    assert "sj-error" not in shown(app)


@pytest.mark.thorough
def test_an_answer_is_not_taken_for_that_of_another_file(data_copy: Path) -> None:
    app = press(drop(page("ko"), "counts.csv", GOOD.encode()), "desk-apply")
    assert "sj-error" in shown(app)
    assert "sj-error" not in shown(drop(app, "other.csv", OTHER.encode()))


@pytest.mark.thorough
def test_an_undo_that_fails_is_answered_at_its_button(data_copy: Path) -> None:
    app = press(signed(drop(page("ko"), "counts.csv", GOOD.encode())), "desk-apply")
    (data_copy / "visitors.csv").write_text("date,jis_code\n", "utf-8")
    app = press(app, "desk-undo-done")
    assert "visitors.csv" in answer(app, "desk-undo-done")
    assert [button for button in app.main.get("button") if button.key == "desk-undo-done"], "it can be pressed again"


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_what_was_stored_is_shown_in_figures_and_days_and_numbered_from_one(lang: str, data_copy: Path) -> None:
    text = GOOD + "2026-05-08,나라현,단체,7\n"
    app = press(signed(drop(page(lang), "counts.csv", text.encode())), "desk-apply")
    labels, shared = own("signed_change", lang), words.shared(lang)
    span = shared.span(date(2026, 5, 6), date(2026, 5, 8), "day")
    fields = {"days": labels("days_among", span=span, count=2), "what": labels("stored.new", count=3), "who": "김"}
    assert labels("stored.applied", **fields) in shown(app)
    app = press(app, "desk-undo-done")
    fields |= {"what": labels("stored.removed", count=3)}
    assert labels("stored.undone", **fields) in shown(app)
    app = page(lang, do="history")
    table = next(frame.value for frame in app.dataframe if "what" in frame.value)
    assert table["change"].tolist() == ["2", "1", ""], "what stood when the history began is no change of a person"
    assert table["why"].tolist()[0] == labels("undoing", number=1)
    assert own("change_history", lang)("kind.undone", number=1) in table["what"].tolist()[0]
    named = own("change_history", lang)("named", number=2, when="#", who="김").split("#")
    assert all(part in app.selectbox(key="desk-change").options[0] for part in named)
    assert history.history()[0].version in " ".join(caption.value for caption in app.main.caption), (
        "the fingerprint is a detail of the change"
    )


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_day_that_was_not_counted_is_no_zero_wherever_a_change_is_shown(lang: str, data_copy: Path) -> None:
    uncounted = count_tables.words(lang)("uncounted")

    def table(app: AppTest, column: str) -> tuple[list[list[object]], str]:
        found = next(frame for frame in app.dataframe if {"before", "after", column} <= set(frame.value.columns))
        cells = found.value[["before", "after"]].astype("object")
        rows = cells.where(cells.notna(), None).values.tolist()
        return sorted(rows, key=str), found.proto.placeholder

    app = drop(page(lang), "counts.csv", GOOD.encode())
    assert table(app, "difference") == ([[None, 1230]], uncounted)
    assert table(app, "state") == ([[None, 1200], [None, 30]], uncounted)
    app = press(press(signed(app), "desk-apply"), "desk-undo-done")
    app = page(lang, do="history")
    assert table(app, "prefecture") == ([[1200, None], [30, None]], uncounted)
    counts.apply(counts.change_set(intake.read(GOOD.encode(), "a.csv", "visitors").rows), who="이", why="다시")
    receipt = page(lang, receipt="2026-05-06")
    assert table(receipt, "version") == ([[1230, None], [None, 1230], [None, 1230]], uncounted)


def test_the_history_is_shown_where_an_edit_by_hand_cannot_be_recorded(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    press(signed(drop(page("ko"), "counts.csv", GOOD.encode())), "desk-apply")
    with (data_copy / "visitors.csv").open("a", encoding="utf-8") as file:
        file.write("2026-05-09,13,group,5,,reported,\n")

    def closed() -> None:
        raise DashError("store_closed", file="visitors.csv", folder="data", what="Permission denied")

    monkeypatch.setattr("sejong_dash.store.counts.record_outside_edit", closed)
    app = page("ko", do="history")
    assert "sj-error" not in shown(app)
    assert "1" in next(frame.value for frame in app.dataframe if "what" in frame.value)["change"].tolist()


@pytest.mark.thorough
def test_a_conflict_with_a_figure_that_was_taken_out_is_no_zero(data_copy: Path) -> None:
    press(signed(drop(page("ko"), "counts.csv", GOOD.encode())), "desk-apply")
    app = drop(page("ko"), "counts.csv", GOOD.replace("1,200", "1,300").encode())
    shown_figures = counts.figures()
    counts.apply(counts.change_set(shown_figures[shown_figures["jis_code"] == "13"], shown=shown_figures), who="이", why="정정")
    app = press(signed(app), "desk-apply")
    choice = app.data_editor[0]
    assert pd.isna(choice.value["theirs"].iloc[0])
    assert choice.proto.placeholder == count_tables.words("ko")("uncounted")
    app.text_input(key="desk-who").set_value("")
    app = press(app, "desk-settle")
    assert words.of(errors.__file__, "ko")("store_unsigned") in answer(app, "desk-settle")
    assert len(app.data_editor) == 1, "it can still be settled"
    press(signed(edit(app, {0: {"take": True}})), "desk-settle")
    assert stored()["2026-05-06", "27", "group"] == 1300


def as_of(app: AppTest) -> date:
    """Return the as-of day that the bar shows."""
    (day,) = re.findall(r'data-choice="asof" value="([^"]+)"', "".join(html_of(app)))
    return date.fromisoformat(day)


def button_type(app: AppTest, key: str) -> str:
    return str(next(button.proto.type for button in app.main.get("button") if button.key == key))


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_where_rows_are_left_out_mending_is_the_strong_press(lang: str, data_copy: Path) -> None:
    app = drop(page(lang), "counts.csv", BAD.encode())
    assert (button_type(app, "desk-read-again"), button_type(app, "desk-apply")) == ("primary", "secondary")
    assert app.button(key="desk-apply").label == own("file_review", lang)("apply_part", some=1, all=3)
    app = press(edit(app, {0: {"prefecture": "나라현"}, 1: {"visitors": "90"}}), "desk-read-again")
    assert button_type(app, "desk-apply") == "primary"
    assert app.button(key="desk-apply").label == own("change_preview", lang)("apply")


@pytest.mark.thorough
def test_what_a_total_says_stands_before_the_press_and_is_checked_again_once_rows_are_mended(data_copy: Path) -> None:
    app = drop(page("ko"), "counts.csv", (BAD + "합계,,,1302\n").encode())
    read = intake.read((BAD + "합계,,,1302\n").encode(), "counts.csv", "visitors")
    wrong = next(notice for notice in read.notices if notice.code == "total_mismatch")
    before = within(app.main, "desk-before")
    expected = [own("file_review", "ko")("left", count=2), intake.describe(wrong, "", "ko").strip()]
    expected.append(own("file_checks", "ko")("of.total_row_skipped", count=1))
    assert sorted(expected, key=before.index) == expected, "what speaks against it comes first"
    app = press(edit(app, {0: {"prefecture": "나라현"}, 1: {"visitors": "91"}}), "desk-read-again")
    assert "1,303" in shown(app), "the rows that were mended come to something else"
    app = drop(page("ko"), "counts.csv", (BAD + "합계,,,1302\n").encode())
    app = press(edit(app, {0: {"prefecture": "나라현"}, 1: {"visitors": "90"}}), "desk-read-again")
    assert "sj-error" not in shown(app)


def test_many_doubts_are_shown_the_worst_first_with_their_number(data_copy: Path) -> None:
    lines = [f"2027-01-{day:02},도쿄도,단체,{day}" for day in range(1, 10)]
    app = drop(page("ko"), "counts.csv", "\n".join(["날짜,도도부현,경로,방문객 수", *lines, "합계,,,44", ""]).encode())
    before = within(app.main, "desk-before")
    assert before.index("44") < before.index("2027-01-01")
    assert own("file_checks", "ko")("more", count=6, all=9) in before


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_that_the_sample_ends_and_where_as_of_goes_is_shown_before_and_comes_true(lang: str, data_copy: Path) -> None:
    app = drop(page(lang), "counts.csv", GOOD.replace("2026-05-06", "2026-04-12").encode())
    ahead, shared = own("change_effects", lang), words.shared(lang)
    day_before = as_of(app)
    shown_before = shown(app)
    assert ahead("sample_ends") in shown_before
    app = press(signed(app), "desk-apply")
    day_after = as_of(app)
    assert day_before != day_after
    assert ahead("day_moves", before=shared.date(day_before), after=shared.date(day_after)) in shown_before
    again = drop(page(lang, do=""), "counts.csv", GOOD.encode())
    assert ahead("sample_ends") not in shown(again), "it has ended"
    press(app, "desk-undo-done")
    gone = drop(page(lang), "counts.csv", GOOD.replace("2026-05-06", "2026-04-12").encode())
    assert ahead("sample_ends") not in shown(gone), "once counts have existed, the sample does not come back by itself"


UNKNOWN = "날짜,도도부현,경로,방문객 수\n2026-05-06,오사카부,버스,1200\n2026-05-07,도쿄도,버스,30\n"


def radio(app: AppTest, number: int = 0) -> str:
    return next(str(question.key) for question in app.radio if str(question.key).startswith(f"desk-channel-{number}-"))


@pytest.mark.parametrize(("chosen", "channel"), [("group", "group"), ("버스", "버스")], ids=["known", "new"])
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_an_unknown_channel_is_asked_about_before_anything_can_be_stored(
    lang: str, chosen: str, channel: str, data_copy: Path
) -> None:
    app = drop(page(lang), "counts.csv", UNKNOWN.encode())
    assert not [button for button in app.main.get("button") if button.key == "desk-apply"]
    assert own("new_channels", lang)("waiting") in shown(app)
    question = app.radio(key=radio(app))
    tables = count_tables.words(lang)
    known = [tables(f"channel.{code}") for code in ("individual", "group", "exchange")]
    assert question.options == [*known, own("new_channels", lang)("new", name="버스")]
    assert question.value is None, "nothing is guessed"
    app = question.set_value(chosen).run()
    press(signed(app), "desk-apply")
    assert stored() == {("2026-05-06", "27", channel): 1200, ("2026-05-07", "13", channel): 30}
    again = drop(page(lang), "counts.csv", UNKNOWN.replace("1200", "1201").encode())
    assert len(again.radio) == (0 if chosen == "버스" else 1), "what is stored is known"


def test_an_unknown_channel_that_is_typed_is_asked_about(data_copy: Path) -> None:
    app = page("ko", do="type")
    app = edit(app, {0: dict(zip(intake.COLUMNS, ["2026.5.6", "오사카", "버스", "1,200명"], strict=True))})
    assert not [button for button in app.main.get("button") if button.key == "desk-apply"]
    app = app.radio(key=radio(app)).set_value("exchange").run()
    press(signed(app), "desk-apply")
    assert stored() == {("2026-05-06", "27", "exchange"): 1200}


@pytest.mark.thorough
def test_rows_that_were_mended_stay_mended_when_a_channel_is_answered(data_copy: Path) -> None:
    app = drop(page("ko"), "counts.csv", (UNKNOWN + "2026-05-08,없는현,단체,5\n").encode())
    app = press(edit(app, {0: {"prefecture": "나라현", "channel": "견학"}}), "desk-read-again")
    assert len(app.radio) == 2
    app = app.radio(key=radio(app)).set_value("group").run()
    assert not [button for button in app.main.get("button") if button.key == "desk-apply"], "a name is not answered"
    app = app.radio(key=radio(app, 1)).set_value("견학").run()
    press(signed(app), "desk-apply")
    assert stored() == {
        ("2026-05-06", "27", "group"): 1200,
        ("2026-05-07", "13", "group"): 30,
        ("2026-05-08", "29", "견학"): 5,
    }


@pytest.mark.thorough
def test_an_answer_can_be_changed_before_it_is_stored(data_copy: Path) -> None:
    app = drop(page("ko"), "counts.csv", UNKNOWN.encode())
    app = app.radio(key=radio(app)).set_value("group").run()
    app = app.radio(key=radio(app)).set_value("individual").run()
    press(signed(app), "desk-apply")
    assert {channel for _, _, channel in stored()} == {"individual"}
