"""How many people does a cell say?

Whole numbers in the ways in which Korean, Japanese and English sheets write them. Anything that could be two numbers
(1.234, 1,23, 약 100) is an error with a proposal.
"""

import re
from decimal import Decimal, InvalidOperation
from functools import cache

from .cell import Reading, is_formula, wrong
from .plain import narrow, plain, vocabulary, words

MOST = 130_000_000  # more than live in Japan
_DIGITS = {
    one: value
    for value, signs in enumerate(
        ("〇零영공", "一일壱壹", "二이弐貳", "三삼参參", "四사肆", "五오伍", "六육륙", "七칠漆", "八팔捌", "九구玖")
    )
    for one in signs
}
_SMALL = {one: power for power, signs in ((1000, "千천仟"), (100, "百백"), (10, "十십拾")) for one in signs}
_LARGE = {one: power for power, signs in ((10**8, "億억"), (10**4, "万만萬")) for one in signs}
_WRITTEN = re.compile("[0-9.,{}]+".format("".join([*_DIGITS, *_SMALL, *_LARGE])))
_GROUPED = re.compile(r"[0-9]{1,3}(?:([, '’])[0-9]{3})(?:\1[0-9]{3})*")
_PLAIN = re.compile(r"[0-9]{1,15}")
_DECIMAL = re.compile(r"([0-9]+)[.]([0-9]+)")
_MINUS = re.compile(r"[-−‐‑–—﹣▲△▵](?=\s*[0-9])")
_POWER = re.compile(r"[0-9]+(?:\.[0-9]+)?e[+-]?[0-9]{1,4}", re.IGNORECASE)


def read(text: str) -> Reading:
    """The number of people in a cell; `notice` where it was not written in digits alone."""
    flat = re.sub(r"\s+", " ", narrow(text))
    if plain(text) in words("number", "missing"):
        return wrong("missing_value", "0" if plain(text) in words("number", "perhaps_none") else None)
    if is_formula(text):
        return wrong("formula", found=shown(text))
    bare = re.sub(r"^['’](?=[0-9])", "", flat)
    if _MINUS.match(bare) or re.fullmatch(r"[(][0-9 ,.]+[)]", bare):
        return wrong("negative", found=shown(text))
    number, unit = _counted(bare.removeprefix("+").strip())
    said = _number(number, text)
    if said.error == "not_a_number":
        return wrong("not_a_number", _proposal(bare), found=shown(text))
    if said.error:
        return said
    if said.value > MOST:
        return wrong("out_of_range", found=shown(text), most=MOST)
    if said.notice:
        return Reading(said.value, notice=said.notice, fields={"found": shown(text), "value": said.value})
    if unit:
        return Reading(said.value, notice="unit_stripped", fields={"found": shown(text), "value": said.value})
    if text.strip() != str(said.value):
        return Reading(said.value, notice="number_rewritten", fields={"found": shown(text), "value": said.value})
    return said


def shown(text: str) -> str:
    """A cell's text, short enough for a sentence."""
    seen = narrow(text) if len(text) < 200 else text[:200]
    return seen if len(seen) <= 60 else seen[:59] + "…"


@cache
def _counters() -> tuple[str, ...]:
    return tuple(sorted(vocabulary()["number"]["counters"], key=len, reverse=True))


def _counted(text: str) -> tuple[str, bool]:
    """1200명 -> 1200, True"""
    folded = text.casefold()
    for unit in _counters():
        if folded.endswith(unit) and len(folded) > len(unit):
            return text[: -len(unit)].strip(), True
    return text, False


def _number(text: str, cell: str) -> Reading:
    if _PLAIN.fullmatch(text):
        return Reading(int(text))
    if _GROUPED.fullmatch(text):
        return Reading(int(re.sub(r"[^0-9]", "", text)))
    if found := _DECIMAL.fullmatch(text):
        whole, rest = found.groups()
        if rest in ("0", "00"):  # 1200.0 is how programs write whole numbers; 1.000 could be a thousand
            return Reading(int(whole[:15])) if len(whole) <= 15 else wrong("out_of_range", found=shown(cell), most=MOST)
        return wrong("not_an_integer", f"{whole}{rest}" if len(rest) == 3 and len(whole) <= 3 else None, found=shown(cell))
    if len(text) > 15 and text.isascii() and text.isdigit():
        return wrong("out_of_range", found=shown(cell), most=MOST)
    value = _written(text.replace(" ", ""))
    if value is None:
        return wrong("not_a_number", found=shown(cell))
    if value != value.to_integral_value():
        return wrong("not_an_integer", found=shown(cell))
    return Reading(int(value), notice="unit_expanded")


def _written(text: str) -> Decimal | None:
    """1만5천, 15万, 1.2천, 千二百, 천이백: the number, or None where the words do not make one."""
    signs = [one for one in text if one in _SMALL or one in _LARGE or one in _DIGITS]
    if not signs or not _WRITTEN.fullmatch(text) or len(text) > 30:
        return None
    if text in _SMALL or text in _LARGE or (all(one in _DIGITS and one >= "가" for one in text)):
        return None  # 만 without its number, and 일 or 이사, are words as well
    total, before = Decimal(0), None
    for large, unit in re.findall(r"([^{0}]*)([{0}]|$)".format("".join(_LARGE)), text):
        if not large and not unit:
            continue
        power = _LARGE.get(unit, 1)
        if before is not None and power >= before:
            return None  # 5천만 is one group; 만억 or 만만 is none
        value = _below(large) if large else Decimal(1)
        if value is None:
            return None
        total, before = total + value * power, power
    return total


def _below(text: str) -> Decimal | None:
    """A number below ten thousand: 5천, 1천2백30, 二千二十, 1,200"""
    total, before = Decimal(0), None
    for part, unit in re.findall(r"([^{0}]*)([{0}]|$)".format("".join(_SMALL)), text):
        if not part and not unit:
            continue
        power = _SMALL.get(unit, 1)
        value = _digits(part) if part else Decimal(1)
        if value is None or (before is not None and (power >= before or value * power >= before)):
            return None
        total, before = total + value * power, power
    return total


def _digits(text: str) -> Decimal | None:
    arabic = "".join(str(_DIGITS.get(one, one)) for one in text)
    if any(one in _DIGITS for one in text) and any(one in "0123456789,." for one in text):
        return None  # 1二 is a slip
    if _GROUPED.fullmatch(arabic):
        return Decimal(arabic.replace(",", ""))
    try:
        return Decimal(arabic) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", arabic) else None
    except InvalidOperation:
        return None


def _proposal(text: str) -> int | None:
    """What a cell that is no number may have meant: 약 100 -> 100, 1e3 -> 1000, 1,23 -> 123"""
    bare = text.casefold()
    for word in sorted(vocabulary()["number"]["about_before"], key=len, reverse=True):
        bare = bare.removeprefix(word).strip()
    bare = _counted(bare)[0]
    for word in sorted(vocabulary()["number"]["about_after"], key=len, reverse=True):
        bare = bare.removesuffix(word).strip()
    bare = _counted(bare)[0]
    if _POWER.fullmatch(bare):
        value = Decimal(bare)
        return int(value) if value <= MOST and value == value.to_integral_value() else None
    if re.fullmatch(r"[0-9]+(?:[,、，][0-9]+)+", bare):
        bare = re.sub(r"[^0-9]", "", bare)
    if bare == text.casefold() and not bare.isdigit():
        return None
    said = _number(bare, text) if len(bare) <= 15 else wrong("not_a_number")
    return said.value if said.error is None and said.value <= MOST else None
