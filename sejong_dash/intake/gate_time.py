"""On which day did somebody come through a gate, for a million cells at once?

Nearly every cell is `2026-04-10 09:31:05` or `2026-04-10T09:31`. Such cells are recognised eight bytes at a time: the
date without its century is one 64-bit word, and whether the time of day is one can be seen with one addition to another.
Every other cell is read by itself, once for each text that occurs.
"""

import re
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

_CELL = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\S.*))?", re.ASCII)
_CLOCK = re.compile(
    r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?(?:\+09:?00)?", re.ASCII
)  # another zone may mean another day
_CENTURY = np.frombuffer(b"20", "<u2")[0]
_ZEROS = np.frombuffer(b"00:00:00", "<u8")[0]
# Added to a digit, it reaches the upper half of the byte if the digit is above 2, 9, 5 or 9; added to a colon, if it is none.
_ROOM = np.frombuffer(bytes((0x0D, 0x06, 0x0F, 0x0A, 0x06, 0x0F, 0x0A, 0x06)), "<u8")[0]
_UPPER = np.uint64(0xF0F0F0F0F0F0F0F0)
_MINUTES = np.uint64(0xFFFFFFFFFF)  # the five bytes of 09:31
_WITH_SECONDS, _WITHOUT = 19, 16


def day_of(text: str) -> tuple[str, str]:
    """`2026-04-10` of the cell, or the code of what is wrong with it; one of the two is blank."""
    cell = text.strip()
    if not cell:
        return "", "missing_value"
    found = _CELL.fullmatch(cell)
    if not found:
        return "", "date_invalid"
    day, clock = found.groups()
    try:
        date.fromisoformat(day)
    except ValueError:
        return "", "date_invalid"
    if not day.startswith("20"):
        return "", "date_out_of_range"
    return ("", "time_invalid") if clock and not _CLOCK.fullmatch(clock) else (day, "")


def factorize(cells: pa.Array) -> tuple[np.ndarray, list[bytes]]:
    """A number for each cell and the text of each number: equal numbers are equal days, or cells with the same text."""
    _, first, content = cells.buffers()
    starts = np.frombuffer(first, "<i4", len(cells) + 1, cells.offset * 4)
    length, starts = np.diff(starts), starts[:-1]
    octets = np.frombuffer(content, "u1") if content else np.empty(0, "u1")
    plain = (length == _WITH_SECONDS) | (length == _WITHOUT)
    plain &= starts + _WITH_SECONDS <= len(octets)
    at = starts if plain.all() else starts[plain]
    if not len(at):
        return _by_text(cells)
    fits = _words(octets, "<u2")[at] == _CENTURY
    between = octets[at + 10]
    fits &= (between == ord(" ")) | (between == ord("T"))
    clock = _words(octets, "<u8")[at + 11] ^ _ZEROS
    short = length[plain] == _WITHOUT if len(at) < len(cells) else length == _WITHOUT
    if short.any():
        clock[short] &= _MINUTES
    fits &= ((clock | (clock + _ROOM)) & _UPPER) == 0
    fits &= ((clock & np.uint64(0x02)) == 0) | ((clock & np.uint64(0x0C00)) == 0)  # 24:00 and later
    numbers, words = pd.factorize(_words(octets, "<u8")[at + 2])
    raw = words.astype("<u8").tobytes()
    texts = [b"20" + raw[at_word : at_word + 8] for at_word in range(0, len(raw), 8)]
    if len(at) == len(cells) and fits.all():
        return numbers, texts
    plain[plain] = fits
    days = np.empty(len(cells), "i8")
    days[plain] = numbers[fits]
    others, other_texts = _by_text(cells.filter(pa.array(~plain)))
    days[~plain] = others + len(texts)
    return days, texts + other_texts


def _words(octets: np.ndarray, kind: str) -> np.ndarray:
    """The words that begin at each byte, without copying."""
    size = np.dtype(kind).itemsize
    return np.ndarray((max(0, len(octets) - size + 1),), kind, octets, strides=(1,))


def _by_text(cells: pa.Array) -> tuple[np.ndarray, list[bytes]]:
    coded = cells.dictionary_encode()
    return coded.indices.to_numpy(zero_copy_only=False).astype("i8"), coded.dictionary.to_pylist()
