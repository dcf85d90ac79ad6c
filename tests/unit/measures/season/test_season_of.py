"""A season is made once for its tables, and for each choice that it depends on."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from discovery import BASE

from sejong_dash.choices import WhatIf
from sejong_dash.datasets import snapshot
from sejong_dash.errors import UnknownPlanError
from sejong_dash.measures.season.season import season_of


def test_it_is_made_once_whatever_else_is_chosen() -> None:
    tables = snapshot()
    others = replace(BASE, lang="en", field="garden", running=True, measure="gap", what_if=WhatIf(campaign_pct=20), zoom="days")
    assert season_of(tables, BASE) is season_of(tables, others)
    assert season_of(tables, BASE) is not season_of(snapshot(), BASE)


@pytest.mark.parametrize(
    "changes", [{"plan": "2024-03-28"}, {"as_of": date(2026, 5, 5)}, {"sample": False}, {"prefecture": "29"}], ids=str
)
def test_it_follows_what_it_is_made_of(changes: dict) -> None:
    tables, other = snapshot(), replace(BASE, **changes)
    season_of(tables, BASE)
    found, wanted = season_of(tables, other), season_of(snapshot(), other)
    pd.testing.assert_frame_equal(found.by_day, wanted.by_day)
    assert not found.by_day.equals(season_of(tables, BASE).by_day)


def test_a_plan_that_is_not_there_is_reported() -> None:
    with pytest.raises(UnknownPlanError):
        season_of(snapshot(), replace(BASE, plan="nowhere"))
