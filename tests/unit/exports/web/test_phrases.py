"""A narrow column of Japanese breaks behind phrases; other languages have blanks."""

import re
from html import unescape

import pytest

from sejong_dash.exports.web.phrases import in_phrases, whole


def test_japanese_may_break_behind_a_phrase_alone_and_no_line_begins_with_a_slash() -> None:
    assert in_phrases("庭園の誘致（計画）／報道", "ja") == "庭園の<wbr>誘致<wbr>（計画）&NoBreak;／<wbr>報道"


def test_other_languages_break_at_their_blanks() -> None:
    assert in_phrases("정원 유치 추진, 보도", "ko") == "정원 유치 추진, 보도"


def test_a_text_of_the_data_is_no_markup() -> None:
    assert in_phrases("<b>の&", "ja") == "&lt;b&gt;の<wbr>&amp;"
    assert in_phrases("<b>", "en") == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("목표의 55.9%입니다.", ["55.9%입니다"]),
        ("5월 24일까지 118,613~165,470명", ["5월 24일까지", "118,613~165,470명"]),
        ("가나가와현(2,956명)", ["와현(2,956명)"]),
        ("대전일보 · 2023", ["대전일보 ·"]),
        ("2026年5月24日の118,613～165,470人", ["2026年5月24日", "118,613～165,470人"]),
        ("除外（計1日、兵庫県（−1,020人）", ["（計1日", "兵庫県（−1,020人）"]),
        ("達成可能性は7%", ["達成可能性"]),
        ("on 24 May 2026", ["24 May"]),
    ],
)
def test_amounts_dates_and_ranges_stand_on_one_line_and_the_text_stays_as_it_is(text: str, parts: list[str]) -> None:
    written = whole(text)
    assert re.findall('<span class="whole">(.*?)</span>', written) == parts
    assert unescape(re.sub("<[^>]*>", "", written)) == text


def test_an_address_breaks_behind_its_slashes_alone_and_never_at_its_hyphen() -> None:
    assert whole("at-s.com/news/1451910.html") == '<span class="whole">at-s.com</span>/<wbr>news/<wbr>1451910.html'
    assert whole("https://sjsori.com/news") == "https://sjsori.com/<wbr>news"


def test_what_a_table_holds_cannot_become_markup() -> None:
    assert whole("<b>55.9%입니다") == '&lt;b&gt;<span class="whole">55.9%입니다</span>'
    assert whole('a.com/"><i>') == "a.com/<wbr>&quot;&gt;&lt;i&gt;"
