"""Reads the choices that an address names, and writes choices into an address.

Pages, links and files share what each parameter may be. A page ignores what it does not know; `read` names it, since a program
that asks for a file would not see that it got other figures.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import quote

from sejong_dash.choices import LAST_WEEK, MEASURES, VIEWS, ZOOMS, Choices
from sejong_dash.datasets import Tables, snapshot
from sejong_dash.datasets.schema.columns import FIELDS
from sejong_dash.errors import AddressError, Problem
from sejong_dash.measures import partners, prefecture_values
from sejong_dash.store import snapshots
from sejong_dash.words import LANGUAGES

from . import defaults

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)  # what a calendar offers
SWITCH: Mapping[str, bool] = {"true": True, "false": False}
VIEW_TOTAL = "total"
MOST_PERCENT = 100
PARAMETERS = (
    *("lang", "plan", "asof", "sample", "prefecture", "day", "channel", "against", "data"),
    *("view", "measure", "view_map", "map_day", "field", "partner", "zoom"),
    *("campaign", "campaign_from", "campaign_place", "golden_week", "capacity"),
)
"""The parameters that decide what an exhibit shows, in the order in which they are written."""
_OF_PAGES = {"part", "item", "project", "slide", "slides", "turn", "clock", "look", "set", "do", "receipt", "languages"}
_SHOWS = "show_"  # what a page shows on demand


_MOST_DIGITS = 12  # of a number in an address: Python refuses to read very long ones, and no float holds them


def parse_day(text: str) -> date | None:
    """Return the day that a text such as `2026-05-06` names; None where it names none that can be chosen."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def parse_whole(text: str, least: int, most: int | None) -> int | None:
    """Return the whole number of a text; None where it is none, or not from `least` to `most` (None: no bound)."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None
    return None if number is None or number < least or (most is not None and number > most) else number


def query(parameters: Mapping[str, str]) -> str:
    """Return parameters as they stand in an address, blank where there are none: `?lang=ko&plan=…`."""
    return "?" * bool(parameters) + "&".join(f"{quote(name, '')}={quote(value, '')}" for name, value in parameters.items())


def write(choices: Choices) -> dict[str, str]:
    """Return the parameters of an address that `read` takes for these choices, on any later day.

    Language, plan, as-of and sample are always there; of the rest what is chosen.
    """
    measures = choices.what_if
    values: dict[str, object] = {
        "lang": choices.lang,
        "plan": choices.plan,
        "asof": choices.as_of,
        "sample": str(choices.sample).lower(),
        "prefecture": choices.prefecture,
        "day": choices.on,
        "channel": choices.channel,
        "against": choices.against,
        "data": choices.data,
        "view": VIEW_TOTAL if choices.running else "",
        "measure": choices.measure if choices.measure != MEASURES[0] else "",
        "view_map": choices.view if choices.view != VIEWS[0] else "",
        "map_day": choices.day,
        "field": choices.field,
        "partner": choices.partner,
        "zoom": choices.zoom,
        "campaign": measures.campaign_pct,
        "campaign_from": measures.campaign_from if measures.campaign_pct else None,
        "campaign_place": measures.campaign_place if measures.campaign_pct else None,
        "golden_week": measures.golden_week_pct,
        "capacity": measures.capacity,
    }
    return {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in values.items() if value}


def read(given: Iterable[tuple[str, str]], today: date, *, more: Collection[str] = ()) -> tuple[Choices, Tables]:
    """Return the choices that an address names, and the tables at their version.

    A parameter that is absent or blank stands for its default; those of pages alone and those in `more` are passed over. Raises
    AddressError naming each parameter that is not known, stands twice or has a value that is none of its own; TableError where
    a table that is needed for that cannot be used.
    """
    reader = _Reader(given, more)
    lang = reader.code("lang", LANGUAGES) or LANGUAGES[0]
    version = reader.code("data", snapshots.versions(), "not_frozen")
    tables = snapshot(version)
    plans = list(tables.plans()["plan_id"])
    plan_id = reader.code("plan", plans) or next(iter(plans), "")
    sample = SWITCH.get(reader.code("sample", SWITCH), not defaults.has_counts(tables))
    as_of = reader.day("asof") or defaults.day(plan_id, sample, today, tables)
    choices = Choices(
        lang,
        plan_id,
        as_of,
        sample,
        reader.place("prefecture", tables) or None,
        reader.code("field", [field for field in FIELDS if field != "all"]) or None,
        bool(reader.code("view", [VIEW_TOTAL])),
        measure=reader.code("measure", MEASURES) or MEASURES[0],
        view=reader.code("view_map", VIEWS) or VIEWS[0],
        partner=reader.partner("partner", tables) or None,
        zoom=reader.code("zoom", [zoom for zoom in ZOOMS if zoom]),
        data=version,
        on=reader.day("day", FIRST_DAY, as_of),
        channel=reader.channel("channel", sample, tables) or None,
        against=reader.code("against", [LAST_WEEK, *snapshots.versions()]),
    )
    choices = _with_day(choices, reader, tables)
    choices = _supposing(choices, reader, tables)
    if reader.problems:
        raise AddressError(reader.problems)
    return choices, tables


class _Reader:
    """The parameters of an address, and what is wrong with those that were read."""

    def __init__(self, given: Iterable[tuple[str, str]], more: Collection[str]) -> None:
        self.given: dict[str, str] = {}
        self.problems: list[Problem] = []
        known = {*PARAMETERS, *_OF_PAGES, *more}
        for name, text in given:
            if name not in known and not name.startswith(_SHOWS):
                self.refuse("unknown_parameter", name, ", ".join((*PARAMETERS, *more)), name)
            elif name in self.given:
                self.refuse("repeated", name, "", text)
            else:
                self.given[name] = text.strip()

    def refuse(self, code: str, name: str, expected: str, found: str) -> None:
        self.problems.append(Problem(code, column=name, expected=expected, found=found))

    def code(self, name: str, known: Collection[str], problem: str = "not_allowed") -> str:
        """Return a code; blank where there is none, or none of the `known` ones."""
        text = self.given.get(name, "")
        if text and text not in known:
            self.refuse(problem, name, ", ".join(known) or "–", text)
            return ""
        return text

    def day(self, name: str, first: date = FIRST_DAY, last: date = LAST_DAY) -> date | None:
        """Return a day from `first` to `last`; None where there is none."""
        text = self.given.get(name, "")
        day = parse_day(text)
        if text and day is None:
            self.refuse("not_a_date", name, "YYYY-MM-DD", text)
        elif day is not None and not first <= day <= last:
            self.refuse("out_of_range", name, f"{first}~{last}", text)
            return None
        return day

    def whole(self, name: str, least: int, most: int | None) -> int | None:
        """Return a whole number from `least` to `most`; None where there is none."""
        text = self.given.get(name, "")
        number = parse_whole(text, least, most)
        if text and number is None:
            self.refuse("out_of_range", name, f"≥ {least}" if most is None else f"{least}~{most}", text)
        return number

    def place(self, name: str, tables: Tables) -> str:
        """Return the code of a prefecture; blank where there is none. Raises TableError."""
        known = list(tables.prefectures()["jis_code"]) if self.given.get(name) else ()
        return self.code(name, known, "wrong_code")

    def channel(self, name: str, sample: bool, tables: Tables) -> str:
        """Return a channel; blank where there is none. Raises TableError."""
        return self.code(name, channels(sample, tables) if self.given.get(name) else ())

    def partner(self, name: str, tables: Tables) -> str:
        """Return the code of a partner; blank where there is none. Raises TableError."""
        known = list(dict.fromkeys(partners.codes(tables.programme()))) if self.given.get(name) else ()
        return self.code(name, known)


def channels(sample: bool, tables: Tables) -> list[str]:
    """Return the channels that counts name, in alphabetical order. Raises TableError."""
    return sorted(tables.visitors(sample)["channel"].dropna().unique())


def _with_day(choices: Choices, reader: _Reader, tables: Tables) -> Choices:
    """Return the choices with the day of the map, which only measures by day have; None stands for the last."""
    days = defaults.days_so_far(choices, tables) if choices.measure in prefecture_values.BY_DAY else []
    day = reader.day("map_day", days[0], days[-1]) if len(days) > 1 else None
    return replace(choices, day=None if days and day == days[-1] else day)


def _supposing(choices: Choices, reader: _Reader, tables: Tables) -> Choices:
    """Return the choices with what the catch-up planner supposes; nothing where no day of the plan is left."""
    lift, more = reader.whole("campaign", 0, MOST_PERCENT), reader.whole("golden_week", 0, MOST_PERCENT)
    capacity, place = reader.whole("capacity", 1, None), reader.place("campaign_place", tables)
    left = defaults.days_left(choices, tables)
    if left is None:
        return choices
    since = reader.day("campaign_from", left.first, left.last)
    return replace(choices, what_if=left.supposing(lift or 0, since or left.first, place, more or 0, capacity))
