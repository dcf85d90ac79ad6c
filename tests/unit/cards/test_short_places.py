"""Tests of where it is missing: the same gaps as in the chart of all prefectures, each row a way to its prefecture."""

from dataclasses import replace
from datetime import date

from discovery import BASE, tables_now

from sejong_dash import words
from sejong_dash.cards import Card, short_places
from sejong_dash.charts import prefecture_visitors


def cards(**changes: object) -> list[Card]:
    choices = replace(BASE, **changes)
    return short_places.cards(short_places.table(choices, tables_now()), words.of(str(short_places.__file__), choices.lang))


def test_three_worst_and_the_best_are_those_of_the_chart() -> None:
    table, chart = short_places.table(BASE, tables_now()), prefecture_visitors.table(BASE, tables_now())
    known = chart[chart["gap"].notna()]
    assert table["jis_code"].tolist() == [*known["jis_code"].head(3), known["jis_code"].iloc[-1]]
    assert table["gap"].tolist() == [*known["gap"].head(3), known["gap"].iloc[-1]] == [-2_956, -1_343, -1_020, 2_512]
    assert (table["behind"].iloc[0], table["places"].iloc[0]) == ((known["gap"] < 0).sum(), 47)


def test_each_row_chooses_its_prefecture_and_is_as_long_as_its_gap() -> None:
    shown = cards()
    assert [card.link for card in shown] == ["?prefecture=14", "?prefecture=08", "?prefecture=28", "?prefecture=40"]
    assert [card.picture.numbers for card in shown][:2] == [(-2_956, 2_956), (-1_343, 2_956)]
    assert [card.tone for card in shown] == ["missing"] * 3 + ["done"]


def test_a_chosen_prefecture_has_its_place_and_the_way_back() -> None:
    own, back = cards(prefecture="29", lang="en")
    assert (own.title, own.value, own.text) == ("Nara", "+100", "number 37 of 47 by shortfall")
    assert (own.link, back.link) == ("", "?prefecture=")


def test_without_counts_there_is_nothing_to_compare() -> None:
    assert short_places.table(replace(BASE, sample=False), tables_now()).empty
    assert short_places.table(replace(BASE, as_of=date(2026, 4, 1)), tables_now()).empty
    assert short_places.table(replace(BASE, plan="2024-07-24"), tables_now()).empty
