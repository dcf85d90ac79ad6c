"""A source is named in the reader's language, with the original title behind it where there is room."""

from unittest import mock

import discovery
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


@pytest.mark.parametrize("lang", TITLES)
def test_a_short_line_has_no_original_and_a_brief_one_no_title(lang: str) -> None:
    own = words.shared(lang)
    table = pd.DataFrame({"basis": ["reported"], "source_id": ["sejong-japan-2024"]})
    entries = caption.caption(table, discovery.BASE, own, discovery.tables_now())
    full = own.with_entries(**entries)
    titled, brief = caption.with_short_sources(full), caption.with_short_sources(full, lambda _: False)
    assert ORIGINAL in full("sources")
    assert TITLES[lang] in titled("sources")
    assert ORIGINAL not in titled("sources")
    assert TITLES[lang] not in brief("sources")
    assert "2024" in brief("sources")


def test_words_without_short_sources_stay_as_they_are() -> None:
    own = words.shared("ko").with_entries(sources="출처")
    assert caption.with_short_sources(own, lambda _: False)("sources") == "출처"
