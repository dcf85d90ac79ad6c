"""How is it said in the reader's language?

The words of a thing lie beside it: `visitor_pace.py` and `visitor_pace.toml`. Words that everybody uses (units, fields,
basis) are in `words.toml` next to this file. Numbers and dates are written by Babel from Unicode's CLDR.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date as Day
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_compact_decimal, format_decimal, format_percent

LANGUAGES = ("ko", "ja", "en")
LANGUAGE_NAMES = {"ko": "한국어", "ja": "日本語", "en": "English"}
_SHARED = Path(__file__).with_suffix(".toml")
_SKELETON = {"day": "yMMMd", "month": "yMMM"}
# Above which powers of ten a language has a word for the size.
_SIZES = {"ko": (12, 8, 4), "ja": (12, 8, 4), "en": (12, 9, 6)}
# British English, since only American English puts the month before the day.
_LOCALE = {"ko": "ko_KR", "ja": "ja_JP", "en": "en_GB"}


class Words:
    """The sentences of one thing in one language, and how that language writes numbers and dates.

    Calling it gives a sentence: `words("title")`, `words("behind", gap=words.number(1200))`. An unknown key is a
    KeyError: a missing word must be found by a test, not by a reader.
    """

    def __init__(self, lang: str, entries: Mapping[str, str]) -> None:
        self.lang = lang
        self._entries = entries
        self._locale = _LOCALE[lang]

    def __call__(self, key: str, **fields: object) -> str:
        said = self._entries[key]
        return said.format(**fields) if fields else said

    def has(self, key: str) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self._entries)

    def with_entries(self, **entries: str) -> "Words":
        """The same words and some more, already in the reader's language."""
        return Words(self.lang, {**self._entries, **entries})

    def number(self, value: float, digits: int = 0) -> str:
        """12345.6 -> 12,346"""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(round(float(value), digits), format=pattern, locale=self._locale)

    def signed(self, value: float, digits: int = 0) -> str:
        """-1200 -> −1,200 with a real minus sign; zero carries none."""
        said = self.number(abs(value), digits)
        return ("+" if value > 0 else "−" if value < 0 else "") + said

    def compact(self, value: float) -> str:
        """150000 -> 15만, 15万, 150K"""
        return format_compact_decimal(value, locale=self._locale, fraction_digits=1)

    def large(self, value: int) -> str:
        """500000000000 -> 5,000억, 5,000億, 500 billion; in full where that would round."""
        size = next((10**power for power in _SIZES[self.lang] if value >= 10**power), None)
        if size is None or value * 100 % size:
            return self.number(value)
        kind: Literal["short", "long"] = "long" if self.lang == "en" else "short"
        said = format_compact_decimal(value, format_type=kind, locale=self._locale, fraction_digits=2)
        return re.sub(r"\d{4,}", lambda digits: self.number(int(digits[0])), said)

    def percent(self, share: float, digits: int = 1) -> str:
        """0.563 -> 56.3%"""
        pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
        return format_percent(share, format=pattern, locale=self._locale)

    def date(self, day: Day, precision: str = "day") -> str:
        """A date, said no more precisely than it is known."""
        if precision == "day":
            return format_date(day, "long", locale=self._locale)
        if precision == "month":
            return format_skeleton("yMMMM", day, locale=self._locale)
        year = format_skeleton("y", day, locale=self._locale)
        if precision == "season":
            return self(f"season.{'spring' if day.month <= 5 else 'autumn'}", year=year)
        return year

    def short_date(self, day: Day) -> str:
        """Month and day with the day of the week, for labels: 5월 6일(수), 5月6日(水), Wed 6 May"""
        return format_skeleton("MMMEd", day, locale=self._locale)

    def day_month(self, day: Day) -> str:
        """5월 6일, 5月6日, 6 May"""
        return format_skeleton("MMMd", day, locale=self._locale)

    def sentences(self, said: Iterable[str]) -> str:
        """Sentences one after the other: Japanese leaves no space between them."""
        return ("" if self.lang == "ja" else " ").join(said)

    def days(self, dates: Iterable[Day]) -> list[str]:
        """Labels of an axis of days, each month named once so that they fit without turning: 4월 24일, 5월 1일, 8일"""
        said, month = [], None
        for day in dates:
            said.append(self.day_month(day) if day.month != month else format_skeleton("d", day, locale=self._locale))
            month = day.month
        return said

    def holiday(self, country: str, named: str) -> str:
        """A holiday of "kr" or "jp" from its English name in the package `holidays`: Showa Day -> 쇼와의 날; several at once
        as "a; b". One that has no word yet (a new law, an election) is called a holiday of that country."""
        return self("join").join(self._holiday(country, one) for one in named.split("; "))

    def _holiday(self, country: str, named: str) -> str:
        name = named.removeprefix("Alternative holiday for ")
        slug = re.sub("[^a-z]+", "_", name.lower().replace("'s", "s"))
        key = f"holiday.{country}.{slug}"
        said = self(key) if self.has(key) else self(f"day_type.holiday_{country}")
        return said if name == named else self("holiday.substitute", name=said)

    def span(self, start: Day | None, end: Day | None, precision: str) -> str:
        """A span, with an open end (None or pandas' NaT) said as before or after; blank if nothing is known."""
        start, end = (None if day is None or day != day else day for day in (start, end))  # NaT alone differs from itself
        if start is None:
            return "" if end is None else self("span.before", date=self.date(end, precision))
        if end is None:
            return self("span.after", date=self.date(start, precision))
        first, last = self.date(start, precision), self.date(end, precision)
        if first == last:
            return first
        if precision in _SKELETON:
            return format_interval(start, end, _SKELETON[precision], locale=self._locale)
        return self("span.between", start=first, end=last)


def _flat(tree: Mapping[str, Any], path: Path, lang: str, prefix: str = "") -> dict[str, str]:
    entries: dict[str, str] = {}
    for name, below in tree.items():
        if not isinstance(below, Mapping):
            continue  # a setting such as `order = 2`, not a word
        if lang in below and isinstance(below[lang], str):
            entries[prefix + name] = below[lang]
        else:
            entries |= _flat(below, path, lang, f"{prefix}{name}.")
    return entries


@lru_cache(maxsize=4096)
def _entries(path: Path, stamp: int, lang: str) -> Mapping[str, str]:
    return _flat(tomllib.loads(path.read_text(encoding="utf-8")), path, lang)


def entries(path: Path, lang: str) -> Mapping[str, str]:
    """Every word of one file in one language, by dotted key."""
    return _entries(path, path.stat().st_mtime_ns, lang)


def settings(path: Path) -> Mapping[str, Any]:
    """What stands in a words file beside the words (a page's order, for one)."""
    return _settings(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _settings(path: Path, stamp: int) -> Mapping[str, Any]:
    tree = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: value for name, value in tree.items() if not isinstance(value, Mapping)}


def of(file: str | Path, lang: str) -> Words:
    """The words of the module (or table) `file`, with the shared words behind them."""
    return Words(lang, {**entries(_SHARED, lang), **entries(Path(file).with_suffix(".toml"), lang)})


def shared(lang: str) -> Words:
    """The words that everybody uses."""
    return Words(lang, entries(_SHARED, lang))
