"""A page with parts draws the one that is chosen, names it in links, and shows a figure in the title of another."""

import re
from html import unescape
from pathlib import Path
from unittest import mock

import discovery
import pytest
from discovery import parts_of, shown_on
from page_html import html_of

from sejong_dash import words
from sejong_dash.charts import arrivals_share
from sejong_dash.decks import Slide
from sejong_dash.paths import PAGES
from sejong_dash.ui.frame import page_links, page_parts

PAGE = PAGES / "progress.py"
PARTS = parts_of(PAGE)


def titles(part: str, **asked: str) -> list[str]:
    """The titles of the exhibits that a part shows."""
    app = discovery.opened(PAGE, {"lang": "en", "part": part} | asked)
    return [unescape(title) for title in re.findall('class="sj-title">([^<]*?) ?<', "".join(html_of(app)))]


def labels(**asked: str) -> list[str]:
    """What the row of parts is called, in its order."""
    app = discovery.opened(PAGE, {"lang": "en"} | asked)
    return [option.content for option in app.main.get("button_group")[0].proto.options]


def of_part(part: str) -> list[str]:
    return [discovery.words_of(name, "en")("title") for name in shown_on(PAGE, None, part)]


@pytest.mark.dear
@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_drawn_alone(part: str) -> None:
    assert sorted(titles(part, show_prefecture_days="true", show_forecast_record="true")) == sorted(of_part(part))


def test_a_part_that_does_not_exist_is_the_first() -> None:
    assert titles("nothing") == titles("") == titles(PARTS[0])


def test_no_exhibit_stands_in_two_parts() -> None:
    held = [name for part in PARTS for name in shown_on(PAGE, None, part)]
    assert len(held) == len(set(held)) == len(discovery.on_page(PAGE))


def test_a_figure_is_read_from_every_part() -> None:
    share = arrivals_share.headline(
        discovery.table_of("charts.arrivals_share", discovery.BASE), words.of(arrivals_share.__file__, "en")
    )
    assert "37" in share
    own = words.of(PAGE, "en")
    assert labels()[:-1] == [own(f"part.{part}") for part in PARTS[:-1]]
    assert labels()[-1] == own("colon", name=own("part.difficulty"), value=share)


def test_a_plan_without_a_goal_has_no_figure_in_the_row() -> None:
    assert labels(plan="2024-12-11")[-1] == words.of(PAGE, "en")("part.difficulty")


def test_a_fault_of_the_figure_stops_its_part_alone(caplog: pytest.LogCaptureFixture) -> None:
    with mock.patch.object(arrivals_share, "table", side_effect=ValueError("broken")):
        assert sorted(titles("now", asof="2026-04-21", show_forecast_record="true")) == sorted(of_part("now"))
    assert "broken" in caplog.text


def test_a_link_names_the_part_that_holds_its_exhibit() -> None:
    held = page_links.parts_of(PAGE)
    assert {name.partition(".")[2] for name in shown_on(PAGE, None, "days")} == {name for name in held if held[name] == "days"}
    with mock.patch.object(page_links, "_query", return_value={}):
        assert page_links.link(Slide("daily_visitors"), ()) == "progress?part=days"
        assert page_links.link(Slide("verdict"), ()) == "./", "a page without parts"


def test_a_part_without_a_title_is_an_error() -> None:
    parts = page_parts.Parts(("now",), "now")
    assert isinstance(parts.now, page_parts.Part)
    with pytest.raises(AttributeError, match=r"part\.nothing"):
        _ = parts.nothing


def test_every_part_of_a_page_shows_something() -> None:
    for page in discovery.PAGE_FILES:
        held = page_links.parts_of(Path(page))
        assert {*held.values()} - {""} == {*parts_of(page)} - {""}
