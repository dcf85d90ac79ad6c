"""Reads the header of a gate log: its encoding, its delimiter, and the roles of its columns."""

import csv

from sejong_dash.errors import Problem, TableError

from .gate_origin import NOT_KNOWN, Origins, fold
from .gate_tally import LogFormat

TABLE = "gate_log"
_TIME = (
    *("time", "timestamp", "datetime", "date", "entered at", "entry time"),
    *(
        "시각",
        "시간",
        "일시",
        "날짜",
        "입장시각",
        "입장시간",
        "입장일시",
        "입장 시각",
        "입장 시간",
        "입장 일시",
        "통과시각",
        "통과일시",
    ),
    *("時刻", "日時", "日付", "入場時刻", "入場日時", "入場時間", "通過時刻", "通過日時"),
)
_PREFECTURE = (
    *("prefecture", "jis_code", "jis code", "prefecture code"),
    *("도도부현", "도도부현코드", "도도부현 코드", "현", "都道府県", "都道府県コード", "県", "県名"),
)
_PLACE = (
    *("origin", "from", "prefecture or country", "prefecture/country"),
    *("출신지", "출신", "출발지", "거주지", "지역", "도도부현 또는 국가", "도도부현/국가"),
    *("出身地", "出身", "居住地", "地域", "都道府県・国", "都道府県/国", "都道府県または国"),
)
_COUNTRY = (
    *("country", "nationality", "country code"),
    *("국가", "국적", "나라", "국가코드", "국가 코드", "国", "国名", "国籍", "国コード"),
)
_GATE = (
    "gate",
    "entrance",
    "gate name",
    "게이트",
    "출입구",
    "입구",
    "문",
    "입장문",
    "ゲート",
    "入口",
    "入場口",
    "ゲート名",
    "門",
)
_ROLES = tuple(frozenset(fold(name) for name in names) for names in (_TIME, _PREFECTURE + _PLACE, _COUNTRY, _GATE))
_JAPANESE_PLACE = frozenset(fold(name) for name in _PREFECTURE)
_HEADER_LINES = 20  # titles and blank lines that may stand above the header
_BOM = b"\xef\xbb\xbf"


def read_header(name: str, start: bytes) -> tuple[LogFormat, int, int]:
    """Return the log's format, the bytes up to its first row, and how many lines these are.

    `start` is the log's beginning: it decides the encoding, so it should hold some hundred rows. Raises TableError where there
    is no header with a time and a place, a column stands twice, or the encoding is unknown.
    """
    encoding = _detect_encoding(name, start)
    length = 0
    texts: list[str] = []
    for number, line in enumerate(start.split(b"\n")[:_HEADER_LINES], start=1):
        length += len(line) + 1
        text = line.removeprefix(_BOM).decode(encoding, errors="replace").strip("\r")
        for delimiter in ",\t;":
            header = _cut_cells(text, delimiter)
            columns = [[column for column, cell in enumerate(header) if fold(cell) in names] for names in _ROLES]
            if columns[0] and (columns[1] or columns[2]):
                repeated = [header[same[1]] for same in columns if len(same) > 1]
                if repeated:
                    raise TableError(TABLE, name, [Problem("duplicate_column", number, title, found=title) for title in repeated])
                time, place, country, gate = (same[0] if same else None for same in columns)
                origins = Origins(of_japan=place is not None and (country is not None or fold(header[place]) in _JAPANESE_PLACE))
                return LogFormat(header, (time, place, country, gate), delimiter, encoding, origins), length, number
        texts.append(text)
    if not any(text.strip() for text in texts):
        raise TableError(TABLE, name, [Problem("empty_file", 1, expected="time, prefecture, gate")])
    first = next(text for text in texts if text.strip())
    raise TableError(TABLE, name, [Problem("missing_column", 1, "time", "time, prefecture, gate", first[:200])])


def _cut_cells(text: str, delimiter: str) -> tuple[str, ...]:
    """Return the cells of a line; none where it cannot be cut, since a header has short cells and quotes that close."""
    try:
        return tuple(cell.strip() for cell in next(csv.reader([text], delimiter=delimiter), []))
    except csv.Error:  # a web page on a single line is a cell longer than csv.field_size_limit()
        return ()


def _detect_encoding(name: str, start: bytes) -> str:
    """Return UTF-8 where the beginning is; else CP949 or CP932, which decode each other's bytes: the one with known words."""
    if b"\0" in start:
        raise TableError(TABLE, name, [Problem("not_utf8", 1, expected="UTF-8", found=repr(start[:4]))])
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
    names = set().union(*_ROLES) | set(Origins(of_japan=False).names) - {NOT_KNOWN}
    cells = content.decode(encoding, errors="replace").replace("\n", ",").replace("\t", ",").replace(";", ",").split(",")
    return sum(not cell.isascii() and fold(cell.strip('" \r')) in names for cell in cells[:4000])
