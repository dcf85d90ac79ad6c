"""Reads days from cells, as Korean, Japanese and English sheets write them.

A day without its year, with two digits for it, or with day and month that could change places is an error with the days it
may mean; nothing is filled in. (dateutil fills in and chooses; packages of eras need the format beforehand.)
"""

import re
from datetime import date, datetime, timedelta, timezone

from .amounts import shorten
from .reading import Reading, is_formula, reject
from .spelling import load_vocabulary, load_words, narrow, simplify, strip_footnotes, unwrap_literal
from .weekdays import name_weekday, split_weekday

_SEOUL = timezone(timedelta(hours=9))  # and Tokyo
_LAST_MINUTE = 24 * 3600 - 60  # seconds of a day: a moment after it may be the midnight that a program missed
_UTC_MIDNIGHT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ t]15:00:00", re.IGNORECASE)  # midnight in Seoul, by the clock of UTC
_SERIAL = re.compile(r"([0-9]{5})(?:\.([0-9]+))?")
_HAN_DIGITS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")}
_HAN_NUMBER = re.compile("[〇一二三四五六七八九十]+")
_TIME = re.compile(
    r"(?:[t\s]+|(?<=[)日일]))(?:(?:오전|오후|午前|午後|am|pm)\s*)?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?\s*(?:am|pm)?"
    r"\s*(z|utc|gmt|[+-][0-9]{2}:?[0-9]{2})?$"
)
_SEPARATOR = r"\s*(?:[-./]|년|年|월|月)\s*"
_FULL = re.compile(rf"([0-9]{{4}}){_SEPARATOR}([0-9]{{1,2}}){_SEPARATOR}([0-9]{{1,2}})\s*(?:[.]|일|日)?")
_PACKED = re.compile(r"(20[0-9]{2})([01][0-9])([0-3][0-9])(?:\.0)?")  # as a number, it may have been saved with .0
_SHORT_YEAR = re.compile(rf"['’]?([0-9]{{2}}){_SEPARATOR}([0-9]{{1,2}}){_SEPARATOR}([0-9]{{1,2}})\s*(?:[.]|일|日)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})\s*[-./]\s*([0-9]{1,2})\s*[-./]\s*([0-9]{4})[.]?")
_NO_YEAR = re.compile(r"([0-9]{1,2})\s*(?:[-./]|월|月)\s*([0-9]{1,2})\s*(?:[.]|일|日)?")
_DAY_MONTH_NAME = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[\s,.-]+([a-z]{3,9})[.]?[\s,.-]*([0-9]{4})?")
_MONTH_NAME_DAY = re.compile(r"([a-z]{3,9})[.]?[\s,.-]+([0-9]{1,2})(?:st|nd|rd|th)?(?:[\s,.-]+([0-9]{4}))?")


def read(
    text: str, year: int | None = None, epoch_1904: bool = False, expected: tuple[int, ...] = (), order: str | None = None
) -> Reading:
    """Return the day of a cell (datetime.date), or an error with the days that it may mean.

    `year`: the reader's choice where cells have none; `order`: mdy or dmy, the reader's choice for 5/6/2026; `epoch_1904`:
    whether serial numbers count from 1904; `expected`: the years to propose.
    """
    if match := _FULL.fullmatch(text.strip()):  # the most usual form
        return _build_day(int(match[1]), int(match[2]), int(match[3]), text)
    text = unwrap_literal(text)
    if simplify(text) in load_words("number", "missing"):
        return reject("missing_value")
    if is_formula(text):
        return reject("formula", found=shorten(text))
    flat = re.sub(r"\s+", " ", narrow(text)).casefold()
    if len(flat) > 60:
        return reject("date_invalid", found=shorten(text))
    if match := _SERIAL.fullmatch(flat):
        return _read_serial(int(match[1]), float(f"0.{match[2] or 0}"), text, epoch_1904)
    flat, weekday = split_weekday(flat)
    bare, time = _split_time(flat)
    reading = _read_day(_to_arabic(bare), text, year, expected, order)
    if reading.error:
        if (
            reading.error == "date_invalid"
            and not reading.fields.get("proposal")
            and (bare := strip_footnotes(text)) != narrow(text)
        ):
            marked = read(bare, year, epoch_1904, expected, order)
            return reject("date_invalid", marked.value or None, found=shorten(text))
        return reading
    day: date = reading.value
    if weekday is not None and day.weekday() != weekday:
        return reject("weekday_mismatch", None, found=shorten(text), weekday=name_weekday(day))
    if time is not None:
        return _convert_timezone(day, time, text, reading)
    return reading


