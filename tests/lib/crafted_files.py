"""Makes small files that unfold to millions of cells, as somebody would who wants to keep a server busy."""

import io
import zipfile
from collections.abc import Iterable

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_FORMAT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_FORMAT}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_FORMAT}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_FORMAT}.sharedStrings+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    ),
}
_ROWS = (("date", "prefecture", "visitors"), ("2026-04-10", "13", "5"))
_BLOCK = 100_000  # elements that are written at a time


def workbook_of_texts(count: int) -> bytes:
    """Return a workbook of one row of counts whose list of shared texts has so many empty ones."""
    texts = [b"<si/>" * _BLOCK] * (count // _BLOCK)
    return _pack([_sheet(), b"</sheetData></worksheet>"], [f'<sst xmlns="{_MAIN}">'.encode(), *texts, b"</sst>"])


def workbook_of_merges(count: int) -> bytes:
    """Return a workbook of one row of counts whose whole sheet is merged so many times."""
    merges = [b'<mergeCell ref="A1:AD1000000"/>' * count]
    return _pack(
        [_sheet(), b"</sheetData><mergeCells>", *merges, b"</mergeCells></worksheet>"], [f'<sst xmlns="{_MAIN}"/>'.encode()]
    )


def page_of_spans(count: int) -> bytes:
    """Return a web page whose rows have a cell each that goes on over all columns and thousands of rows."""
    rows = "<tr><td rowspan=60000 colspan=700>1" * count
    return f"<table><tr><th>date<th>prefecture<th>visitors{rows}</table>".encode()


def _sheet() -> bytes:
    rows = "".join(
        f'<row r="{line}">{"".join(_cell(f"{column}{line}", text) for column, text in zip("ABC", row, strict=True))}</row>'
        for line, row in enumerate(_ROWS, start=1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}'.encode()


def _cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def _pack(sheet: Iterable[bytes], texts: Iterable[bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in _PARTS.items():
            book.writestr(name, part)
        for name, blocks in (("xl/worksheets/sheet1.xml", sheet), ("xl/sharedStrings.xml", texts)):
            with book.open(name, "w", force_zip64=True) as entry:
                for block in blocks:
                    entry.write(block)
    return packed.getvalue()
