"""What holds where nobody has chosen anything?"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from ..choices import Choices
from ..datasets import plans, sample, visitors
from ..errors import TableError
from ..measures import as_of, plan


def now() -> datetime:
    """The time in Sejong, wherever the server stands."""
    return datetime.now(ZoneInfo("Asia/Seoul"))


def today() -> date:
    """Today in Sejong."""
    return now().date()


def has_counts() -> bool:
    """Whether somebody has brought in counts; if they are broken they are there: no invented ones stand in their place."""
    try:
        return len(visitors.load(sample=False)) > 0
    except TableError:
        return True


def day(plan_id: str, with_sample: bool, today: date) -> date:
    """The as-of day; today where a table that it needs cannot be read."""
    try:
        days = plan.days(plan.chosen(plans.load(), plan_id))
        return as_of.default(visitors.load(with_sample), days, today, sample.as_of() if with_sample else None)
    except (TableError, KeyError):
        return today


def choices(
    lang: str,
    *,
    plan_id: str | None = None,
    on: date | None = None,
    with_sample: bool | None = None,
    prefecture: str | None = None,
    data: str = "",
) -> Choices:
    """The choices of somebody who has chosen nothing but these. Raises TableError where the plans cannot be read."""
    chosen = plan_id or str(plans.load()["plan_id"].iloc[0])
    invented = with_sample if with_sample is not None else not has_counts()
    return Choices(lang, chosen, on or day(chosen, invented, today()), invented, prefecture, data=data)
