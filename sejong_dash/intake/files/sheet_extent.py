"""Measures how far the cells of a sheet reach, before they are read."""

import re
from typing import IO

import numpy as np
from lxml import etree

from sejong_dash.intake.findings import Refused

from .sheet_xml import column_of, iterate_elements

_LOOSE_REFERENCE = re.compile(rb"<(?:\w+:)?(?:c|row)\s(?:[^>]*\s)?r(?:\s+=|=\s)")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE)  # small letters are understood too


def measure_extent(xml: bytes) -> tuple[int, int]:
    """Return the lowest row and the last column that an r="B12" of this chunk names."""
    octets = np.frombuffer(xml + b"\0" * 16, dtype=np.uint8)
    loose = (octets[:-16] <= 0x20) & (octets[1:-15] == 0x72)
    loose &= (octets[2:-14] <= 0x20) | ((octets[2:-14] == 0x3D) & (octets[3:-13] <= 0x20))
    if loose.any() and _LOOSE_REFERENCE.search(xml):
        raise Refused("xml_tricks")  # no program writes r = "B12"
    quote = (octets[3:-13] == 0x22) | (octets[3:-13] == 0x27)
    starts = np.flatnonzero(quote & (octets[2:-14] == 0x3D) & (octets[1:-15] == 0x72) & (octets[:-16] <= 0x20)) + 4
    row, column = np.zeros(len(starts), dtype=np.int64), np.zeros(len(starts), dtype=np.int64)
    high, wide = 0, 0
    for step in range(11):
        octet = octets[starts + step]
        octet = np.where((octet >= 0x61) & (octet <= 0x7A), octet - 32, octet)
        digit, letter = (octet >= 0x30) & (octet <= 0x39), (octet >= 0x41) & (octet <= 0x5A)
        row = np.where(digit, row * 10 + octet - 0x30, row)
        column = np.where(letter, column * 26 + octet - 0x40, column)
        starts, row, column = starts[digit | letter], row[digit | letter], column[digit | letter]
        if not len(row):
            break
        high, wide = max(high, int(row.max())), max(wide, int(column.max()))
    return high, wide


def measure_filled(file: IO[bytes]) -> tuple[int, int]:
    """Return the lowest row and the last column of the cells that hold something; slow, and exact: borders are no cells.

    Raises Refused for a sheet that cannot be parsed.
    """
    high, wide, line, column = 0, 0, 0, 0
    try:
        for element in iterate_elements(file, ("row", "c")):
            if etree.QName(element).localname == "row":
                line, column = int(element.get("r") or line + (column == 0)), 0
                continue
            if column == 0:
                line = int(element.getparent().get("r") or line + 1)
            reference = _REFERENCE.fullmatch(element.get("r") or "")
            column = column_of(reference[1].upper()) + 1 if reference else column + 1
            line = int(reference[2]) if reference else line
            if any((child.text or "") or len(child) for child in element):
                high, wide = max(high, line), max(wide, column)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("broken_workbook") from error
    return high, wide
