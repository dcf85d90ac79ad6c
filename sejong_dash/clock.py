"""Give the time in Sejong, wherever the server is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Seoul")


def now() -> datetime:
    """Return the time in Sejong."""
    return datetime.now(ZONE)


def today() -> date:
    """Return today's date in Sejong."""
    return now().date()
