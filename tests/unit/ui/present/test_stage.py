"""The meeting's page stands, whatever its address asks for, and a slide holds what it must."""

import re
from dataclasses import replace
from html import escape

import discovery
import pytest
from discovery import BASE, tables_now
from streamlit.testing.v1 import AppTest

from sejong_dash import cards, charts, decks, exhibits, maps, theme, words
from sejong_dash.paths import PAGES, PROJECT
from sejong_dash.ui.frame import page_links
from sejong_dash.ui.present import slide_view

PAGE = PAGES / "present.py"
ROOMS = {name: room for room in (charts, maps, cards) for name in room.names()}
OWN = PROJECT / "sejong_dash" / "ui" / "present" / "stage.py"


def seen(reader: str = "light", **query: str) -> tuple[AppTest, str]:
    """The page after its first run, and all that stands on the slide."""
    app = AppTest.from_file(str(PROJECT / "sejong_dash" / "shell.py"), default_timeout=60)
    for name, said in query.items():
        app.query_params[name] = said
    app.context = {"theme": reader}
    app.switch_page(str(PAGE)).run()
    assert len(app.exception) == 0, "see the log"
    return app, "".join(element.value for element in app.main.get("html"))


def place(body: str) -> str:
    return re.findall(r"<b>(\d+ / \d+)</b>", body)[0]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_page_is_a_slide_and_nothing_else(lang: str) -> None:
    _, body = seen("dark" if lang == "ja" else "light", lang=lang, slide="2")
    assert body.count("<h1") == 1
    assert "sj-error" not in body
    assert place(body) == f"2 / {len(decks.decks()['weekly'].slides)}"
    said = words.shared(lang)
    assert said("basis.sample") in body
    assert set(re.findall(' lang="(..)"', body)) == {lang}
    for part in ("sj-plan", "sj-band", 'class="sj-page"'):
        assert part not in body


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, "1 / 12"),
        ({"slides": "mayor"}, "1 / 4"),
        ({"slides": "goal_bar,prefecture_map.measure.gap", "slide": "2"}, "2 / 2"),
        ({"slides": "goal_bar,nothing,goal_bar.lang.ja"}, "1 / 1"),
        ({"slides": "nothing,at.all"}, "1 / 12"),
        ({"slide": "99"}, "1 / 12"),
        ({"slide": "-1"}, "1 / 12"),
        ({"slide": "x", "turn": "soon", "clock": "maybe", "look": "pink"}, "1 / 12"),
        ({"turn": "٢٠", "slide": "3"}, "3 / 12"),
        ({"turn": "20", "slide": "12"}, "12 / 12"),
    ],
    ids=str,
)
def test_what_the_address_asks_for(query: dict[str, str], expected: str) -> None:
    assert place(seen(**query)[1]) == expected


def test_the_look_of_the_address_wins_over_the_reader_s() -> None:
    colour = {look: theme.dress(theme.DONE, look == "dark") for look in ("light", "dark")}
    for reader in colour:
        for look in colour:
            app, _ = seen(reader, slide="2", look=look)
            drawn = next(element.proto.body for element in app.main.get("html") if "sj-drawing" in element.proto.body)
            assert colour[look] in drawn
            assert colour["dark" if look == "light" else "light"] not in drawn


def test_a_plan_without_days_says_why_nothing_is_drawn() -> None:
    _, body = seen(plan="2024-12-11", slide="2")
    assert words.of(str(charts.named("goal_bar").__file__), "ko")("empty")[:20] in body


def test_the_deck_is_put_together_on_the_page() -> None:
    app, body = seen(slides="mayor", slide="0")
    assert words.of(OWN.with_name("slide_picker.py"), "ko")("intro") in body
    app.button(key="down-0").click().run()
    app.button(key="out-3").click().run()
    assert app.query_params["slides"] == "goal_bar,day_sentence,visitor_progress"
    app.selectbox(key="add").select("crossings").run()
    assert app.query_params["slides"] == "goal_bar,day_sentence,visitor_progress,crossings"
    app.button(key="start").click().run()
    assert place("".join(element.value for element in app.main.get("html"))) == "1 / 4"


@pytest.mark.dear
@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("name", sorted(ROOMS))
def test_every_exhibit_makes_a_slide(name: str, lang: str) -> None:
    """Its whole message is there, and its drawing keeps clear of the message and of what stands below."""
    choices = discovery.told(f"{ROOMS[name].__name__.rpartition('.')[2]}.{name}", replace(BASE, lang=lang))
    drawn = exhibits.exhibit(ROOMS[name].named(name), choices, tables_now())
    slide = slide_view.lay_out(drawn, "1 / 1", dark=False)
    plain = re.sub("<[^>]+>", " ", re.sub("<span class=.whole.>([^<]*)</span>", r"\1", slide.body))
    for sentence in re.findall(r"[^\s]+", drawn.message.replace("。", "。 ")):
        assert escape(sentence) in plain, sentence
    assert drawn.words("stamp") in plain
    if slide.figure_box:
        assert slide.figure_box.height >= 0.28 * slide_view.HIGH
        assert slide.figure_box.top + slide.figure_box.height < slide_view.HIGH - 60
        assert slide.figure_box.left + slide.figure_box.width <= slide_view.WIDE


@pytest.mark.parametrize("code", decks.decks()["weekly"].slides)
def test_letters_of_the_weekly_deck_read_from_the_back(code: str) -> None:
    """At least 2.8 % of the slide's height, but for what a chart writes smaller on its page too."""
    one = decks.parse(code, ROOMS)
    assert one is not None
    drawn = exhibits.exhibit(ROOMS[one.name].named(one.name), replace(BASE, **dict(one.changes)), tables_now())
    slide = slide_view.lay_out(drawn, "1 / 1", dark=False)
    if slide.figure_box and not drawn.legend:
        assert 12 * slide.figure_box.factor >= 0.028 * slide_view.HIGH
    if drawn.legend:
        assert 13 * slide.figure_box.factor >= 0.0279 * slide_view.HIGH  # type: ignore[union-attr]


@pytest.mark.parametrize("code", [code for deck in decks.decks().values() for code in deck.slides])
def test_every_slide_of_a_deck_lives_on_a_page(code: str) -> None:
    one = decks.parse(code, ROOMS)
    assert one is not None
    page = PAGES / f"{page_links.page_of(one.name)}.py"
    assert any(name.endswith(f".{one.name}") for name in discovery.on_page(page))
