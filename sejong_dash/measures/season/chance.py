"""Compute the chance that a season reaches its goal, and judge the forecast against the goal."""

import math

from .forecast import Forecast

STEP = 5  # percent: a chance is given no more exactly
NEAR = 0.02  # of the goal: a forecast that is no further from it is on pace


def chance(seen: Forecast, goal: float | None) -> float | None:
    """Return the chance, 0 to 1, that the count reaches `goal` visitors by closing; None without a goal or a forecast.

    It is read from the forecast's own distribution (`interval`). A goal that is reached has 1.
    """
    if not goal or not seen.is_known:
        return None
    return seen.chance(goal)


BANDS = ("very_unlikely", "unlikely", "open", "likely", "very_likely")
_ABOVE = (0.1, 0.35, 0.65, 0.9)  # where a band ends and the next begins


def band(share: float) -> str:
    """Return the band of a chance, 0 to 1: the pool carries no more exact word (see docs/forecast.md)."""
    return BANDS[sum(share >= edge for edge in _ABOVE)]


def band_of_pct(percent: int) -> str:
    """Return the band of a chance as `chance_pct` gives it."""
    return band(percent / 100)


def chance_pct(share: float | None) -> int | None:
    """Return a chance in percent to the nearest 5: 0 stands for less than 5 %, 100 for more than 95 %; None stays None."""
    if share is None:
        return None
    if share < STEP / 100:
        return 0
    if share > 1 - STEP / 100:
        return 100
    return STEP * math.floor(100 * share / STEP + 0.5)


def verdict(expected: float, goal: float) -> str:
    """Return how an expected final count stands against the goal: `ahead`, `on_pace` (within NEAR of it) or `late`.

    With a goal of zero, no visitors are on pace and any visitor is ahead.
    """
    away = expected - goal
    return "on_pace" if abs(away) <= NEAR * goal else "ahead" if away > 0 else "late"
