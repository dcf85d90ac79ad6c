"""Tests that what an old workbook (.xls) shows beside its text is found."""

import old_workbooks
import pytest
from count_files import read_counts
from old_workbooks import FORMAT, RAISED, STRUCK

from sejong_dash.intake import Refused
from sejong_dash.intake.files.old_workbook_marks import OldWorkbookMarks

ROWS = [
    ["날짜", "도도부현", "방문객수"],
    ["2026-04-10", "도쿄도", [(False, "800"), (True, "1)")]],
    ["2026-04-11", "도쿄도", (700, STRUCK)],
    ["2026-04-12", "도쿄도", (5, RAISED)],
    ["2026-04-13", "도쿄도", (12, FORMAT)],
    ["2026-04-14", "도쿄도", 30],
]


def test_marks_strokes_and_formats_are_found() -> None:
    marks = OldWorkbookMarks(old_workbooks.build(ROWS, '0"천명"')).read("a")
    found = {place: (mark.code, mark.proposal) for place, mark in marks.cells.items()}
    assert found == {
        (2, 2): ("mark_in_cell", "800"),
        (3, 2): ("struck_out", None),
        (4, 2): ("mark_in_cell", None),
        (5, 2): ("format_scaled", "12000"),
    }


def test_a_plain_format_is_no_mark() -> None:
    marks = OldWorkbookMarks(old_workbooks.build([["a", (12, FORMAT)]], '#,##0"명"')).read("a")
    assert marks.cells == {}


def test_hidden_rows_columns_and_the_first_day_are_found() -> None:
    book = OldWorkbookMarks(old_workbooks.build(ROWS, "0", since_1904=True, hidden_row=2, hidden_column=1))
    marks = book.read("a")
    assert (book.since_1904, marks.hidden_rows, marks.hidden_columns) == (True, {3}, {1})
    assert not OldWorkbookMarks(old_workbooks.build(ROWS, "0")).since_1904


@pytest.mark.parametrize("length", [30, 200, 600])
def test_a_damaged_workbook_is_refused(length: int) -> None:
    content = old_workbooks.build(ROWS, "0")
    with pytest.raises(Refused):
        OldWorkbookMarks(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + content[:length])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x9b DRMONE  This Document is encrypted" + bytes(range(200)), "not_a_table"),
        (b"SCDSA004" + bytes(200), "not_a_table"),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00" + b"x" * 40, "other_workbook"),
        (b"\x09\x02\x06\x00\x00\x00\x10\x00" + b"x" * 40, "other_workbook"),
        (b"ID;PWXL;N;E\nC;Y1;X1;K1\n", "other_workbook"),
        (b"HWP Document File V3.00 \x1a\x01", "other_workbook"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table/></Workbook>',
            "other_workbook",
        ),
        (b"\x00\x05\x16\x07\x00\x02" + bytes(80) + b"x", "not_a_table"),
        *(
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + part.encode("utf-16-le") + bytes(600), code)
            for part, code in [
                ("EncryptedPackage", "password"),
                ("DRMEncryptedTransform", "not_a_table"),
                ("HwpSummaryInformation", "other_workbook"),
                ("WordDocument", "not_a_table"),
            ]
        ),
    ],
)
def test_what_is_no_workbook_is_named(content: bytes, code: str) -> None:
    assert [error.code for error in read_counts(content, "counts.xls").errors] == [code]


def test_the_small_file_beside_an_open_workbook_is_named() -> None:
    assert [error.code for error in read_counts(b"\x05clerk" + b" " * 159, "~$counts.xlsx").errors] == ["owner_file"]


HEAD = "날짜,도도부현,방문객수\n2026-04-10,도쿄도,1200\n"


def test_a_text_that_ends_in_empty_bytes_is_read_to_its_last_whole_line() -> None:
    whole = read_counts(HEAD.encode() + bytes(500))
    assert (len(whole.rows), whole.errors) == (1, ())
    torn = read_counts((HEAD + "2026-04-11,오사카부,80").encode() + bytes(500))
    assert [(error.row, error.code) for error in torn.errors] == [(3, "torn_line")]
    assert len(torn.rows) == 1
