"""Reads the prefecture that a cell names, by code, or by a name in Korean, Japanese, kana or English.

The name may stand with or without 현 or 県. A name that is only similar to a known name is an error with a proposal: Kyoto is
similar to Tokyo.
"""

import re
import unicodedata
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from sejong_dash import contents
from sejong_dash.datasets import snapshot
from sejong_dash.paths import data_dir

from .amounts import shorten
from .reading import Reading, is_formula, reject
from .spelling import load_vocabulary, load_words, narrow, simplify, strip_footnotes, unwrap_literal

UNKNOWN = "unknown"
_CODE = re.compile(r"(?:jp-?)?0*([1-9]|[1-3][0-9]|4[0-7])(?:\.0)?")
_DECIMAL_CODE = re.compile(r"0*([1-9]|[1-3][0-9]|4[0-7])\.0+")
_LONG_CODE = re.compile(r"([0-4][0-9])000([0-9])?")
_BOTH = re.compile(r"(?:jp-?)?([0-9]{1,2})[\s.:_)-]*(.*[^0-9\s.:_(-])|(.*?[^0-9\s.:_(-])[\s.:_(-]*(?:jp-?)?([0-9]{1,2})\)?")
_LATIN_TAIL = re.compile(r"-?(?:ken|fu|to|do|pref|prefecture|metropolis|japan)$")
_KOREAN_TAIL = "현도부"
_FULL = re.compile(r"..[県都府道현도부]$")


def read(text: str, propose: bool = True) -> Reading:
    """Return the JIS X 0401 code of a cell; an empty string for a prefecture that the sheet calls not known.

    `propose`: whether an error looks for the name that may have been meant, which is slow.
    """
    if not text.strip():
        return reject("missing_value", UNKNOWN)
    if (literal := unwrap_literal(text)) != text:
        reading = read(literal, propose)
        fields = {"found": shorten(text), "value": reading.value}
        return reading if reading.error or reading.notice else Reading(reading.value, notice="code_text", fields=fields)
    if is_formula(text) and simplify(text) not in load_words("prefecture", "other"):
        return reject("formula", found=shorten(text))
    if len(text) > 80:
        return reject("prefecture_unknown", found=shorten(text))
    name = simplify_name(text)
    if name in load_words("prefecture", "not_known"):
        return Reading("", notice="prefecture_not_known", fields={"found": shorten(text)})
    if not name or name in load_words("prefecture", "other") or simplify(text) in load_words("prefecture", "other"):
        return reject("prefecture_other", UNKNOWN, found=shorten(text))
    if decimal := _DECIMAL_CODE.fullmatch(narrow(text)):  # 13.0: a column of codes that once had a blank
        return Reading(
            decimal[1].zfill(2), notice="code_shortened", fields={"found": shorten(text), "value": decimal[1].zfill(2)}
        )
    code = _find_code(name, narrow(text).casefold())
    if code is None and (written := text.translate(_load_radicals())) != text:
        code = _find_code(simplify_name(written), narrow(written).casefold())
        if code is not None:
            return Reading(code, notice="name_copied", fields={"found": shorten(text), "value": shorten(written)})
    if code is None:
        unmarked = strip_footnotes(text)
        proposal = _propose(simplify_name(unmarked) if unmarked != narrow(text) else name) if propose else None
        return reject("prefecture_unknown", proposal, found=shorten(text))
    bare = narrow(text)
    if bare.isdigit() and bare != code:
        return Reading(
            code, notice="code_padded" if len(bare) < 2 else "code_shortened", fields={"found": shorten(text), "value": code}
        )
    return Reading(code)


def simplify_name(text: str) -> str:
    """Return the form in which names are compared: without long marks on Latin letters, in hiragana."""
    name = simplify(text)
    if not name.isascii():
        split = unicodedata.normalize("NFD", name)
        if all(ord(sign) < 0x370 for sign in split):
            name = "".join(sign for sign in split if not unicodedata.combining(sign))
    name = "".join(chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign for sign in name)
    return re.sub(r"[-‐‑–—\s.,]+", "-", name).strip("-") if name.isascii() else name


def load_names() -> dict[str, str]:
    """Return every name that stands for a prefecture without doubt, in the form of `simplify_name`, with its code."""
    return _load_names_and_codes(*_table_version())[0]


def _table_version() -> tuple[Path, bytes]:
    path = data_dir() / "prefectures.csv"
    try:
        return path, contents.digest(path)
    except OSError:  # loading it says why it cannot be read
        return path, b""


