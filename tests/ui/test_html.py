"""Does text from the tables stay text on the page?"""

from html.parser import HTMLParser

import pytest

from sejong_dash import errors, words
from sejong_dash.cards import Card
from sejong_dash.errors import DashError, Problem, TableError
from sejong_dash.exhibits import complaint
from sejong_dash.ui import html

EVIL = '<script>alert("1")</script>\'"&'
SAID = words.shared("ko").with_entries(
    title=EVIL, message=EVIL, empty=EVIL, unit=EVIL, basis="reported", sources=EVIL, stamp=EVIL, plan=EVIL, state=EVIL
)
ERRORS = words.of(errors.__file__, "ko")
EVIL_CARD = Card(title=EVIL, value=EVIL, text=EVIL, facts=((EVIL, EVIL),), badge=EVIL, group=EVIL, basis="general", source_id="x")
EVIL_PROBLEM = Problem("not_allowed", 3, EVIL, EVIL, EVIL)


class Tags(HTMLParser):
    """The tags of a text, and what stands between them."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.opened: list[str] = []
        self.names: list[str] = []
        self.text = ""
        self.closed = 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        self.names += [name for name, _ in attrs]

    def handle_endtag(self, tag: str) -> None:
        self.closed += 1

    def handle_data(self, data: str) -> None:
        self.text += data


MADE = {
    "head": html.head(SAID, EVIL),
    "caption": html.caption(SAID, whole=True),
    "caption of cards": html.caption(SAID, whole=False),
    "cards": html.cards([EVIL_CARD, EVIL_CARD], SAID, {"x": EVIL}, "15rem"),
    "legend": html.legend([("#1f7a4d", EVIL)], SAID),
    "problem table": html.error(TableError("goals", EVIL, [EVIL_PROBLEM]), ERRORS),
    "unexpected": html.error(DashError("unexpected", what=EVIL), ERRORS),
    "empty": html.empty(SAID),
    "plan": html.plan(EVIL, EVIL, SAID),
    "band": html.band(EVIL, "ko"),
    "history": html.history([(EVIL, EVIL, EVIL, True), (EVIL, EVIL, EVIL, False)], SAID),
    "page head": html.page_head(EVIL, EVIL, "ko"),
}


@pytest.mark.parametrize("name", MADE)
def test_data_never_becomes_markup(name: str) -> None:
    tags = Tags(MADE[name])
    assert "script" not in tags.opened
    assert set(tags.names) <= {"class", "lang", "title", "role", "style"}
    assert EVIL in tags.text, "the reader sees it as it is written"
    assert len(tags.opened) == tags.closed, "every tag is closed"
    assert MADE[name].startswith('<div class="sj" lang="')


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("basis", ["reported", "general", "assumption", "sample"])
def test_a_mark_says_what_it_means(lang: str, basis: str) -> None:
    said = words.shared(lang)
    made = html.mark(said, basis)
    assert said(f"basis.{basis}") in Tags(made).text
    assert 'class="sj-mark' in made


def test_a_card_shows_its_parts_and_no_empty_ones() -> None:
    plain = html.cards([Card(title="a", value="1")], words.shared("en"), {}, "15rem")
    assert "sj-text" not in plain
    assert "<dl>" not in plain
    assert "sj-group" not in plain
    full = html.cards([EVIL_CARD], words.shared("en"), {"x": "Daejeon Ilbo"}, "15rem")
    assert "Daejeon Ilbo" in full
    assert words.shared("en")("basis.general") in full


@pytest.mark.parametrize(
    ("problem", "where"),
    [
        (Problem("not_a_date", 3, "opens_on", found="2026.4.10"), "plans.csv, line 3, column opens_on"),
        (Problem("row_length", 3, expected="5", found="6"), "plans.csv, line 3"),
        (Problem("not_a_date", None, "as_of", found="x"), "plans.csv, column as_of"),
        (Problem("file_missing", expected="here"), "plans.csv"),
    ],
)
def test_a_problem_says_where_it_is(problem: Problem, where: str) -> None:
    assert complaint.problem(problem, "plans.csv", words.of(errors.__file__, "en")).startswith(f"{where}: ")


def test_a_long_list_of_problems_is_cut_and_says_so() -> None:
    many = [Problem("blank", line, "scope") for line in range(2, 27)]
    said = html.error(TableError("goals", "goals.csv", many), words.of(errors.__file__, "en"))
    assert said.count("<li>") == 10
    assert "15" in Tags(said).text
