"""A slide leads to the page that shows its exhibit to everybody, else to one that shows it after a choice."""

import inspect
from pathlib import Path

import discovery
import pytest

from sejong_dash import cards, charts, maps, paths, ui
from sejong_dash.decks import Slide
from sejong_dash.ui.frame import page_links

PAGE_OF = {
    "goal_bar": "progress",  # the map shows it too, of a prefecture
    "visitor_progress": "overview",
    "daily_visitors": "progress",
    "prefecture_days": "progress",  # under a switch
    "catch_up": "progress",
    "prefecture_map": "map",
    "prefecture_profile": "map",  # once a prefecture is chosen
    "prefectures": "map",
    "programme": "programme",
    "programme_matrix": "programme",
    "programme_timeline": "timeline",
    "milestones": "timeline",
    "plan_decisions": "timeline",
}


@pytest.mark.parametrize("name", PAGE_OF)
def test_a_slide_leads_to_the_page_that_shows_it(name: str) -> None:
    assert page_links.page_of(name) == PAGE_OF[name]


@pytest.mark.parametrize("name", [name for room in (charts, maps, cards) for name in room.names()])
def test_every_exhibit_is_on_the_page_that_is_named(name: str) -> None:
    page = page_links.page_of(name)
    assert any(one.endswith(f".{name}") for one in discovery.on_page(paths.PAGES / f"{page}.py"))


def test_every_function_for_pages_says_what_it_shows_at_once() -> None:
    """A new function of `ui` that takes exhibits must be listed in page_links before a page can use it."""
    taking = set()
    for name in ui.__all__:
        kinds = [str(one.annotation) for one in inspect.signature(getattr(ui, name)).parameters.values()]
        if any(known in kind for kind in kinds for known in ("Chart", "Map", "CardSet")):
            taking.add(name)
    assert taking == set(page_links.SHOWN_AT_ONCE)


PAGES = {
    "first": "# ui.show(goal_bar)\nfrom sejong_dash import ui\nfrom sejong_dash.charts import catch_up\n\nui.profile(catch_up)\n",
    "second": (
        "from sejong_dash import ui\nfrom sejong_dash.cards import programme as plan\n"
        "from sejong_dash.charts import catch_up, goal_bar\n\n"
        "ui.zoomed(goal_bar, plan)\nui.side_by_side(catch_up)\n"
    ),
    "third": "from sejong_dash import ui\nfrom sejong_dash.cards import programme, venue\n\nui.show(programme)\nprint(venue)\n",
}


@pytest.fixture
def some_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for order, (name, source) in enumerate(PAGES.items()):
        (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
        (tmp_path / f"{name}.toml").write_text(f"order = {order}\n", encoding="utf-8")
    monkeypatch.setattr(paths, "PAGES", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "page"),
    [("goal_bar", "second"), ("catch_up", "second"), ("programme", "third"), ("venue", ""), ("plan", "")],
)
@pytest.mark.usefixtures("some_pages")
def test_only_what_is_handed_to_ui_is_on_a_page(name: str, page: str) -> None:
    """Neither a comment nor an import alone shows anything; an exhibit is known by its module, whatever the page calls it."""
    assert page_links.page_of(name) == page


def test_a_page_that_is_being_written_stays_as_it_was(some_pages: Path) -> None:
    assert page_links.page_of("goal_bar") == "second"
    (some_pages / "second.py").write_text("ui.show(", encoding="utf-8")
    assert page_links.page_of("goal_bar") == "second"


def test_a_slide_without_a_page_has_no_link() -> None:
    assert page_links.link(Slide("no_such_exhibit"), ()) == ""