def is_day(text: str) -> bool:
    """Return whether a text is a day, even where its year, its order or its weekday is in doubt."""
    return bool(text.strip()) and read(text).error in (None, "date_year_missing", "date_ambiguous", "weekday_mismatch")


def _read_day(bare: str, text: str, year: int | None, expected: tuple[int, ...], order: str | None) -> Reading:
    if match := _FULL.fullmatch(bare) or _PACKED.fullmatch(bare):
        return _build_day(int(match[1]), int(match[2]), int(match[3]), text)
    if (era := _read_era(bare, text)) is not None:
        return era
    if match := _SHORT_YEAR.fullmatch(bare):
        parts = [int(part) for part in match.groups()]
        likely = [
            _format_iso(2000 + parts[0], parts[1], parts[2]),
            _format_iso(2000 + parts[2], parts[0], parts[1]),
            _format_iso(2000 + parts[2], parts[1], parts[0]),
        ]
        near = [day for day in likely if day and (not expected or int(day[:4]) in expected)] or [day for day in likely[:1] if day]
        return reject("date_ambiguous", " / ".join(dict.fromkeys(near)), found=shorten(text))
    if match := _YEAR_LAST.fullmatch(bare):
        first, second, full = (int(part) for part in match.groups())
        possible = sorted({day for day in (_format_iso(full, first, second), _format_iso(full, second, first)) if day})
        chosen = {"mdy": _format_iso(full, first, second), "dmy": _format_iso(full, second, first)}.get(order or "")
        if chosen and len(possible) == 2:
            return _build_day(full, int(chosen[5:7]), int(chosen[8:]), text, notice="order_chosen")
        if len(possible) == 1:
            return _build_day(full, int(possible[0][5:7]), int(possible[0][8:]), text, notice="date_rewritten")
        return reject("date_ambiguous" if possible else "date_invalid", " / ".join(possible), found=shorten(text))
    return _read_named_month(bare, text, year, expected)


def _read_named_month(bare: str, text: str, year: int | None, expected: tuple[int, ...]) -> Reading:
    """Read 10 April 2026, Apr 10, 4월 10일, 4/10."""
    if match := _DAY_MONTH_NAME.fullmatch(bare):
        day, name, full = match.groups()
    elif match := _MONTH_NAME_DAY.fullmatch(bare):
        name, day, full = match.groups()
    elif match := _NO_YEAR.fullmatch(bare):
        return _read_without_year(int(match[1]), int(match[2]), text, year, expected)
    else:
        return reject("date_invalid", found=shorten(text))
    month = next((number for number, names in enumerate(load_vocabulary()["date"]["months"], start=1) if name in names), None)
    if month is None:
        return reject("date_invalid", found=shorten(text))
    if full is None:
        return _read_without_year(month, int(day), text, year, expected)
    return _build_day(int(full), month, int(day), text)


def _read_without_year(month: int, day: int, text: str, year: int | None, expected: tuple[int, ...]) -> Reading:
    if year is not None:
        return _build_day(year, month, day, text, notice="year_filled")
    possible = [iso for iso in (_format_iso(likely, month, day) for likely in expected) if iso]
    if not _format_iso(2024, month, day):
        return reject("date_invalid", found=shorten(text))
    return reject("date_year_missing", " / ".join(possible), found=shorten(text))


def _build_day(year: int, month: int, day: int, text: str, notice: str | None = None) -> Reading:
    try:
        value = date(year, month, day)
    except ValueError:
        return reject("date_invalid", found=shorten(text))
    if not 2000 <= year <= 2099:
        swapped = f"20{str(year)[2:]}" if year < 2000 else f"{str(year)[0]}{str(year)[2]}{str(year)[1]}{str(year)[3]}"
        near = _format_iso(int(swapped), month, day) if 2000 <= int(swapped) <= 2099 else None
        return reject("date_out_of_range", near, found=shorten(text))
    return Reading(value, notice=notice, fields={"found": shorten(text), "value": value.isoformat()} if notice else {})


