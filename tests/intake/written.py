"""Which files would people bring, and what would they want to come out?

A seeded generator: counts of a few days and prefectures, written as one of many hands would write them.
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
Want = list[tuple[str, str, int]]


@dataclass(frozen=True)
class File:
    content: bytes
    encoding: str
    want: Want


def file(seed: int) -> File:
    """One file with a header in any of three languages and names in Korean or Japanese."""
    rng = random.Random(seed)
    names = rng.choice(("ko", "ja"))
    header = HEADERS[rng.choice((names, "en"))]
    encoding = rng.choice(ENCODINGS[names])
    style, table = rng.choice(DAYS[names]), prefectures.load()
    short, noted = rng.random() < 0.4, rng.random() < 0.4
    want: Want = []
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(header[: 4 if noted else 3])
    for at in range(rng.randint(1, 6)):
        row = table.iloc[rng.randrange(47)]
        day = date(2026, 4, 10) + timedelta(rng.randrange(45))
        name = str(row[f"name_{names}"])
        count = rng.randrange(4000) * 10 + at
        key = (day.isoformat(), str(row["jis_code"]))
        if key in {one[:2] for one in want}:
            continue
        note = [rng.choice(NOTES[names])] if noted else []
        sheet.writerow([style.format(day), name[:-1] if short and row["jis_code"] != "01" else name, str(count), *note])
        want.append((*key, count))
    return File(out.getvalue().encode(encoding), encoding, want)


def text(*rows: str) -> bytes:
    """Rows under the Korean header, in UTF-8."""
    return "\r\n".join(["날짜,도도부현,방문객수", *rows, ""]).encode()


TWO = [("2026-04-10", "13", 1200), ("2026-04-11", "27", 800)]


def taken(content: bytes | str, name: str = "counts.csv", **more: Any) -> Intake:
    return read(content.encode() if isinstance(content, str) else content, name, "visitors", **more)


def rows(made: Intake) -> Want:
    return [
        (one.date.strftime("%Y-%m-%d"), "" if one.jis_code != one.jis_code else one.jis_code, one.visitors)
        for one in made.rows.itertuples()
    ]


def told(made: Intake) -> set[tuple[int | None, str | None, str]]:
    return {(one.row, one.column, one.code) for one in made.errors}


def noticed(made: Intake) -> set[str]:
    return {one.code for one in made.notices}
