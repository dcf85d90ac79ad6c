"""Goes through the XML of a workbook's parts, element by element."""

from collections.abc import Iterator
from typing import IO, Any

from lxml import etree


def iterate_elements(file: IO[bytes], names: tuple[str, ...]) -> Iterator[Any]:
    """Yield the elements with these names, whatever their namespace, at their end; what has been passed is not kept."""
    for _, element in etree.iterparse(
        file, events=("end",), tag=[f"{{*}}{name}" for name in names], resolve_entities=False, huge_tree=True
    ):
        yield element
        if etree.QName(element).localname in ("row", "si", "col", "numFmt"):
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def column_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
