"""Finds the unit of the counts (thousands, ten thousands) that some headings name, and reads counts in it."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache

from sejong_dash.intake.cells import amounts
from sejong_dash.intake.cells.reading import Reading, reject
from sejong_dash.intake.cells.spelling import load_vocabulary, narrow, simplify
from sejong_dash.intake.findings import Refused

CellReader = Callable[[str], Reading]
_BRACKETS = re.compile(r"[(\[【<〈]([^)\]】>〉]*)[)\]】>〉]")
_DECIMAL = re.compile(r"[0-9]+[.][0-9]{1,2}")  # with three digits it could be a thousand


def find_unit(titles: Iterable[str], around: Iterable[str]) -> tuple[int, str]:
    """Return how many people a number of the sheet stands for, and the words that say so (1 and "" where none do).

    The words stand in brackets in the heading of the counts (`titles`), or somewhere around the headings as 단위: 천명 or
    (千人). Raises Refused where the sheet names two units.
    """
    titles = list(titles)
    in_titles = {unit for title in titles for inside in _BRACKETS.findall(narrow(title)) if (unit := _parse_unit(inside, True))}
    units = in_titles or {unit for cell in around if (unit := _parse_unit(*_strip_brackets(cell)))}
    factors = {factor for factor, _ in units}
    if len(factors) > 1:
        raise Refused("unit_unclear", None, found=", ".join(sorted(word for _, word in units)))
    return next(iter(units), (1, ""))


def make_reader(factor: int) -> CellReader:
    """Return a function that reads a count written in units of `factor` people."""

    def read(text: str) -> Reading:
        reading = amounts.read(text)
        found = {"found": amounts.shorten(text)}
        if reading.notice in ("unit_expanded", "unit_stripped"):
            return reject("unit_twice", reading.value, **found)
        if reading.error == "not_a_number" and reading.fields.get("proposal"):
            return reject(reading.error, int(str(reading.fields["proposal"])) * factor, **found)
        if reading.error == "not_an_integer" and "proposal" in reading.fields:
            reading = reject(reading.error, **found)  # 1.200 thousands: two ways to read the point are too many for a proposal
        bare = narrow(text)
        value = Decimal(bare) * factor if _DECIMAL.fullmatch(bare) else reading.value * factor if reading.error is None else None
        if value is None or value != int(value):
            return reading
        if value > amounts.MOST:
            return reject("out_of_range", most=amounts.MOST, **found)
        return Reading(int(value), notice="unit_expanded" if value else reading.notice, fields=found | {"value": int(value)})

    return amounts.read if factor == 1 else read


def is_unit(cell: str) -> bool:
    """Return whether a cell holds nothing but a unit."""
    return _parse_unit(*_strip_brackets(cell)) is not None


def _strip_brackets(cell: str) -> tuple[str, bool]:
    whole = narrow(cell)
    inside = _BRACKETS.fullmatch(whole)
    return (inside[1], True) if inside else (whole, False)


def _parse_unit(text: str, in_brackets: bool) -> tuple[int, str] | None:
    """Return 1000, 천 명 for 천명 or 단위: 천 명; in brackets the word 단위 is not needed."""
    match = _unit_pattern().fullmatch(simplify(text))
    if not match or not (in_brackets or match["unit"]) or not (match["scale"] or match["who"]):
        return None
    return _load_scales().get(match["scale"], 1), narrow(text)


@cache
def _load_scales() -> dict[str, int]:
    return {simplify(word): int(factor) for factor, words in load_vocabulary()["scale"].items() for word in words}


@cache
def _unit_pattern() -> re.Pattern[str]:
    scales, counters, units = (
        "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        for words in (_load_scales(), load_vocabulary()["number"]["counters"], load_vocabulary()["number"]["unit"])
    )
    return re.compile(f"(?P<unit>{units})?[:=]?(?P<scale>{scales})?(?P<who>{counters})?")
