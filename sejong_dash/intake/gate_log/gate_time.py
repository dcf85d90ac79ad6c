"""Reads the moment at which a visitor came through a gate, however the gate, Excel or a person has written it.

`MOMENT` and `NUMBERS` are all that the table engine needs too, so that it and `day_of` read the same. They keep to what the
regular expressions of Python, RE2 and Java have in common.
"""

import re
from datetime import date, timedelta

_SPACE = "[ \t\u00a0\u3000]*"
_HOUR, _SIXTY = "(?:[01]?[0-9]|2[0-3])", "[0-5][0-9]"
_HALF_DAY, _AM_PM = "(?:오전|오후|午前|午後)", r"(?:[AaPp][.]?[Mm][.]?)"
_DATE = (
    "(?:-[0-9]{2}-[0-9]{2}"  # with hyphens as ISO 8601 has it: a number that is cut off is no day
    "|(?:[/.] ?[0-9]{1,2}){2}[.]?"
    "|[년年] ?[0-9]{1,2}[월月] ?[0-9]{1,2}[일日]"
    "|[0-9]{4})"
    r"(?: ?[(][월화수목금토일月火水木金土日A-Za-z]{1,3}[)])?"
)
_CLOCK = (
    f"(?:{_HOUR}:{_SIXTY}(?::{_SIXTY}(?:[.,][0-9]+)?)?(?:[+]09:?00)?"  # another zone may mean another day
    f"|(?:{_HALF_DAY}|{_AM_PM}) ?(?:0?[0-9]|1[0-2]):{_SIXTY}(?::{_SIXTY})?"
    f"|(?:0?[0-9]|1[0-2]):{_SIXTY}(?::{_SIXTY})? ?{_AM_PM}"
    f"|(?:{_HALF_DAY} ?)?{_HOUR}[시時] ?[0-5]?[0-9][분分](?: ?[0-5]?[0-9][초秒])?)"
)
_PACKED_CLOCK = f"{_HOUR}{_SIXTY}(?:{_SIXTY})?"
_DATE_AND = f"[0-9]{{2}}{_DATE}"
MOMENT = rf"^{_SPACE}20(?:[0-9]{{2}}{_DATE}(?:(?:T| {{1,2}}){_CLOCK})?|[0-9]{{6}}[T ]?{_PACKED_CLOCK}){_SPACE}$"
NUMBERS = rf"^{_SPACE}([0-9]{{4}})[^0-9]*([0-9]{{1,2}})[^0-9]*([0-9]{{1,2}})"  # year, month and day
# A day kept as a moment of the zone that Seoul had until 1908, 32 seconds and 8 minutes from 9 hours, is read as this one.
DAY_BEFORE = "23:59:08"

_MOMENT, _NUMBERS, _ONLY_CLOCK = re.compile(MOMENT), re.compile(NUMBERS), re.compile(f"[ \t]*{_CLOCK}[ \t]*")
_BEFORE_CLOCK = re.compile(f"20{_DATE_AND}(?:T| {{1,2}})[^ ]")


def day_of(text: str, is_day_before: bool = False) -> tuple[str, str]:
    """Return the day of a cell (2026-04-10) and the code of what is wrong with it; either of the two is blank.

    `is_day_before`: the log's days stand there as 23:59:08 of the day before.
    """
    cell = text.strip()
    if not cell:
        return "", "missing_value"
    is_moment = _MOMENT.match(cell)
    if not is_moment and not _BEFORE_CLOCK.match(cell):
        is_of_another_century = cell[:4].isdecimal() and cell.isascii() and _MOMENT.match(f"20{cell[2:]}")
        return "", "date_out_of_range" if is_of_another_century and not cell.startswith("20") else "date_invalid"
    numbers = _NUMBERS.match(cell)
    try:
        day = date(*(int(number) for number in numbers.groups())) if numbers else None
    except ValueError:
        day = None
    if day is None:
        return "", "date_invalid"
    if not is_moment:
        return "", "time_invalid"
    return str(day + timedelta(days=is_day_before and DAY_BEFORE in cell)), ""


def is_clock(text: str) -> bool:
    """Return whether a cell is a time of day without its day."""
    return _ONLY_CLOCK.fullmatch(text) is not None
