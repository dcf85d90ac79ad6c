"""Tests of a card's link: it keeps the reader's choices, changes its own, and stays text where it must."""

import re

import pytest

from sejong_dash import words
from sejong_dash.cards import Card
from sejong_dash.ui.blocks import card_grid, card_links

QUERY = {"lang": "ja", "asof": "2026-05-06", "prefecture": "22"}


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("?prefecture=14", "?lang=ja&amp;asof=2026-05-06&amp;prefecture=14"),
        ("?prefecture=", "?lang=ja&amp;asof=2026-05-06"),
        ("data?", "data?lang=ja&amp;asof=2026-05-06&amp;prefecture=22"),
    ],
)
def test_it_changes_its_own_choice_alone(wanted: str, target: str) -> None:
    assert f'href="{target}"' in card_links.link(QUERY, wanted, "a")


def test_the_last_choice_can_be_taken_back() -> None:
    """A blank address would keep the parameters that the page has."""
    assert 'href="?"' in card_links.link({"prefecture": "22"}, "?prefecture=", "a")


def test_a_prefecture_is_chosen_without_loading_the_page_again() -> None:
    assert 'class="sj-choice" data-code="14"' in card_links.link(QUERY, "?prefecture=14", "a")
    assert 'class="sj-choice" data-code=""' in card_links.link(QUERY, "?prefecture=", "a")
    assert "sj-choice" not in card_links.link(QUERY, "data?", "a")


def test_its_text_stays_text() -> None:
    card = Card(title='<b onclick="x">', link='?prefecture="><script>')
    made = card_grid.cards([card], words.shared("en"), {}, "1rem", QUERY)
    assert "<b" not in made
    assert "<script" not in made


def test_without_an_address_there_is_no_link() -> None:
    card = Card(title="a", link="?prefecture=14")
    assert not re.search("<a ", card_grid.cards([card], words.shared("en"), {}, "1rem"))
    assert re.search("<a ", card_grid.cards([card], words.shared("en"), {}, "1rem", {}))
