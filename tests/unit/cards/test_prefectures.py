"""Every prefecture is on the page by name, for whoever cannot see the map."""

import discovery
import pytest
from discovery import BASE

from sejong_dash import words
from sejong_dash.cards import Card, prefecture_profile, prefectures
from sejong_dash.choices import Choices
from sejong_dash.datasets import prefectures as dataset


def told(lang: str = "ko", prefecture: str | None = None) -> list[Card]:
    table = discovery.table_of("cards.prefectures", Choices(lang, BASE.plan, BASE.as_of, True, prefecture))
    return prefectures.cards(table, discovery.words_of("cards.prefectures", lang))


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_all_47_are_named_once(lang: str) -> None:
    cards = told(lang)
    comma = words.shared(lang)("comma")
    named = [card.value for card in cards[:-1]] + [name for _, names in cards[-1].facts for name in names.split(comma)]
    assert sorted(named) == sorted(dataset.load()[f"name_{lang}"])


def test_gardens_come_first_then_partners_with_what_there_is() -> None:
    cards = told()
    groups = list(dict.fromkeys(card.group for card in cards))
    assert [sum(card.group == group for card in cards) for group in groups] == [4, 6, 1]
    shizuoka = next(card for card in cards if card.value == "시즈오카현")
    assert shizuoka.facts == (("관련 기관·행사", "시즈오카현, 하마마쓰시"),)
    assert "5" in shizuoka.title
    assert shizuoka.basis == "reported"
    assert "daejeon-2023" in shizuoka.source_id
    assert all(card.source_id for card in cards)


@pytest.mark.parametrize(("code", "name"), [("22", "시즈오카현"), ("26", "교토부"), ("47", "오키나와현")])
def test_a_chosen_prefecture_stands_alone(code: str, name: str) -> None:
    (card,) = told(prefecture=code)
    assert card.value == name


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_made_up_figures_of_a_profile_name_their_own_source_before_a_newspaper(lang: str) -> None:
    table = discovery.table_of("cards.prefecture_profile", Choices(lang, BASE.plan, BASE.as_of, True, "22"))
    part, visitors, ranks, _ = prefecture_profile.cards(table, discovery.words_of("cards.prefecture_profile", lang))
    assert part.source_id.startswith("daejeon-2023")
    assert part.source_id.endswith("census-2020"), "no newspaper counted the population"
    assert visitors.source_id.startswith("sample;")
    assert ranks.source_id == visitors.source_id
