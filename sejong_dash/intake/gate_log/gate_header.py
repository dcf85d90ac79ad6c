"""Reads the header of a gate log: its encoding, its delimiter, and the roles of its columns."""

import csv
from collections.abc import Mapping, Sequence

from sejong_dash.errors import Problem, TableError

from . import gate_time
from .gate_origin import NOT_KNOWN, Origins, fold
from .gate_tally import LogFormat, load_headings

TABLE = "gate_log"
_ROLES = ("time",), ("prefecture", "place"), ("country",), ("gate",)
_HEADER_LINES = 20  # titles and blank lines that may stand above the header
_SAMPLE_LINES = 2000  # lines below the header that show what the columns hold
_MOST_VALUES = 12  # different texts of a column that may say what a row is; more are a number or a name
_BOM = b"\xef\xbb\xbf"


def read_header(name: str, start: bytes, answers: Mapping[tuple[str, str], bool] | None = None) -> tuple[LogFormat, int, int]:
    """Return the log's format, the bytes up to its first row, and how many lines these are.

    `start` is the log's beginning: it decides the encoding, so it should hold some hundred rows. Raises TableError where there
    is no header with a time and a place, a column stands twice, or the encoding is unknown.
    """
    encoding = _detect_encoding(name, start)
    length = 0
    texts: list[str] = []
    lines = start.split(b"\n")
    for number, line in enumerate(lines[:_HEADER_LINES], start=1):
        length += len(line) + 1
        text = line.removeprefix(_BOM).decode(encoding, errors="replace").strip("\r")
        for delimiter in ",\t;":
            header = cut_cells(text, delimiter)
            if _has_roles(header):
                below = [line.decode(encoding, errors="replace") for line in lines[number : number + _SAMPLE_LINES]]
                sample = [row for row in (cut_cells(text, delimiter) for text in below) if len(row) == len(header)]
                return describe_columns(name, header, sample, answers or {}, delimiter, encoding, number), length, number
        texts.append(text)
    if b"\0" in start:
        raise TableError(TABLE, name, [Problem("not_utf8", 1, expected="UTF-8", found=repr(start[:4]))])
    if not any(text.strip() for text in texts):
        raise TableError(TABLE, name, [Problem("empty_file", 1, expected="time, prefecture, gate")])
    first = next(text for text in texts if text.strip())
    raise TableError(TABLE, name, [Problem("missing_column", 1, "time", "time, prefecture, gate", first[:200])])


def describe_columns(
    name: str,
    header: tuple[str, ...],
    sample: Sequence[Sequence[str]],
    answers: Mapping[tuple[str, str], bool],
    delimiter: str = ",",
    encoding: str = "utf-8",
    line: int = 1,
) -> LogFormat:
    """Return the format of a log by its headings and its first rows. Raises TableError where there is no time or place, or a
    column stands twice."""
    if not _has_roles(header):
        raise TableError(
            TABLE, name, [Problem("missing_column", line, "time", "time, prefecture, gate", ", ".join(header)[:200])]
        )
    time, places, countries, gates = (_find_columns(header, *roles) for roles in _ROLES)
    time = _choose_times(time, sample)
    repeated = [header[same[1]] for same in (places, countries, gates) if len(same) > 1]
    if len(time) > 2 or (len(time) == 2 and not _are_day_and_clock(time, sample)):
        repeated.append(header[time[1]])
    if repeated:
        raise TableError(TABLE, name, [Problem("duplicate_column", line, title, found=title) for title in repeated])
    place, country, gate = (same[0] if same else None for same in (places, countries, gates))
    known = {*time, place, country, gate}
    verdicts = frozenset(_find_columns(header, "verdict")) - known
    others = [at for at in range(len(header)) if at not in known and (at in verdicts or _has_few_values(at, sample))]
    moments = [" ".join(row[at] for at in time).strip() for row in sample]
    is_day_before = bool(moments) and all(gate_time.DAY_BEFORE in moment for moment in moments)
    return LogFormat(
        header,
        time,
        (place, country, gate, *others),
        delimiter,
        encoding,
        Origins(of_japan=place is not None and (country is not None or fold(header[place]) in load_headings("prefecture"))),
        verdicts,
        is_day_before,
        answers,
        tuple(header[at] for at in _find_columns(header, "ticket")),
    )


def _has_roles(header: Sequence[str]) -> bool:
    time, places, countries, _ = (_find_columns(header, *roles) for roles in _ROLES)
    return bool(time and (places or countries))


def _find_columns(header: Sequence[str], *roles: str) -> tuple[int, ...]:
    return tuple(at for at, cell in enumerate(header) if fold(cell) in load_headings(*roles))


def _choose_times(columns: tuple[int, ...], sample: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Return the one of several columns that has both day and clock, or all of them, a day before its clock."""
    whole = [at for at in columns if sample and all(":" in row[at] and gate_time.day_of(row[at])[0] for row in sample[:50])]
    return tuple(whole[:1]) or tuple(sorted(columns, key=lambda at: any(gate_time.is_clock(row[at]) for row in sample[:50])))


def _are_day_and_clock(columns: tuple[int, ...], sample: Sequence[Sequence[str]]) -> bool:
    day, clock = columns
    rows = [row for row in sample[:50] if row[day].strip() and row[clock].strip()]
    good = [row for row in rows if gate_time.is_clock(row[clock]) and not gate_time.is_clock(row[day])]
    return 2 * len(good) > len(rows)


def _has_few_values(at: int, sample: Sequence[Sequence[str]]) -> bool:
    return len({row[at] for row in sample}) <= _MOST_VALUES


def cut_cells(text: str, delimiter: str) -> tuple[str, ...]:
    """Return the cells of a line; none where it cannot be cut, since a header has short cells and quotes that close."""
    try:
        return tuple(cell.strip() for cell in next(csv.reader([text], delimiter=delimiter), []))
    except csv.Error:  # a web page on a single line is a cell longer than csv.field_size_limit()
        return ()


def _detect_encoding(name: str, start: bytes) -> str:
    """Return UTF-8 where the beginning is; else CP949 or CP932, which decode each other's bytes: the one with known words."""
    whole = start[: start.rfind(b"\n") + 1] or start
    try:
        whole.decode()
    except UnicodeDecodeError as error:
        text = whole.decode(errors="replace")
        unreadable = text.count("\ufffd")
        if sum(not sign.isascii() for sign in text) > 2 * unreadable:
            return "utf-8"  # a byte that is no text spoils its own row alone; the other encodings are hardly ever valid UTF-8
        scores = {encoding: _count_known_words(whole, encoding) for encoding in ("cp949", "cp932")}
        likeliest = max(scores, key=scores.__getitem__)
        if scores[likeliest]:
            return likeliest
        unreadable_bytes = repr(whole[error.start : error.end])
        line = whole[: error.start].count(b"\n") + 1
        raise TableError(TABLE, name, [Problem("not_utf8", line, expected="UTF-8", found=unreadable_bytes)]) from error
    return "utf-8"


def _count_known_words(content: bytes, encoding: str) -> int:
    """Return how many cells of the beginning, decoded so, are known words other than plain ASCII."""
    names = load_headings("time", "prefecture", "place", "country", "gate") | set(Origins(of_japan=False).names) - {NOT_KNOWN}
    cells = content.decode(encoding, errors="replace").replace("\n", ",").replace("\t", ",").replace(";", ",").split(",")
    return sum(not cell.isascii() and fold(cell.strip('" \r')) in names for cell in cells[:4000])
