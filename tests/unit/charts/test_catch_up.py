"""Tests that the planner's message says with and without measures how far the goal is."""

import pandas as pd
import pytest

from sejong_dash import words
from sejong_dash.charts import catch_up as chart

LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)


def said(lang: str, forecast: float, scenario: float, goal: float) -> str:
    end = {"forecast_cumulative": [forecast], "scenario_cumulative": [scenario], "planned_cumulative": [goal]}
    return chart.message(pd.DataFrame(end), words.of(chart.__file__, lang))


@LANGS
def test_without_measures_the_forecast_and_the_gap_are_one_sentence(lang: str) -> None:
    own = words.of(chart.__file__, lang)
    fields = {"total": "137,096", "gap": "12,904"}
    assert said(lang, 137_096, 137_096, 150_000) == own("message_same_short", **fields)
    assert said(lang, 162_904, 162_904, 150_000) == own("message_same_reaches", total="162,904", gap="12,904")
    assert said(lang, 137_096, 137_096, float("nan")) == own("message_same", total="137,096")


@LANGS
def test_with_measures_the_change_comes_first_and_then_the_gap(lang: str) -> None:
    own = words.of(chart.__file__, lang)
    more = own("message_more", total="140,000", plain="137,096", change="2,904")
    assert said(lang, 137_096, 140_000, 150_000) == more + own("message_short", gap="10,000")
    assert said(lang, 137_096, 140_000, float("nan")) == more
    fewer = own("message_fewer", total="155,000", plain="160,000", change="5,000")
    assert said(lang, 160_000, 155_000, 150_000) == fewer + own("message_reaches", gap="5,000")
