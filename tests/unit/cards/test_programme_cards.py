"""Tests that every project is told once, with its place, amount and dated story."""

from dataclasses import replace
from datetime import date

import pytest
from discovery import tables_now

from sejong_dash import words
from sejong_dash.cards import programme as cards
from sejong_dash.choices import Choices
from sejong_dash.datasets import milestones, programme

BASE = Choices("ko", "reports-2024", date(2026, 5, 6), sample=True)
LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)


def told(choices: Choices) -> dict[str, cards.Card]:
    table = cards.table(choices, tables_now())
    names = list(table.drop_duplicates("project_id")["project_id"])
    return dict(zip(names, cards.cards(table, words.of(cards.__file__, choices.lang)), strict=True))


@LANGS
def test_every_project_has_one_card(lang: str) -> None:
    said = words.shared(lang)
    each = told(replace(BASE, lang=lang))
    for row in programme.load().to_dict("records"):
        card = each.pop(row["project_id"])
        assert card.value == row[f"partner_{lang}"]
        assert card.text == row[f"summary_{lang}"]
        assert card.badge == said(f"status.{row['status']}")
        assert card.title == said.span(row["starts_on"], row["ends_on"], row["precision"])
        assert set(row["source_id"].split(";")) <= set(card.source_id.split(";"))
        for field in row["field"].split(";"):
            assert said(f"field.{field}") in card.group
    assert each == {}


@LANGS
def test_the_story_is_in_order(lang: str) -> None:
    facts = [title for _, title in told(replace(BASE, lang=lang))["nara-medical"].facts]
    titles = milestones.load().set_index("milestone_id")[f"title_{lang}"]
    first, second = titles["nara-medical-proposal"], titles["nara-medical-2024"]
    assert facts.index(first) < facts.index(second)


def test_every_milestone_of_a_project_is_in_its_story() -> None:
    stories = {title for card in told(BASE).values() for _, title in card.facts}
    rows = milestones.load()
    assert set(rows.loc[rows["project_id"].notna(), "title_ko"]) <= stories


def test_cards_of_a_field_stand_together() -> None:
    groups = [card.group for card in told(BASE).values()]
    runs = [group for number, group in enumerate(groups) if number == 0 or groups[number - 1] != group]
    assert len(runs) == len(set(runs))
    assert "디지털 · 의료 · 정원" in runs


@pytest.mark.dear
@pytest.mark.parametrize(
    ("lang", "expected"), [("ko", "5,000억 원(추정)"), ("ja", "5,000億ウォン（見込み）"), ("en", "KRW 500 billion (estimate)")]
)
def test_an_amount_is_written_as_the_language_does(lang: str, expected: str) -> None:
    assert expected in dict(told(replace(BASE, lang=lang))["heavy-ion-centre"].facts).values()


def test_a_place_that_is_not_in_the_reports_says_so() -> None:
    each = told(BASE)
    assert ("장소", "사이타마현 와코시(일반 사실)") in each["riken-quantum"].facts
    assert ("장소", "지바현") in each["chiba-digital"].facts
    assert "장소" not in dict(each["quera-kaist"].facts)


def test_what_begins_after_as_of_is_not_said_to_be_done() -> None:
    said = words.shared("ko")
    badges = {card.badge for card in told(replace(BASE, as_of=date(2020, 1, 1))).values()}
    assert badges <= {said("stage.ahead"), said("status.campaign_planned"), said("status.planned")}


def test_filters() -> None:
    assert set(told(replace(BASE, prefecture="29"))) == {"garden-nara", "nara-medical"}
    assert set(told(replace(BASE, field="hydrogen"))) == {"yamanashi-hydrogen", "japan-tour", "press-conference"}
    assert cards.table(replace(BASE, prefecture="02"), tables_now()).empty


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (500_000_000_000, ("5,000억", "5,000億", "500 billion")),
        (1_250_000_000_000, ("1.25조", "1.25兆", "1.25 trillion")),
        (12_300_000, ("1,230만", "1,230万", "12.3 million")),
        (123_456_789, ("123,456,789", "123,456,789", "123,456,789")),  # nothing is rounded away
        (900, ("900", "900", "900")),
    ],
)
def test_large_numbers_are_said_in_words_only_where_that_is_exact(value: int, expected: tuple[str, str, str]) -> None:
    assert tuple(words.shared(lang).large(value) for lang in words.LANGUAGES) == expected


def test_a_story_begins_with_the_first_contact() -> None:
    each = told(BASE)
    said = words.of(cards.__file__, "ko")
    promise = milestones.load().set_index("milestone_id").loc["chiba-governor-promise", "title_ko"]
    steps = [fact for fact in each["chiba-digital"].facts if fact[0] != said("place")]
    assert steps[0] == ("2023년 10월 30일", said("first_contact", milestone=promise))
    assert len(steps) == 2
    # known to the month alone: nobody has said which came first
    assert all("다른 사업의 앞선 일정" not in value for _, value in each["shizuoka-know-how"].facts)
    assert any("다른 사업의 앞선 일정" in value for _, value in each["garden-shizuoka"].facts)


def test_a_partner_shows_its_own_projects() -> None:
    assert set(told(replace(BASE, partner="nara-prefecture"))) == {"garden-nara"}
