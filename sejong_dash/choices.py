"""What has the viewer chosen?"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Choices:
    """One viewer's choices; two equal ones give the same screen from the same files.

    `as_of` is the day at whose end the figures stand: nothing after it counts as known.
    `prefecture` is a JIS X 0401 code, or None for all of Japan; `field` a field of the programme, or None for all.
    """

    lang: str
    plan: str
    as_of: date
    sample: bool
    prefecture: str | None = None
    field: str | None = None
