"""Reads the day of the week, or the holiday, that stands beside a day: 2026-04-29(水・祝)."""

import re
from datetime import date
from functools import cache

from .spelling import load_vocabulary


def name_weekday(day: date) -> str:
    """Return 금 · 金 · Fri, as the vocabulary writes it, for a sentence in any of the three languages."""
    korean, _, japanese, *rest = load_vocabulary()["date"]["weekdays"][day.weekday()]
    return f"{korean} · {japanese} · {rest[2].title()}"


def split_weekday(text: str) -> tuple[str, int | None]:
    """Return a text without its weekday, and the weekday (0: Monday): 2026-04-10(금) -> 2026-04-10, 4."""
    for number, names in enumerate(_weekday_patterns()):
        match = re.search(
            rf"(?:\s*[(\[（]\s*(?:{names})[.]?{_holiday_pattern()}?\s*[)\]）]|(?:[\s,]+|(?<=[日일])(?=..))(?:{names})[.]?(?=\s|$))",
            text,
        )
        if match:
            return re.sub(r"\s+", " ", text[: match.start()] + " " + text[match.end() :]).strip(), number
        if match := re.match(rf"(?:{names})[.]?,?\s+(?=[0-9a-z])", text):
            return text[match.end() :], number
    return re.sub(rf"\s*[(\[（]{_holiday_pattern()}\s*[)\]）]$", "", text), None


@cache
def _holiday_pattern() -> str:
    """Return a pattern of the words for a holiday beside a weekday: 水・祝, 수, 공휴일."""
    words = "|".join(sorted(map(re.escape, load_vocabulary()["date"]["holidays"]), key=len, reverse=True))
    return rf"(?:[\s・·･,、/]*(?:{words}))"


@cache
def _weekday_patterns() -> tuple[str, ...]:
    return tuple("|".join(sorted(names, key=len, reverse=True)) for names in load_vocabulary()["date"]["weekdays"])
