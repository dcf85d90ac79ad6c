"""Do labels fit, and do they break where a reader would break them?"""

import pytest

from sejong_dash.datasets import milestones, programme
from sejong_dash.measures import lettering

TEXTS = [
    (lang, text)
    for lang in ("ko", "ja", "en")
    for text in [*milestones.load()[f"title_{lang}"], *programme.load()[f"partner_{lang}"], *programme.load()[f"summary_{lang}"]]
]


@pytest.mark.parametrize("room", [6.0, 11.5, 24.0])
def test_nothing_is_lost_and_every_line_fits(room: float) -> None:
    for lang, text in TEXTS:
        lines = lettering.wrap(text, room, lang)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(lettering.width(line) <= room + 0.01 for line in lines), lines


def test_a_short_text_stays_whole() -> None:
    assert lettering.wrap("일본 골든위크", 12, "ko") == ["일본 골든위크"]


def test_korean_and_english_break_between_words() -> None:
    words = "세종시 대표단 일본 순방"
    assert " ".join(lettering.wrap(words, 7, "ko")) == words
    english = "Joint research on medical devices"
    assert " ".join(lettering.wrap(english, 10, "en")) == english


def test_japanese_breaks_after_a_phrase() -> None:
    assert lettering.wrap("日本の知事が関心を示した", 8, "ja") == ["日本の知事が", "関心を示した"]


def test_no_line_begins_with_a_closing_mark() -> None:
    for lang, text in TEXTS:
        lines = lettering.wrap(text, 8, lang)
        assert not any(line[0] in "、。）)」・ー·," for line in lines[1:]), lines


def test_lines_are_about_equally_long() -> None:
    lines = lettering.wrap("하나 둘 셋 넷 다섯 여섯 일곱", 12, "ko")
    assert len(lines) == 2
    assert abs(lettering.width(lines[0]) - lettering.width(lines[1])) < 4


def test_a_word_without_a_break_is_cut_rather_than_lost() -> None:
    assert "".join(lettering.wrap("x" * 50, 5, "en")) == "x" * 50
