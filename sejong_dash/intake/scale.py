"""Are the counts written in thousands or ten thousands, as some headings say?"""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache

from . import amounts
from .cell import Reading, wrong
from .intake import Refused
from .plain import narrow, plain, vocabulary

Read = Callable[[str], Reading]
_BRACKETS = re.compile(r"[(\[【<〈]([^)\]】>〉]*)[)\]】>〉]")
_DECIMAL = re.compile(r"[0-9]+[.][0-9]{1,2}")  # with three digits it could be a thousand


def of(titles: Iterable[str], around: Iterable[str]) -> tuple[int, str]:
    """How many people one of the sheet's numbers stands for, and the words that say so: in brackets in the heading of the counts
    (`titles`), or somewhere around the headings as 단위: 천명 or (千人). Raises Refused where the sheet says two things."""
    titles = list(titles)
    own = {found for title in titles for inside in _BRACKETS.findall(narrow(title)) if (found := _said(inside, True))}
    said = own or {found for cell in around if (found := _said(*_bare(cell)))}
    factors = {factor for factor, _ in said}
    if len(factors) > 1:
        raise Refused("unit_unclear", None, found=", ".join(sorted(word for _, word in said)))
    return next(iter(said), (1, ""))


def reading(factor: int) -> Read:
    """Reads a count that is written in units of `factor` people."""

    def read(text: str) -> Reading:
        said = amounts.read(text)
        found = {"found": amounts.shown(text)}
        if said.notice in ("unit_expanded", "unit_stripped"):
            return wrong("unit_twice", said.value, **found)
        if said.error == "not_a_number" and said.fields.get("proposal"):
            return wrong(said.error, int(str(said.fields["proposal"])) * factor, **found)
        if said.error == "not_an_integer" and "proposal" in said.fields:
            said = wrong(said.error, **found)  # 1.200 thousands: two ways to read the point are too many for a proposal
        bare = narrow(text)
        value = Decimal(bare) * factor if _DECIMAL.fullmatch(bare) else said.value * factor if said.error is None else None
        if value is None or value != int(value):
            return said
        if value > amounts.MOST:
            return wrong("out_of_range", most=amounts.MOST, **found)
        return Reading(int(value), notice="unit_expanded" if value else said.notice, fields=found | {"value": int(value)})

    return amounts.read if factor == 1 else read


def is_unit(cell: str) -> bool:
    """A cell that says nothing but a unit."""
    return _said(*_bare(cell)) is not None


def _bare(cell: str) -> tuple[str, bool]:
    whole = narrow(cell)
    inside = _BRACKETS.fullmatch(whole)
    return (inside[1], True) if inside else (whole, False)


def _said(text: str, marked: bool) -> tuple[int, str] | None:
    """천명 or 단위: 천 명 -> 1000, 천 명; `marked`: in brackets, so that the word 단위 is not needed."""
    found = _form().fullmatch(plain(text))
    if not found or not (marked or found["unit"]) or not (found["scale"] or found["who"]):
        return None
    return _scales().get(found["scale"], 1), narrow(text)


@cache
def _scales() -> dict[str, int]:
    return {plain(word): int(factor) for factor, words in vocabulary()["scale"].items() for word in words}


@cache
def _form() -> re.Pattern[str]:
    scales, counters, units = (
        "|".join(sorted(map(re.escape, some), key=len, reverse=True))
        for some in (_scales(), vocabulary()["number"]["counters"], vocabulary()["number"]["unit"])
    )
    return re.compile(f"(?P<unit>{units})?[:=]?(?P<scale>{scales})?(?P<who>{counters})?")
