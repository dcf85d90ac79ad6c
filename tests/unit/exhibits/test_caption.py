"""A source is named in the reader's language, with the original title behind it."""

from unittest import mock

import pandas as pd
import pytest

from sejong_dash import words
from sejong_dash.datasets import Tables, sources
from sejong_dash.exhibits import caption

ORIGINAL = "일본 교류협력에 성과내는 세종"
TITLES = {"ja": "日本との交流協力で成果を上げる世宗", "en": "Sejong’s exchange and cooperation with Japan bears fruit"}


def line(lang: str, table: pd.DataFrame) -> str:
    with mock.patch.object(Tables, "sources", return_value=table):
        return caption.source_line("sejong-japan-2024", words.shared(lang), Tables())


@pytest.mark.parametrize("lang", TITLES)
def test_a_translated_title_has_the_original_behind_it(lang: str) -> None:
    text = line(lang, sources.load())
    assert text.index(TITLES[lang]) < text.index(ORIGINAL)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_an_original_stands_alone_where_nothing_else_is_known(lang: str) -> None:
    text = line(lang, sources.load().drop(columns=["title_ja", "title_en"]))
    assert text.count(ORIGINAL) == 1
    assert TITLES.get(lang, "-") not in text


def test_a_reader_of_the_original_s_language_is_shown_it_alone() -> None:
    text = line("ko", sources.load())
    assert text.count(ORIGINAL) == 1
    assert not any(title in text for title in TITLES.values())
