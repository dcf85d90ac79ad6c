"""The desk reads what is dropped, stores what is applied, undoes it, and resolves conflicts."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from desk_app import BAD, GOOD, TWO, drop, edit, own, page, press, shown, signed, stored
from files_by_address import fetched, local_name
from streamlit.testing.v1 import AppTest

from sejong_dash import intake, words
from sejong_dash.exports.sheets import count_template
from sejong_dash.paths import PROJECT
from sejong_dash.store import counts, history, snapshots
from sejong_dash.ui.desk import count_tables
from sejong_dash.ui.desk.reading import corrections

pytestmark = pytest.mark.dear

JAPANESE = "日付,都道府県,経路,来場者数\n令和8年5月6日,大阪府,団体,１２００\n2026/05/06,東京都,個人,30\n"


# A page says the same whatever a file's encoding is: each is dropped on the page of another language.
@pytest.mark.parametrize(
    ("lang", "text", "encoding"),
    zip(words.LANGUAGES, (GOOD, JAPANESE, GOOD), ("utf-8-sig", "cp932", "cp949"), strict=True),
    ids=["utf-8", "shift_jis", "cp949"],
)
def test_a_file_is_read_shown_applied_and_taken_back(lang: str, text: str, encoding: str, data_copy: Path) -> None:
    before = (data_copy / "visitors.csv").read_bytes()
    app = drop(page(lang), "counts.csv", text.encode(encoding))
    labels = own("change_preview", lang)
    assert labels("counted", new=2, changed=0, removed=0, unchanged=0) in shown(app)
    rows = next(frame.value for frame in app.dataframe if "found" in frame.value)
    assert rows["prefecture"].tolist() == [count_tables.prefecture_names(lang)[code] for code in ("27", "13")]
    assert rows["visitors"].tolist() == [1200, 30]
    assert ("1,200명" if text == GOOD else "１２００") in rows["found"].iloc[0]
    days = next(frame.value for frame in app.dataframe if "difference" in frame.value)
    assert days[["before", "after"]].astype("object").where(days.notna(), None).values.tolist() == [[None, 1230]]
    assert days["difference"].tolist() == [""], "what was not counted is no number to count from"
    if encoding != "utf-8-sig":
        assert app.selectbox(key=next(key for key in keys(app) if key.startswith("desk-encoding-"))).value == encoding
    assert (data_copy / "visitors.csv").read_bytes() == before, "nothing is stored before it is applied"

    app = press(app, "desk-apply")
    assert words.of(PROJECT / "sejong_dash" / "errors.py", lang)("store_unsigned") in shown(app)
    assert stored() == {}
    app = press(signed(app), "desk-apply")
    assert stored() == TWO
    change = history.history()[0]
    assert (change.who, change.why, change.file) == ("김", "확정", "counts.csv")
    answer, day = own("signed_change", lang), words.shared(lang).date(date(2026, 5, 6))
    assert answer("stored.applied", days=day, what=answer("stored.new", count=2), who="김") in shown(app)
    assert change.version not in shown(app)
    app = press(app, "desk-undo-done")
    assert stored() == {}
    assert history.history()[0].undoes == change.number


def keys(app: AppTest) -> list[str]:
    return [str(menu.key) for menu in app.main.get("selectbox")]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_wrong_rows_are_reported_where_they_stand_and_the_good_ones_can_go_on(lang: str, data_copy: Path) -> None:
    app = drop(page(lang), "counts.csv", BAD.encode("cp949"))
    read = intake.read(BAD.encode("cp949"), "counts.csv", "visitors")
    assert [error.row for error in read.errors] == [3, 4]
    for error in read.errors:
        assert intake.describe(error, "", lang).strip() in shown(app).replace("&#x27;", "'")
    assert own("file_review", lang)("left", count=2) in shown(app)
    app = press(signed(app), "desk-apply")
    assert stored() == {("2026-05-06", "27", "group"): 1200}


def test_wrong_rows_are_corrected_in_the_grid(data_copy: Path) -> None:
    app = drop(page("ko"), "counts.csv", BAD.encode("cp949"))
    grid = app.data_editor[0]
    assert grid.value["line"].tolist() == [3, 4]
    app = press(edit(app, {0: {"prefecture": "나라현"}, 1: {"visitors": "90"}}), "desk-read-again")
    assert "sj-error" not in shown(app)
    press(signed(app), "desk-apply")
    assert stored() == {
        ("2026-05-06", "27", "group"): 1200,
        ("2026-05-06", "29", "group"): 12,
        ("2026-05-07", "13", "individual"): 90,
    }


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(200), b"PK\x03\x04" + bytes(50), b"a letter\nto a friend\n"]
)
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_what_is_no_table_is_refused_in_words_and_stores_nothing(lang: str, content: bytes, data_copy: Path) -> None:
    app = drop(page(lang), "counts.xlsx", content)
    assert "sj-error" in shown(app)
    assert not [button for button in app.main.get("button") if button.key == "desk-apply"]
    assert not (data_copy / ".journal").exists()


def test_rows_that_are_typed_are_stored(data_copy: Path) -> None:
    app = page("ko", do="type")
    typed = [["2026.5.6", "오사카", "단체", "1,200명"], ["2026-05-06", "동경", "개별", "30"]]
    app = edit(app, {at: dict(zip(intake.COLUMNS, row, strict=True)) for at, row in enumerate(typed)})
    press(signed(app), "desk-apply")
    assert stored() == TWO


@pytest.mark.thorough
def test_a_day_that_was_opened_keeps_what_others_did_meanwhile(data_copy: Path) -> None:
    first = drop(page("ko"), "counts.csv", GOOD.encode())
    press(signed(first), "desk-apply")
    app = page("ja", do="type")
    app.date_input(key="desk-day").set_value(pd.Timestamp("2026-05-06").date()).run()
    grid = app.data_editor[0]
    assert sorted(grid.value["prefecture"]) == ["大阪府", "東京都"]
    app = edit(app, {grid.value["prefecture"].tolist().index("大阪府"): {"visitors": "1300"}})
    other = pd.DataFrame({"date": ["2026-05-06"], "jis_code": ["13"], "channel": ["individual"], "visitors": [44]})
    counts.apply(counts.change_set(other), who="이", why="정정")
    press(signed(app, "佐藤", "訂正"), "desk-apply")
    assert stored() == {("2026-05-06", "27", "group"): 1300, ("2026-05-06", "13", "individual"): 44}


@pytest.mark.parametrize("mine", [True, False], ids=["mine", "theirs"])
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_conflict_shows_both_figures_and_the_choice(lang: str, mine: bool, data_copy: Path) -> None:
    app = drop(page(lang), "counts.csv", GOOD.encode())
    other = pd.DataFrame({"date": ["2026-05-06"], "jis_code": ["27"], "channel": ["group"], "visitors": [999]})
    counts.apply(counts.change_set(other), who="이", why="정정")
    app = press(signed(app), "desk-apply")
    choice = app.data_editor[0].value
    assert choice[["theirs", "mine"]].values.tolist() == [[999, 1200]]
    assert choice["who"].tolist() == ["이"]
    assert ("2026-05-06", "13", "individual") not in stored(), "nothing is stored before the choice"
    press(edit(app, {0: {"take": mine}}), "desk-settle")
    assert stored() == TWO | ({} if mine else {("2026-05-06", "27", "group"): 999})


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_history_and_receipt_show_who_when_why_and_what(lang: str, data_copy: Path) -> None:
    assert own("change_history", lang)("none") in shown(page(lang, do="history"))
    counts.apply(counts.change_set(intake.read(GOOD.encode(), "a.csv", "visitors").rows), who="김", why="확정", file="a.csv")
    app = page(lang, do="history")
    table = next(frame.value for frame in app.dataframe if "what" in frame.value)
    assert table["who"].tolist()[0] == "김"
    assert table["file"].tolist()[0] == "a.csv"
    receipt = page(lang, receipt="2026-05-06.27.group")
    lines = next(frame.value for frame in receipt.dataframe if "version" in frame.value)
    assert lines["after"].tolist() == [1200]
    assert "1,200" in shown(receipt)
    press(signed(app), "desk-undo")
    assert stored() == {}


def test_a_file_that_was_edited_by_hand_becomes_a_change(data_copy: Path) -> None:
    counts.apply(counts.change_set(intake.read(GOOD.encode(), "a.csv", "visitors").rows), who="김", why="확정")
    file = data_copy / "visitors.csv"
    file.write_text(file.read_text("utf-8").replace("1200", "1201"), "utf-8")
    app = page("ko", do="history")
    table = next(frame.value for frame in app.dataframe if "what" in frame.value)
    assert own("change_history", "ko")("kind.outside", number=0) in table["what"].tolist()[0]


def test_a_frozen_screen_stores_nothing(data_copy: Path) -> None:
    app = page("ko", data=snapshots.create())
    assert own("desk_page", "ko")("frozen") in shown(app)
    assert len(app.get("file_uploader")) == 0


RESAVED = {  # how Excel saves a CSV again: its encoding, how a day is written, what the reader must choose
    "ko": ("cp949", "{0}-{1:02}-{2:02}", None),
    "ja": ("cp932", "{0}/{1}/{2}", None),
    "en": ("utf-8-sig", "{1}/{2}/{0}", "mdy"),
}


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_template_that_excel_saved_again_is_read_without_a_word_against_it(kind: str, lang: str, data_copy: Path) -> None:
    answer = fetched(f"template.{kind}?lang={lang}")
    assert local_name(answer) == f"{words.of(count_template.__file__, lang)('name')}.{kind}"
    labels, names = count_tables.words(lang), count_tables.prefecture_names(lang)
    rows = [["2026-05-06", names["27"], labels("channel.group"), 1200], ["2026-05-07", names[""], "", 0]]
    rows += [["2026-05-08", name, labels("channel.exchange"), 1] for name in names.values()]
    content, order = _filled(kind, answer.body, rows, lang), RESAVED[lang][2]
    if kind == "csv" and order:
        unsure = intake.read(content, "counts.csv", "visitors")
        assert {error.code for error in unsure.errors} == {"date_ambiguous"}, "5/6/2026 is never guessed"
    app = drop(page(lang), f"counts.{kind}", content)
    if kind == "csv" and order:
        app.radio(key=next(str(radio.key) for radio in app.radio if str(radio.key).startswith("desk-order-"))).set_value(
            order
        ).run()
    assert "sj-error" not in shown(app)
    if not (kind == "csv" and order):  # what was read by the reader's own choice is reported row by row
        assert notices_title(lang) not in shown(app)
    press(signed(app), "desk-apply")
    assert len(stored()) == len(rows)
    assert stored()["2026-05-06", "27", "group"] == 1200
    assert {code for day, code, _ in stored() if day == "2026-05-08"} == set(names)


def notices_title(lang: str) -> str:
    """Return the title of what is to be known of single rows, without its number."""
    return max(own("interpretation", lang)("notices", count="#").split("#"), key=len).strip()


def _filled(kind: str, empty: bytes, rows: list[list[object]], lang: str) -> bytes:
    """Return a template as Excel leaves it: days as dates, numbers as numbers, as many cells in every row, blank rows below."""
    if kind == "csv":
        encoding, day, _ = RESAVED[lang]
        lines = [*csv.reader(io.StringIO(empty.decode("utf-8-sig")))]
        lines += [[day.format(*map(int, str(row[0]).split("-"))), *map(str, row[1:])] for row in rows]
        text = io.StringIO(newline="")
        csv.writer(text).writerows([*line, *[""] * (4 - len(line))] for line in [*lines, [], []])
        return text.getvalue().encode(encoding)
    book = openpyxl.load_workbook(io.BytesIO(empty))
    _write(book.worksheets[0], rows, 3, 1)
    return _saved(book)


def _write(sheet: Any, rows: list[list[object]], top: int, left: int) -> None:
    for number, row in enumerate(rows, start=top):
        for at, cell in enumerate(row, start=left):
            sheet.cell(number, at).value = pd.Timestamp(str(cell)).to_pydatetime() if at == left else cell or (None, 0)[cell == 0]


def _saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_sheet_to_send_back_names_what_is_wrong_and_is_dropped_again(lang: str, data_copy: Path) -> None:
    read = intake.read(BAD.encode(), "counts.csv", "visitors")
    book = openpyxl.load_workbook(io.BytesIO(corrections.sheet(read, lang)))
    sheet = book.worksheets[0]
    assert [sheet.cell(row, 1).value for row in (3, 4)] == [3, 4]
    assert [sheet.cell(row, 6).value.count("\n") for row in (3, 4)] == [0, 0]
    assert "없는현" in sheet.cell(3, 6).value
    coloured = {(row, at) for row in (3, 4) for at in range(1, 7) if sheet.cell(row, at).fill.fill_type}
    assert coloured == {(3, 3), (4, 5)}
    names, labels = count_tables.prefecture_names(lang), count_tables.words(lang)
    _write(sheet, [["2026-05-06", names["29"], labels("channel.group"), 12], ["2026-05-07", names["13"], "", 90]], 3, 2)
    app = drop(page(lang), "back.xlsx", _saved(book))
    assert "sj-error" not in shown(app)
    assert notices_title(lang) not in shown(app), "nothing to know about single rows"
    press(signed(app), "desk-apply")
    assert stored() == {("2026-05-06", "29", "group"): 12, ("2026-05-07", "13", ""): 90}
