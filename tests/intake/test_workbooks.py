"""Do workbooks and web tables become the rows that they show, and is what would harm us refused?"""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
import written
import xlsxwriter
from written import TWO, noticed, rows, taken, told


def book(*sheets: list[list[Any]], merged: tuple[int, int, int, int, str] | None = None, **options: Any) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as made:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        for cells in sheets:
            sheet = made.add_worksheet()
            for at, row in enumerate(cells):
                for column, cell in enumerate(row):
                    look = (day,) if isinstance(cell, date) else ()
                    sheet.write(at, column, cell, *look)
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
    made = taken(book(cells), "x.xlsx")
    assert (rows(made), made.errors) == (TWO, ())
    assert list(made.source["line"]) == [4, 5]
    assert noticed(made) == {"skipped_preamble", "total_row_skipped", "excel_serial", "unit_stripped"}
    assert "named_otherwise" in noticed(taken(book(cells), "x.csv"))


def test_workbooks_that_count_from_1904() -> None:
    made = taken(
        book([HEADER, [46122 - 1462, "도쿄도", 1200], [datetime(2026, 4, 11), "오사카부", 800]], date_1904=True), "x.xlsx"
    )
    assert rows(made) == TWO


def test_a_merged_cell_says_the_same_for_all_its_rows() -> None:
    made = taken(book([HEADER, ["", "도쿄도", 1], ["", "오사카부", 2]], merged=(1, 0, 2, 0, "2026-04-10")), "x.xlsx")
    assert rows(made) == [("2026-04-10", "13", 1), ("2026-04-10", "27", 2)]
    assert "merged_cells" in noticed(made)


def test_counts_on_a_second_sheet_are_not_forgotten() -> None:
    content = book([["머리말"]], [HEADER, ["2026-04-10", "도쿄도", 1]], [HEADER, ["2026-05-10", "도쿄도", 2]])
    made = taken(content, "x.xlsx")
    assert (rows(made), told(made)) == ([("2026-04-10", "13", 1)], {(None, None, "sheet_left")})
    assert rows(taken(content, "x.xlsx", sheet=made.sheets[2])) == [("2026-05-10", "13", 2)]


def test_web_tables_that_call_themselves_workbooks() -> None:
    page = (
        "<html><head><meta charset=euc-kr></head><table><tr><th colspan=3>방문객 현황</th></tr>"
        "<tr><th>날짜<th>도도부현<th>방문객수</tr>"
        "<tr><td rowspan=2>2026-04-10</td><td>도쿄도</td><td>1,200</td></tr><tr><td>오사카부<td><b>800</b>명</tr></table>"
    )
    made = taken(page.encode("cp949"), "x.xls")
    assert rows(made) == [("2026-04-10", "13", 1200), ("2026-04-10", "27", 800)]
    assert {"web_table", "encoding", "merged_cells"} <= noticed(made)
    assert list(made.source["line"]) == [3, 4]


def _packed(**parts: str) -> bytes:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book([HEADER, ["2026-04-10", "도쿄도", 1]]))) as good,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            bad.writestr(name, parts.get("sheet", good.read(name)) if name.endswith("sheet1.xml") else good.read(name))
        if "more" in parts:
            bad.writestr("xl/media/more.bin", parts["more"])
    return file.getvalue()


SHEET = '<?xml version="1.0"?>{}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
TRAPS = {
    "entities": (
        lambda: _packed(sheet=SHEET.format('<!DOCTYPE x [<!ENTITY a "ha">]>', '<row r="1"><c r="A1"><v>&a;</v></c></row>')),
        "xml_tricks",
    ),
    "a far corner": (
        lambda: _packed(
            sheet=SHEET.format("", '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
        ),
        "too_many_rows",
    ),
    "a wide corner": (
        lambda: _packed(sheet=SHEET.format("", '<row r="1"><c r="A1"/><c r="XFD1"><v>1</v></c></row>')),
        "too_many_cells_in_all",
    ),
    "a hidden corner": (lambda: _packed(sheet=SHEET.format("", '<row><c r = "XFD1048576"><v>1</v></c></row>')), "xml_tricks"),
    "much from little": (lambda: _packed(more="0" * 450_000_000), "too_large_unpacked"),
    "no workbook": (lambda: b"PK\x03\x04" + b"\0" * 500, "broken_workbook"),
    "half a workbook": (lambda: book([HEADER])[:-200], "broken_workbook"),
    "an old workbook that is none": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "broken_workbook"),
    "too large": (lambda: b"x" * (51 * 1024 * 1024), "too_large"),
    "too many rows": (lambda: written.text(*["2026-04-10,도쿄도,1"] * 1_000_200), "too_many_rows"),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_traps_are_refused(trap: str) -> None:
    make, code = TRAPS[trap]
    assert [one.code for one in taken(make(), "x.xlsx").errors] == [code]
