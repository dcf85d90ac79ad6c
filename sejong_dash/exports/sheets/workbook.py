"""Write a report as a workbook to go on working with: a sheet for each chart, drawn by Excel itself."""

import io
import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from sejong_dash import theme
from sejong_dash import words as wording
from sejong_dash.exhibits import Exhibit, caption
from sejong_dash.exports.model import notes as figure_notes
from sejong_dash.exports.model import series
from sejong_dash.exports.model.safe_text import visible
from sejong_dash.exports.report import Progress, Report, write_parts
from sejong_dash.layout import text_width
from sejong_dash.words import Words

from . import excel_chart, sheet_cells

_LONGEST = 31  # letters of a sheet's name
_ROW = 20  # pixels of a row
_TITLE = 28  # of one with a title
_WIDE = 900  # pixels of a chart
_ACROSS = 8  # columns over which a sentence may run
_COLUMN, _LETTER = 8.43, 0.5  # a column's own width in letters, and that of a letter in ems
_WIDTHS = (5, 34, 70, 14, 60, 30)
_LISTED = ("number", "title", "message", "basis_name", "sources", "sample")


def write(report: Report, progress: Progress) -> bytes:
    """Return a workbook with a sheet of contents, then a sheet for each exhibit in each language.

    A sheet holds the exhibit's texts, an Excel chart where the figure is one, the table. The same report gives the same file.

    Raises DashError naming the exhibit that cannot be written.
    """
    file = io.BytesIO()
    with sheet_cells.book(file) as book:
        about = {"title": visible(report.titles[0]), "comments": f"{visible(report.stamp())}\n{report.application()}"}
        book.set_properties({**about, "created": report.made_at})
        looks, faces = sheet_cells.CellStyles.of(book), _faces(book)
        names = _names(report)
        if not report.single:
            _contents(book.add_worksheet(names[0]), report, names, looks, faces)
        following = iter(names[1:])

        def sheets(part: tuple[Exhibit, ...]) -> None:
            for exhibit in part:
                _sheet(book, next(following), exhibit, report, names[0], looks, faces)

        write_parts(report, progress, sheets)
    return sheet_cells.packed(file)


