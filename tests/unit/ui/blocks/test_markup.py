"""Text from the tables stays text on the page."""

from html.parser import HTMLParser

import pytest

from sejong_dash import errors, words
from sejong_dash.cards import Card
from sejong_dash.errors import DashError, Problem, TableError
from sejong_dash.exhibits import error_text
from sejong_dash.maps import Listed
from sejong_dash.ui.blocks import card_grid, markup

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
    "head": markup.head(SAID, EVIL),
    "caption": markup.caption(SAID, is_shared=True),
    "caption of cards": markup.caption(SAID, is_shared=False),
    "cards": card_grid.cards([EVIL_CARD, EVIL_CARD], SAID, {"x": EVIL}, "15rem"),
    "legend": markup.legend([("#1f7a4d", EVIL)], SAID),
    "problem table": markup.error(TableError("goals", EVIL, [EVIL_PROBLEM]), ERRORS),
    "unexpected": markup.error(DashError("unexpected", what=EVIL), ERRORS),
    "empty": markup.empty(SAID),
    "plan": markup.plan(EVIL, EVIL, SAID),
    "band": markup.band(EVIL, "ko"),
    "history": markup.history([(EVIL, EVIL, EVIL, True), (EVIL, EVIL, EVIL, False)], SAID),
    "page head": markup.page_head(EVIL, EVIL, "ko"),
}


@pytest.mark.parametrize("name", MADE)
def test_data_never_becomes_markup(name: str) -> None:
    tags = Tags(MADE[name])
    assert "script" not in tags.opened
    assert set(tags.names) <= {"class", "lang", "title", "role", "style"}
    assert EVIL in tags.text, "the reader sees it as it is written"
    assert len(tags.opened) == tags.closed, "every tag is closed"
    assert MADE[name].startswith('<div class="sj" lang="')


def test_a_maps_table_keeps_text_text_and_says_by_what_it_is_sorted() -> None:
    row = Listed("22", "1", EVIL, EVIL, "#1f7a4d", EVIL, "#ffffff", EVIL, "5.0", "3")
    made = markup.listed([row, row], SAID, EVIL, "22", {EVIL: EVIL}, dark=True)
    tags = Tags(made)
    assert "script" not in tags.opened
    assert tags.opened.count("button") == 4
    assert made.count("aria-sort=ascending") == 1
    assert tags.text.count(EVIL) == 1 + 2 * 4
    assert tags.names.count("data-key") == 8
    assert not [name for name in tags.names if name.startswith("on")]
    assert len(tags.opened) == tags.closed


def test_japanese_sorts_prefectures_from_north_to_south_and_others_by_name() -> None:
    row = Listed("22", "1", "静岡県", "5", "#1f7a4d", "5", "#ffffff", "", "5.0", "3")
    for lang, key in (("ja", "22"), ("ko", "静岡県")):
        assert f'data-key="{key}"><a' in markup.listed([row], words.shared(lang), "", None, {}, dark=False)


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("basis", ["reported", "general", "assumption", "sample"])
def test_a_mark_says_what_it_means(lang: str, basis: str) -> None:
    said = words.shared(lang)
    made = markup.mark(said, basis)
    assert said(f"basis.{basis}") in Tags(made).text
    assert 'class="sj-mark' in made


def test_a_card_shows_its_parts_and_no_empty_ones() -> None:
    plain = card_grid.cards([Card(title="a", value="1")], words.shared("en"), {}, "15rem")
    assert "sj-text" not in plain
    assert "<dl>" not in plain
    assert "sj-group" not in plain
    full = card_grid.cards([EVIL_CARD], words.shared("en"), {"x": "Daejeon Ilbo"}, "15rem")
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
    assert error_text.describe_problem(problem, "plans.csv", words.of(errors.__file__, "en")).startswith(f"{where}: ")


def test_a_long_list_of_problems_is_cut_and_says_so() -> None:
    many = [Problem("blank", line, "scope") for line in range(2, 27)]
    said = markup.error(TableError("goals", "goals.csv", many), words.of(errors.__file__, "en"))
    assert said.count("<li>") == 10
    assert "15" in Tags(said).text
