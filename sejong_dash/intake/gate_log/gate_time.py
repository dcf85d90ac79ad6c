"""Reads the days on which visitors came through a gate, a million cells at once.

Nearly every cell is `2026-04-10 09:31:05` or `2026-04-10T09:31`. Such cells are recognised eight bytes at a time: the
date without its century is one 64-bit word, and whether the time of day is one can be seen with one addition to another.
Every other cell is read singly, once for each text that occurs.
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
_TWENTY, _FOUR_HOURS = np.uint64(0x02), np.uint64(0x0C00)  # the hour's first digit is 2, and its second is above 3
_WITH_SECONDS, _WITHOUT = 19, 16
_AT_ONCE = 1 << 15  # cells that stay in the processor's cache


def day_of(text: str) -> tuple[str, str]:
    """Return the day of a cell (2026-04-10) and the code of what is wrong with it; either of the two is blank."""
    cell = text.strip()
    if not cell:
        return "", "missing_value"
    match = _CELL.fullmatch(cell)
    if not match:
        return "", "date_invalid"
    day, clock = match.groups()
    try:
        date.fromisoformat(day)
    except ValueError:
        return "", "date_invalid"
    if not day.startswith("20"):
        return "", "date_out_of_range"
    return ("", "time_invalid") if clock and not _CLOCK.fullmatch(clock) else (day, "")


def factorize(cells: pa.Array) -> tuple[np.ndarray, list[bytes]]:
    """Return a number for each cell and the text of each number.

    Equal numbers are equal days, or cells with the same text. `cells` is an array of binary without missing values.
    """
    _, first, content = cells.buffers()
    starts = np.frombuffer(first, "<i4", len(cells) + 1, cells.offset * 4)
    octets = np.frombuffer(content, "u1") if content else np.empty(0, "u1")
    if len(octets) < _WITH_SECONDS:
        return _factorize_texts(cells)
    days, is_plain = np.empty(len(cells), "<u8"), np.empty(len(cells), bool)
    for begin in range(0, len(cells), _AT_ONCE):
        end = min(begin + _AT_ONCE, len(cells))
        days[begin:end], is_plain[begin:end] = _read_dates(octets, starts[begin : end + 1])
    numbers, words = _factorize_runs(days)
    raw = words.tobytes()
    texts = [b"20" + raw[at : at + 8] for at in range(0, len(raw), 8)]
    other = np.flatnonzero(~is_plain)
    if len(other):
        other_numbers, other_texts = _factorize_texts(cells.take(pa.array(other)))
        numbers[other] = other_numbers + len(texts)
        texts += other_texts
    return numbers, texts


def _read_dates(octets: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the 64-bit word of each cell's date, and whether the cell has the usual form, so that the word is valid."""
    length, at = np.diff(starts), starts[:-1].astype("i8")
    is_short = length == _WITHOUT
    last = len(octets) - _WITH_SECONDS
    fits = (is_short | (length == _WITH_SECONDS)) & (at <= last)
    np.minimum(at, last, out=at)  # nothing is read beyond the end; such a cell is not plain
    fits &= _words(octets, "<u2")[at] == _CENTURY
    between = octets[at + 10]
    fits &= (between == ord(" ")) | (between == ord("T"))
    clock = _words(octets, "<u8")[at + 11] ^ _ZEROS
    if is_short.any():
        clock[is_short] &= _MINUTES
    is_past_23 = (clock & _TWENTY != 0) & (clock & _FOUR_HOURS != 0)
    clock |= clock + _ROOM
    fits &= (clock & _UPPER == 0) & ~is_past_23
    return _words(octets, "<u8")[at + 2], fits


def _factorize_runs(words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what pandas.factorize does; a log is mostly in order of time, so that a few runs stand for all rows."""
    edges = np.flatnonzero(words[1:] != words[:-1]) + 1
    if len(edges) > len(words) // 100:
        return pd.factorize(words)
    begins = np.concatenate(([0], edges))
    numbers, distinct = pd.factorize(words[begins])
    return np.repeat(numbers, np.diff(begins, append=len(words))), distinct


def _words(octets: np.ndarray, kind: str) -> np.ndarray:
    """Return the words that begin at each byte, without copying."""
    size = np.dtype(kind).itemsize
    return np.ndarray((max(0, len(octets) - size + 1),), kind, octets, strides=(1,))


def _factorize_texts(cells: pa.Array) -> tuple[np.ndarray, list[bytes]]:
    coded = cells.dictionary_encode()
    return coded.indices.to_numpy(zero_copy_only=False).astype("i8"), coded.dictionary.to_pylist()
