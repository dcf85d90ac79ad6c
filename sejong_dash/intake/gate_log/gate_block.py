"""Tallies a block of a gate log: how many came on which day, from where and through which gate.

Arrow reads the block; a text is understood once for all the cells in which it occurs. A block in which Arrow's rows and the
line feeds do not agree (a quote that is never closed, a line break within quotes) is read again line by line.
"""

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from . import gate_time
from .gate_lines import tally_lines
from .gate_tally import UNREAD, Cells, LogFormat, Tally, WrongRow, classify

_TEXT = pa.dictionary(pa.int32(), pa.binary())
_DENSE = 1_000_000  # keys that may be counted in a table with a place for each
_MOST_KEYS = 2.0**62  # more would not fit into an integer of 64 bits


def tally(block: bytes, end: int, log_format: LogFormat, most: int) -> Tally:
    """Return the tally of the block's bytes up to `end`, which are whole lines, with the first `most` wrong rows."""
    if log_format.encoding != "utf-8":
        block = block[:end].decode(log_format.encoding, errors="replace").encode()
        end = len(block)
    result = _tally_columns(block, end, log_format, most)
    if result is None:
        result = tally_lines(block[:end], _count_lines(block, end), log_format, most)
    result.wrong = sorted(result.wrong, key=lambda wrong: wrong.row)[:most]
    return result


def _count_sign(sign: str, block: bytes, end: int) -> int:
    return int(np.count_nonzero(np.frombuffer(block, "u1", end) == ord(sign)))


def _count_lines(block: bytes, end: int) -> int:
    return _count_sign("\n", block, end) + (block[end - 1 : end] != b"\n")


def _tally_columns(block: bytes, end: int, log_format: LogFormat, most: int) -> Tally | None:
    """Return the tally of all rows at once, or None where rows and lines are not the same."""
    is_quoted = block.find(b'"', 0, end) >= 0
    if is_quoted and _count_sign('"', block, end) % 2:
        return None  # Arrow would close the last quote by itself
    read = _read_table(block, end, log_format, is_quoted)
    if read is None:
        return None
    table, torn = read
    result = Tally(lines=len(table) + len(torn))
    if (is_quoted or block.find(b"\r", 0, end) >= 0) and result.lines != _count_lines(block, end):
        return None
    for number, cell_count, text in torn:
        if text.strip(f'{log_format.delimiter}" \t\r\n'):
            result.wrong.append(WrongRow(number, None, "row_torn", f"{cell_count} / {len(log_format.header)}"))
            result.wrong_total += 1
        else:
            result.blank += 1
    if len(table):
        keys, texts = _combine_keys(table, log_format)
        if np.prod([len(column) for column in texts], dtype="f8") > _MOST_KEYS:
            return None
        wrong_keys = _count_keys(keys, texts, log_format, result)
        if wrong_keys:
            torn_lines = np.array([number for number, _, _ in torn])
            _list_wrong_rows(keys, wrong_keys, torn_lines, block, log_format, most, result)
    return result


def _read_table(
    block: bytes, end: int, log_format: LogFormat, is_quoted: bool
) -> tuple[pa.Table, list[tuple[int, int, str]]] | None:
    """Return the rows with as many cells as the header, and line, cells and text of the others; None where Arrow fails."""
    invalid: list[arrow_csv.InvalidRow] = []

    def skip(row: arrow_csv.InvalidRow) -> str:
        invalid.append(row)
        return "skip"

    names = [str(at) for at in range(len(log_format.header))]
    used = [str(at) for at in log_format.columns if at is not None]
    types = {name: pa.binary() if name == str(log_format.columns[0]) else _TEXT for name in used}
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(memoryview(block)[:end])),
            read_options=arrow_csv.ReadOptions(use_threads=False, column_names=names, block_size=end + 1),
            parse_options=arrow_csv.ParseOptions(
                delimiter=log_format.delimiter,
                quote_char=is_quoted and '"',
                ignore_empty_lines=False,
                invalid_row_handler=skip,
            ),
            convert_options=arrow_csv.ConvertOptions(column_types=types, include_columns=used),
        ).combine_chunks()
        return table, [(row.number, row.actual_columns, row.text) for row in invalid]
    except (pa.ArrowInvalid, UnicodeDecodeError):
        return None


