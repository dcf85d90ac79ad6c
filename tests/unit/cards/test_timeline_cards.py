"""Tests that every milestone and decision is told in cards, as precisely as it is known."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from discovery import tables_now

from sejong_dash import words
from sejong_dash.cards import milestones as timeline
from sejong_dash.cards import plan_decisions
from sejong_dash.choices import Choices
from sejong_dash.datasets import goals, milestones, plans

BASE = Choices("ko", "reports-2024", date(2026, 5, 6), sample=True)
LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)


@LANGS
def test_every_milestone_has_one_card(lang: str) -> None:
    table = timeline.table(replace(BASE, lang=lang), tables_now())
    told = timeline.cards(table, words.of(timeline.__file__, lang))
    assert len(told) == len(milestones.load()) + 1
    assert set(milestones.load()[f"title_{lang}"]) <= {card.value for card in told}
    assert all(card.title and card.source_id and card.badge for card in told)


@LANGS
def test_dates_are_no_more_precise_than_known(lang: str) -> None:
    said = words.shared(lang)
    told = {
        card.value: card
        for card in timeline.cards(timeline.table(replace(BASE, lang=lang), tables_now()), words.of(timeline.__file__, lang))
    }
    titles = milestones.load().set_index("milestone_id")[f"title_{lang}"]
    assert told[titles["hamanako-flower-expo"]].title == said.date(date(2024, 1, 1), "year")
    assert told[titles["nara-medical-proposal"]].title == said.date(date(2023, 11, 1), "month")
    assert told[titles["quera-kaist-agreement"]].title == said.span(None, date(2023, 10, 31), "month")
    assert told[titles["shizuoka-garden-team"]].title == said.span(date(2023, 11, 1), None, "month")


def test_cards_of_a_year_stand_together_and_in_order() -> None:
    told = timeline.cards(timeline.table(BASE, tables_now()), words.of(timeline.__file__, "ko"))
    groups = [card.group for card in told]
    assert groups == sorted(groups)
    assert groups[0] == "2020년"
    assert groups[-1] == "2028년"


def test_nothing_after_as_of_is_told_as_done() -> None:
    choices = replace(BASE, as_of=date(2023, 11, 1))
    said = words.of(timeline.__file__, "ko")
    table = timeline.table(choices, tables_now())
    for row, card in zip(table.to_dict("records"), timeline.cards(table, said), strict=True):
        if pd.notna(row["starts_on"]) and row["starts_on"].date() > choices.as_of:
            assert card.badge == said("stage.ahead")


def test_milestones_are_filtered_as_the_timeline_is() -> None:
    assert set(timeline.table(replace(BASE, prefecture="11"), tables_now())["milestone_id"]) == {
        "riken-quantum-2023",
        "riken-quantum-2024",
    }
    quantum = timeline.table(replace(BASE, field="quantum"), tables_now())
    assert quantum["field"].str.contains("quantum|all").all()
    assert timeline.table(replace(BASE, prefecture="02"), tables_now()).empty


@LANGS
def test_every_decision_has_a_card_with_its_goals(lang: str) -> None:
    choices = replace(BASE, lang=lang)
    said = words.of(plan_decisions.__file__, lang)
    table = plan_decisions.table(choices, tables_now())
    told = dict(zip(table["plan_id"].unique(), plan_decisions.cards(table, said), strict=True))
    for row in plans.load().to_dict("records"):
        card = told.pop(row["plan_id"])
        assert card.value == row[f"title_{lang}"]
        assert card.text == row[f"note_{lang}"]
        assert said(f"state.{row['state']}") in card.badge
        assert said.date(row["decided_on"], row["decided_precision"]) in card.title
        facts = dict(card.facts)
        assert (said("no_dates") in facts.values()) == pd.isna(row["opens_on"])
        for goal in goals.load().query("plan_id == @row['plan_id']").to_dict("records"):
            assert said.number(goal["visitors"]) in facts[said(f"scope.{goal['scope']}")]
        assert set(row["source_id"].split(";")) <= set(card.source_id.split(";"))
    assert told == {}


def test_the_followed_plan_is_marked() -> None:
    said = words.of(plan_decisions.__file__, "ko")
    told = plan_decisions.cards(plan_decisions.table(replace(BASE, plan="2024-10-31"), tables_now()), said)
    assert [card.value for card in told if said("followed") in card.badge] == ["2026년 가을로 변경"]


def test_a_decision_after_as_of_says_so() -> None:
    said = words.of(plan_decisions.__file__, "ko")
    told = plan_decisions.cards(plan_decisions.table(replace(BASE, as_of=date(2024, 11, 1)), tables_now()), said)
    assert [card.value for card in told if said("later") in card.badge] == ["개최 계획 취소"]


def test_a_goal_of_a_prefecture_names_it_and_its_basis() -> None:
    said = words.of(plan_decisions.__file__, "en")
    goal = {"scope": "prefecture", "prefecture": "Nara", "visitors": 1200, "bound": None, "goal_basis": "assumption"}
    assert plan_decisions._goal(goal, said) == ("Visitors from a prefecture: Nara", "1,200 visitors (Assumption)")
