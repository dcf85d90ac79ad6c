"""Tests of numbers, of spans and of titles with their dates."""

from datetime import date

import pytest

from sejong_dash import words

OPENS, CLOSES = date(2026, 4, 10), date(2026, 5, 24)


def test_a_korean_span_has_no_blanks_about_its_dash() -> None:
    korean = words.shared("ko")
    assert korean.span(OPENS, CLOSES, "day").replace("\u2009", " ") == "2026년 4월 10일~5월 24일"
    assert " ~" not in korean.span(OPENS, CLOSES, "month")


@pytest.mark.parametrize(
    ("lang", "title", "dates"),
    [
        ("ko", "2026년 봄으로 연기", "2026년 봄"),
        ("ja", "2026年春へ延期", "2026年春"),
        ("en", "Postponed to spring 2026", "spring 2026"),
    ],
)
def test_a_title_does_not_name_its_season_twice(lang: str, title: str, dates: str) -> None:
    own = words.shared(lang)
    assert own.date(date(2026, 3, 1), "season") == dates
    assert own.dated(title, dates) == title
    assert own.dated(title, "2027") == own("plan_dated", title=title, dates="2027")
    assert own.dated(title, "") == title


def test_an_increase_has_no_plus_and_a_real_minus() -> None:
    assert [words.shared("en").increase(value) for value in (19.2, 0, -1200)] == ["19", "0", "−1,200"]
