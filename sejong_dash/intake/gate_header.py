"""How is a gate log written: its encoding, its delimiter, and what its columns are called?"""

import csv

from ..errors import Problem, TableError
from .gate_block import Layout
from .gate_origin import NOT_KNOWN, Origins, fold

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
_ROLES = tuple(frozenset(fold(one) for one in names) for names in (_TIME, _PREFECTURE + _PLACE, _COUNTRY, _GATE))
_OF_JAPAN = frozenset(fold(name) for name in _PREFECTURE)
_LINES = 20  # titles and blank lines that may stand above the header
_BOM = b"\xef\xbb\xbf"


def read_header(name: str, start: bytes) -> tuple[Layout, int, int]:
    """How the log is written, the bytes up to its first row, and the lines that these are. Raises TableError.

    `start` is the log's beginning: it decides the encoding, so it should hold some hundred rows.
    """
    encoding = _encoding(name, start)
    length = 0
    seen: list[str] = []
    for number, line in enumerate(start.split(b"\n")[:_LINES], start=1):
        length += len(line) + 1
        text = line.removeprefix(_BOM).decode(encoding, errors="replace").strip("\r")
        for delimiter in ",\t;":
            header = tuple(cell.strip() for cell in next(csv.reader([text], delimiter=delimiter), []))
            at = [[column for column, cell in enumerate(header) if fold(cell) in names] for names in _ROLES]
            if at[0] and (at[1] or at[2]):
                twice = [Problem("duplicate_column", number, header[one[1]], found=header[one[1]]) for one in at if len(one) > 1]
                if twice:
                    raise TableError(TABLE, name, twice)
                time, place, country, gate = (one[0] if one else None for one in at)
                origins = Origins(of_japan=place is not None and (country is not None or fold(header[place]) in _OF_JAPAN))
                return Layout(header, (time, place, country, gate), delimiter, encoding, origins), length, number
        seen.append(text)
    if not any(text.strip() for text in seen):
        raise TableError(TABLE, name, [Problem("empty_file", 1, expected="time, prefecture, gate")])
    first = next(text for text in seen if text.strip())
    raise TableError(TABLE, name, [Problem("missing_column", 1, "time", "time, prefecture, gate", first[:200])])


def _encoding(name: str, start: bytes) -> str:
    """UTF-8 where the beginning is; else CP949 or CP932, whose bytes are each other's: the one whose words we know."""
    if b"\0" in start:
        raise TableError(TABLE, name, [Problem("not_utf8", 1, expected="UTF-8", found=repr(start[:4]))])
    whole = start[: start.rfind(b"\n") + 1] or start
    try:
        whole.decode()
    except UnicodeDecodeError as error:
        text = whole.decode(errors="replace")
        unreadable = text.count("\ufffd")
        if sum(not sign.isascii() for sign in text) > 2 * unreadable:
            return "utf-8"  # a byte that is no text costs its own row alone; the other encodings are hardly ever valid UTF-8
        weighed = {encoding: _known_words(whole, encoding) for encoding in ("cp949", "cp932")}
        likeliest = max(weighed, key=weighed.__getitem__)
        if weighed[likeliest]:
            return likeliest
        unread = repr(whole[error.start : error.end])
        line = whole[: error.start].count(b"\n") + 1
        raise TableError(TABLE, name, [Problem("not_utf8", line, expected="UTF-8", found=unread)]) from error
    return "utf-8"


def _known_words(content: bytes, encoding: str) -> int:
    """How many cells of the beginning, read so, are words that are not plain ASCII and that we know."""
    names = set().union(*_ROLES) | set(Origins(of_japan=False).names) - {NOT_KNOWN}
    cells = content.decode(encoding, errors="replace").replace("\n", ",").replace("\t", ",").replace(";", ",").split(",")
    return sum(not cell.isascii() and fold(cell.strip('" \r')) in names for cell in cells[:4000])
