"""Turns what was measured into the lines of a table."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


def percentile(values: Sequence[float], percent: float) -> float | None:
    """Return the value below which so much of the values lies, between two of them by proportion; None where there are none.

    The same as numpy's "linear" and R's type 7: Hyndman and Fan, Sample Quantiles in Statistical Packages (1996).
    """
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


@dataclass
class Figures:
    """What was measured of one server. Times are in seconds."""

    viewers: int = 0
    arrivals: list[float] = field(default_factory=list)  # first pages while the viewers come
    answers: list[float] = field(default_factory=list)  # interactions with think time between them
    bursts: list[float] = field(default_factory=list)  # interactions of all viewers at once
    new_sessions: list[float] = field(default_factory=list)  # first pages while all viewers are there
    runs_idle: float | None = None  # runs a second while nobody does anything
    runs_used: float | None = None  # runs a second with think time
    share_idle: float | None = None  # of one core
    share_used: float | None = None
    share_of_tool: float | None = None  # what the load itself takes of one core
    session_mb: float | None = None
    streams: int = 0  # viewers with a stream of events
    lost: int = 0  # interactions without an answer in time
    errors: list[str] = field(default_factory=list)  # exceptions on pages, lines that broke


def rows(figures: Figures) -> dict[str, float | None]:
    """Return each measure by its name with the unit."""
    table: dict[str, float | None] = {}
    for name, values in (
        ("interaction", figures.answers),
        ("pressed at once", figures.bursts),
        ("first page, all open", figures.new_sessions),
        ("first page, arriving", figures.arrivals),
    ):
        for label, percent in (("p50", 50), ("p95", 95), ("max", 100)):
            value = percentile(values, percent)
            table[f"{name} {label}, ms"] = None if value is None else 1000 * value
    return table | {
        "runs a second, idle": figures.runs_idle,
        "runs a second, in use": figures.runs_used,
        "server's share of a core, idle, %": _percent(figures.share_idle),
        "server's share of a core, in use, %": _percent(figures.share_used),
        "this tool's share of a core, %": _percent(figures.share_of_tool),
        "memory a session, MB": figures.session_mb,
        "streams of events": figures.streams,
        "lost answers": figures.lost,
        "errors": len(figures.errors),
    }


def table(measured: Mapping[str, Figures]) -> str:
    """Return a table of all servers; each but the first is what the first is compared with."""
    columns = {name: rows(figures) for name, figures in measured.items()}
    ours, *peers = columns
    lines = [f"{'':<36}{ours:>12}" + "".join(f"{peer:>12}{'ratio':>8}" for peer in peers)]
    for measure, value in columns[ours].items():
        line = f"{measure:<36}{_number(value):>12}"
        for peer in peers:
            line += f"{_number(columns[peer][measure]):>12}{_ratio(value, columns[peer][measure]):>8}"
        lines.append(line)
    return "\n".join(lines)


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if isinstance(value, int) or value >= 100 else f"{value:.1f}"


def _ratio(value: float | None, base: float | None) -> str:
    return f"{value / base:.1f}" if value and base else ""
