"""Generates files of counts as people write them, and reads files into rows that tests can compare.

The generator is seeded: counts of a few days and prefectures in one of many ways of writing.
"""

import csv
import io
import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sejong_dash.datasets import prefectures
from sejong_dash.intake import Intake, read

HEADERS = {
    "ko": ("날짜", "도도부현", "방문객수", "비고"),
    "ja": ("日付", "都道府県", "来場者数", "備考"),
    "en": ("date", "prefecture", "visitors", "note"),
}
# Encodings in which a language can be written at all.
ENCODINGS = {
    "ko": ("utf-8", "utf-8-sig", "utf-16", "cp949"),
    "ja": ("utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"),
}
NOTES = {
    "ko": ("맑음", "비", "오전에 단체 버스 세 대", "집계 지연", "학교 방문", "공휴일", ""),
    "ja": ("晴れ", "雨", "午前に団体バス三台", "集計遅れ", "学校訪問", "祝日", "ゴールデンウィーク", ""),
}
DAYS = {
    "ko": ("{0:%Y-%m-%d}", "{0.year}.{0.month}.{0.day}", "{0.year}년 {0.month}월 {0.day}일", "{0:%Y/%m/%d}"),
    "ja": ("{0:%Y-%m-%d}", "{0.year}/{0.month}/{0.day}", "{0.year}年{0.month}月{0.day}日", "{0:%Y-%m-%d}"),
}
CountRows = list[tuple[str, str, int]]  # day, JIS code, visitors


@dataclass(frozen=True)
class CountFile:
    """A file, and the rows that reading it must give."""

    content: bytes
    encoding: str
    rows: CountRows


def generate_file(seed: int) -> CountFile:
    """Return a file with a header in any of three languages and names in Korean or Japanese."""
    rng = random.Random(seed)
    names = rng.choice(("ko", "ja"))
    header = HEADERS[rng.choice((names, "en"))]
    encoding = rng.choice(ENCODINGS[names])
    date_format, table = rng.choice(DAYS[names]), prefectures.load()
    is_short, has_notes = rng.random() < 0.4, rng.random() < 0.4
    expected: CountRows = []
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header[: 4 if has_notes else 3])
    for at in range(rng.randint(1, 6)):
        place = table.iloc[rng.randrange(47)]
        day = date(2026, 4, 10) + timedelta(rng.randrange(45))
        name = str(place[f"name_{names}"])
        count = rng.randrange(4000) * 10 + at
        key = (day.isoformat(), str(place["jis_code"]))
        if key in {row[:2] for row in expected}:
            continue
        note = [rng.choice(NOTES[names])] if has_notes else []
        writer.writerow(
            [date_format.format(day), name[:-1] if is_short and place["jis_code"] != "01" else name, str(count), *note]
        )
        expected.append((*key, count))
    return CountFile(out.getvalue().encode(encoding), encoding, expected)


def add_header(*rows: str) -> bytes:
    """Return rows under the Korean header, in UTF-8."""
    return "\r\n".join(["날짜,도도부현,방문객수", *rows, ""]).encode()


TWO_ROWS = [("2026-04-10", "13", 1200), ("2026-04-11", "27", 800)]


def read_counts(content: bytes | str, name: str = "counts.csv", **more: Any) -> Intake:
    return read(content.encode() if isinstance(content, str) else content, name, "visitors", **more)


def list_rows(result: Intake) -> CountRows:
    table = result.rows.fillna({"jis_code": ""})
    return [(f"{row.date:%Y-%m-%d}", row.jis_code, row.visitors) for row in table.itertuples()]


def list_errors(result: Intake) -> set[tuple[int | None, str | None, str]]:
    return {(error.row, error.column, error.code) for error in result.errors}


def notice_codes(result: Intake) -> set[str]:
    return {notice.code for notice in result.notices}
