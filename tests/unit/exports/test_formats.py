"""Every file that is taken away holds what the screen showed, in the reader's language, and nothing that runs."""

import csv
import io
import re
import struct
from datetime import datetime
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import discovery
import openpyxl
import pandas as pd
import pytest
from discovery import needs_chrome, tables_now

from sejong_dash import theme
from sejong_dash import words as wording
from sejong_dash.choices import Choices
from sejong_dash.exhibits import Exhibit, caption
from sejong_dash.exports import FORMATS, single_file
from sejong_dash.exports.model import safe_text
from sejong_dash.exports.pictures import paper, png, svg
from sejong_dash.exports.sheets import csv as csv_export
from sejong_dash.exports.sheets import xlsx
from sejong_dash.layout import text_width
from sejong_dash.words import Words

each_name = pytest.mark.parametrize("name", discovery.NAMES)
each_language = pytest.mark.parametrize("lang", wording.LANGUAGES)


def taken(name: str, lang: str) -> tuple[pd.DataFrame, Words]:
    """A chart's table and its words as an export gets them."""
    choices = discovery.told(name, Choices(lang, discovery.BASE.plan, discovery.BASE.as_of, True))
    table, words = discovery.table_of(name, choices), discovery.words_of(name, lang)
    words = words.with_entries(**caption.caption(table, choices, words, tables_now()))
    return table, words.with_entries(message=discovery.module(name).message(table, words))


def _value(cell: Any) -> Any:
    """A cell as Python has it; None where nothing is known."""
    if pd.isna(cell):
        return None
    return cell.to_pydatetime() if isinstance(cell, pd.Timestamp) else cell.item() if hasattr(cell, "item") else cell


def _rows(table: pd.DataFrame) -> list[list[Any]]:
    return [[_value(table[name].iloc[i]) for name in table.columns] for i in range(len(table))]


@each_name
@each_language
def test_csv_is_the_table(name: str, lang: str) -> None:
    table, words = taken(name, lang)
    content = csv_export.write(None, table, words)
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert header == list(table.columns)
    assert [
        [_read(said, cell) for said, cell in zip(row, cells, strict=True)] for row, cells in zip(rows, _rows(table), strict=True)
    ] == _rows(table)


def _read(said: str, like: Any) -> Any:
    """A cell of the file as the kind of value that it stands for."""
    if like is None:
        return None if said == "" else said
    if isinstance(like, bool):
        return {"True": True, "False": False}[said]
    if isinstance(like, datetime):
        return datetime.strptime(said, "%Y-%m-%d")
    if isinstance(like, int | float):
        return float(said)
    return said.removeprefix("'") if safe_text.safe(like) != like else said


@pytest.mark.thorough
@each_name
@each_language
def test_xlsx_is_the_table_and_says_what_it_is(name: str, lang: str) -> None:
    table, words = taken(name, lang)
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(None, table, words)))
    sheet, about = book.worksheets
    assert (sheet.title, about.title) == (words("sheet.table"), words("sheet.about"))
    header, *rows = sheet.iter_rows(values_only=True)
    assert list(header) == [words(f"columns.{column}") for column in table.columns]
    for row, cells in zip(rows, _rows(table), strict=True):
        # a workbook keeps 16 digits of a number
        assert list(row) == [None if c == "" else pytest.approx(c, rel=1e-14) if isinstance(c, float) else c for c in cells]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    for number, column in enumerate(table.columns, start=1):
        cells = [sheet.cell(row, number) for row in range(2, sheet.max_row + 1) if sheet.cell(row, number).value is not None]
        if pd.api.types.is_bool_dtype(table[column]):
            assert {cell.data_type for cell in cells} <= {"b"}
        elif pd.api.types.is_numeric_dtype(table[column]):
            assert {cell.data_type for cell in cells} <= {"n"}
        elif pd.api.types.is_datetime64_any_dtype(table[column]):
            assert {cell.data_type for cell in cells} <= {"d"}
            assert {cell.number_format for cell in cells} <= {"yyyy-mm-dd"}
    told = {row[0]: row[1] for row in about.iter_rows(values_only=True) if row[0]}
    assert words("title") in told
    for entry in ("message", "basis_name", "sources", "stamp", "plan", "state"):
        assert words(entry)
        assert told[words(f"caption_label.{entry}")] == words(entry)
    if words("basis") == "sample":
        assert told[words("caption_label.sample")] == words("caption.sample")
    assert [told[column] for column in table.columns] == list(header)


RISKY = ["=1+1", "+82 44 300", "-3 to 5", "@name", "\tx", '=HYPERLINK("http://x")', "plain", "a=b"]


def risky() -> pd.DataFrame:
    n = len(RISKY)
    return pd.DataFrame(
        {"said": RISKY, "visitors": [-5, 0, 7, *[1] * (n - 3)], "share": [-0.5] * n, "date": [pd.Timestamp(2026, 5, 6)] * n}
    )


def test_csv_holds_no_formula_and_negative_numbers_stay_numbers() -> None:
    before = risky()
    content = csv_export.write(None, before, wording.shared("ko")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert [row["said"] for row in rows] == [f"'{said}" if said[0] in "=+-@\t" else said for said in RISKY]
    assert [row["visitors"] for row in rows][:3] == ["-5", "0", "7"]
    assert {row["share"] for row in rows} == {"-0.5"}
    assert {row["date"] for row in rows} == {"2026-05-06"}
    pd.testing.assert_frame_equal(before, risky())


def test_xlsx_holds_no_formula_and_negative_numbers_stay_numbers() -> None:
    names = {f"columns.{name}": f"={name}" for name in ("said", "visitors", "share", "date")}
    entries = dict.fromkeys(("title", "message", "basis_name", "sources", "stamp", "plan", "state", "sample"), "=1+1")
    words = wording.shared("ko").with_entries(**names, **entries)
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(None, risky(), words)))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {
        "s",
        "n",
        "d",
    }
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == RISKY
    assert book.worksheets[0]["B2"].value == -5
    assert book.worksheets[0]["C2"].value == -0.5


