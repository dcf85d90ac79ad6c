"""What has the viewer chosen?"""

from dataclasses import dataclass
from datetime import date

ZOOMS = ("", "year", "days")  # all years, the expo's year, the expo's days
MEASURES = ("participation", "goal", "visitors", "gap", "per_100k")  # what a map shows
VIEWS = ("japan", "gardens", "venue")  # of where


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What the catch-up planner supposes; nothing, unless the viewer says so.

    A campaign brings `campaign_pct` percent more from `campaign_from` on, from `campaign_place` (JIS X 0401) or, None, from
    all of Japan; the days of Golden Week that are left bring `golden_week_pct` percent more; no day holds more than
    `capacity` visitors from Japan (None: no bound).
    """

    campaign_pct: int = 0
    campaign_from: date | None = None
    campaign_place: str | None = None
    golden_week_pct: int = 0
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """One viewer's choices; two equal ones give the same screen from the same files.

    `as_of` is the day at whose end the figures stand: nothing after it counts as known.
    `prefecture` is a JIS X 0401 code, or None for all of Japan; `field` a field of the programme, or None for all.
    `partner` is the code of an organisation (`measures.partners.codes`), or None for all; `zoom` is the stretch of time that a
    timeline shows, one of ZOOMS (blank: all years); `narrow` says that a drawing has little room, as on a phone.
    `measure` is what the map shows, one of MEASURES, `view` of where, one of VIEWS; `day` (None: as-of) the day up to as-of at
    whose end it shows it.
    `data` is the version of the tables that was frozen for a meeting; blank: as they are now.
    `running` asks for running totals where a chart shows days; `what_if` is what the catch-up planner supposes.
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
    data: str = ""