def _faces(book: xlsxwriter.Workbook) -> dict[str, Any]:
    looks = {
        "title": {"bold": True, "font_size": 15},
        "message": {"text_wrap": True, "valign": "top"},
        "caption": {"text_wrap": True, "valign": "top", "font_color": theme.MUTED, "font_size": 9},
        "sample": {"bold": True, "font_color": theme.MISSING, "bg_color": theme.MISSING_SOFT},
        "link": {"font_color": theme.DONE, "underline": 1, "valign": "top", "text_wrap": True},
        "cell": {"text_wrap": True, "valign": "top"},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _names(report: Report) -> list[str]:
    """Return the names of all sheets: that of the contents, then part by part and language by language, no two alike."""
    wanted = [report.words()("contents"), *(exhibit.words("title") for part in report.parts for exhibit in part)]
    taken: list[str] = []
    for name in wanted:
        clean = re.sub(r"[\[\]:*?/\\]", " ", visible(name)).strip("' ")[:_LONGEST] or "-"
        unique, number = clean, 1
        while unique.casefold() in {other.casefold() for other in taken}:
            number += 1
            end = f" ({number})"
            unique = clean[: _LONGEST - len(end)] + end
        taken.append(unique)
    return taken


def _words(lang: str) -> Words:
    return wording.of(__file__, lang)


def _contents(sheet: Any, report: Report, names: Sequence[str], looks: sheet_cells.CellStyles, faces: dict[str, Any]) -> None:
    """Write titles, stamps, and a line for each sheet with a link to it."""
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
        sheet.write_string(row, 0, report.left_out_sentence())
        row += 1
    row += 1
    words = _words(report.languages[0])
    for column, name in enumerate(_LISTED):
        sheet.write_string(row, column, words(f"listed.{name}" if column < 2 else f"caption_label.{name}"), looks.head)
    sheet.freeze_panes(row + 1, 0)
    following = iter(names[1:])
    for number, part in enumerate(report.parts, start=1):
        for exhibit in part:
            row += 1
            sheet.write_number(row, 0, number, faces["cell"])
            sheet.write_url(row, 1, _link(next(following)), faces["link"], exhibit.words("title"))
            for column, entry in enumerate(_LISTED[2:], start=2):
                sheet.write_string(row, column, exhibit.words(entry), faces["cell"])
            cells = zip(_LISTED[1:], _WIDTHS[1:], strict=True)
            sheet.set_row_pixels(row, _high((exhibit.words(entry), wide) for entry, wide in cells))
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
    looks: sheet_cells.CellStyles,
    faces: dict[str, Any],
) -> None:
    """Write an exhibit in a language: texts, chart, table; right of the table the numbers that the chart is drawn from."""
    sheet, own, words = book.add_worksheet(name), _words(shown.words.lang), shown.words
    sheet.hide_gridlines(2)
    figure = shown.paper() if shown.paper else None
    plot = series.read(figure, words("title")) if figure is not None else None
    notes = figure_notes.notes(figure) if plot else []
    row = _texts(sheet, shown, report, faces, own("notes", said=report.words()("dots").join(notes)) if notes else "")
    if not report.single:
        sheet.write_url(row, 0, _link(contents), faces["link"], own("back"))
        row += 1
    row += 1
    top = row + (math.ceil(excel_chart.height(plot) / _ROW) + 1 if plot else 0)
    sheet_cells.write(sheet, shown.table, words, looks, top)
    if plot:
        left = len(shown.table.columns) + 1
        for made in excel_chart.charts(book, sheet, plot, (top, left), looks, words("title"), own):
            made.set_size({"width": _WIDE, "height": excel_chart.height(plot)})
            sheet.insert_chart(row, 0, made, {"description": visible(shown.message), "object_position": 3})
    sheet.print_area(0, 0, top + len(shown.table), max(len(shown.table.columns), _ACROSS) - 1)
    _printed(sheet, report.stamp(report.languages.index(words.lang)))


def _printed(sheet: Any, stamp: str) -> None:
    """Set the sheet to print on A4 in landscape, as wide as the page, with the stamp and page numbers below."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{_plain(stamp)}&R&P / &N")


def _texts(sheet: Any, shown: Exhibit, report: Report, faces: dict[str, Any], notes: str) -> int:
    """Write the exhibit's texts and its chart's notes, line by line; return the number of lines."""
    words = shown.words
    lines = [(words("title"), "title"), (words("sample"), "sample"), (shown.message, "message")]
    lines += [(shown.headline, "title")] if shown.headline else []
    lines += [(caption.labelled(name, text, words), "caption") for name, text in caption.parts(words).items()]
    lines += [(notes, "caption"), (report.stamp(report.languages.index(words.lang)), "caption")]
    wide = sum([*sheet_cells.widths(shown.table, words), *[_COLUMN] * _ACROSS][:_ACROSS])
    row = 0
    for text, face in lines:
        if not text:
            continue
        if face == "title":
            sheet.write_string(row, 0, text, faces[face])
            sheet.set_row_pixels(row, _TITLE)
        else:
            sheet.merge_range(row, 0, row, _ACROSS - 1, "", faces[face])
            sheet.write_string(row, 0, text, faces[face])
            sheet.set_row_pixels(row, _high([(text, wide)]))
        row += 1
    return row


def _high(cells: Iterable[tuple[str, float]]) -> int:
    """Return the pixels of a row in which each text, in as many letters' width, is seen whole."""
    return _ROW * max(1, *(math.ceil(text_width.width(text) / (wide * _LETTER)) for text, wide in cells))


def _plain(text: str) -> str:
    """Return text for a footer, in which & would begin a command; Excel reads 255 letters."""
    return visible(text).replace("&", "&&")[:200]