@each_language
@pytest.mark.parametrize("name", ["charts.goal_bar", "charts.visitor_progress"])
def test_paper_says_by_itself_what_it_is(name: str, lang: str) -> None:
    table, words = taken(name, lang)
    figure = discovery.draw(name, table, words)
    before = figure.to_json()
    sheet = paper.page(figure, words)
    assert figure.to_json() == before, "the figure on the screen changed"
    said = " ".join([sheet.layout.title.text, *(one.text for one in sheet.layout.annotations)])
    said = said.replace("<br>", "").replace(" ", "")
    for entry in ("title", "message", "basis_name", "sources_titled", "stamp", "plan", "state", "sample"):
        assert words(entry).replace(" ", "") in said, entry
    assert sheet.layout.paper_bgcolor == "#ffffff"


@pytest.mark.parametrize("name", ["charts.programme_matrix", "charts.channel_visitors", "charts.prefecture_visitors"])
def test_the_footer_stays_on_the_sheet_beside_names_of_any_width(name: str) -> None:
    """It begins where the plot does, right of the names, which are up to twelve letters wide."""
    table, words = taken(name, "ja")
    sheet = paper.page(discovery.draw(name, table, words), words.with_entries(sources_titled="出典" * 200))
    foot = max((note.text for note in sheet.layout.annotations), key=len)
    labels = sheet.layout.yaxis.ticktext or [text for trace in sheet.data for text in trace.y]
    names = max(text_width.width(line) for label in labels for line in re.sub(r"</?b>", "", str(label)).split("<br>"))
    assert max(text_width.width(line) for line in foot.split("<br>")) * 12 + names * 12 <= paper.WIDTH - 36


@each_language
@each_name
def test_no_line_on_paper_breaks_a_word_or_begins_with_a_closing_mark(name: str, lang: str) -> None:
    _, words = taken(name, lang)
    for text in (words("message"), words("sources"), words("plan")):
        for room in (18.0, 40.0):
            lines = paper._lines([text], "", room)
            assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
            assert all(text_width.width(line) <= room + 1e-9 for line in lines)
            assert [line for line in lines[1:] if line[0] in "、。，．・）」』】ー)・,."] == []
            assert [line for line in lines[:-1] if line[-1] in "（「『【("] == []
            cut = [one + two[0] for one, two in pairwise(lines) if re.fullmatch(r"[A-Za-z\uac00-\ud7a3]{2}", one[-1] + two[0])]
            assert [one for one in cut if one in text] == []


@needs_chrome
@each_language
def test_pictures(lang: str) -> None:
    table, words = taken("charts.goal_bar", lang)
    figure = discovery.draw("charts.goal_bar", table, words)
    picture = png.write(figure, table, words)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", picture[16:24])
    assert wide == 2 * paper.WIDTH
    assert high == 2 * int(paper.page(figure, words).layout.height)
    drawn = svg.write(figure, table, words)
    assert theme.PRINTED_FACES[lang] in drawn.decode()
    drawing = ElementTree.fromstring(drawn)
    said = "".join(drawing.itertext())
    assert words("title") in said
    assert words("caption.sample") in said


def test_a_line_does_not_end_inside_a_number_or_a_word() -> None:
    said = [
        "閉幕時の予測は141,229人で、目標は80%区間（102,991～249,662人）の中にあります。",
        "일본 교류협력에 성과내는 세종(2024년) · 도도부현청 좌표",
        "hankyung.com・dtnews24.com・m.segye.com・at-s.com",
    ]
    for text in said:
        for most in range(12, 30):
            lines = paper._lines([text], "   ", most)
            assert "".join(lines).replace(" ", "") == text.replace(" ", "")
            assert all(text_width.width(line) <= most for line in lines)
            for before, after in pairwise(lines):
                assert not (before[-1].isascii() and after[0].isascii() and (before[-1] + after[0]).isalnum()), lines
                assert after[0] not in "、。）・"
                assert before[-1] not in "（"
    assert paper._lines(["일본 교류협력에 성과내는 세종"], " ", 9) == ["일본 교류협력에", "성과내는 세종"]
    assert paper._lines(["x" * 60], " ", 20) == ["x" * 36, "x" * 24], "a word that is too long is broken all the same"


def test_each_format_is_offered_under_a_name_that_says_what_it_is() -> None:
    table, words = taken("charts.goal_bar", "ja")
    choices = Choices("ja", "reports-2024", discovery.BASE.as_of, True, "29", "garden")
    drawn = Exhibit("charts.goal_bar", choices, table, words)
    known = single_file.SINGLE_FORMATS
    assert set(FORMATS) < set(known)
    names = [single_file.file_name(drawn, suffix) for suffix in known]
    assert names == [f"goal_bar_reports-2024_ja_2026-05-06_29_garden_sample.{suffix}" for suffix in known]
    assert single_file.local_name(drawn, "csv") == "目標達成率_reports-2024_2026-05-06_29_garden_サンプルデータ.csv"
    lacking = [f"write download.{suffix} in words.toml" for suffix in known if not words.has(f"download.{suffix}")]
    assert lacking == []
