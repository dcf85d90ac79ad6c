"""Which day does a cell say?

Days as Korean, Japanese and English sheets write them. A day without its year, with two digits for it, or with day and
month that could change places is an error with the days it may mean; nothing is filled in. (dateutil fills in and
chooses; packages of eras want to be told the form beforehand.)
"""

import re
from datetime import date, datetime, timedelta, timezone
from functools import cache

from .amounts import shown
from .cell import Reading, is_formula, wrong
from .plain import listed, narrow, plain, vocabulary

_SEOUL = timezone(timedelta(hours=9))  # and Tokyo
_SERIAL = re.compile(r"([0-9]{5})(?:\.([0-9]+))?")
_NUMBERS = {one: str(n) for n, one in enumerate("〇一二三四五六七八九")}
_CHINESE = re.compile("[〇一二三四五六七八九十]+")
_TIME = re.compile(
    r"(?:[t\s]+|(?<=[)日일]))(?:(?:오전|오후|午前|午後|am|pm)\s*)?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?\s*(?:am|pm)?"
    r"\s*(z|utc|gmt|[+-][0-9]{2}:?[0-9]{2})?$"
)
_SIGN = r"\s*(?:[-./]|년|年|월|月)\s*"
_FULL = re.compile(rf"([0-9]{{4}}){_SIGN}([0-9]{{1,2}}){_SIGN}([0-9]{{1,2}})\s*(?:[.]|일|日)?")
_PACKED = re.compile(r"(20[0-9]{2})([01][0-9])([0-3][0-9])")
_SHORT_YEAR = re.compile(rf"['’]?([0-9]{{2}}){_SIGN}([0-9]{{1,2}}){_SIGN}([0-9]{{1,2}})\s*(?:[.]|일|日)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})\s*[-./]\s*([0-9]{1,2})\s*[-./]\s*([0-9]{4})[.]?")
_NO_YEAR = re.compile(r"([0-9]{1,2})\s*(?:[-./]|월|月)\s*([0-9]{1,2})\s*(?:[.]|일|日)?")
_DAY_NAME = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[\s,.-]+([a-z]{3,9})[.]?[\s,.-]*([0-9]{4})?")
_NAME_DAY = re.compile(r"([a-z]{3,9})[.]?[\s,.-]+([0-9]{1,2})(?:st|nd|rd|th)?(?:[\s,.-]+([0-9]{4}))?")


def read(
    text: str, year: int | None = None, epoch_1904: bool = False, expected: tuple[int, ...] = (), order: str | None = None
) -> Reading:
    """The day of a cell. `year`: what the reader said where cells have none; `order`: mdy or dmy, what they said of 5/6/2026;
    `expected`: the years to propose."""
    if found := _FULL.fullmatch(text.strip()):  # the most usual way of all
        return _made(int(found[1]), int(found[2]), int(found[3]), text)
    if plain(text) in listed("number", "missing"):
        return wrong("missing_value")
    if is_formula(text):
        return wrong("formula", found=shown(text))
    flat = re.sub(r"\s+", " ", narrow(text)).casefold()
    if len(flat) > 60:
        return wrong("date_invalid", found=shown(text))
    if found := _SERIAL.fullmatch(flat):
        return _serial(int(found[1]), text, epoch_1904)
    flat, said_weekday = _without_weekday(flat)
    bare, moment = _without_time(flat)
    said = _day(_arabic(bare), text, year, expected, order)
    if said.error:
        return said
    day: date = said.value
    if said_weekday is not None and day.weekday() != said_weekday:
        return wrong("weekday_mismatch", None, found=shown(text), weekday=_weekday_names(day))
    if moment is not None:
        return _moved(day, moment, text, said)
    return said


def is_day(text: str) -> bool:
    return bool(text.strip()) and read(text).error in (None, "date_year_missing", "date_ambiguous", "weekday_mismatch")


def _weekday_names(day: date) -> str:
    """金 / 금 / Fri, as the vocabulary writes it: understood in all three languages."""
    korean, _, japanese, *rest = vocabulary()["date"]["weekdays"][day.weekday()]
    return f"{korean} · {japanese} · {rest[2].title()}"


