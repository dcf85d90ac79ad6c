"""Finds the unit of the counts (thousands, ten thousands) that some headings name, and reads counts in it."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache

from sejong_dash.intake.cells import amounts
from sejong_dash.intake.cells.reading import Reading, reject
from sejong_dash.intake.cells.spelling import load_vocabulary, load_words, narrow, simplify
from sejong_dash.intake.findings import Refused
from sejong_dash.intake.reading_account import Question

CellReader = Callable[[str], Reading]
_BRACKETS = re.compile(r"[(\[【<〈]([^)\]】>〉]*)[)\]】>〉]")
_FACTORS = ("1", "10", "100", "1000", "10000")
_NOTE_SIGN = re.compile(r"^(?:[※*＊†•·-]+\s*|(?:주|注|註|note)\s?[0-9]{0,2}\s?[):.]+\s*)", re.IGNORECASE)
_LABEL = re.compile(r"^\s*(?:단위|単位|units?)\s*[:：=]?\s*", re.IGNORECASE)
_LABELLED = re.compile(r"(?:단위|単位|units?)\s*[:：=]\s*([^)\]】>〉]+)", re.IGNORECASE)
_DECIMAL = re.compile(r"[0-9]+[.][0-9]{1,2}")  # with three digits it could be a thousand


def find_unit(titles: Iterable[str], around: Iterable[str], answers: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Return how many people a number of the sheet stands for, and the words that say so (1 and "" where none do).

    The words stand in brackets in the heading of the counts (`titles`), or somewhere around the headings or below the table as
    단위: 천명 or (千人). Raises Refused where the sheet names two units, or one that is not understood; an answer decides.
    """
    titles, around = list(titles), list(around)
    in_titles = {unit for title in titles for inside in _BRACKETS.findall(narrow(title)) for unit in _parse_units(inside, True)}
    beside = {unit for cell in around for unit in _parse_cell(cell)}
    units = in_titles or beside
    factors = {factor for factor, _ in units}
    if len(factors) > 1:
        return _ask_unit(", ".join(sorted(word for _, word in units)), answers)
    odd = [] if units else [cell for cell in around if _names_unit(cell)]
    if odd:
        return _ask_unit(amounts.shorten(odd[0]), answers)
    return next(iter(units), (1, ""))


def _ask_unit(found: str, answers: Mapping[str, str] | None) -> tuple[int, str]:
    """Return the reader's answer to a unit in doubt; raise Refused with the question where there is none."""
    key = f"unit:{simplify(found)}"
    if (answers or {}).get(key, "") in _FACTORS:
        return int((answers or {})[key]), found
    refused = Refused("unit_unclear", None, found=found)
    refused.questions = (Question(key, "unit_unclear", found, _FACTORS),)
    raise refused


def _parse_cell(cell: str) -> list[tuple[int, str]]:
    """Return the units of people that a cell near the table names: (단위: 천명, %), ※ 단위: 천명, 방문객 현황 (千人)."""
    whole = narrow(cell).strip()
    bare = _NOTE_SIGN.sub("", whole)
    inside = _BRACKETS.fullmatch(bare)
    if units := _parse_units(inside[1] if inside else bare, inside is not None):
        return units
    units = [unit for part in _BRACKETS.findall(whole) for unit in _parse_units(part, True)]
    labelled = _LABELLED.search(bare)
    return units or (_parse_units(labelled[0], False) if labelled else [])


def names_unit(cell: str) -> bool:
    """Return whether a cell speaks of a unit, understood or not."""
    return bool(_parse_cell(cell)) or _LABELLED.search(narrow(cell)[:200]) is not None or _names_unit(cell)


def _names_unit(cell: str) -> bool:
    """Return whether a cell near the table speaks of a unit in words that are not understood."""
    whole = narrow(cell)
    if len(whole) > 200:
        return False
    return bool(_labels_unit(whole) or _scale_mention().search(whole.casefold()))


def _labels_unit(text: str) -> bool:
    """Return whether a cell labels a unit that is not one of people: 단위: 그루 is none for the counts, 단위: ? may be."""
    labelled = _LABELLED.search(text)
    return labelled is not None and not all(simplify(part) in load_words("number", "other_units") for part in _split(labelled[1]))


