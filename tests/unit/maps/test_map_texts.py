"""The map's message and list: gardens in the order of their codes, gaps without signs, no rank where nothing is reported."""

import re
from dataclasses import replace
from typing import Any

import discovery
import pandas as pd
import pytest
from discovery import BASE

from sejong_dash import words
from sejong_dash.maps import prefecture_map


def chosen(lang: str = "ko", prefecture: str | None = None, **more: Any) -> pd.DataFrame:
    return discovery.table_of("maps.prefecture_map", replace(BASE, lang=lang, prefecture=prefecture, **more))


def said(lang: str = "ko") -> words.Words:
    return discovery.words_of("maps.prefecture_map", lang)


def test_the_message_names_them_and_says_that_no_garden_is_confirmed() -> None:
    told = prefecture_map.message(chosen(prefecture="13"), said())
    assert "기후현, 시즈오카현, 시가현, 나라현" in told
    assert all(text in told for text in ("확정된 곳은 없습니다", "선택한 곳: 도쿄도, 협력 기관 소재, 사업 2건"))


def test_a_prefecture_without_a_project_has_no_rank_and_no_basis() -> None:
    rows = {one.code: one for one in prefecture_map.listed(chosen(), said())}
    assert sum(not one.rank for one in rows.values()) == 37
    assert (rows["22"].rank, rows["02"].rank) == ("1", "")
    assert rows["02"].hover_text == "보도된 협력 없음", "nothing reported is no general fact"
    assert rows["13"].hover_text.endswith("보도(소재지는 일반 사실)")
    assert rows["22"].hover_text.endswith("보도")
    assert all(one.rank for one in prefecture_map.listed(chosen(measure="goal"), said()))


@pytest.mark.parametrize(
    ("lang", "ahead", "behind"), [("ko", "2,512명", "2,956명"), ("ja", "2,512人", "2,956人"), ("en", "2,512", "2,956")]
)
def test_gaps_have_no_sign_in_a_sentence_that_names_their_side(lang: str, ahead: str, behind: str) -> None:
    table = chosen(lang, measure="gap")
    told = prefecture_map.message(table, said(lang))
    assert ahead in told
    assert behind in told
    assert not re.search(r"[+−]", told)
    late, even, day = table[table["value"] < 0], table.assign(value=0.0), words.shared(lang).date(BASE.as_of)
    assert told.endswith(prefecture_map.message(late, said(lang)))
    assert prefecture_map.message(even, said(lang)) == said(lang)("message_even", date=day)
