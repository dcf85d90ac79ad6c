"""Every deck tells of what there is, and an address that was tampered with does no harm."""

import discovery
import pytest

from sejong_dash import decks, words
from sejong_dash.decks import Slide, parse

KNOWN = {name.partition(".")[2] for name in discovery.NAMES}


@pytest.mark.parametrize("name", decks.decks())
def test_every_slide_of_a_deck_is_known(name: str) -> None:
    deck = decks.decks()[name]
    assert deck.slides
    assert [code for code in deck.slides if parse(code, KNOWN) is None] == []
    assert len(set(deck.slides)) == len(deck.slides)
    assert set(deck.titles) == set(words.LANGUAGES)


def test_the_weekly_deck_comes_first() -> None:
    assert next(iter(decks.decks())) == "weekly"


@pytest.mark.parametrize("code", [code for deck in decks.decks().values() for code in deck.slides])
def test_a_code_is_the_slide_it_stands_for(code: str) -> None:
    slide = parse(code, KNOWN)
    assert slide is not None
    assert slide.code == code
    assert parse(slide.code, KNOWN) == slide


def test_what_a_slide_may_change() -> None:
    changes = (("measure", "gap"), ("view", "gardens"), ("running", False), ("prefecture", "01"), ("zoom", "days"))
    slide = Slide("prefecture_map", changes)
    assert slide.code == "prefecture_map.measure.gap.view.gardens.running.false.prefecture.01.zoom.days"
    assert parse(slide.code, KNOWN) == slide


@pytest.mark.parametrize(
    "code",
    [
        "",
        "goal_bars",
        "Goal_bar",
        "_shapes",
        "goal_bar.",
        "goal_bar.running",
        "goal_bar.running.yes",
        "goal_bar.running.true.running.false",
        "prefecture_map.measure.money",
        "prefecture_map.view.moon",
        "goal_bar.prefecture.48",
        "goal_bar.prefecture.00",
        "goal_bar.prefecture.1",
        "goal_bar.prefecture.٢٩",
        "programme_timeline.zoom.",
        "goal_bar.lang.ja",
        "goal_bar.sample.false",
        "goal_bar.__class__.x",
    ],
)
def test_what_is_no_slide(code: str) -> None:
    assert parse(code, KNOWN) is None
