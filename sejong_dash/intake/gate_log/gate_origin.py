"""Finds where a visitor who came through a gate comes from.

A cell of a gate log names a prefecture (JIS code or name) or a country (ISO code or name), in Korean, Japanese or English.
The origin is an ISO 3166 code: `JP-13` for a prefecture, `JP` for Japan without a prefecture, `KR`, `US` … for a country,
and `ZZ` for a visitor whose origin the log itself calls not known.
"""

import unicodedata
from dataclasses import dataclass, field

from babel import Locale

from sejong_dash.datasets import snapshot

JAPAN = "JP"
NOT_KNOWN = "ZZ"  # as CLDR has it: unknown region
_UNKNOWN_WORDS = ("미상", "불명", "알 수 없음", "不明", "不詳", "unknown", "n/a")
# Names that people write and that CLDR, which has the official ones, lacks.
_MORE_NAMES = {
    "KR": ("한국", "내국인", "국내", "Korea", "Republic of Korea", "KOR"),
    "JP": ("JPN",),
    "US": ("USA", "アメリカ", "米国"),
    "CN": ("CHN", "PRC"),
    "TW": ("TWN", "타이완"),
    "GB": ("UK", "GBR", "イギリス", "英国"),
    "HK": ("HKG", "홍콩", "香港", "Hong Kong"),
    "MO": ("MAC", "마카오", "マカオ", "Macao", "Macau"),
}


def fold(text: str) -> str:
    """Return a text with wide and narrow letters, capitals and spaces made alike."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True)
class Origins:
    """The origins that the cells of a log name.

    `of_japan`: the log's column of places names prefectures, so that a visitor who is unknown there is from Japan.
    """

    of_japan: bool
    names: dict[str, str] = field(default_factory=lambda: {**_list_countries(), **_list_prefectures()})

    def find(self, place: str, country: str = "") -> tuple[str, str]:
        """Return the ISO code and the code of what is wrong; either of the two is blank."""
        if not country.strip():
            return self._find_name(place, JAPAN if self.of_japan else NOT_KNOWN)
        country_code, wrong = self._find_name(country, NOT_KNOWN)
        if wrong or not place.strip():
            return country_code, wrong
        place_code, wrong = self._find_name(place, country_code)
        if not country_code.startswith(JAPAN):  # a state of another country need not be known, a prefecture contradicts it
            return ("", "origin_unknown") if place_code.startswith(f"{JAPAN}-") else (country_code, "")
        return (place_code, wrong) if wrong or place_code.startswith(JAPAN) else ("", "origin_unknown")

    def _find_name(self, text: str, unknown: str) -> tuple[str, str]:
        cell = fold(text)
        if not cell:
            return "", "missing_value"
        if cell in _UNKNOWN:
            return unknown, ""
        if code := self.names.get(cell):
            return code, ""
        return "", "origin_unknown"


_UNKNOWN = frozenset(fold(word) for word in _UNKNOWN_WORDS)


def _list_countries() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in ("en", "ja", "ko"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code != NOT_KNOWN:  # the others are parts of the world
                names |= {fold(name): code, fold(code): code}
    return names | {fold(name): code for code, more in _MORE_NAMES.items() for name in more}


def _list_prefectures() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in snapshot().prefectures().itertuples():
        code = f"{JAPAN}-{row.jis_code}"
        korean, japanese, english = fold(row.name_ko), fold(row.name_ja), fold(row.name_en)
        names |= dict.fromkeys(
            (row.jis_code, row.jis_code.lstrip("0"), fold(code), korean, japanese, english, f"{english} prefecture"), code
        )
        if row.jis_code != "01":  # the last character of Hokkaido belongs to its name
            names |= dict.fromkeys((korean.removesuffix(korean[-1]), japanese.removesuffix(japanese[-1])), code)
    return names