def _split(text: str) -> list[str]:
    return [part for part in re.split(r"[,、，/·・;]|\s및\s|\sand\s", text) if part.strip()]


def _parse_units(text: str, in_brackets: bool) -> list[tuple[int, str]]:
    """Return each unit of people in a list of units: 천명, % -> 1000; 명, 천원 -> 1."""
    if (whole := _parse_unit(text, in_brackets)) is not None:
        return [whole]
    parts = _split(re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", narrow(text)))
    if len(parts) < 2:
        return []
    is_labelled = in_brackets or _parse_unit(parts[0], False) is not None or _starts_with_label(parts[0])
    units = [unit for part in parts if (unit := _parse_unit(part, is_labelled)) is not None]
    others = [part for part in parts if _parse_unit(part, is_labelled) is None]
    is_known = all(simplify(_LABEL.sub("", narrow(part))) in load_words("number", "other_units") for part in others)
    return units if is_labelled and is_known else []


def _starts_with_label(text: str) -> bool:
    return _LABEL.match(narrow(text)) is not None


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


def is_same_unit(heading: str, other: str) -> bool:
    """Return whether two headings of counts name the same unit."""
    return find_unit([heading], [])[0] == find_unit([other], [])[0]


def read_factor(text: str) -> int | None:
    """Return the factor of a unit of people that stands alone (천명 -> 1000), None where it is none."""
    parsed = _parse_unit(text, True)
    return parsed[0] if parsed else None


def _strip_brackets(cell: str) -> tuple[str, bool]:
    whole = narrow(cell)
    inside = _BRACKETS.fullmatch(whole)
    return (inside[1], True) if inside else (whole, False)


def _parse_unit(text: str, in_brackets: bool) -> tuple[int, str] | None:
    """Return 1000, 천 명 for 천명, １，０００人 or 단위: 천 명; in brackets the word 단위 is not needed."""
    match = _unit_pattern().fullmatch(simplify(text))
    if not match or not (in_brackets or match["unit"]) or not (match["scale"] or match["who"]):
        return None
    number = match["number"]
    if number is not None and not re.fullmatch(r"10*|1(?:,000)+", number):
        return None
    factor = int(number.replace(",", "")) if number else 1
    scale = _load_scales().get(match["scale"], 1)
    if number and not (match["who"] or match["unit"]):
        return None
    return factor * scale, narrow(text)


@cache
def _load_scales() -> dict[str, int]:
    return {simplify(word): int(factor) for factor, words in load_vocabulary()["scale"].items() for word in words}


@cache
def _unit_pattern() -> re.Pattern[str]:
    scales, counters, units = (
        "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        for words in (_load_scales(), load_vocabulary()["number"]["counters"], load_vocabulary()["number"]["unit"])
    )
    return re.compile(
        rf"(?P<unit>{units})?(?:은|는|は)?[:=]?(?:[x×*])?(?P<number>[0-9][0-9,]*)?(?P<scale>{scales})?(?:of)?(?P<who>{counters})?"
        r"(?:단위|単位|임|입니다|です|である)?[.。]?"
    )


@cache
def _scale_mention() -> re.Pattern[str]:
    """Return a pattern of a unit in a sentence (방문객은 천명 단위): a scale with its counter that no number stands before."""
    scales = "|".join(sorted((re.escape(word) for word in _load_scales() if not word.isascii()), key=len, reverse=True))
    counters = "|".join(word for word in map(re.escape, load_vocabulary()["number"]["counters"]) if not word.isascii())
    before = f"0-9,.{scales.replace('|', '')}수몇数"  # 10만명, 수천명 and 십만명 are numbers
    return re.compile(
        rf"(?<![{before}])(?<![0-9]\s)(?:{scales})\s?(?:{counters})|\bin (?:thousands|hundreds|millions)\b|\bthousands? of\b"
        r"|(?:\bx|[×✕*])\s?1,?000\b|\('?000s?\)"
    )
