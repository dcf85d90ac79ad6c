"""Tests that workbooks and web tables become the rows that they show, and that harmful files are refused."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import count_files
import pytest
import xlsxwriter
from count_files import TWO_ROWS, list_errors, list_rows, notice_codes, read_counts


def build_workbook(*sheets: list[list[Any]], merged: tuple[int, int, int, int, str] | None = None, **options: Any) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for cells in sheets:
            sheet = workbook.add_worksheet()
            for at, row in enumerate(cells):
                for column, cell in enumerate(row):
                    cell_format = (day,) if isinstance(cell, date) else ()
                    sheet.write(at, column, cell, *cell_format)
            if merged:
                sheet.merge_range(*merged)
    return file.getvalue()


HEADER = ["날짜", "도도부현", "방문객수"]


def test_workbooks() -> None:
    cells = [
        ["방문객 현황"],
        [],
        HEADER,
        [date(2026, 4, 10), "도쿄도", 1200],
        [46123, "오사카부", "８００명"],
        ["합계", None, 2000],
    ]
    result = read_counts(build_workbook(cells), "x.xlsx")
    assert (list_rows(result), result.errors) == (TWO_ROWS, ())
    assert list(result.source["line"]) == [4, 5]
    assert notice_codes(result) == {"skipped_preamble", "total_row_skipped", "excel_serial", "unit_stripped"}
    assert "named_otherwise" in notice_codes(read_counts(build_workbook(cells), "x.csv"))


def test_workbooks_that_count_from_1904() -> None:
    result = read_counts(
        build_workbook([HEADER, [46122 - 1462, "도쿄도", 1200], [datetime(2026, 4, 11), "오사카부", 800]], date_1904=True),
        "x.xlsx",
    )
    assert list_rows(result) == TWO_ROWS


def test_a_merged_cell_says_the_same_for_all_its_rows() -> None:
    result = read_counts(
        build_workbook([HEADER, ["", "도쿄도", 1], ["", "오사카부", 2]], merged=(1, 0, 2, 0, "2026-04-10")), "x.xlsx"
    )
    assert list_rows(result) == [("2026-04-10", "13", 1), ("2026-04-10", "27", 2)]
    assert "merged_cells" in notice_codes(result)


def test_counts_on_a_second_sheet_are_not_forgotten() -> None:
    content = build_workbook([["머리말"]], [HEADER, ["2026-04-10", "도쿄도", 1]], [HEADER, ["2026-05-10", "도쿄도", 2]])
    result = read_counts(content, "x.xlsx")
    assert (list_rows(result), list_errors(result)) == ([("2026-04-10", "13", 1)], {(None, None, "sheet_left")})
    assert list_rows(read_counts(content, "x.xlsx", sheet=result.sheets[2])) == [("2026-05-10", "13", 2)]


def test_web_tables_that_call_themselves_workbooks() -> None:
    page = (
        "<html><head><meta charset=euc-kr></head><table><tr><th colspan=3>방문객 현황</th></tr>"
        "<tr><th>날짜<th>도도부현<th>방문객수</tr>"
        "<tr><td rowspan=2>2026-04-10</td><td>도쿄도</td><td>1,200</td></tr><tr><td>오사카부<td><b>800</b>명</tr></table>"
    )
    result = read_counts(page.encode("cp949"), "x.xls")
    assert list_rows(result) == [("2026-04-10", "13", 1200), ("2026-04-10", "27", 800)]
    assert {"web_table", "encoding", "merged_cells"} <= notice_codes(result)
    assert list(result.source["line"]) == [3, 4]


def _build_broken(sheets: Sequence[str] = (), **parts: str) -> bytes:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(build_workbook([HEADER, ["2026-04-10", "도쿄도", 1]]))) as good,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            bad.writestr(name, parts.get("sheet", good.read(name)) if name.endswith("sheet1.xml") else good.read(name))
        if "more" in parts:
            bad.writestr("xl/media/more.bin", parts["more"])
        if "other" in parts:
            bad.writestr("xl/worksheets/sheet2.txt", parts["other"])
        for number, sheet in enumerate(sheets, 2):
            bad.writestr(f"xl/worksheets/sheet{number}.xml", sheet)
    return file.getvalue()


SHEET = '<?xml version="1.0"?>{}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
TRAPS = {
    "entities": (
        lambda: _build_broken(sheet=SHEET.format('<!DOCTYPE x [<!ENTITY a "ha">]>', '<row r="1"><c r="A1"><v>&a;</v></c></row>')),
        "xml_tricks",
    ),
    "a far corner": (
        lambda: _build_broken(
            sheet=SHEET.format("", '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
        ),
        "too_many_rows",
    ),
    "a wide corner": (
        lambda: _build_broken(sheet=SHEET.format("", '<row r="1"><c r="A1"/><c r="XFD1"><v>1</v></c></row>')),
        "too_many_cells_in_all",
    ),
    "a hidden corner": (
        lambda: _build_broken(sheet=SHEET.format("", '<row><c r = "XFD1048576"><v>1</v></c></row>')),
        "xml_tricks",
    ),
    "a far corner in small letters": (
        lambda: _build_broken(
            sheet=SHEET.format("", '<row r="1"><c r="a1"><v>1</v></c></row><row r="1048576"><c r="xfd1048576"><v>1</v></c></row>')
        ),
        "too_many_rows",
    ),
    "a far corner in a part of another name": (
        lambda: _build_broken(
            other=SHEET.format("", '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
        ),
        "too_many_rows",
    ),
    "many sheets of half the size": (
        lambda: _build_broken(sheets=[SHEET.format("", '<row r="6240"><c r="ADT6240"><v>1</v></c></row>')] * 3),
        "too_many_cells_in_all",
    ),
    "much from little": (lambda: _build_broken(more="0" * 450_000_000), "too_large_unpacked"),
    "no workbook": (lambda: b"PK\x03\x04" + b"\0" * 500, "broken_workbook"),
    "half a workbook": (lambda: build_workbook([HEADER])[:-200], "broken_workbook"),
    "an old workbook that is none": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "broken_workbook"),
    "too large": (lambda: b"x" * (51 * 1024 * 1024), "too_large"),
    "too many rows": (lambda: count_files.add_header(*["2026-04-10,도쿄도,1"] * 1_000_200), "too_many_rows"),
}
LARGE_TRAPS = {"much from little", "too large", "too many rows"}


@pytest.mark.parametrize(
    "trap", [pytest.param(trap, marks=pytest.mark.thorough) if trap in LARGE_TRAPS else trap for trap in TRAPS]
)
def test_traps_are_refused(trap: str) -> None:
    make, code = TRAPS[trap]
    assert [error.code for error in read_counts(make(), "x.xlsx").errors] == [code]
