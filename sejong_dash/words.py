"""Give the reader's texts, numbers and dates in the reader's language.

The words of a module stand beside it: `goal_bar.py` and `goal_bar.toml`. Words that several modules use (units, fields,
basis) are in `words.toml` next to this file. Numbers and dates are written by Babel from Unicode's CLDR.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date as Day
from pathlib import Path
from typing import Any, Literal

from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from sejong_dash import contents, sentence_forms

LANGUAGES = ("ko", "ja", "en")
LANGUAGE_NAMES = {"ko": "한국어", "ja": "日本語", "en": "English"}
_SHARED = Path(__file__).with_suffix(".toml")
_SKELETON = {"day": "yMMMd", "month": "yMMM"}
# Powers of ten for which a language has a word.
_SIZES = {"ko": (12, 8, 4), "ja": (12, 8, 4), "en": (12, 9, 6)}
# Japanese is written with full-width brackets, CLDR has the narrow ones in it.
_FULL_WIDTH = str.maketrans("()", "（）")
# British English: American English puts the month before the day.
_LOCALE = {"ko": "ko_KR", "ja": "ja_JP", "en": "en_GB"}


class Words:
    """The words of a module in one language, and the way that language writes numbers and dates.

    Calling it returns a sentence: `words("title")`, `words("behind", gap=words.number(1200))`. An unknown key raises
    KeyError: a missing word must be found by a test, not by a reader.
    """

    def __init__(self, lang: str, entries: Mapping[str, str]) -> None:
        self.lang = lang
        self._entries = entries
        self._locale = _LOCALE[lang]

    def __call__(self, key: str, **fields: object) -> str:
        sentence = self._entries[key]
        return sentence_forms.filled(sentence, self.lang, fields) if fields else sentence

    def has(self, key: str) -> bool:
        """Return whether there is an entry of this key."""
        return key in self._entries

    def __iter__(self) -> Iterator[str]:
        """Yield the keys."""
        return iter(self._entries)

    def with_entries(self, **entries: str) -> "Words":
        """Return these words with further entries, already in the reader's language."""
        return Words(self.lang, {**self._entries, **entries})

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number with separators, rounded to `digits` decimals: 12345.6 -> 12,346"""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(round(float(value), digits), format=pattern, locale=self._locale)

    def signed(self, value: float, digits: int = 0) -> str:
        """Return a number with its sign, a real minus; zero has none: -1200 -> −1,200"""
        amount = self.number(abs(value), digits)
        return ("+" if value > 0 else "−" if value < 0 else "") + amount

    def increase(self, value: float) -> str:
        """Return a number for words that name it an increase: a real minus where it is none, no plus: 19.2 -> 19"""
        return self.signed(value).removeprefix("+")

    def large(self, value: int) -> str:
        """Return a large number with the word for its size: 500000000000 -> 5,000억; in full where that would round it."""
        size = next((10**power for power in _SIZES[self.lang] if value >= 10**power), None)
        if size is None or value * 100 % size:
            return self.number(value)
        kind: Literal["short", "long"] = "long" if self.lang == "en" else "short"
        amount = format_compact_decimal(value, format_type=kind, locale=self._locale, fraction_digits=2)
        return re.sub(r"\d{4,}", lambda digits: self.number(int(digits[0])), amount)

    def goal(self, visitors: float, bound: object = None) -> str:
        """Return a goal with its bound (as in datasets.goals): 150000, "at_least" -> 150,000명 이상; without one 150,000명."""
        amount = self("amount.goal", value=self.number(visitors))
        return self.bounded(amount, bound)

    def bounded(self, amount: str, bound: object) -> str:
        """Return an amount with a bound (`at_least`, or blank): 37% -> 37% or more"""
        return self(f"bounded.{bound}", amount=amount) if isinstance(bound, str) and bound else amount

    def percent(self, share: float, digits: int = 1) -> str:
        """Return a share in percent: 0.563 -> 56.3%"""
        pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
        return format_percent(share, format=pattern, locale=self._locale)

    def date(self, day: Day, precision: str = "day") -> str:
        """Return a date no more precise than it is known: to the day, month, season or year."""
        if precision == "day":
            return format_date(day, "long", locale=self._locale)
        if precision == "month":
            return format_skeleton("yMMMM", day, locale=self._locale)
        year = format_skeleton("y", day, locale=self._locale)
        if precision == "season":
            return self(f"season.{'spring' if day.month <= 5 else 'autumn'}", year=year)
        return year

    def dated(self, title: str, dates: str) -> str:
        """Return a title with its dates, in brackets behind it where it does not name them already."""
        return self("plan_dated", title=title, dates=dates) if dates and dates not in title else title

    def short_date(self, day: Day) -> str:
        """Return month and day with the day of the week, for labels: 5월 6일(수), 5月6日（水）, Wed 6 May"""
        label = format_skeleton("MMMEd", day, locale=self._locale)
        return label.translate(_FULL_WIDTH) if self.lang == "ja" else label.replace(" (", "(")

    def day_month(self, day: Day) -> str:
        """Return month and day: 5월 6일, 5月6日, 6 May"""
        return format_skeleton("MMMd", day, locale=self._locale)

    def sentences(self, sentences: Iterable[str]) -> str:
        """Return sentences joined into a text; Japanese has no space between them."""
        return ("" if self.lang == "ja" else " ").join(sentences)

    def lacking(self, missing: int, partial: int) -> str:
        """Return how many days were not counted, or only in part; blank where there are none."""
        counts = {"missing": missing, "partial": partial}
        return self.sentences(self(f"lacking.{kind}", days=self.number(days)) for kind, days in counts.items() if days)

    def withheld(self, lacking: str, gone: int) -> str:
        """Return why no verdict is given: of the `gone` days, those in `lacking` (2026-04-10;2026-04-11) have no full count."""
        days = [Day.fromisoformat(day) for day in lacking.split(";")]
        fields = {"gone": self.number(gone), "lacking": self.number(len(days)), "dates": self.day_spans(days)}
        return self("lacking.withheld", **fields)

    def chance(self, band: str) -> str:
        """Return a chance in words, by its band (as `measures.season.chance`)."""
        return self(f"chance.{band}")

    def recently(self, counted: int, window: int) -> str:
        """Return a name for the days of the recent level: the last 7 days, or the 5 of them that were counted."""
        key = "recent.all" if counted == window else "recent.some"
        return self(key, days=self.number(counted), window=self.number(window))

    def day_spans(self, dates: Iterable[Day], most: int = 3) -> str:
        """Return days as spans, at most `most`, and how many days are left out: 4월 10일, 4월 15일~4월 30일 외 4일"""
        spans: list[list[Day]] = []
        for day in dates:
            if spans and (day - spans[-1][-1]).days == 1:
                spans[-1].append(day)
            else:
                spans.append([day])
        named = [
            self.day_month(span[0])
            if len(span) == 1
            else self("span.between", start=self.day_month(span[0]), end=self.day_month(span[-1]))
            for span in spans[:most]
        ]
        rest = sum(map(len, spans[most:]))
        joined = self("comma").join(named)
        return self("lacking.more", dates=joined, days=self.number(rest)) if rest else joined

    def days(self, dates: Iterable[Day]) -> list[str]:
        """Return labels for an axis of days, each month named once so that they fit without turning: 4월 24일, 5월 1일, 8일"""
        labels, month = [], None
        for day in dates:
            labels.append(self.day_month(day) if day.month != month else format_skeleton("d", day, locale=self._locale))
            month = day.month
        return labels

    def holiday(self, country: str, named: str) -> str:
        """Return a holiday of "kr" or "jp" by its English name in the package `holidays`: Showa Day -> 쇼와의 날.

        Several are joined by "; ". One without an entry (a new law, an election) is called a holiday of that country.
        """
        return self("join").join(self._holiday(country, name) for name in named.split("; "))

    def _holiday(self, country: str, named: str) -> str:
        name = named.removeprefix("Alternative holiday for ")
        slug = re.sub("[^a-z]+", "_", name.lower().replace("'s", "s"))
        key = f"holiday.{country}.{slug}"
        holiday = self(key) if self.has(key) else self(f"day_type.holiday_{country}")
        return holiday if name == named else self("holiday.substitute", name=holiday)

    def span(self, start: Day | None, end: Day | None, precision: str) -> str:
        """Return a span of days; an open end (None or pandas' NaT) becomes before or after, and two open ends a blank."""
        start, end = (None if day is None or day != day else day for day in (start, end))  # NaT alone differs from itself
        if start is None:
            return "" if end is None else self("span.before", date=self.date(end, precision))
        if end is None:
            return self("span.after", date=self.date(start, precision))
        first, last = self.date(start, precision), self.date(end, precision)
        if first == last:
            return first
        if precision in _SKELETON:
            span = format_interval(start, end, _SKELETON[precision], locale=self._locale)
            return span.replace(" ~ ", "~")  # CLDR's Korean has blanks; 한글 맞춤법 joins the wave dash to both sides
        return self("span.between", start=first, end=last)


def _flat(tree: Mapping[str, Any], lang: str, prefix: str = "") -> dict[str, str]:
    entries: dict[str, str] = {}
    for name, below in tree.items():
        if not isinstance(below, Mapping):
            continue  # a setting such as `order = 2`, not a word
        if lang in below and isinstance(below[lang], str):
            entries[prefix + name] = below[lang]
        else:
            entries |= _flat(below, lang, f"{prefix}{name}.")
    return entries


def _parsed(content: bytes, lang: str) -> Mapping[str, Any]:
    """Return the words of a file in one language; its settings where `lang` is blank."""
    tree = tomllib.loads(content.decode("utf-8"))
    return _flat(tree, lang) if lang else {name: value for name, value in tree.items() if not isinstance(value, Mapping)}


_PARSED = contents.Lasting(_parsed, 4096)


def entries(path: Path, lang: str) -> Mapping[str, str]:
    """Return every word of a file in one language, by dotted key."""
    return _PARSED(path, lang)


def settings(path: Path) -> Mapping[str, Any]:
    """Return the settings in a file of words, such as a page's order."""
    return _PARSED(path, "")


def in_order(files: Iterable[Path]) -> list[Path]:
    """Return files in the `order` that is a setting of each, or of the file of words beside it."""
    return sorted(files, key=lambda file: settings(file.with_suffix(".toml"))["order"])


def of(file: str | Path, lang: str) -> Words:
    """Return the words of a module (or table), and the shared words for keys that it lacks."""
    return Words(lang, {**entries(_SHARED, lang), **entries(Path(file).with_suffix(".toml"), lang)})


def shared(lang: str) -> Words:
    """Return the shared words alone."""
    return Words(lang, entries(_SHARED, lang))
