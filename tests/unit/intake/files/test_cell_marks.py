"""Tests that what a workbook or a web table shows beside its text becomes no number without a word."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter
from count_files import list_errors, list_rows, notice_codes, read_counts

from sejong_dash.intake.files.number_formats import read_format

HEADER = ["날짜", "도도부현", "방문객수"]


def build(fill: Callable[[Any, Any], None], rows: int = 3) -> bytes:
    """Return a workbook with the counts 10, 20, 30 … that `fill` changes."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for at in range(1, rows + 1):
            sheet.write_row(at, 0, [f"2026-04-{at + 9}", "도쿄도", at * 10])
        fill(book, sheet)
    return file.getvalue()


def read_first(fill: Callable[[Any, Any], None]) -> tuple[list[int], set[str], list[str | None]]:
    """Return the counts that are read, the codes of the errors and their proposals."""
    result = read_counts(build(fill), "x.xlsx")
    return (
        [count for _, _, count in list_rows(result)],
        {error.code for error in result.errors},
        [error.proposal for error in result.errors],
    )


def test_a_raised_mark_in_a_workbook_is_no_digit() -> None:
    def fill(book: Any, sheet: Any) -> None:
        raised = book.add_format({"font_script": 1})
        sheet.write_rich_string(1, 2, "1,200", raised, "1)")
        sheet.write_rich_string(2, 2, raised, "1", "800")
        sheet.write(3, 2, 5, raised)

    assert read_first(fill) == ([], {"mark_in_cell"}, ["1,200", None, None])


def test_a_lowered_mark_and_one_in_a_prefecture_are_seen() -> None:
    def fill(book: Any, sheet: Any) -> None:
        lowered = book.add_format({"font_script": 2})
        sheet.write_rich_string(1, 2, "800", lowered, "1")
        sheet.write_rich_string(2, 1, "도쿄도", lowered, "1")

    assert read_first(fill) == ([30], {"mark_in_cell"}, ["800", "도쿄도"])


def test_what_is_struck_out_is_no_count() -> None:
    def fill(book: Any, sheet: Any) -> None:
        struck = book.add_format({"font_strikeout": True})
        sheet.write_rich_string(1, 2, struck, "800", " 900")
        sheet.write(2, 2, 20, struck)
        sheet.write(3, 0, "2026-04-12", struck)

    assert read_first(fill) == ([], {"struck_out"}, ["900", None, None])


@pytest.mark.parametrize(
    ("code", "proposal"),
    [
        ('0"천명"', "10000"),
        ('0"만"', "100000"),
        ("#,##0,", None),
        ("0%", None),
        ('0"00"', None),
        ('"약 "0', None),
        ("[$₩-412]#,##0", None),
    ],
)
def test_a_format_that_shows_another_number_is_asked_about(code: str, proposal: str | None) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(1, 2, 10, book.add_format({"num_format": code}))

    assert read_first(fill) == ([20, 30], {"format_scaled"}, [proposal])


PLAIN_FORMATS = (
    'General|0|#,##0|#,##0_);(#,##0)|#,##0;[Red]-#,##0|#,##0"명"|0"人"|#,##0\\명|_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-|0000|'
    '0.0,"천"|#,##0;"△ "#,##0|@|yyyy-mm-dd|G/표준|[$-412]#,##0'
)


@pytest.mark.parametrize("code", PLAIN_FORMATS.split("|"))
def test_a_format_that_shows_the_number_as_it_is_needs_no_question(code: str) -> None:
    assert read_format(code) is None


@pytest.mark.parametrize("stored", [0, 999, ""])
def test_a_formula_that_was_never_calculated_has_no_value(stored: object) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_formula(1, 2, "=D2+E2", None, stored)

    assert read_first(fill) == ([20, 30], {"never_calculated"}, [None])


def test_a_formula_that_a_spreadsheet_calculated_has_its_value() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_formula(1, 2, "=D2+E2", None, 1200)

    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(build(fill))) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b' fullCalcOnLoad="1"', b""))
    assert [count for _, _, count in list_rows(read_counts(file.getvalue(), "x.xlsx"))] == [1200, 20, 30]


def test_one_number_for_several_rows_is_none_for_each() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.merge_range(1, 2, 2, 2, 300, book.add_format({"bold": True}))  # a format, so that nothing is left under it

    assert read_first(fill) == ([30], {"merged_number"}, [None, None])


def test_what_stands_hidden_under_a_merged_cell_is_reported() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range(1, 0, 2, 0, "2026-04-10")
        sheet.write(2, 0, "2026-04-15")

    assert read_first(fill) == ([10, 30], {"under_merge"}, [None])


def test_one_number_for_two_days_is_none_for_each() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["도도부현", "2026-04-10", "2026-04-11"])
        sheet.write(1, 0, "도쿄도")
        sheet.merge_range(1, 1, 1, 2, 300)
        sheet.write_row(2, 0, ["오사카부", 5, 6])
    result = read_counts(file.getvalue(), "x.xlsx")
    assert list_rows(result) == [("2026-04-10", "27", 5), ("2026-04-11", "27", 6)]
    assert (2, "visitors", "merged_number") in list_errors(result)


