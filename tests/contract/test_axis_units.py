"""Every number that a chart shows has its unit: on its axis, in its bars, under the pointer."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import discovery
import pandas as pd
import plotly.graph_objects as go
import pytest
from discovery import BASE, NAMES

from sejong_dash import words as wording

CHARTS = [name for name in NAMES if name.startswith("charts.")]
UNIT = re.compile(r"[명人%％건件곳]|visitors?|arrivals|days?|명/일|人／日")
NUMBER = re.compile(r"^[−+\d.,\s]+$")
FIELD = re.compile(r"%?\{+(?:y|value|customdata|forecast|was|now|low|high)(?::[^{}]*)?\}+")
each_chart = pytest.mark.parametrize("name", CHARTS)
each_language = pytest.mark.parametrize("lang", wording.LANGUAGES)


@cache
def drawn(name: str, lang: str, as_of: date = BASE.as_of) -> go.Figure:
    table = discovery.table_of(name, discovery.told(name, replace(BASE, lang=lang, as_of=as_of)))
    return discovery.draw(name, table, discovery.words_of(name, lang))


def value_axes(figure: go.Figure) -> Iterator[tuple[str, Any]]:
    """The axes whose labels are numbers: seen, not of days, and without names for labels."""
    spec = figure.to_dict()
    for key in [key for key in spec["layout"] if re.fullmatch(r"[xy]axis\d*", key)]:
        axis, ref = figure.layout[key], key.replace("axis", "")
        letter = key[0]
        values = [getattr(trace, letter) for trace in figure.data if (getattr(trace, f"{letter}axis") or letter) == ref]
        is_dated = axis.type == "date" or any(_dated(row) for row in (*values, axis.range, axis.tickvals))
        is_named = any(isinstance(value, str) for row in values if row is not None for value in row)
        labels = [] if axis.ticktext is None else [re.sub("<[^>]*>", "", str(text)) for text in axis.ticktext]
        has_names = bool(labels) and not any(NUMBER.match(label) or "%" in label for label in labels)
        if axis.visible is not False and not (is_dated or is_named or has_names):
            yield key, axis


def _dated(values: Any) -> bool:
    return values is not None and len(values) > 0 and isinstance(values[0], pd.Timestamp | date | str) and not _plain(values[0])


def _plain(value: Any) -> bool:
    return isinstance(value, str) and not re.match(r"\d{4}-\d\d-\d\d", value)


@each_chart
@each_language
def test_an_axis_of_numbers_names_its_unit(name: str, lang: str) -> None:
    figure = drawn(name, lang)
    for key, axis in value_axes(figure):
        beside = [other for _, other in value_axes(figure) if axis.overlaying and other.overlaying == axis.overlaying]
        labels = [text for other in (axis, *beside) if other.ticktext is not None for text in other.ticktext]
        suffix = axis.ticksuffix or "" if axis.showticksuffix in ("last", "all", None) else ""
        stated = " ".join([suffix, axis.title.text or "", *labels])
        assert UNIT.search(stated), (name, key)


def test_most_charts_have_an_axis_of_numbers() -> None:
    """The walk above finds them: it would hold nothing if it found none."""
    found = {name for name in CHARTS for _ in value_axes(drawn(name, "ko"))}
    assert len(found) >= 9
    assert {"charts.goal_bar", "charts.daily_visitors", "charts.prefecture_visitors", "charts.prefecture_days"} <= found


@each_chart
@each_language
def test_a_bar_without_an_axis_of_numbers_has_its_unit_in_its_text(name: str, lang: str) -> None:
    figure, title = drawn(name, lang), discovery.words_of(name, lang)("title")
    if list(value_axes(figure)) or re.search(r"[(（](명|人)[)）]|^Visitors", title):  # a calendar's cells have no room for it
        return
    texts = [text for trace in figure.data if trace.type == "bar" for text in _texts(trace.text)]
    assert [text for text in texts if re.search(r"\d", text) and not UNIT.search(text)] == []


def _texts(text: Any) -> list[str]:
    return [] if text is None else [text] if isinstance(text, str) else [str(part) for part in text]


@each_language
def test_what_the_pointer_shows_names_its_unit(lang: str) -> None:
    found = {
        (name, key): own(key)
        for name in CHARTS
        for own in [discovery.words_of(name, lang)]
        for key in own
        if "hover" in key.split(".")[0] and not key.startswith(("holiday", "missing")) and FIELD.search(own(key))
    }
    assert len(found) > 20
    wanted = {"ko": "명", "ja": "人", "en": "visitor"}[lang]
    assert {key: text for key, text in found.items() if wanted not in text} == {}


@pytest.mark.dear
@pytest.mark.parametrize("lang", ["ko", "ja"])
def test_a_number_on_a_card_has_its_unit(lang: str) -> None:
    """In English the title of a card says of what its number is."""
    bare = []
    for name in (name for name in NAMES if name.startswith("cards.")):
        for as_of in discovery.AS_OF:
            table = discovery.table_of(name, discovery.told(name, replace(BASE, lang=lang, as_of=as_of)))
            cards = discovery.draw(name, table, discovery.words_of(name, lang)) if len(table) else []
            texts = [text for card in cards for text in (card.value, *(value for _, value in card.facts))]
            bare += [(name, text) for text in texts if text and NUMBER.match(text)]
    assert bare == []
