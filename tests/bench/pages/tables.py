"""Turns rounds of visits into tables: medians, and how many times as much as the peers."""

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence

from tests.bench.pages.targets import DASH, EMPTY
from tests.bench.pages.visits import Round

Rounds = Mapping[str, Sequence[Round]]
_SCRIPTS = 8  # that are named; the rest is added up


def still_table(rounds: Rounds) -> str:
    """First visits with an empty cache, and second ones: when something answered, when all stood still."""
    lines = [
        f"{'ms':<14}{'first: answers':>15}{'still':>8}{'ratio':>7}{'again: answers':>16}{'still':>8}{'from':>7}{'to':>7}"
        f"{'ratio':>7}{'to Dash':>9}{'answer ratio':>14}"
    ]
    base = _median([each.again.still for each in rounds[EMPTY]])
    base_first = _median([each.first.still for each in rounds[EMPTY]])
    dash = _median([each.again.still for each in rounds.get(DASH, ())])
    for name, visits in rounds.items():
        answered = _median([each.first.answered for each in visits])
        first = _median([each.first.still for each in visits])
        answered_again = _median([each.again.answered for each in visits])
        times = [each.again.still for each in visits]
        again = _median(times)
        lines.append(
            f"{name:<14}{_number(answered):>15}{_number(first):>8}{ratio(first, base_first):>7}{_number(answered_again):>16}"
            f"{_number(again):>8}{min(times):>7.0f}{max(times):>7.0f}{ratio(again, base):>7}{ratio(again, dash):>9}"
            f"{ratio(answered_again, base):>14}"
        )
    return "\n".join(lines)


def weight_table(rounds: Rounds) -> str:
    """What the browser has to do for a second visit: main thread, DOM changes; and bytes of the first."""
    lines = [
        f"{'':<14}{'thread, ms':>11}{'ratio':>7}{'to Dash':>9}{'busy, ms':>10}{'from':>7}{'to':>7}{'ratio':>7}{'to Dash':>9}"
        f"{'DOM changes':>13}{'http kB':>9}{'socket kB':>11}"
    ]
    base = _median([each.busy.total() for each in rounds[EMPTY]])
    dash = _median([each.busy.total() for each in rounds.get(DASH, ())])
    base_thread = _median([each.again.thread for each in rounds[EMPTY]])
    dash_thread = _median([each.again.thread for each in rounds.get(DASH, ())])
    for name, visits in rounds.items():
        times = [each.busy.total() for each in visits]
        busy = _median(times)
        thread = _median([each.again.thread for each in visits])
        changes = _median([each.again.changes for each in visits])
        http = _median([each.first.http_bytes / 1000 for each in visits])
        socket = _median([each.first.socket_bytes / 1000 for each in visits])
        lines.append(
            f"{name:<14}{_number(thread):>11}{ratio(thread, base_thread):>7}{ratio(thread, dash_thread):>9}{_number(busy):>10}"
            f"{min(times):>7.0f}{max(times):>7.0f}{ratio(busy, base):>7}{ratio(busy, dash):>9}"
            f"{_number(changes):>13}{_number(http):>9}{_number(socket):>11}"
        )
    return "\n".join(lines)


def interaction_table(rounds: Rounds) -> str:
    """From the last key or press until all stands still again; the ratio is to the filter of Dash."""
    dash = _median([each.interactions["filter"] for each in rounds.get(DASH, ()) if "filter" in each.interactions])
    lines = [f"{'':<14}{'interaction':<16}{'ms':>7}{'from':>7}{'to':>7}{'to Dash':>9}"]
    for name, visits in rounds.items():
        for interaction in dict.fromkeys(name for each in visits for name in each.interactions):
            times = [each.interactions[interaction] for each in visits if interaction in each.interactions]
            middle = _median(times)
            lines.append(
                f"{name:<14}{interaction:<16}{_number(middle):>7}{min(times):>7.0f}{max(times):>7.0f}{ratio(middle, dash):>9}"
            )
    return "\n".join(lines)


def script_table(rounds: Rounds) -> str:
    """The scripts in which the main thread was busy, the most first."""
    lines = []
    for name, visits in rounds.items():
        scripts = mean_busy([each.busy for each in visits])
        named = [f"{script} {busy:.0f}" for script, busy in scripts.most_common(_SCRIPTS)]
        rest = scripts.total() - sum(busy for _, busy in scripts.most_common(_SCRIPTS))
        lines.append(f"{name:<14}{', '.join(named)}, all others {rest:.0f}")
    return "\n".join(lines)


def mean_busy(profiles: Sequence[Counter[str]]) -> Counter[str]:
    """Return the mean of several profiles, script by script."""
    total: Counter[str] = Counter()
    for profile in profiles:
        total.update(profile)
    return Counter({script: busy / len(profiles) for script, busy in total.items()})  # type: ignore[misc]


def ratio(value: float | None, base: float | None) -> str:
    return f"{value / base:.2f}" if value and base else "–"


def _median(values: Sequence[float]) -> float | None:
    return statistics.median(values) if values else None


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"
