"""Finds in the parts of a workbook what the library that reads its cells quickly leaves out.

Superscripts and strokes inside a text, cells that are struck out, numbers whose format shows another, formulas that were never
calculated, hidden rows and columns. A sheet's cells are gone through only where a first look says that there may be some.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from posixpath import dirname, join, normpath
from typing import IO, Any

from lxml import etree

from .cell_marks import CellMark, SheetMarks, mark_runs
from .number_formats import read_format
from .sheet_xml import column_of, iterate_elements

_CHUNK = 4 * 1024 * 1024
_SIGNS = (b"hidden=", b"vertAlign", b"strike", b'ht="0"', b"ht='0'", b'width="0"', b"width='0'")
_FORMULAS = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")
_MOST_SEARCHED = 8 * 1024 * 1024
_PRINTED = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]*)</")
_PRINT_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&[0-9]+|&[A-Za-z]')
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE)
# what Excel's own numbers of formats show that a count does not: per cent
_BUILT_IN = {9: "0%", 10: "0.00%"}


@dataclass
class WorkbookMarks:
    """The parts of a workbook that say how its cells are shown."""

    packed: zipfile.ZipFile
    _paths: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._paths = self._find_paths()

    def read(self, sheet_name: str) -> SheetMarks:
        """Return the marks of a sheet."""
        marks = SheetMarks(texts=list(self._drawn_texts))
        path = self._paths.get(sheet_name)
        if path is None or path not in self.packed.namelist():
            return marks
        marks.texts += self._printed_texts(path)
        is_styled = bool(self._styles or self._strings)
        if is_styled or self._looks_marked(path):
            with self.packed.open(path) as file:
                self._read_sheet(file, marks)
        return marks

    @cached_property
    def _drawn_texts(self) -> list[str]:
        """The texts of boxes that are drawn over the sheets."""
        names = [name for name in self.packed.namelist() if re.fullmatch(r"xl/drawings/drawing[0-9]+\.xml", name)]
        return [str(element.text) for name in names[:20] for element in self._elements(name, ("t",)) if element.text][:200]

    def _printed_texts(self, path: str) -> list[str]:
        """Return what is printed above and below a sheet; a sheet that is very large is not searched for it."""
        if self.packed.getinfo(path).file_size > _MOST_SEARCHED:
            return []
        found = _PRINTED.findall(self.packed.read(path))
        return [_PRINT_CODES.sub(" ", unescape(text.decode("utf-8", "replace"))).strip() for text in found]

    def _looks_marked(self, path: str) -> bool:
        before = b""
        with self.packed.open(path) as file:
            while chunk := file.read(_CHUNK):
                joined = before + chunk
                signs = _SIGNS if self._is_calculated else (*_SIGNS, *_FORMULAS)
                if any(sign in joined for sign in signs):
                    return True
                before = chunk[-64:]
        return False

    def _read_sheet(self, file: IO[bytes], marks: SheetMarks) -> None:
        line, column = 0, -1
        for element in iterate_elements(file, ("row", "c", "col")):
            name = etree.QName(element).localname
            if name == "col":
                if _is_true(element.get("hidden")) or element.get("width") == "0":
                    first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                    marks.hidden_columns.update(range(first - 1, min(last, first + 1000)))
            elif name == "c":
                parent = element.getparent()
                if column < 0:  # the first cell of its row
                    line = int(parent.get("r") or line + 1)
                reference = _REFERENCE.fullmatch(element.get("r") or "")
                column = column_of(reference[1].upper()) if reference else column + 1
                line = int(reference[2]) if reference else line
                if (mark := self._mark_of(element)) is not None:
                    marks.add(line, column, mark)
            else:
                line = int(element.get("r") or (line if column >= 0 else line + 1))
                column = -1
                if _is_true(element.get("hidden")) or element.get("ht") == "0":
                    marks.hidden_rows.add(line)

    def _mark_of(self, cell: Any) -> CellMark | None:
        parts = {etree.QName(child).localname: child for child in cell if isinstance(child.tag, str)}
        kind, value = cell.get("t", "n"), parts.get("v")
        text = (value.text or "") if value is not None else ""
        if "f" in parts and kind != "e" and not self._is_calculated:
            formula = (parts["f"].text or "")[:60]
            return CellMark("never_calculated", f"={formula}" if formula else "=…")
        style = self._styles.get(cell.get("s", "0"))
        if style and style.code == "struck_out" and (text.strip() or "is" in parts):
            return style
        if kind == "s" and text.isdigit() and int(text) in self._strings:
            return self._strings[int(text)]
        if kind == "inlineStr" and "is" in parts and (mark := mark_runs(_list_runs(parts["is"]))) is not None:
            return mark
        if style and text.strip() and (kind == "n" or style.code != "format_scaled"):
            proposal = _scale(text, style.proposal) if style.code == "format_scaled" else None
            found = style.found.replace("12", f"{text} → ", 1) if style.code == "format_scaled" else text
            return CellMark(style.code, found or text, proposal)
        return None

    @cached_property
    def _is_calculated(self) -> bool:
        """Whether the results of formulas were calculated by a spreadsheet: the program that wrote them asks for it otherwise."""
        is_asked = False
        for element in self._elements("xl/workbook.xml", ("calcPr",)):
            is_asked |= _is_true(element.get("fullCalcOnLoad"))
        if is_asked:
            return False
        names = self.packed.namelist()
        if "xl/calcChain.xml" in names:
            return True
        programs = [str(element.text) for element in self._elements("docProps/app.xml", ("Application",))]
        return any(re.match(r"LibreOffice|Microsoft|Hancom|Cell|ONLYOFFICE|WPS|Numbers|OpenOffice", name) for name in programs)

    @cached_property
    def _styles(self) -> dict[str, CellMark]:
        """The marks of styles by their number: cells that are struck out, raised, or shown as another number."""
        formats = dict(_BUILT_IN)
        fonts: list[str] = []
        marks: dict[str, CellMark] = {}
        for element in self._elements("xl/styles.xml", ("numFmt", "fonts", "cellXfs")):
            name = etree.QName(element).localname
            if name == "numFmt" and (element.get("numFmtId") or "").isdigit():
                formats[int(element.get("numFmtId"))] = element.get("formatCode") or ""
            elif name == "fonts":
                fonts = [_kind_of_font(font) for font in element]
            elif name == "cellXfs":
                for at, style in enumerate(element):
                    font, number = int(style.get("fontId") or 0), int(style.get("numFmtId") or 0)
                    kind = fonts[font] if font < len(fonts) else "plain"
                    shown = read_format(formats[number]) if number in formats else None
                    if kind != "plain":
                        marks[str(at)] = CellMark("struck_out" if kind == "struck" else "mark_in_cell")
                    elif shown is not None:
                        marks[str(at)] = CellMark("format_scaled", shown[0], str(shown[1]))
        return marks

    @cached_property
    def _strings(self) -> dict[int, CellMark]:
        """The marks of shared texts by their number."""
        marks: dict[int, CellMark] = {}
        for at, element in enumerate(self._elements("xl/sharedStrings.xml", ("si",))):
            if (mark := mark_runs(_list_runs(element))) is not None:
                marks[at] = mark
        return marks

    def _elements(self, path: str, names: tuple[str, ...]) -> Iterator[Any]:
        found = next((name for name in self.packed.namelist() if name.lower() == path.lower()), None)
        if found is None:
            return
        with self.packed.open(found) as file:
            yield from iterate_elements(file, names)

    def _find_paths(self) -> dict[str, str]:
        """Return the part of each sheet by the sheet's name."""
        targets = {
            element.get("Id"): element.get("Target") or ""
            for element in self._elements("xl/_rels/workbook.xml.rels", ("Relationship",))
        }
        paths = {}
        for element in self._elements("xl/workbook.xml", ("sheet",)):
            link = next((value for name, value in element.attrib.items() if etree.QName(name).localname == "id"), None)
            target = targets.get(link, "")
            paths[element.get("name") or ""] = (
                target.lstrip("/") if target.startswith("/") else normpath(join(dirname("xl/workbook.xml"), target))
            )
        return paths


