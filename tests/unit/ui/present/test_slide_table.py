"""The table behind a slide holds names instead of codes, and what it says of a missing thing points to no place of the screen."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from discovery import BASE, NAMES, module, tables_now

from sejong_dash import exhibits, words
from sejong_dash.ui.present import slide_table

_CODE = re.compile(r"[a-z]+(?:[_-][a-z0-9]+)+")
_PLACE = re.compile(r"왼쪽|오른쪽|위에서|아래에서|左|右|上で|下で|on the (?:left|right)|\b(?:above|below|sidebar)\b")


def rows_of(name: str, lang: str, **changes: object) -> list[list[str]]:
    shown = exhibits.exhibit(module(name), replace(BASE, lang=lang, **{"prefecture": "22", **changes}), tables_now())
    found = re.findall(r"<tr>(.*?)</tr>", slide_table.table(shown)) if not shown.empty else []
    return [[unescape(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in found]


def raw(cells: list[str]) -> Iterator[str]:
    for cell in cells:
        if _CODE.fullmatch(cell) or re.search(r"\d\.\d{3,}|NaN|NaT|None|<NA>|\{\w+\}", cell):
            yield cell


@pytest.mark.thorough
@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_read_by_people(name: str, lang: str) -> None:
    rows = rows_of(name, lang)
    assert [cell for row in rows for cell in raw(row)] == []
    assert {len(row) for row in rows} <= {len(rows[0])} if rows else True
    for head in rows[0] if rows else []:
        assert head
        assert not re.search(r"[(（][^)）]*\b[a-z_]{4,}\s*[:：]", head), head


def test_the_map_names_what_it_shows() -> None:
    head, *rows = rows_of("maps.prefecture_map", "ko", prefecture=None, measure="visitors")
    shared = words.shared("ko")
    assert head[:2] == ["도도부현", "역할"]
    assert shared("list.visitors") in head
    assert not {"도도부현청 위도(도)", "구간의 최솟값", "도도부현 코드(JIS X 0401)"} & set(head)
    at = {name: number for number, name in enumerate(head)}
    first = rows[0]
    assert first[at["도도부현"]] == "도쿄도"
    assert first[at["역할"]] == shared("role.partner")
    assert first[at[shared("list.visitors")]] == "11,081"
    assert first[at["순위"]] == "1"


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_missing_is_said_without_a_place_on_the_screen(name: str, lang: str) -> None:
    own = words.of(str(module(name).__file__), lang)
    if own.has("empty"):
        assert not _PLACE.search(own("empty")), own("empty")