def _combine_keys(table: pa.Table, log_format: LogFormat) -> tuple[np.ndarray, list[list[str]]]:
    """Return an integer for each row, and the texts of time, place, country and gate that it is combined from."""
    keys = np.zeros(len(table), "i8")
    texts = []
    for column in log_format.columns:
        if column is None:
            texts.append([""])
            continue
        cells = table[str(column)].chunk(0)
        if column == log_format.columns[0]:
            numbers, distinct = gate_time.factorize(cells)
        else:
            numbers, distinct = cells.indices.to_numpy(zero_copy_only=False), cells.dictionary.to_pylist()
        keys *= len(distinct)
        keys += numbers
        texts.append([text.decode(errors="replace") for text in distinct])
    return keys, texts


def _count_keys(
    keys: np.ndarray, texts: list[list[str]], log_format: LogFormat, result: Tally
) -> dict[int, tuple[Cells, WrongRow]]:
    """Count the rows of each key into `result`; return the keys of rows that cannot be counted, with cells and reason."""
    sizes = [len(column) for column in texts]
    if np.prod(sizes, dtype="f8") < _DENSE:
        rows_per_key = np.bincount(keys)
        distinct = np.flatnonzero(rows_per_key)
        counts = rows_per_key[distinct]
    else:
        distinct, counts = np.unique(keys, return_counts=True)
    days = [gate_time.day_of(text)[0] for text in texts[0]]
    gates = [None if UNREAD in text else text.strip() for text in texts[3]]
    origins: dict[tuple[int, int], str] = {}
    wrong_keys: dict[int, tuple[Cells, WrongRow]] = {}
    parts = (part.tolist() for part in np.unravel_index(distinct, sizes))
    for key, count, time, place, country, gate in zip(distinct.tolist(), counts.tolist(), *parts, strict=True):
        origin = origins.get((place, country))
        if origin is None:
            names = texts[1][place], texts[2][country]
            origin = origins[place, country] = "" if UNREAD in "".join(names) else log_format.origins.find(*names)[0]
        day, gate_name = days[time], gates[gate]
        if day and origin and gate_name is not None:
            result.counted[day, origin, gate_name] += count
        else:
            cells = (texts[0][time], texts[1][place], texts[2][country], texts[3][gate])
            wrong = classify(cells, log_format)
            if not isinstance(wrong, WrongRow):
                raise AssertionError(f"{cells} is right and wrong")
            wrong_keys[key] = (cells, wrong)
    return wrong_keys


def _list_wrong_rows(
    keys: np.ndarray,
    wrong_keys: dict[int, tuple[Cells, WrongRow]],
    torn_lines: np.ndarray,
    block: bytes,
    log_format: LogFormat,
    most: int,
    result: Tally,
) -> None:
    """Add the rows of the wrong keys to `result` with their lines; rows without any text are blank lines."""
    rows = np.flatnonzero(np.isin(keys, list(wrong_keys)))
    # torn rows are not in `keys` but take a line each
    row_lines = rows + 1 + np.searchsorted(torn_lines - np.arange(len(torn_lines)), rows + 1, side="right")
    lines: list[bytes] = []
    blank = listed = 0
    for row, line in zip(rows.tolist(), row_lines.tolist(), strict=True):
        cells, wrong = wrong_keys[int(keys[row])]
        if not any(cell.strip() for cell in cells):
            lines = lines or block.split(b"\n")
            if not lines[line - 1].strip(f'{log_format.delimiter}" \t\r'.encode()):
                blank += 1
                continue
        if listed < most:  # the torn rows are listed already: `tally` sorts both and cuts
            listed += 1
            result.wrong.append(WrongRow(line, wrong.column, wrong.code, wrong.found))
    result.blank += blank
    result.wrong_total += len(rows) - blank
