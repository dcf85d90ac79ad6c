"""What has changed since somebody looked comes from the journal: days, corrections, removals, visitors, and shares passed."""

from datetime import datetime
from pathlib import Path

import pytest
from clerk import at, store

from sejong_dash import words
from sejong_dash.api import news
from sejong_dash.api.news import News
from sejong_dash.datasets import snapshot
from sejong_dash.store import counts


def since(when: datetime) -> News:
    return news.since_then(when.replace(tzinfo=None), snapshot())


@pytest.fixture
def counted(data_copy: Path) -> Path:
    """Counts of two days, stored on the 12th and the 13th."""
    (data_copy / "visitors.csv").unlink(missing_ok=True)
    store(("2026-04-10", "13", "group", 100), when="2026-04-12")
    store(("2026-04-11", "13", "group", 50), ("2026-04-10", "13", "group", 120), when="2026-04-13")
    return data_copy


def test_nothing_has_changed_since_the_last_change(counted: Path) -> None:
    assert since(at("2026-04-13", 10)).is_empty


def test_a_new_day_and_a_correction(counted: Path) -> None:
    assert since(at("2026-04-12", 10)) == News(days=1, corrected=1, removed=0, visitors=70)


def test_what_was_new_and_then_corrected_is_new(counted: Path) -> None:
    assert since(at("2026-04-11")) == News(days=2, corrected=0, removed=0, visitors=170)


def test_a_correction_that_was_taken_back_is_none(counted: Path) -> None:
    store(("2026-04-10", "13", "group", 100), when="2026-04-14")
    found = since(at("2026-04-12", 10))
    assert (found.days, found.corrected, found.visitors) == (1, 0, 50)


def test_a_share_of_the_goal_that_was_passed_is_named(counted: Path) -> None:
    store(("2026-04-12", "13", "group", 20_000), when="2026-04-14")
    assert since(at("2026-04-13", 10)).marks == (10,)
    assert since(at("2026-04-14", 10)).marks == ()


def test_the_journal_s_first_state_is_no_news(data_copy: Path) -> None:
    counts.version()
    assert since(at("2026-04-01")).is_empty


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "지난 확인(4월 12일 10:00) 이후: 새 집계 1일 · +70명 · 정정 1건 · 목표의 50% 달성"),
        ("ja", "前回の確認（4月12日 10:00）以降：新しい集計1日分／+70人／訂正1件／目標の50%を達成"),
        (
            "en",
            "Since your last look (12 Apr, 10:00): days newly counted: 1 · +70 visitors · figures corrected: 1"
            " · 50% of the goal reached",
        ),
    ],
)
def test_news_are_a_line(lang: str, text: str) -> None:
    own = words.of(str(news.__file__), lang)
    assert news.describe(News(1, 1, 0, 70, (25, 50)), at("2026-04-12", 10), own).replace(" ", "") == text.replace(" ", "")
