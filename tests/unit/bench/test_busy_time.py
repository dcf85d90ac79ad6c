"""A profile is added up by script, and rounds of visits become medians and ratios."""

from collections import Counter

import pytest

from tests.bench.pages import tables
from tests.bench.pages.busy_time import COLLECTING, NATIVE, UNNAMED, busy_by_script
from tests.bench.pages.targets import DASH, EMPTY
from tests.bench.pages.visits import Round, Visit


def node(number: int, function: str, url: str = "") -> dict[str, object]:
    return {"id": number, "callFrame": {"functionName": function, "url": url}}


PROFILE = {
    "nodes": [
        node(1, "(root)"),
        node(2, "(idle)"),
        node(3, "(program)"),
        node(4, "draw", "http://127.0.0.1:1/static/js/PlotlyChart.D9Z0_fxz.js"),
        node(5, "", "http://127.0.0.1:1/static/js/PlotlyChart.D9Z0_fxz.js"),
        node(6, "own", ""),
        node(7, "(garbage collector)"),
        node(8, "set", "http://127.0.0.1:1/_dash-component-suites/dash/deps/react-dom@18.v4_1m17.min.js?x=1"),
    ],
    "samples": [2, 3, 4, 5, 6, 7, 8, 2],
    "timeDeltas": [9000, 1000, 2000, 3000, 4000, 5000, 6000, 7000],
}


def test_busy_time_is_added_up_by_script_and_idle_time_is_left_out() -> None:
    wanted = {NATIVE: 1, "PlotlyChart.js": 5, UNNAMED: 4, COLLECTING: 5, "react-dom@18.js": 6}
    assert busy_by_script(PROFILE) == pytest.approx(wanted)


def test_profiles_have_a_mean() -> None:
    assert tables.mean_busy([Counter({"a": 4, "b": 2}), Counter({"a": 2})]) == {"a": 3, "b": 1}


def round_of(still: float, busy: int, **interactions: float) -> Round:
    visit = Visit(answered=still / 2, still=still, changes=10, thread=busy / 2, http_bytes=2_000_000, socket_bytes=5_000)
    return Round(visit, visit, interactions, Counter({"a.js": busy}))


ROUNDS = {
    EMPTY: [round_of(1000, 100), round_of(1200, 100), round_of(5000, 100)],
    DASH: [round_of(2400, 300, filter=500)] * 3,
    "overview": [round_of(1800, 150, filter=250, language=100), round_of(1800, 150, filter=250)],
}


def row(table: str, name: str) -> list[str]:
    return next(line.split() for line in table.splitlines() if line.startswith(name))


def test_pages_are_compared_with_the_empty_one_and_with_dash() -> None:
    # first: answers, still, ratio; again: answers, still, from, to, ratio, to Dash, ratio of the answer to the empty page's still
    still = row(tables.still_table(ROUNDS), "overview")
    assert still[1:] == ["900", "1800", "1.50", "900", "1800", "1800", "1800", "1.50", "0.75", "0.75"]
    assert row(tables.still_table(ROUNDS), EMPTY)[5:8] == ["1200", "1000", "5000"]
    weight = row(tables.weight_table(ROUNDS), "overview")
    assert weight[1:] == ["75", "1.50", "0.50", "150", "150", "150", "1.50", "0.50", "10", "2000", "5"]


def test_interactions_are_compared_with_the_filter_of_dash() -> None:
    lines = [line.split() for line in tables.interaction_table(ROUNDS).splitlines()]
    assert ["overview", "filter", "250", "250", "250", "0.50"] in lines
    assert ["overview", "language", "100", "100", "100", "0.20"] in lines


def test_without_a_peer_there_is_no_ratio() -> None:
    alone = {name: visits for name, visits in ROUNDS.items() if name != DASH}
    assert row(tables.still_table(alone), "overview")[-2] == "–"
    assert row(tables.interaction_table(alone), "overview")[-1] == "–"
    assert "a.js 150" in tables.script_table(alone)
