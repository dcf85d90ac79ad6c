"""Fill a sentence in, with the Korean particle and the plural that its values need.

`{name:을}` is the value with 을 or 를, whichever it takes; `{days:day/days}` is the word that goes with the number, by the
plural rules of Unicode's CLDR. Everything else is Python's own format.

Hardly a sentence needs a particle chosen, so the rules stand here and no package for them is installed.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from string import Formatter
from typing import Any

from babel.core import Locale

# After a final consonant, and after a vowel.
_PAIRS = (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"), ("이나", "나"), ("이며", "며"), ("이고", "고"))
_PARTICLES = {form: pair for pair in _PAIRS for form in pair}
_FIRST, _LAST, _FINALS = 0xAC00, 0xD7A3, 28
_RIEUL = 8  # of the final consonants, the place of ㄹ
# How a sign ends when it is read aloud: 0 영, 1 일, 2 이 …; L 엘, M 엠, N 엔, R 알. All other letters and signs end in a vowel.
_READ = {"0": "영", "1": "일", "3": "삼", "6": "육", "7": "칠", "8": "팔", "L": "엘", "M": "엠", "N": "엔", "R": "알"}
_FORM = re.compile(r"\{\w+:[^{}]*[/가-힣]")
_ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]$")
_QUOTES = "'\"‘’“”「」』 "


def _final(text: str) -> int:
    """Return the number of the final consonant in which a text ends when it is read; 0 for a vowel."""
    bare = _ASIDE.sub("", text.rstrip(_QUOTES)).rstrip(_QUOTES)
    last = bare[-1:].upper()
    last = _READ.get(last, last)
    return (ord(last) - _FIRST) % _FINALS if last and _FIRST <= ord(last) <= _LAST else 0


def with_particle(text: str, particle: str) -> str:
    """Return a text with its particle: 나라현, 을 -> 나라현을; 교토부, 을 -> 교토부를; 5%, 은 -> 5%는.

    An aside in brackets is not read: 도쿄도(13) takes the particle of 도쿄도.
    """
    consonant, vowel = _PARTICLES[particle]
    final = _final(text)
    is_vowel = final == 0 or (final == _RIEUL and consonant == "으로")
    return text + (vowel if is_vowel else consonant)


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(lang)


def plural(number: object, words: str, lang: str) -> str:
    """Return the word that goes with a number, as written or not: 1, day/days -> day; 1,200, day/days -> days."""
    singular, others = words.split("/")
    digits = str(number).replace(",", "").replace("−", "-").lstrip("+")
    try:
        return singular if _locale(lang).plural_form(Decimal(digits)) == "one" else others
    except InvalidOperation:
        return others  # a number in words, such as 1.2 million


class _Filled(Formatter):
    def __init__(self, lang: str) -> None:
        self._lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec in _PARTICLES:
            return with_particle(str(value), format_spec)
        if "/" in format_spec:
            return plural(value, format_spec, self._lang)
        return str(super().format_field(value, format_spec))


def filled(sentence: str, lang: str, fields: Mapping[str, object]) -> str:
    """Return a sentence with its fields filled in."""
    # Python's own format is six times as fast as a formatter written in Python, and most sentences have no forms.
    return _Filled(lang).vformat(sentence, (), fields) if _FORM.search(sentence) else sentence.format(**fields)
