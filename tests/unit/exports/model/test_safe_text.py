"""A text that a spreadsheet would run gets an apostrophe, and what turns or hides text is seen."""

import json

import pytest

from sejong_dash.exports.model import safe_text

FORMULAS = ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "\r\n=1", "\nplain", "＝1", "＋1", "－1", "＠a", " =1", "\u3000＝1"]
FORMULAS += ["\u200b=1", "\ufeff@a", "\u00a0=1", "\u00ad+1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_is_text(text: str) -> None:
    assert safe_text.safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a", "a=1", "1-2", "1,200", "오사카부 = 大阪府", "a\n=1", "'=1", "〜1"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe_text.safe(text) == text


@pytest.mark.parametrize("sign", ["\u202e", "\u202a", "\u2066", "\u2069", "\u2028", "\u2029", "\x00", "\x85"])
def test_what_turns_or_hides_text_is_seen(sign: str) -> None:
    assert safe_text.visible(f"a{sign}b") == "a\ufffdb"
    assert json.loads(safe_text.visible_json(json.dumps({"a": f"a{sign}b"}))) == {"a": "a\ufffdb"}
