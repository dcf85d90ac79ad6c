"""Hold what the viewer has chosen."""

from dataclasses import dataclass
from datetime import date

ZOOMS = ("", "year", "days")  # all years, the expo's year, the expo's days
MEASURES = ("participation", "goal", "visitors", "gap", "per_100k")  # what a map shows
LAST_WEEK = "week"  # the same days of the week before
VIEWS = ("japan", "gardens", "venue")  # which region it shows


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The measures that the catch-up planner supposes; by default none.

    A campaign brings `campaign_pct` percent more visitors from `campaign_from` on (None: from opening), from the prefecture
    `campaign_place` (JIS X 0401; None: from all of Japan). The days of Golden Week that are left bring `golden_week_pct` percent
    more. No day holds more than `capacity` visitors from Japan (None: no bound).
    """

    campaign_pct: int = 0
    campaign_from: date | None = None
    campaign_place: str | None = None
    golden_week_pct: int = 0
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of a viewer; equal choices give the same screen from the same files.

    `as_of` is the day at whose end the figures stand: nothing after it counts as known.
    `prefecture` is a JIS X 0401 code, or None for all of Japan; `field` a field of the programme, or None for all.
    `partner` is the code of an organisation (`measures.partners.codes`), or None for all. `zoom` is the period that a
    timeline shows, one of ZOOMS; `narrow` says that a drawing has little room, as on a phone.
    `measure` is what the map shows, one of MEASURES, and `view` the region, one of VIEWS; `day` is the day up to as-of at whose
    end the map stands (None: as-of).
    `on` is a single day and `channel` a channel of counts to which exhibits are narrowed that can be (`exhibits.narrowing`; None:
    all days up to as-of, all channels). `against` is what the count is compared with: the plan (blank), LAST_WEEK, or the
    snapshot of a meeting.
    `data` is the snapshot of the tables that is read; blank: the tables as they are now.
    `running` asks for running totals where a chart shows days; `what_if` holds the measures of the catch-up planner.
    """

    lang: str
    plan: str
    as_of: date
    sample: bool
    prefecture: str | None = None
    field: str | None = None
    running: bool = False
    what_if: WhatIf = WhatIf()
    measure: str = "participation"
    view: str = "japan"
    day: date | None = None
    partner: str | None = None
    zoom: str = ""
    narrow: bool = False
    on: date | None = None
    channel: str | None = None
    against: str = ""
    data: str = ""