def test_hidden_rows_and_columns_are_read_with_a_notice_or_left_out() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})

    content = build(fill)
    result = read_counts(content, "x.xlsx")
    assert len(result.rows) == 3
    assert {"hidden_rows", "hidden_column"} <= notice_codes(result)
    assert result.changes[0].severity == 3
    assert [count for _, _, count in list_rows(read_counts(content, "x.xlsx", readings={"hidden_rows": "drop"}))] == [10, 30]


def test_a_unit_in_a_box_or_above_the_printed_page_is_seen() -> None:
    content = build(lambda _, sheet: sheet.insert_textbox(5, 5, "(단위: 천명)"))
    assert [count for _, _, count in list_rows(read_counts(content, "x.xlsx"))] == [10_000, 20_000, 30_000]
    printed = build(lambda _, sheet: sheet.set_header('&L방문객 현황&R&"바탕"&10(단위: 백명)'))
    assert [count for _, _, count in list_rows(read_counts(printed, "x.xlsx"))] == [1000, 2000, 3000]
    forecast = read_counts(build(lambda _, sheet: sheet.insert_textbox(5, 5, "예상 인원")), "x.xlsx")
    assert (None, None, "title_doubtful") in list_errors(forecast)


def test_borders_down_to_the_last_row_do_not_refuse_a_sheet() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))

    assert read_first(fill) == ([10, 20, 30], set(), [])


@pytest.mark.parametrize(
    "moment", [datetime(2026, 4, 9, 23, 59, 8), datetime(2026, 4, 9, 15, 0), datetime(2026, 4, 9, 23, 59, 59)]
)
def test_a_midnight_that_a_program_missed_is_no_day_before(moment: datetime) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_datetime(1, 0, moment, book.add_format({"num_format": "yyyy-mm-dd"}))

    assert read_first(fill) == ([20, 30], {"date_ambiguous"}, ["2026-04-09 / 2026-04-10"])


PAGE = (
    "<html><meta charset=utf-8><style>.unseen {{display:none}}</style><table><tr><th>날짜<th>도도부현<th>방문객수</tr>"
    "<tr><td>2026-04-10<td>도쿄도<td>{}</tr></table></html>"
)
WEB = {
    "800<sup>1</sup>": ("mark_in_cell", "800"),
    "800<sub>1</sub>": ("mark_in_cell", "800"),
    '800<span style="vertical-align:super">1</span>': ("mark_in_cell", "800"),
    "<del>800</del>900": ("struck_out", "900"),
    "<s>8</s>900": ("struck_out", "900"),
    '<span style="text-decoration: line-through">8</span>900': ("struck_out", "900"),
    '<span style="display:none">1</span>800': ("hidden_text", "800"),
    "<span class=unseen>1</span>800": ("hidden_text", "800"),
    "<span hidden>1</span>800": ("hidden_text", "800"),
    "200<br>300": ("two_numbers", "500"),
    "<p>200</p><p>300</p>": ("two_numbers", "500"),
    "<div>200</div><div>300</div>": ("two_numbers", "500"),
    "200&nbsp;300": ("two_numbers", "500"),
    "<ul><li>1<li>2</ul>": ("two_numbers", "3"),
}


@pytest.mark.parametrize("cell", WEB)
def test_marks_of_a_web_table_are_no_digits(cell: str) -> None:
    (error,) = read_counts(PAGE.format(cell), "x.xls").errors
    assert (error.code, error.proposal) == WEB[cell]


@pytest.mark.parametrize(
    "cell", ["<b>800</b>", "8<!-- 9 -->00", "800<script>1</script>", "<font>800</font>명", "<ruby>800<rt>1</rt></ruby>"]
)
def test_tags_that_change_nothing_need_no_question(cell: str) -> None:
    assert list_rows(read_counts(PAGE.format(cell), "x.xls")) == [("2026-04-10", "13", 800)]


@pytest.mark.parametrize(
    "rows", ["<td rowspan=2>300</tr><tr><td>2026-04-10<td>지바현</tr>", "<td rowspan=0>300</tr><tr><td>2026-04-10<td>지바현</tr>"]
)
def test_a_number_that_reaches_down_a_web_table_is_none_for_each(rows: str) -> None:
    page = f"<table><tr><th>날짜<th>도도부현<th>방문객수</tr><tr><td>2026-04-10<td>도쿄도{rows}</table>"
    assert {error.code for error in read_counts(page, "x.xls").errors} == {"merged_number"}


def test_a_second_table_of_a_web_page_is_not_read() -> None:
    table = "<table><tr><th>날짜<th>도도부현<th>방문객수</tr><tr><td>2026-04-{}<td>도쿄도<td>{}</tr></table>"
    result = read_counts(f"<html>{table.format(10, 5)}<h3>예약</h3>{table.format(11, 900)}</html>", "x.xls")
    assert list_rows(result) == [("2026-04-10", "13", 5)]
    assert {error.code for error in result.errors} == {"second_table"}
