"""Tests that broken lines fit, lose nothing, and end where a reader would end them."""

import re
from itertools import pairwise

import pytest

from sejong_dash.datasets import milestones, programme
from sejong_dash.layout import text_width

TEXTS = [
    text
    for lang in ("ko", "ja", "en")
    for text in [*milestones.load()[f"title_{lang}"], *programme.load()[f"partner_{lang}"], *programme.load()[f"summary_{lang}"]]
]


@pytest.mark.parametrize("room", [6.0, 11.5, 24.0])
def test_nothing_is_lost_and_every_line_fits(room: float) -> None:
    for text in TEXTS:
        lines = text_width.break_lines(text, room, is_label=True)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(text_width.width(line) <= room + 0.01 for line in lines), lines


def test_a_short_text_stays_whole() -> None:
    assert text_width.break_lines("일본 골든위크", 12, is_label=True) == ["일본 골든위크"]


def test_korean_and_english_break_between_words() -> None:
    words = "세종시 대표단 일본 순방"
    assert " ".join(text_width.break_lines(words, 7, is_label=True)) == words
    english = "Joint research on medical devices"
    assert " ".join(text_width.break_lines(english, 10, is_label=True)) == english


def test_japanese_breaks_after_a_phrase() -> None:
    assert text_width.break_lines("日本の知事が関心を示した", 8, is_label=True) == ["日本の知事が", "関心を示した"]


def test_a_japanese_compound_is_cut_at_a_seam() -> None:
    cut = {
        "東芝エネルギーシステムズ（東芝ESS）": ["東芝エネルギー", "システムズ（東芝ESS）"],
        "量子コンピュータ研究センター": ["量子コンピュータ研究", "センター"],
        "量子科学技術研究開発機構の病院": ["量子科学技術研究開発", "機構の病院"],
        "重粒子線がん治療センター": ["重粒子線がん", "治療センター"],
    }
    assert {text: text_width.break_lines(text, 11.5, is_label=True) for text in cut} == cut


@pytest.mark.parametrize("room", [12.0, 16.0, 24.0])
def test_no_line_of_a_label_ends_within_a_word_in_katakana(room: float) -> None:
    pairs = [pair for text in TEXTS for pair in pairwise(text_width.break_lines(text, room, is_label=True))]
    within = [pair for pair in pairs if re.fullmatch("[ァ-ヺー]{2}", pair[0][-1] + pair[1][0])]
    assert [pair for pair in within if not pair[0].endswith("ー")] == []


def test_phrases_are_the_text_and_part_it_behind_particles_and_before_brackets() -> None:
    found = text_width.phrases("庭園の誘致対象（計画、未確定）／一般情報")
    assert found == ["庭園の", "誘致対象", "（計画、", "未確定）／", "一般情報"]


def test_no_line_begins_with_a_closing_mark() -> None:
    for text in TEXTS:
        lines = text_width.break_lines(text, 8, is_label=True)
        assert not any(line[0] in "、。）)」・ー·," for line in lines[1:]), lines


def test_lines_are_about_equally_long() -> None:
    lines = text_width.break_lines("하나 둘 셋 넷 다섯 여섯 일곱", 12, is_label=True)
    assert len(lines) == 2
    assert abs(text_width.width(lines[0]) - text_width.width(lines[1])) < 4


def test_a_word_without_a_break_is_cut_rather_than_lost() -> None:
    assert "".join(text_width.break_lines("x" * 50, 5, is_label=True)) == "x" * 50


def test_a_date_is_not_broken_at_its_hyphen() -> None:
    lines = text_width.break_lines("recorded on 2026-05-06 by gate", 9)
    assert [line for line in lines if "2026-05-06" in line], lines


def test_running_japanese_fills_its_lines_and_a_number_keeps_its_unit() -> None:
    text = "閉幕時の予測は141,229人で、目標の中にあります。"
    for room in range(5, 20):
        lines = text_width.break_lines(text, room)
        assert "".join(lines) == text
        assert not [line for line in lines if line.startswith(("人", "、", "。"))], lines
        assert all(room - text_width.width(line) < 5 for line in lines[:-1]), lines


def test_line_ends_of_the_text_stay() -> None:
    assert text_width.break_lines("가나\n다라", 10) == ["가나", "다라"]