@lru_cache(maxsize=4)
def _load_names_and_codes(path: Path, digest: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """Return names to codes, and codes to Japanese names; kept for a version of the table, as each cell needs them."""
    table = snapshot().prefectures()
    names = _list_names(tuple(zip(table["jis_code"], table["name_ko"], table["name_ja"], table["name_en"], strict=True)))
    return names, dict(zip(table["jis_code"], table["name_ja"], strict=True))


def _list_names(names: tuple[tuple[str, str, str, str], ...]) -> dict[str, str]:
    codes: dict[str, str] = {}

    def add(name: str, code: str) -> None:
        if codes.setdefault(name, code) != code:
            raise ValueError(f"{name} names both {codes[name]} and {code}")

    for code, korean, japanese, english in names:
        latin = [english, *load_vocabulary()["english"].get(code, [])]
        for name in (korean, *load_vocabulary()["korean"].get(code, [])):
            add(simplify_name(name), code)
            if name[-1] in _KOREAN_TAIL and name == korean and code != "01":
                add(simplify_name(name[:-1]), code)
            elif name[-1] not in _KOREAN_TAIL:
                add(simplify_name(name + korean[-1]), code)
        add(simplify_name(japanese), code)
        if code != "01":
            add(simplify_name(japanese[:-1]), code)
        for kana in load_vocabulary()["kana"][code]:
            tail = {"県": "けん", "都": "と", "府": "ふ"}.get(japanese[-1], "")
            add(kana, code)
            add(kana + tail, code)
        for name in latin:
            add(simplify_name(name), code)
    return codes


def _find_code(name: str, raw: str) -> str | None:
    names = load_names()
    if (code := names.get(name)) is not None:
        return code
    if match := _CODE.fullmatch(name):
        return match[1].zfill(2)
    if (match := _LONG_CODE.fullmatch(name)) and match[1] in names.values() and match[2] in (None, _check_digit(match[1])):
        return match[1]
    if name.isascii() and (bare := _LATIN_TAIL.sub("", name)) != name:
        return names.get(bare) or names.get(_LATIN_TAIL.sub("", bare))
    for inside in re.findall(r"[(（]([^()（）]+)[)）]", raw):  # 도쿄도(東京都), 東京都 (Tokyo): both must say the same
        outer, inner = names.get(simplify_name(re.sub(r"[(（].*", "", raw))), _find_code(simplify_name(inside), "")
        return outer if outer is not None and outer == inner else None
    if (match := _BOTH.fullmatch(raw)) and (not raw.isascii() or any(sign.isalpha() for sign in raw.removeprefix("jp"))):
        number, after, before, last = match.groups()
        code, beside = (
            (number or last).zfill(2),
            _find_code(simplify_name(after or before), "") if (after or before) != raw else None,
        )
        return code if beside == code else None
    return None


def _check_digit(code: str) -> str:
    """Return the sixth digit of a local government code: 13000 -> 1."""
    rest = sum(int(digit) * weight for digit, weight in zip(code + "000", (6, 5, 4, 3, 2), strict=True)) % 11
    return str((11 - rest) % 10)


def _propose(name: str) -> str | None:
    """Return the prefecture that an unknown name resembles, by its Japanese name; two are joined, as no guess is made."""
    names, japanese = _load_names_and_codes(*_table_version())
    modern = name
    for old, new in _load_variants().items():
        modern = modern.replace(old, new)
    if modern in names:
        return japanese[names[modern]]
    if len(name) < 2 or name.isdigit():
        return None
    town = next((full for full in sorted(names, key=len, reverse=True) if _FULL.search(full) and modern.startswith(full)), None)
    if town and modern[len(town) :].isalpha() and modern[len(town) :] not in names:
        return japanese[names[town]]  # a town, with its prefecture in front of it
    close = get_close_matches(modern, names, n=4, cutoff=0.75 if name.isascii() or len(name) > 3 else 0.6)
    codes = dict.fromkeys(names[similar] for similar in close)
    return " / ".join(japanese[code] for code in codes) if len(codes) <= 2 else None


@lru_cache(maxsize=1)
def _load_radicals() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in load_vocabulary()["radicals"]["pairs"]}


@lru_cache(maxsize=1)
def _load_variants() -> dict[str, str]:
    return {pair[0]: pair[1] for pair in load_vocabulary()["variants"]["pairs"] if pair[0] != pair[1]}