def _day(bare: str, text: str, year: int | None, expected: tuple[int, ...], order: str | None) -> Reading:
    if found := _FULL.fullmatch(bare) or _PACKED.fullmatch(bare):
        return _made(int(found[1]), int(found[2]), int(found[3]), text)
    if (era := _era(bare, text)) is not None:
        return era
    if found := _SHORT_YEAR.fullmatch(bare):
        parts = [int(one) for one in found.groups()]
        likely = [
            _iso(2000 + parts[0], parts[1], parts[2]),
            _iso(2000 + parts[2], parts[0], parts[1]),
            _iso(2000 + parts[2], parts[1], parts[0]),
        ]
        near = [one for one in likely if one and (not expected or int(one[:4]) in expected)] or [one for one in likely[:1] if one]
        return wrong("date_ambiguous", " / ".join(dict.fromkeys(near)), found=shown(text))
    if found := _YEAR_LAST.fullmatch(bare):
        first, second, full = (int(one) for one in found.groups())
        ways = sorted({one for one in (_iso(full, first, second), _iso(full, second, first)) if one})
        chosen = {"mdy": _iso(full, first, second), "dmy": _iso(full, second, first)}.get(order or "")
        if chosen and len(ways) == 2:
            return _made(full, int(chosen[5:7]), int(chosen[8:]), text, notice="order_chosen")
        if len(ways) == 1:
            return _made(full, int(ways[0][5:7]), int(ways[0][8:]), text, notice="date_rewritten")
        return wrong("date_ambiguous" if ways else "date_invalid", " / ".join(ways), found=shown(text))
    return _named(bare, text, year, expected)


def _named(bare: str, text: str, year: int | None, expected: tuple[int, ...]) -> Reading:
    """10 April 2026, Apr 10, 4월 10일, 4/10"""
    if found := _DAY_NAME.fullmatch(bare):
        day, name, full = found.groups()
    elif found := _NAME_DAY.fullmatch(bare):
        name, day, full = found.groups()
    elif found := _NO_YEAR.fullmatch(bare):
        return _yearless(int(found[1]), int(found[2]), text, year, expected)
    else:
        return wrong("date_invalid", found=shown(text))
    month = next((n for n, names in enumerate(vocabulary()["date"]["months"], start=1) if name in names), None)
    if month is None:
        return wrong("date_invalid", found=shown(text))
    if full is None:
        return _yearless(month, int(day), text, year, expected)
    return _made(int(full), month, int(day), text)


def _yearless(month: int, day: int, text: str, year: int | None, expected: tuple[int, ...]) -> Reading:
    if year is not None:
        return _made(year, month, day, text, notice="year_filled")
    ways = [one for one in (_iso(one, month, day) for one in expected) if one]
    if not _iso(2024, month, day):
        return wrong("date_invalid", found=shown(text))
    return wrong("date_year_missing", " / ".join(ways), found=shown(text))


def _made(year: int, month: int, day: int, text: str, notice: str | None = None) -> Reading:
    try:
        made = date(year, month, day)
    except ValueError:
        return wrong("date_invalid", found=shown(text))
    if not 2000 <= year <= 2099:
        swapped = f"20{str(year)[2:]}" if year < 2000 else f"{str(year)[0]}{str(year)[2]}{str(year)[1]}{str(year)[3]}"
        near = _iso(int(swapped), month, day) if 2000 <= int(swapped) <= 2099 else None
        return wrong("date_out_of_range", near, found=shown(text))
    return Reading(made, notice=notice, fields={"found": shown(text), "value": made.isoformat()} if notice else {})


def _serial(number: int, text: str, epoch_1904: bool) -> Reading:
    made = (date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)) + timedelta(days=number)
    if not 2000 <= made.year <= 2099:
        return wrong("date_out_of_range", found=shown(text))
    return Reading(made, notice="excel_serial", fields={"found": shown(text), "value": made.isoformat()})


