"""Which days are left out is said once on a page, by the chart that comes first; a chart that is taken away says it itself."""

import re
from dataclasses import replace
from pathlib import Path

import discovery
import page_html
import pytest
from discovery import BASE, NAMES, SCREENS

from sejong_dash import words as wording
from sejong_dash.exhibits import days_left_out

AS_OF = BASE.as_of.isoformat()
STATES_IT = {
    "charts.goal_bar",
    "charts.daily_visitors",
    "charts.calendar_heatmap",
    "charts.visitor_progress",
    "charts.required_rate",
}


def stated(text: str, lang: str) -> list[str]:
    """The kind of each sentence about days that are left out, as often as it stands in a text."""
    shared = wording.shared(lang)
    pattern = {kind: days_left_out._patterns(lang)[kind] for kind in days_left_out.kinds(text, shared)}
    return [kind for kind, sentence in pattern.items() for _ in sentence.findall(text)]


def messages_of(page: Path, **asked: str) -> list[str]:
    """What the exhibits of a page say below their titles."""
    app = discovery.opened(page, {"lang": "ko", "asof": AS_OF, "sample": "true", **asked})
    return re.findall(r'<p class="sj-message">(.*?)</p>', "\n".join(page_html.html_of(app)))


@pytest.mark.parametrize(("page", "part"), SCREENS, ids=[discovery.screen_name(*screen) for screen in SCREENS])
def test_a_page_says_once_which_days_are_left_out(page: Path, part: str) -> None:
    messages = messages_of(page, **({"part": part} if part else {}))
    found = stated("\n".join(messages), "ko")
    assert len(found) == len(set(found)), messages
    if part in ("now", "days"):
        assert "missing" in found


def test_the_page_of_a_prefecture_says_it_once() -> None:
    (page,) = (page for page in discovery.PAGE_FILES if page.stem == "map")
    assert stated("\n".join(messages_of(page, prefecture="13")), "ko") == ["missing"]


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_each_chart_says_it_where_it_stands_alone(lang: str) -> None:
    messages = {
        name: discovery.module(name).message(table, discovery.words_of(name, lang))
        for name in NAMES
        if len(table := discovery.table_of(name, replace(BASE, lang=lang)))
    }
    assert {name for name, message in messages.items() if "missing" in stated(message, lang)} >= STATES_IT
    assert [message for message in messages.values() if len(stated(message, lang)) != len(set(stated(message, lang)))] == []


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_what_was_said_is_taken_out_and_nothing_else(lang: str) -> None:
    own = wording.shared(lang)
    text, other = own("lacking.closed"), own("empty_other_plan", title="A. B")
    withheld = own.withheld("2026-04-10;2026-04-11;2026-04-14", 20)
    message = own.sentences([text, own.lacking(3, 2), withheld, other])
    assert days_left_out.kinds(message, own) == ["withheld", "missing", "partial"]
    assert days_left_out.without(message, own, ["withheld", "missing", "partial"]) == own.sentences([text, other])
    assert days_left_out.without(message, own, []) == message
    assert days_left_out.without(withheld, own, ["withheld"]) == ""
