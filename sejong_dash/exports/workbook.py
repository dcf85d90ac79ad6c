"""How does a report become a workbook that one can go on working with: a sheet for each chart, drawn by Excel itself?"""

import io
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from .. import theme
from .. import words as wording
from ..exhibits import Exhibit
from ..words import Words
from . import _cells, _excel, _series
from .report import Report, Tell, each

_SAID = ("unit", "basis_name", "sources", "stamp", "plan", "state")  # below title, mark and message
_LONGEST = 31  # letters of a sheet's name
_ROW = 20  # pixels of a row
_TITLE = 28  # of one with a title
_WIDE = 900  # pixels of a chart
_ACROSS = 8  # columns over which a sentence may run
_COLUMN, _LETTER = 8.43, 0.5  # a column's own width in letters, and that of a letter in ems
_WIDTHS = (5, 34, 70, 14, 60, 30)
_LISTED = ("number", "title", "message", "basis_name", "sources", "sample")


def write(report: Report, tell: Tell) -> bytes:
    """A sheet of contents, then a sheet for each exhibit in each language: what is said of it, an Excel chart where the figure
    is one, the table. The same report gives the same file.

    Raises DashError naming the exhibit that cannot be written.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _cells.PLAIN) as book:
        book.set_properties({"title": report.titles[0], "created": report.made_at, "comments": report.stamp()})
        looks, faces = _cells.Looks.of(book), _faces(book)
        names = _names(report)
        if not report.single:
            _contents(book.add_worksheet(names[0]), report, names, looks, faces)
        following = iter(names[1:])

        def sheets(part: tuple[Exhibit, ...]) -> None:
            for one in part:
                _sheet(book, next(following), one, report, names[0], looks, faces)

        each(report, tell, sheets)
    return file.getvalue()


def _faces(book: xlsxwriter.Workbook) -> dict[str, Any]:
    looks = {
        "title": {"bold": True, "font_size": 15},
        "message": {"text_wrap": True, "valign": "top"},
        "said": {"text_wrap": True, "valign": "top", "font_color": theme.MUTED, "font_size": 9},
        "sample": {"bold": True, "font_color": theme.MISSING, "bg_color": theme.MISSING_SOFT},
        "link": {"font_color": theme.DONE, "underline": 1, "valign": "top", "text_wrap": True},
        "cell": {"text_wrap": True, "valign": "top"},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _names(report: Report) -> list[str]:
    """The names of all sheets: that of the contents, then part by part and language by language, no two alike."""
    wanted = [report.words()("contents"), *(one.words("title") for part in report.parts for one in part)]
    taken: list[str] = []
    for name in wanted:
        clean = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:_LONGEST] or "-"
        said, number = clean, 1
        while said.casefold() in {one.casefold() for one in taken}:
            number += 1
            end = f" ({number})"
            said = clean[: _LONGEST - len(end)] + end
        taken.append(said)
    return taken


def _words(lang: str) -> Words:
    return wording.of(__file__, lang)


def _contents(sheet: Any, report: Report, names: Sequence[str], looks: _cells.Looks, faces: dict[str, Any]) -> None:
    """Titles, stamps, and a line for each sheet with a link to it."""
    sheet.hide_gridlines(2)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    row = 0
    for title in report.titles:
        sheet.write_string(row, 0, title, faces["title"])
        row += 1
    for number in range(len(report.languages)):
        sheet.write_string(row, 0, report.stamp(number))
        row += 1
    if report.left_out:
        sheet.write_string(row, 0, report.told_left_out())
        row += 1
    row += 1
    words = _words(report.languages[0])
    for column, name in enumerate(_LISTED):
        sheet.write_string(row, column, words(f"listed.{name}" if column < 2 else f"sheet.{name}"), looks.head)
    sheet.freeze_panes(row + 1, 0)
    following = iter(names[1:])
    for number, part in enumerate(report.parts, start=1):
        for one in part:
            row += 1
            sheet.write_number(row, 0, number, faces["cell"])
            sheet.write_url(row, 1, _link(next(following)), faces["link"], one.words("title"))
            for column, entry in enumerate(_LISTED[2:], start=2):
                sheet.write_string(row, column, one.words(entry), faces["cell"])
            cells = zip(_LISTED[1:], _WIDTHS[1:], strict=True)
            sheet.set_row_pixels(row, _high((one.words(entry), wide) for entry, wide in cells))
    _printed(sheet, report.stamp())


def _link(name: str) -> str:
    quoted = name.replace("'", "''")
    return f"internal:'{quoted}'!A1"


def _sheet(
    book: xlsxwriter.Workbook,
    name: str,
    shown: Exhibit,
    report: Report,
    contents: str,
    looks: _cells.Looks,
    faces: dict[str, Any],
) -> None:
    """One exhibit in one language: words, chart, table; right of the table the numbers that the chart is drawn from."""
    sheet, own, words = book.add_worksheet(name), _words(shown.words.lang), shown.words
    sheet.hide_gridlines(2)
    figure = shown.paper() if shown.paper else None
    plot = _series.read(figure, words("title")) if figure is not None else None
    row = _said(sheet, shown, report, faces)
    if not report.single:
        sheet.write_url(row, 0, _link(contents), faces["link"], own("back"))
        row += 1
    row += 1
    top = row + (math.ceil(_excel.height(plot) / _ROW) + 1 if plot else 0)
    _cells.write(sheet, shown.table, words, looks, top)
    if plot:
        left = len(shown.table.columns) + 1
        made = _excel.chart(book, sheet, plot, (top, left), looks, words("title"), own)
        made.set_size({"width": _WIDE, "height": _excel.height(plot)})
        sheet.insert_chart(row, 0, made, {"description": shown.message, "object_position": 3})
    sheet.print_area(0, 0, top + len(shown.table), max(len(shown.table.columns), _ACROSS) - 1)
    _printed(sheet, report.stamp(report.languages.index(words.lang)))


def _printed(sheet: Any, stamp: str) -> None:
    """On A4 that lies, as wide as the sheet, with the stamp and page numbers below."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{_plain(stamp)}&R&P / &N")


