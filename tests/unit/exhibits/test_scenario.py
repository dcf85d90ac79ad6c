"""Tests of what a cancelled plan looks like: nothing that lags behind it is late, on any card or chart."""

from dataclasses import replace
from datetime import date

import plotly.graph_objects as go
import pytest
from discovery import BASE, NAMES, module, tables_now

from sejong_dash import exhibits, theme
from sejong_dash.contracts import CardSet, JudgesPace
from sejong_dash.exhibits import Exhibit, scenario

LACKING = date(2026, 4, 28)  # a day is not counted, another in part
CARDS = [name for name in NAMES if isinstance(module(name), CardSet)]
JUDGING = [name for name in NAMES if isinstance(module(name), JudgesPace)]


def shown(name: str, day: date = BASE.as_of) -> Exhibit:
    return exhibits.exhibit(module(name), replace(BASE, as_of=day), tables_now())


def warns(figure: object) -> bool:
    assert isinstance(figure, go.Figure)
    text = figure.to_json()
    return any(colour in text for colour in (theme.MISSING, theme.MISSING_SOFT))


@pytest.mark.parametrize("day", [BASE.as_of, LACKING, date(2026, 6, 10)])
@pytest.mark.parametrize("name", CARDS)
def test_no_card_calls_a_cancelled_plan_late_or_ahead(name: str, day: date) -> None:
    assert {card.tone for card in shown(name, day).cards} <= {"", "muted", "wordy"}


@pytest.mark.thorough
@pytest.mark.parametrize("name", JUDGING)
def test_charts_are_grey_beside_a_cancelled_plan(name: str) -> None:
    assert not any(warns(shown(name, day).figure) for day in (BASE.as_of, LACKING))


@pytest.mark.thorough
def test_a_plan_that_holds_is_judged(plan_that_holds: None) -> None:
    warning = [name for name in JUDGING if warns(shown(name).figure) or warns(shown(name, LACKING).figure)]
    assert set(JUDGING) - set(warning) <= {"charts.calendar_heatmap"}  # hatches days counted in part, of which there are none
    tones = {name: {card.tone for card in shown(name).cards} for name in CARDS}
    assert {"cards.verdict", "cards.key_figures", "cards.pace_figures", "cards.day_sentence", "cards.short_places"} <= {
        name for name, found in tones.items() if "missing" in found
    }


def test_lists_of_colours_and_colours_within_are_found() -> None:
    figure = go.Figure(layout={"shapes": [{"type": "line", "line": {"color": theme.MISSING}}, {"type": "rect"}]})
    figure.add_bar(y=[1, 2], marker={"color": [theme.MISSING, theme.DONE], "pattern": {"fgcolor": theme.MISSING_SOFT}})
    scenario.calm(figure)
    assert figure.data[0].marker.color == (theme.MUTED, theme.DONE)
    assert figure.data[0].marker.pattern.fgcolor == theme.REST_SOFT
    assert figure.layout.shapes[0].line.color == theme.MUTED