def _era(bare: str, text: str) -> Reading | None:
    for name, start, *others in vocabulary()["date"]["eras"]:
        marks = "|".join((name, *others))
        found = re.fullmatch(
            rf"(?:{marks})[.\s]*([0-9]{{1,2}}|元)\s*[-./년年]\s*([0-9]{{1,2}})\s*[-./월月]\s*([0-9]{{1,2}})\s*[.일日]?", bare
        )
        if not found:
            continue
        began = date.fromisoformat(start)
        nth = 1 if found[1] == "元" else int(found[1])
        if nth == 0:
            return wrong("date_invalid", found=shown(text))
        said = _made(began.year + nth - 1, int(found[2]), int(found[3]), text)
        if said.error:
            return said
        later = [date.fromisoformat(one[1]) for one in vocabulary()["date"]["eras"] if one[1] > start]
        if said.value < began or (later and said.value >= min(later)):
            return wrong("date_invalid", said.value, found=shown(text))  # 平成38年: the era was over by then
        return said
    return None


def _without_weekday(text: str) -> tuple[str, int | None]:
    """2026-04-10(금) -> 2026-04-10, 4"""
    for number, names in enumerate(_weekdays()):
        found = re.search(
            rf"(?:\s*[(\[（]\s*(?:{names})[.]?\s*[)\]）]|(?:[\s,]+|(?<=[日일])(?=..))(?:{names})[.]?(?=\s|$))", text
        )
        if found:
            return re.sub(r"\s+", " ", text[: found.start()] + " " + text[found.end() :]).strip(), number
        if found := re.match(rf"(?:{names})[.]?,?\s+(?=[0-9a-z])", text):
            return text[found.end() :], number
    return text, None


@cache
def _weekdays() -> tuple[str, ...]:
    return tuple("|".join(sorted(names, key=len, reverse=True)) for names in vocabulary()["date"]["weekdays"])


def _without_time(text: str) -> tuple[str, tuple[int, int, str | None] | None]:
    found = _TIME.search(text)
    if not found:
        return text, None
    hour = int(found[1]) + (12 if re.search(r"오후|午後|pm", found[0]) and int(found[1]) < 12 else 0)
    return text[: found.start()].strip(), (hour, int(found[2]) * 60 + int(found[3] or 0), found[4])


def _moved(day: date, moment: tuple[int, int, str | None], text: str, said: Reading) -> Reading:
    """The day in Seoul and Tokyo at that moment."""
    hour, seconds, zone = moment
    if hour > 24 or seconds >= 3600 or (hour == 24 and (seconds or zone)):
        return wrong("date_invalid", found=shown(text))
    if zone:
        shift = re.fullmatch(r"([+-])([0-9]{2}):?([0-9]{2})", zone)
        offset = timedelta(hours=int(shift[2]), minutes=int(shift[3])) * (-1 if shift[1] == "-" else 1) if shift else timedelta()
        if abs(offset) >= timedelta(hours=24):
            return wrong("date_invalid", found=shown(text))
        local = datetime(day.year, day.month, day.day, hour, tzinfo=timezone(offset)) + timedelta(seconds=seconds)
        there = local.astimezone(_SEOUL).date()
        if offset != timedelta(hours=9):
            return Reading(there, notice="timezone_converted", fields={"found": shown(text), "value": there.isoformat()})
    elif hour == 24:
        return wrong("date_ambiguous", f"{day} / {day + timedelta(days=1)}", found=shown(text))
    if hour or seconds:
        return Reading(day, notice="time_dropped", fields={"found": shown(text), "value": day.isoformat()})
    return said


def _arabic(text: str) -> str:
    """四月十日 -> 4月10日"""

    def number(found: re.Match[str]) -> str:
        signs = found[0]
        if "十" not in signs:
            return "".join(_NUMBERS[one] for one in signs)
        tens, _, ones = signs.partition("十")
        return str(int(_NUMBERS.get(tens, "1")) * 10 + int(_NUMBERS.get(ones, "0"))) if len(tens) < 2 and len(ones) < 2 else signs

    return _CHINESE.sub(number, text)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
