"""Which figure is meant by a code such as `2026-05-06.13.group`?

A code is `KIND:DAYS.PREFECTURE.CHANNEL`, of which the end and the kind may be left out:

- kind: what is told, one of KINDS; left out: visitors who were counted.
- days: `2026-05-06`, or a span `2026-04-10~2026-05-06`, or `*`: from opening on, up to as-of (a goal: to the last day).
- prefecture: `13`; blank: those of whom it is not known; `*`: all; `here` or left out: the one that the page is about.
- channel: `group`; blank: not known; `*` or left out: all.

Charts put the code of what they count onto their marks; an address names a figure by it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

KINDS = (
    "counted",
    "planned",
    "straight",
    "due",
    "goal",
    "left",
    "needed",
    "level",
    "forecast",
    "scenario",
)
SINGLE_DAY = ("needed", "level")
TO_THE_END = ("goal", "planned", "straight", "forecast", "scenario")  # `*` goes to the last day
HERE = "here"
_DAY = r"\d{4}-\d{2}-\d{2}"
_PLACE = r"here|\*|0[1-9]|[1-3]\d|4[0-7]|"
_CODE = re.compile(
    rf"(?:(?P<kind>[a-z]+):)?(?P<days>\*|(?P<first>{_DAY})(?:~(?P<last>{_DAY}))?)(?:\.(?P<place>{_PLACE})(?:\.(?P<channel>.*))?)?"
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199  # as the tables have it


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: its days (None: open), prefecture (HERE: the page's, None: all, blank: not known) and channel (None: all)."""

    kind: str = "counted"
    first: date | None = None
    last: date | None = None
    place: str | None = HERE
    channel: str | None = None

    @property
    def is_stored(self) -> bool:
        """Whether it is a single count of the table: one day, one prefecture, one channel."""
        one_day = self.first is not None and self.first == self.last
        return self.kind == "counted" and one_day and self.place not in (None, HERE) and self.channel is not None

    def code(self) -> str:
        """As an address has it."""
        days = "*" if self.first is None else f"{self.first:%Y-%m-%d}"
        days += f"~{self.last:%Y-%m-%d}" if self.last not in (None, self.first) else ""
        parts = [days]
        if self.channel is not None:
            parts += ["*" if self.place is None else self.place, self.channel]
        elif self.place != HERE:
            parts += ["*" if self.place is None else self.place]
        return ("" if self.kind == "counted" else f"{self.kind}:") + ".".join(parts)

    def settled(self, days: pd.DatetimeIndex, as_of: date, prefecture: str | None) -> "Figure":
        """The same figure with its days and prefecture said, on a page about `prefecture` (None: all) and a plan's `days`; open
        days stay open where the plan has none."""
        first, last = self.first, self.last
        if first is None and len(days):
            first, end = days[0].date(), days[-1].date()
            last = end if self.kind in TO_THE_END else max(first, min(as_of, end))
        return replace(self, first=first, last=last, place=prefecture if self.place == HERE else self.place)


def parse(code: str) -> Figure | None:
    """The figure of a code; None where it names none."""
    found = _CODE.fullmatch(code.strip())
    if found is None:
        return None
    kind, place, channel = found["kind"] or "counted", found["place"], found["channel"]
    try:
        first, last = (date.fromisoformat(said) if said else None for said in (found["first"], found["last"] or found["first"]))
    except ValueError:
        return None
    if first and last and not (first.year >= _FIRST_YEAR and first <= last and last.year <= _LAST_YEAR):
        return None
    if kind not in KINDS or (kind != "counted" and (place == "" or channel not in (None, "*"))):
        return None  # a goal or a forecast is of Japan or of a prefecture that is known, never of a channel
    if kind in SINGLE_DAY and (first is None or first != last):
        return None
    return Figure(
        kind, first, last, HERE if place is None else None if place == "*" else place, None if channel == "*" else channel
    )


def of_day(day: pd.Timestamp, kind: str = "counted") -> str:
    """The code of one day's visitors, of the prefecture that the page is about."""
    return Figure(kind, day.date(), day.date()).code()


def until(first: pd.Timestamp, last: pd.Timestamp, kind: str = "counted", place: str | None = HERE) -> str:
    """The code of a running total; a prefecture that is missing (NaN) is one that is not known."""
    return Figure(kind, first.date(), last.date(), place).code()


def of_place(place: object, kind: str = "counted") -> str:
    """The code of all that a prefecture brought up to as-of; missing (NaN): those of whom it is not known."""
    return Figure(kind, place=place if isinstance(place, str) else "").code()


def of_channel(channel: object) -> str:
    """The code of all that came by a channel up to as-of; missing (NaN): not known."""
    return Figure(channel=channel if isinstance(channel, str) else "").code()


def latest(codes: Iterable[str]) -> str:
    """The one that a reader asks for who does not point: who was counted rather than what was worked out, on the last day that
    is named; the first of those alike; blank where there is none."""
    named = [code for code in codes if code]
    counted = [code for code in named if ":" not in code]
    return max(counted or named, default="", key=lambda code: code.partition(".")[0].rpartition("~")[2])
