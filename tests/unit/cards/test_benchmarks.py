"""Tests of what the goal is compared with: figures of the same thing stand below its name."""

import discovery
import pytest
from discovery import BASE

from sejong_dash import words
from sejong_dash.cards import Card, benchmarks
from sejong_dash.choices import Choices


def cards(lang: str) -> list[Card]:
    table = discovery.table_of("cards.benchmarks", Choices(lang, BASE.plan, BASE.as_of, True))
    return benchmarks.cards(table, discovery.words_of("cards.benchmarks", lang))


@pytest.mark.parametrize(
    ("lang", "arrivals", "expo"),
    [
        ("ko", "일본발 입국자", "2012 여수세계박람회"),
        ("ja", "日本から韓国への入国者", "2012年麗水国際博覧会"),
        ("en", "Arrivals in Korea from Japan", "Expo 2012 Yeosu"),
    ],
)
def test_figures_of_the_same_thing_stand_below_its_name(lang: str, arrivals: str, expo: str) -> None:
    shown = {card.title: card for card in cards(lang)}
    assert len(shown[arrivals].facts) == 8
    assert not any(arrivals in name for name, _ in shown[arrivals].facts)
    assert len(shown[expo].facts) == 3
    assert not any(expo in name for name, _ in shown[expo].facts)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_figures_without_a_common_name_stand_below_their_kinds(lang: str) -> None:
    own = discovery.words_of("cards.benchmarks", lang)
    table = discovery.table_of("cards.benchmarks", Choices(lang, BASE.plan, BASE.as_of, True)).head(2)
    (card,) = benchmarks.cards(table.assign(what=["A", "B"]), own)
    assert (card.title, [name for name, _ in card.facts]) == (own("kind.arrivals"), ["A", "B"])
