"""A narrow column of Japanese breaks behind phrases; other languages have blanks."""

from sejong_dash.exports.web.phrases import in_phrases


def test_japanese_may_break_behind_a_phrase_alone_and_no_line_begins_with_a_slash() -> None:
    assert in_phrases("庭園の誘致（計画）／報道", "ja") == "庭園の<wbr>誘致<wbr>（計画）&NoBreak;／<wbr>報道"


def test_other_languages_break_at_their_blanks() -> None:
    assert in_phrases("정원 유치 추진 · 보도", "ko") == "정원 유치 추진 · 보도"


def test_a_text_of_the_data_is_no_markup() -> None:
    assert in_phrases("<b>の&", "ja") == "&lt;b&gt;の<wbr>&amp;"
    assert in_phrases("<b>", "en") == "&lt;b&gt;"
