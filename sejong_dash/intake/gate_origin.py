"""Where does somebody who came through a gate come from?

A cell of a gate log names a prefecture (JIS code or name) or a country (ISO code or name), in Korean, Japanese or English.
The answer is an ISO 3166 code: `JP-13` for a prefecture, `JP` for Japan without saying where, `KR`, `US` … for a country,
and `ZZ` for somebody of whom the log itself says that it is not known.
"""

import unicodedata
from dataclasses import dataclass, field

from babel import Locale

from ..datasets import prefectures

JAPAN = "JP"
NOT_KNOWN = "ZZ"  # as CLDR has it: unknown region
_SAID_UNKNOWN = ("미상", "불명", "알 수 없음", "不明", "不詳", "unknown", "n/a")
# What people write and CLDR, which has the official names, does not.
_ALSO = {
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
    """Wide and narrow letters, capitals and spaces made alike."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True)
class Origins:
    """What the cells of one log mean; `of_japan`: its column names prefectures, so that who is unknown there is from Japan."""

    of_japan: bool
    names: dict[str, str] = field(default_factory=lambda: {**_countries(), **_prefectures()})

    def find(self, place: str, country: str = "") -> tuple[str, str]:
        """The ISO code, or the code of what is wrong; one of the two is blank."""
        if not country.strip():
            return self._one(place, JAPAN if self.of_japan else NOT_KNOWN)
        land, wrong = self._one(country, NOT_KNOWN)
        if wrong or not place.strip():
            return land, wrong
        inside, unread = self._one(place, land)
        if not land.startswith(JAPAN):  # a state of another country is not ours to know, a prefecture contradicts it
            return ("", "origin_unknown") if inside.startswith(f"{JAPAN}-") else (land, "")
        return (inside, unread) if unread or inside.startswith(JAPAN) else ("", "origin_unknown")

    def _one(self, text: str, unknown: str) -> tuple[str, str]:
        cell = fold(text)
        if not cell:
            return "", "missing_value"
        if cell in _UNKNOWN:
            return unknown, ""
        if found := self.names.get(cell):
            return found, ""
        return "", "origin_unknown"


_UNKNOWN = frozenset(fold(word) for word in _SAID_UNKNOWN)


def _countries() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in ("en", "ja", "ko"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code != NOT_KNOWN:  # the others are parts of the world
                names |= {fold(name): code, fold(code): code}
    return names | {fold(name): code for code, also in _ALSO.items() for name in also}


def _prefectures() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in prefectures.load().itertuples():
        code = f"{JAPAN}-{row.jis_code}"
        korean, japanese, english = fold(row.name_ko), fold(row.name_ja), fold(row.name_en)
        names |= dict.fromkeys(
            (row.jis_code, row.jis_code.lstrip("0"), fold(code), korean, japanese, english, f"{english} prefecture"), code
        )
        if row.jis_code != "01":  # the last sign of Hokkaido belongs to its name
            names |= dict.fromkeys((korean.removesuffix(korean[-1]), japanese.removesuffix(japanese[-1])), code)
    return names
