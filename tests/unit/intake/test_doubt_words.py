"""A word in doubt is found with or without its hyphen, and a garden expo is no capacity."""

import pytest

from sejong_dash.intake.table.heading_words import has_doubt


@pytest.mark.parametrize("text", ["no-show 3", "[re-entry]", "No Show", "정원", "정원 대비"])
def test_a_word_in_doubt_is_found(text: str) -> None:
    assert has_doubt(text)


@pytest.mark.parametrize("text", ["2026 세종국제정원도시박람회 관람객", "국제정원박람회", "showroom"])
def test_the_event_s_own_name_is_none(text: str) -> None:
    assert has_doubt(text) == ""
