"""Long lists of cards are closed group by group; short ones, and slides, show all."""

from sejong_dash import words
from sejong_dash.contracts import Card
from sejong_dash.ui.blocks import card_grid

WORDS = words.shared("ko")
CARDS = [Card(title=str(number), group=group) for group, count in (("2023년", 2), ("2024년", 1)) for number in range(count)]


def test_closed_groups_say_how_many_cards_they_hold() -> None:
    made = card_grid.cards(CARDS, WORDS, {}, "1rem", folds=True)
    assert made.count("<details") == 2
    assert "open" not in made
    assert '<h3 class="sj-group">2023년</h3><span>2건</span></summary>' in made
    assert '<h3 class="sj-group">2024년</h3><span>1건</span></summary>' in made
    assert made.count("<article") == 3


def test_groups_are_open_where_nothing_folds_them() -> None:
    made = card_grid.cards(CARDS, WORDS, {}, "1rem")
    assert "<details" not in made
    assert made.count('<h3 class="sj-group">') == 2


def test_cards_without_a_group_have_nothing_to_close() -> None:
    assert "<details" not in card_grid.cards([Card(title="a")] * 20, WORDS, {}, "1rem", folds=True)