def _read_serial(number: int, share: float, text: str, epoch_1904: bool) -> Reading:
    day = (date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)) + timedelta(days=number)
    if not 2000 <= day.year <= 2099:
        return reject("date_out_of_range", found=shorten(text))
    if share * 86_400 >= _LAST_MINUTE:
        return reject("date_ambiguous", f"{day} / {day + timedelta(days=1)}", found=shorten(text))
    return Reading(day, notice="excel_serial", fields={"found": shorten(text), "value": day.isoformat()})


def _read_era(bare: str, text: str) -> Reading | None:
    for name, start, *others in load_vocabulary()["date"]["eras"]:
        marks = "|".join((name, *others))
        match = re.fullmatch(
            rf"(?:{marks})[.\s]*([0-9]{{1,2}}|元)\s*[-./년年]\s*([0-9]{{1,2}})\s*[-./월月]\s*([0-9]{{1,2}})\s*[.일日]?", bare
        )
        if not match:
            continue
        first_day = date.fromisoformat(start)
        year_of_era = 1 if match[1] == "元" else int(match[1])
        if year_of_era == 0:
            return reject("date_invalid", found=shorten(text))
        reading = _build_day(first_day.year + year_of_era - 1, int(match[2]), int(match[3]), text)
        if reading.error:
            return reading
        later = [date.fromisoformat(era[1]) for era in load_vocabulary()["date"]["eras"] if era[1] > start]
        if reading.value < first_day or (later and reading.value >= min(later)):
            return reject("date_invalid", reading.value, found=shorten(text))  # 平成38年: the era was over by then
        return reading
    return None


def _split_time(text: str) -> tuple[str, tuple[int, int, str | None] | None]:
    """Return a text without its time of day, and the time: hour, seconds within the hour, time zone."""
    match = _TIME.search(text)
    if not match:
        return text, None
    hour = int(match[1]) + (12 if re.search(r"오후|午後|pm", match[0]) and int(match[1]) < 12 else 0)
    return text[: match.start()].strip(), (hour, int(match[2]) * 60 + int(match[3] or 0), match[4])


def _convert_timezone(day: date, time: tuple[int, int, str | None], text: str, reading: Reading) -> Reading:
    """Return the day in Seoul and Tokyo at that time of another day."""
    hour, seconds, zone = time
    if hour > 24 or seconds >= 3600 or (hour == 24 and (seconds or zone)):
        return reject("date_invalid", found=shorten(text))
    if zone:
        shift = re.fullmatch(r"([+-])([0-9]{2}):?([0-9]{2})", zone)
        offset = timedelta(hours=int(shift[2]), minutes=int(shift[3])) * (-1 if shift[1] == "-" else 1) if shift else timedelta()
        if abs(offset) >= timedelta(hours=24):
            return reject("date_invalid", found=shorten(text))
        local = datetime(day.year, day.month, day.day, hour, tzinfo=timezone(offset)) + timedelta(seconds=seconds)
        seoul = local.astimezone(_SEOUL)
        day_in_seoul = seoul.date()
        if seoul.hour * 3600 + seoul.minute * 60 + seoul.second >= _LAST_MINUTE:
            return reject("date_ambiguous", f"{day_in_seoul} / {day_in_seoul + timedelta(days=1)}", found=shorten(text))
        if offset != timedelta(hours=9):
            fields = {"found": shorten(text), "value": day_in_seoul.isoformat()}
            return Reading(day_in_seoul, notice="timezone_converted", fields=fields)
    elif hour == 24 or hour * 3600 + seconds >= _LAST_MINUTE or _UTC_MIDNIGHT.fullmatch(text.strip()):
        return reject("date_ambiguous", f"{day} / {day + timedelta(days=1)}", found=shorten(text))
    if hour or seconds:
        return Reading(day, notice="time_dropped", fields={"found": shorten(text), "value": day.isoformat()})
    return reading


def _to_arabic(text: str) -> str:
    """Return a text with Arabic digits: 四月十日 -> 4月10日."""

    def convert(match: re.Match[str]) -> str:
        signs = match[0]
        if "十" not in signs:
            return "".join(_HAN_DIGITS[sign] for sign in signs)
        tens, _, ones = signs.partition("十")
        if len(tens) > 1 or len(ones) > 1:
            return signs
        return str(int(_HAN_DIGITS.get(tens, "1")) * 10 + int(_HAN_DIGITS.get(ones, "0")))

    return _HAN_NUMBER.sub(convert, text)


def _format_iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
