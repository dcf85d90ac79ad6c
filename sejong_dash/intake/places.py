"""Which prefecture does a cell name?

By code, or by a name in Korean, Japanese, kana or English, with or without 현 or 県. A name that is only near to one is
an error with a proposal: Kyoto is near to Tokyo.
"""

import re
import unicodedata
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from ..datasets import prefectures
from ..paths import data_dir
from .amounts import shown
from .cell import Reading, is_formula, wrong
from .plain import listed, narrow, plain, vocabulary

UNKNOWN = "unknown"
_CODE = re.compile(r"(?:jp-?)?0*([1-9]|[1-3][0-9]|4[0-7])(?:\.0)?")
_LONG_CODE = re.compile(r"([0-4][0-9])000([0-9])?")
_BOTH = re.compile(r"(?:jp-?)?([0-9]{1,2})[\s.:_)-]*(.*[^0-9\s.:_(-])|(.*?[^0-9\s.:_(-])[\s.:_(-]*(?:jp-?)?([0-9]{1,2})\)?")
_LATIN_TAIL = re.compile(r"-?(?:ken|fu|to|do|pref|prefecture|metropolis|japan)$")
_KOREAN_TAIL = "현도부"
_FULL = re.compile(r"..[県都府道현도부]$")


def read(text: str, propose: bool = True) -> Reading:
    """The JIS X 0401 code of a cell; an empty string for a prefecture that the sheet calls not known."""
    if not text.strip():
        return wrong("missing_value", UNKNOWN)
    if is_formula(text) and plain(text) not in listed("prefecture", "other"):
        return wrong("formula", found=shown(text))
    if len(text) > 80:
        return wrong("prefecture_unknown", found=shown(text))
    name = folded(text)
    if name in listed("prefecture", "not_known"):
        return Reading("", notice="prefecture_not_known", fields={"found": shown(text)})
    if not name or name in listed("prefecture", "other") or plain(text) in listed("prefecture", "other"):
        return wrong("prefecture_other", UNKNOWN, found=shown(text))
    code = _of(name, narrow(text).casefold())
    if code is None:
        return wrong("prefecture_unknown", _near(name) if propose else None, found=shown(text))
    bare = narrow(text)
    if bare.isdigit() and bare != code:
        return Reading(
            code, notice="code_padded" if len(bare) < 2 else "code_shortened", fields={"found": shown(text), "value": code}
        )
    return Reading(code)


def folded(text: str) -> str:
    """A name in its plain form: without long marks on Latin letters, in hiragana."""
    said = plain(text)
    if not said.isascii():
        split = unicodedata.normalize("NFD", said)
        if all(ord(one) < 0x370 for one in split):
            said = "".join(one for one in split if not unicodedata.combining(one))
    said = "".join(chr(ord(one) - 0x60) if "ァ" <= one <= "ヶ" else one for one in said)
    return re.sub(r"[-‐‑–—\s.,]+", "-", said).strip("-") if said.isascii() else said


def known() -> dict[str, str]:
    """Every way of writing a prefecture that needs no thought, in its plain form, and the code."""
    return _of_table(*_stamp())[0]


def _stamp() -> tuple[Path, int]:
    path = data_dir() / "prefectures.csv"
    return path, path.stat().st_mtime_ns if path.is_file() else 0


@lru_cache(maxsize=4)
def _of_table(path: Path, stamp: int) -> tuple[dict[str, str], dict[str, str]]:
    """Names to codes, and codes to Japanese names: asked for each cell, so the table is gone through once."""
    table = prefectures.load()
    names = _known(tuple(zip(table["jis_code"], table["name_ko"], table["name_ja"], table["name_en"], strict=True)))
    return names, dict(zip(table["jis_code"], table["name_ja"], strict=True))


def _known(names: tuple[tuple[str, str, str, str], ...]) -> dict[str, str]:
    found: dict[str, str] = {}

    def add(name: str, code: str) -> None:
        if found.setdefault(name, code) != code:
            raise ValueError(f"{name} names both {found[name]} and {code}")

    for code, korean, japanese, english in names:
        latin = [english, *vocabulary()["english"].get(code, [])]
        for name in (korean, *vocabulary()["korean"].get(code, [])):
            add(folded(name), code)
            if name[-1] in _KOREAN_TAIL and name == korean and code != "01":
                add(folded(name[:-1]), code)
            elif name[-1] not in _KOREAN_TAIL:
                add(folded(name + korean[-1]), code)
        add(folded(japanese), code)
        if code != "01":
            add(folded(japanese[:-1]), code)
        for reading in vocabulary()["kana"][code]:
            tail = {"県": "けん", "都": "と", "府": "ふ"}.get(japanese[-1], "")
            add(reading, code)
            add(reading + tail, code)
        for name in latin:
            add(folded(name), code)
    return found


def _of(name: str, raw: str) -> str | None:
    names = known()
    if (code := names.get(name)) is not None:
        return code
    if found := _CODE.fullmatch(name):
        return found[1].zfill(2)
    if (found := _LONG_CODE.fullmatch(name)) and found[1] in names.values() and found[2] in (None, _check_digit(found[1])):
        return found[1]
    if name.isascii() and (bare := _LATIN_TAIL.sub("", name)) != name:
        return names.get(bare) or names.get(_LATIN_TAIL.sub("", bare))
    for inside in re.findall(r"[(（]([^()（）]+)[)）]", raw):  # 도쿄도(東京都), 東京都 (Tokyo): both must say the same
        outer, inner = names.get(folded(re.sub(r"[(（].*", "", raw))), _of(folded(inside), "")
        return outer if outer is not None and outer == inner else None
    if (found := _BOTH.fullmatch(raw)) and (not raw.isascii() or any(one.isalpha() for one in raw.removeprefix("jp"))):
        number, after, before, last = found.groups()
        code, beside = (number or last).zfill(2), _of(folded(after or before), "") if (after or before) != raw else None
        return code if beside == code else None
    return None


def _check_digit(code: str) -> str:
    """The sixth digit of a local government code: 13000 -> 1"""
    rest = sum(int(one) * weight for one, weight in zip(code + "000", (6, 5, 4, 3, 2), strict=True)) % 11
    return str((11 - rest) % 10)


def _near(name: str) -> str | None:
    """The prefecture that an unknown name is near to, by its Japanese name; several joined, as no guess is made."""
    names, japanese = _of_table(*_stamp())
    turned = name
    for old, new in _variants().items():
        turned = turned.replace(old, new)
    if turned in names:
        return japanese[names[turned]]
    if len(name) < 2 or name.isdigit():
        return None
    town = next((one for one in sorted(names, key=len, reverse=True) if _FULL.search(one) and turned.startswith(one)), None)
    if town and turned[len(town) :].isalpha() and turned[len(town) :] not in names:
        return japanese[names[town]]  # a town, with its prefecture in front of it
    close = get_close_matches(turned, names, n=4, cutoff=0.75 if name.isascii() or len(name) > 3 else 0.6)
    codes = dict.fromkeys(names[one] for one in close)
    return " / ".join(japanese[code] for code in codes) if len(codes) <= 2 else None


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    return {pair[0]: pair[1] for pair in vocabulary()["variants"]["pairs"] if pair[0] != pair[1]}
