"""Reads the days of moments in their usual form, three times as fast as a table engine does.

Nearly every cell is `2026-04-10 09:31:05`, `2026-04-10T09:31` or the same with slashes or points. Such cells are recognised
eight bytes at a time: the date without its century is one 64-bit word, and whether the time of day is one can be seen with one
addition to another.
"""

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

_CENTURY = np.frombuffer(b"20", "<u2")[0]
_ZEROS = np.frombuffer(b"00:00:00", "<u8")[0]
# Added to a digit, it reaches the upper half of the byte if the digit is above 2, 9, 5 or 9; added to a colon, if it is none.
_ROOM = np.frombuffer(bytes((0x0D, 0x06, 0x0F, 0x0A, 0x06, 0x0F, 0x0A, 0x06)), "<u8")[0]
_UPPER = np.uint64(0xF0F0F0F0F0F0F0F0)
_MINUTES = np.uint64(0xFFFFFFFFFF)  # the five bytes of 09:31
_TWENTY, _FOUR_HOURS = np.uint64(0x02), np.uint64(0x0C00)  # the hour's first digit is 2, and its second is above 3
_WITH_SECONDS, _WITHOUT = 19, 16
_AT_ONCE = 1 << 15  # cells that stay in the processor's cache
Days = tuple[np.ndarray, list[str | None]]  # the number of each row's day, and the days (None: another form, or no day)


def read(cells: pa.Array, most_odd: int) -> Days | None:
    """Return the day of each cell; None where more than `most_odd` cells have another form."""
    _, first, content = cells.buffers()
    starts = np.frombuffer(first, "<i4", len(cells) + 1, cells.offset * 4)
    octets = np.frombuffer(content, "u1") if content else np.empty(0, "u1")
    if len(octets) < _WITH_SECONDS:
        return None
    numbers = np.empty(len(cells), "i4")
    known: dict[int, int] = {}
    odd = []
    for begin in range(0, len(cells), _AT_ONCE):
        words, is_usual = _read_dates(octets, starts[begin : begin + _AT_ONCE + 1])
        # a log is mostly in order of time, so that cells side by side have the same day
        which, distinct = (0, words[:1]) if (words == words[0]).all() else pd.factorize(words)
        numbers[begin : begin + _AT_ONCE] = np.array([known.setdefault(word, len(known)) for word in distinct.tolist()])[which]
        if not is_usual.all():
            odd.append(begin + np.flatnonzero(~is_usual))
    days = [*(_read_day(word.to_bytes(8, "little")) for word in known), None]
    if odd:
        numbers[np.concatenate(odd)] = len(known)
    is_odd = np.array([day is None for day in days])
    odd_rows = sum(map(len, odd)) if None not in days[:-1] else np.count_nonzero(is_odd[numbers])
    return None if odd_rows > most_odd else (numbers, days)


def _read_day(word: bytes) -> str | None:
    sign = word[2:3]
    if sign in (b"/", b".") and word[5:6] == sign:
        word = word.replace(sign, b"-")
    try:
        return date.fromisoformat(f"20{word.decode('ascii')}").isoformat()
    except ValueError:
        return None


def _read_dates(octets: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the 64-bit word of each cell's date, and whether the cell has the usual form, so that the word is valid."""
    length, at = np.diff(starts), starts[:-1].astype("i8")
    is_short = length == _WITHOUT
    last = len(octets) - _WITH_SECONDS
    fits = (is_short | (length == _WITH_SECONDS)) & (at <= last)
    np.minimum(at, last, out=at)  # nothing is read beyond the end; such a cell is not usual
    fits &= _view_words(octets, "<u2")[at] == _CENTURY
    between = octets[at + 10]
    fits &= (between == ord(" ")) | (between == ord("T"))
    clock = _view_words(octets, "<u8")[at + 11] ^ _ZEROS
    if is_short.any():
        clock[is_short] &= _MINUTES
    is_past_23 = (clock & _TWENTY != 0) & (clock & _FOUR_HOURS != 0)
    clock |= clock + _ROOM
    fits &= (clock & _UPPER == 0) & ~is_past_23
    return _view_words(octets, "<u8")[at + 2], fits


def _view_words(octets: np.ndarray, kind: str) -> np.ndarray:
    """Return the words that begin at each byte, without copying."""
    size = np.dtype(kind).itemsize
    return np.ndarray((max(0, len(octets) - size + 1),), kind, octets, strides=(1,))