def guard(step: Callable[[], Any], wrong: type[Exception]) -> Any:
    """Return what a step returns; what cannot be parsed raises `wrong`."""
    try:
        return step()
    except (etree.XMLSyntaxError, ValueError, KeyError) as error:
        raise wrong("broken_workbook") from error


def _list_runs(text: Any) -> list[tuple[str, str]]:
    """Return the runs of a rich text: how each is written, and its letters."""
    runs: list[tuple[str, str]] = []
    for child in text:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name == "t":
            runs.append(("plain", child.text or ""))
        elif name == "r":
            parts = {etree.QName(part).localname: part for part in child}
            letters = parts["t"].text or "" if "t" in parts else ""
            runs.append((_kind_of_font(parts["rPr"]) if "rPr" in parts else "plain", letters))
    return runs


def _kind_of_font(font: Any) -> str:
    for part in font:
        name, value = etree.QName(part).localname if isinstance(part.tag, str) else "", part.get("val")
        if name == "strike" and value not in ("0", "false"):
            return "struck"
        if name == "vertAlign" and value in ("superscript", "subscript"):
            return "raised"
    return "plain"


def _scale(text: str, factor: str | None) -> str | None:
    """Return the people that a number means by the words of its format, None where nobody can tell."""
    try:
        value = float(text) * int(factor or 0)
    except ValueError:
        return None
    return str(int(value)) if value and value.is_integer() else None


def _is_true(value: str | None) -> bool:
    return value in ("1", "true")