def _said(sheet: Any, shown: Exhibit, report: Report, faces: dict[str, Any]) -> int:
    """What is said of the exhibit, line by line; how many lines it took."""
    words = shown.words
    lines = [(words("title"), "title"), (words("sample"), "sample"), (shown.message, "message")]
    lines += [(shown.headline, "title")] if shown.headline else []
    lines += [
        (words("colon", name=words(f"sheet.{one}"), value=words(one)), "said") for one in _SAID if words.has(one) and words(one)
    ]
    lines.append((report.stamp(report.languages.index(words.lang)), "said"))
    wide = sum([*_cells.widths(shown.table, words), *[_COLUMN] * _ACROSS][:_ACROSS])
    row = 0
    for said, face in lines:
        if not said:
            continue
        if face == "title":
            sheet.write_string(row, 0, said, faces[face])
            sheet.set_row_pixels(row, _TITLE)
        else:
            sheet.merge_range(row, 0, row, _ACROSS - 1, "", faces[face])
            sheet.write_string(row, 0, said, faces[face])
            sheet.set_row_pixels(row, _high([(said, wide)]))
        row += 1
    return row


def _high(cells: Iterable[tuple[str, float]]) -> int:
    """Pixels of a row in which each text, in as many letters' width, is seen whole."""
    return _ROW * max(1, *(math.ceil(_ems(said) / (wide * _LETTER)) for said, wide in cells))


def _ems(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.55 for letter in text)


def _plain(text: str) -> str:
    """Text of a footer, in which & would begin a command; Excel reads 255 letters."""
    return text.replace("&", "&&")[:200]
