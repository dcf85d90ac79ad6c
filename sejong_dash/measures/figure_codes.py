"""Read and write the codes that identify figures, such as `2026-05-06.13.group`.

A code is `KIND:DAYS.PREFECTURE.CHANNEL`, of which the end and the kind may be left out:

- kind: one of KINDS; left out: counted visitors.
- days: `2026-05-06`, or a span `2026-04-10~2026-05-06`, or `*`: from opening to as-of (for a kind of TO_THE_END to the last day).
- prefecture: `13`; blank: visitors whose prefecture is not known; `*`: all; `here` or left out: that of the page.
- channel: `group`; blank: not known; `*` or left out: all.

Charts give their marks the codes of the figures they show, and addresses of receipts contain them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from sejong_dash import prefecture_code

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
_PLACE = rf"here|\*|{prefecture_code.PATTERN}|"
_CODE = re.compile(
    rf"(?:(?P<kind>[a-z]+):)?(?P<days>\*|(?P<first>{_DAY})(?:~(?P<last>{_DAY}))?)(?:\.(?P<place>{_PLACE})(?:\.(?P<channel>.*))?)?"
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199  # as datasets.schema.kinds.parse_date


@dataclass(frozen=True, slots=True)
class FigureCode:
    """A figure by kind, days (None: open), prefecture (HERE: the page's, None: all, blank: not known), channel (None: all)."""

    kind: str = "counted"
    first: date | None = None
    last: date | None = None
    place: str | None = HERE
    channel: str | None = None

    @property
    def is_stored(self) -> bool:
        """Whether it is a single count of the table: of one day, prefecture and channel."""
        one_day = self.first is not None and self.first == self.last
        return self.kind == "counted" and one_day and self.place not in (None, HERE) and self.channel is not None

    def code(self) -> str:
        """Return the code as it stands in an address."""
        days = "*" if self.first is None else f"{self.first:%Y-%m-%d}"
        days += f"~{self.last:%Y-%m-%d}" if self.last not in (None, self.first) else ""
        parts = [days]
        if self.channel is not None:
            parts += ["*" if self.place is None else self.place, self.channel]
        elif self.place != HERE:
            parts += ["*" if self.place is None else self.place]
        return ("" if self.kind == "counted" else f"{self.kind}:") + ".".join(parts)

    def settled(self, days: pd.DatetimeIndex, as_of: date, prefecture: str | None) -> "FigureCode":
        """Return the figure with its days and prefecture filled in, on a page about `prefecture` (None: all).

        `days` are those of the plan; open days stay open where it has none.
        """
        first, last = self.first, self.last
        if first is None and len(days):
            first, end = days[0].date(), days[-1].date()
            last = end if self.kind in TO_THE_END else max(first, min(as_of, end))
        return replace(self, first=first, last=last, place=prefecture if self.place == HERE else self.place)


def parse(code: str) -> FigureCode | None:
    """Return the figure that a code identifies; None where it is no code."""
    found = _CODE.fullmatch(code.strip())
    if found is None:
        return None
    kind, place, channel = found["kind"] or "counted", found["place"], found["channel"]
    try:
        first, last = (date.fromisoformat(day) if day else None for day in (found["first"], found["last"] or found["first"]))
    except ValueError:
        return None
    if first and last and not (first.year >= _FIRST_YEAR and first <= last and last.year <= _LAST_YEAR):
        return None
    if kind not in KINDS or (kind != "counted" and (place == "" or channel not in (None, "*"))):
        return None  # a goal or a forecast is of Japan or of a prefecture that is known, never of a channel
    if kind in SINGLE_DAY and (first is None or first != last):
        return None
    return FigureCode(
        kind, first, last, HERE if place is None else None if place == "*" else place, None if channel == "*" else channel
    )


def of_day(day: pd.Timestamp, kind: str = "counted") -> str:
    """Return the code of a day's figure, for the prefecture of the page."""
    return FigureCode(kind, day.date(), day.date()).code()


def until(first: pd.Timestamp, last: pd.Timestamp, kind: str = "counted", place: str | None = HERE) -> str:
    """Return the code of a running total, by default for the prefecture of the page."""
    return FigureCode(kind, first.date(), last.date(), place).code()


def of_place(place: object, kind: str = "counted") -> str:
    """Return the code of a prefecture's total up to as-of; a missing `place` (NaN) stands for visitors of unknown prefecture."""
    return FigureCode(kind, place=place if isinstance(place, str) else "").code()


def of_channel(channel: object) -> str:
    """Return the code of a channel's total up to as-of; a missing `channel` (NaN) stands for an unknown one."""
    return FigureCode(channel=channel if isinstance(channel, str) else "").code()


def within(code: str, on: date | None, channel: str | None) -> str:
    """Return the code of the same figure of a drawing that shows one day or one channel alone; a blank code stays blank.

    What is due up to as-of is, on one day, what the plan asks of that day.
    """
    figure = parse(code)
    if figure is None:
        return code
    if on is not None and figure.first is None:
        figure = replace(figure, first=on, last=on, kind="planned" if figure.kind == "due" else figure.kind)
    if channel is not None and figure.channel is None and figure.kind == "counted":
        figure = replace(figure, channel=channel, place=figure.place)
    return figure.code()


def latest(codes: Iterable[str]) -> str:
    """Return the code that stands for a chart as a whole; blank where `codes` has none.

    Counted figures come before computed ones, then the latest last day decides, then the order of `codes`.
    """
    named = [code for code in codes if code]
    counted = [code for code in named if ":" not in code]
    return max(counted or named, default="", key=lambda code: code.partition(".")[0].rpartition("~")[2])
