"""An address holds a viewer's choices and gives them back; what it cannot mean is named."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from discovery import BASE

from sejong_dash import errors, words
from sejong_dash.choices import Choices, WhatIf
from sejong_dash.errors import AddressError, TableError
from sejong_dash.exhibits import address, error_text
from sejong_dash.store import snapshots

TODAY = date(2026, 5, 7)
LATER = date(2027, 1, 1)
CAMPAIGN = WhatIf(20, date(2026, 5, 9), "13", 10, 5000)

CHOSEN: list[dict[str, Any]] = [
    {},
    {"lang": "ja", "prefecture": "29"},
    {"sample": False, "as_of": date(2026, 4, 20)},
    {"running": True},
    {"on": date(2026, 5, 3), "channel": "group", "against": "week"},
    {"measure": "gap", "view": "gardens", "day": date(2026, 4, 20)},
    {"field": "garden", "partner": "shizuoka-prefecture", "zoom": "days"},
    {"what_if": WhatIf(capacity=3000)},
    {"what_if": CAMPAIGN, "as_of": date(2026, 4, 20)},
    {"plan": "2024-12-11", "as_of": date(2026, 4, 1)},
]


@pytest.mark.parametrize("changes", CHOSEN, ids=str)
def test_what_is_written_is_read(changes: dict[str, Any]) -> None:
    choices = replace(BASE, **changes)
    written = address.write(choices)
    assert set(written) <= set(address.PARAMETERS)
    assert address.read(written.items(), LATER)[0] == choices


def test_a_frozen_version_is_in_the_address(data_copy: Path) -> None:
    version = snapshots.create()
    choices, tables = address.read([("data", version)], TODAY)
    assert (choices.data, tables.version) == (version, version)
    assert address.write(choices)["data"] == version


def test_what_is_absent_or_blank_has_its_default() -> None:
    choices, _ = address.read([], TODAY)
    assert choices == BASE
    assert address.read([(name, "") for name in address.PARAMETERS], TODAY)[0] == choices


def test_what_belongs_to_pages_alone_is_passed_over() -> None:
    given = [("item", "x"), ("slide", "3"), ("show_prefecture_days", "true"), ("do", "history")]
    assert address.read(given, TODAY)[0] == BASE


def test_a_campaign_begins_on_the_first_day_left() -> None:
    choices, _ = address.read([("campaign", "20"), ("asof", "2026-05-06")], TODAY)
    assert choices.what_if == WhatIf(20, date(2026, 5, 7))
    assert address.read([("campaign_from", "2026-05-09")], TODAY)[0].what_if == WhatIf()
    assert address.read([("campaign", "20"), ("asof", "2026-05-24")], TODAY)[0].what_if == WhatIf(), "no day is left"


WRONG = [
    ("lang", "fr", "not_allowed", "ko, ja, en"),
    ("plan", "nope", "not_allowed", "reports-2024"),
    ("asof", "yesterday", "not_a_date", "YYYY-MM-DD"),
    ("asof", "1999-12-31", "not_a_date", "YYYY-MM-DD"),
    ("sample", "yes", "not_allowed", "true, false"),
    ("prefecture", "99", "wrong_code", "01"),
    ("data", "0123456789ab", "not_frozen", "–"),
    ("view", "week", "not_allowed", "total"),
    ("measure", "money", "not_allowed", "participation, goal"),
    ("view_map", "moon", "not_allowed", "japan, gardens, venue"),
    ("field", "sport", "not_allowed", "garden"),
    ("partner", "nobody", "not_allowed", "shizuoka-prefecture"),
    ("zoom", "week", "not_allowed", "year, days"),
    ("campaign", "101", "out_of_range", "0~100"),
    ("campaign", "many", "out_of_range", "0~100"),
    ("campaign_from", "2026-05-25", "out_of_range", "2026-05-07~2026-05-24"),
    ("golden_week", "-1", "out_of_range", "0~100"),
    ("capacity", "0", "out_of_range", "≥ 1"),
    ("capacity", "1" * 400, "out_of_range", "≥ 1"),
    ("capacity", "1" * 5000, "out_of_range", "≥ 1"),
    ("as_of", "2026-05-06", "unknown_parameter", "lang, plan, asof"),
]


@pytest.mark.parametrize(("name", "text", "code", "expected"), WRONG, ids=[f"{name}={text[:20]}" for name, text, _, _ in WRONG])
def test_what_cannot_be_meant_is_named(name: str, text: str, code: str, expected: str) -> None:
    with pytest.raises(AddressError) as raised:
        address.read([(name, text)], TODAY)
    (problem,) = raised.value.problems
    assert (problem.column, problem.code) == (name, code)
    assert expected in problem.expected
    assert problem.found == (name if code == "unknown_parameter" else text)
    for lang in words.LANGUAGES:
        sentence = error_text.describe_parameter(problem, words.of(errors.__file__, lang))
        assert name in sentence
        assert problem.found in sentence or code == "unknown_parameter"


def test_the_day_of_a_map_lies_between_opening_and_as_of() -> None:
    with pytest.raises(AddressError) as raised:
        address.read([("measure", "gap"), ("map_day", "2026-05-07"), ("asof", "2026-05-06")], TODAY)
    assert raised.value.problems[0].expected == "2026-04-10~2026-05-06"
    last, _ = address.read([("measure", "gap"), ("map_day", "2026-05-06"), ("asof", "2026-05-06")], TODAY)
    assert last.day is None, "the last day is the default"


def test_every_problem_is_named_at_once_and_none_twice() -> None:
    with pytest.raises(AddressError) as raised:
        address.read([("lang", "fr"), ("lang", "ko"), ("asof", "x"), ("other", "1")], TODAY)
    assert [(each.column, each.code) for each in raised.value.problems] == [
        ("lang", "repeated"),
        ("other", "unknown_parameter"),
        ("lang", "not_allowed"),
        ("asof", "not_a_date"),
    ]
    assert error_text.describe_error(raised.value, words.of(errors.__file__, "en")).summary.endswith("To correct: 4")


def test_a_table_that_cannot_be_read_is_no_wrong_address(data_copy: Path) -> None:
    (data_copy / "programme.csv").unlink()
    assert address.read([], TODAY)[0] == BASE, "what is not asked for is not read"
    with pytest.raises(TableError):
        address.read([("partner", "shizuoka-prefecture")], TODAY)


def test_an_address_is_quoted() -> None:
    assert address.query({"a b": "ㄱ&=", "c": "1-2_3.~"}) == "?a%20b=%E3%84%B1%26%3D&c=1-2_3.~"
    assert address.query({}) == ""


def test_days_and_numbers_of_an_address() -> None:
    assert address.parse_day("2026-05-06") == date(2026, 5, 6)
    assert [address.parse_day(text) for text in ("", "2026-13-01", "1999-12-31", "2100-01-01")] == [None] * 4
    assert [address.parse_whole(text, 1, 9) for text in ("0", "1", "9", "10", "²", "-1", "")] == [
        None,
        1,
        9,
        None,
        None,
        None,
        None,
    ]
    assert address.parse_whole("123456", 1, None) == 123456


def test_equal_choices_have_equal_addresses() -> None:
    narrow: Choices = replace(BASE, narrow=True)
    assert address.write(narrow) == address.write(BASE), "the width of a screen is no choice"
