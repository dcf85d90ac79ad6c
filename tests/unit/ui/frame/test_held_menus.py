"""A menu has been used only where its browser knew what it was set to: late, repeated and stale messages change nothing."""

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from choice_server import FIELDS, KEY, Server

from sejong_dash.ui.blocks import receipt_links
from sejong_dash.ui.desk.reading import other_readings
from sejong_dash.ui.frame import filters, held_choices, held_menus, page_frame
from sejong_dash.ui.present import slide_picker

stage, show = (import_module(f"sejong_dash.ui.{name}") for name in ("present.stage", "blocks.show"))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    return Server(monkeypatch)


def test_a_late_message_takes_no_choice_back(server: Server) -> None:
    first = server.run()
    held_choices.set_choice("plan", "a")  # by a press elsewhere
    assert server.run()[KEY] == "a"
    server.hear(first)  # before its browser had the answer
    assert server.chosen == "a"
    assert server.run()[KEY] == "a"


def test_a_menu_is_used_before_the_answer_to_something_else(server: Server) -> None:
    first = server.run()
    held_choices.set_choice("plan", "a")
    server.run()
    server.hear(first, menu="b")
    assert server.chosen == "b"


def test_there_and_back_faster_than_any_answer(server: Server) -> None:
    first = server.run()
    server.hear(first, menu="b")
    assert server.chosen == "b"
    server.run()
    server.hear(first, menu="")  # the browser knows of no answer yet
    assert server.chosen == ""
    server.run()
    server.hear(first, menu="b")
    server.run()
    server.hear(first, menu="b")  # nobody has touched it since
    assert server.chosen == "b"


def test_there_and_back_while_the_first_answer_comes(server: Server) -> None:
    """An answer that does not set the menu leaves in it what was chosen since."""
    first = server.run()
    server.hear(first, menu="a")
    second = server.run()
    server.hear(first, menu="b")
    server.run()
    server.hear(second, menu="a")
    assert server.chosen == "a"


def test_what_was_chosen_long_ago_is_no_use(server: Server) -> None:
    server.hear(server.run(), menu="a")
    for _ in range(100):
        answer = server.run()
    held_choices.set_choice("plan", "b")
    server.run()
    server.hear(answer)
    assert server.chosen == "b"


def test_back_to_what_was_before_after_the_answer(server: Server) -> None:
    server.run()
    held_choices.set_choice("plan", "a")
    second = server.run()
    server.hear(second, menu="")
    assert server.chosen == ""


def test_the_menu_has_come_and_its_number_has_not(server: Server) -> None:
    first = server.run()
    held_choices.set_choice("plan", "a")
    second = server.run()
    held_choices.set_choice("plan", "b")
    server.run()
    server.hear({**second, FIELDS[1]: first[FIELDS[1]]})
    assert server.chosen == "b"


def test_an_answer_in_another_language_is_understood(server: Server) -> None:
    first = server.run()
    server.hear(first, menu="A")  # Streamlit hands on a label that the menu does not have any more
    assert server.chosen == "a"


def test_a_slider_that_is_moved_on_is_not_set_back(server: Server) -> None:
    known = server.run()
    server.hear(known, menu="a")
    server.session.pop(KEY)
    server.session[KEY] = "a"
    menu = held_menus._menus()[KEY]
    set_at = menu.set_at
    server.run()
    assert menu.set_at == set_at


def ignore(*_: object) -> None:
    pytest.fail("nothing was pressed")


# Every callback, called when what it asks about has gone: Streamlit calls it with the message, not with the page.
LATE: dict[str, Callable[[], object]] = {
    "a map": lambda: show._press_shape("maps.prefecture_map", ignore),
    "a menu": lambda: filters._use("nothing", "nothing-menu", str, ignore),
    "the presenter's keys": stage._press,
    "a mark": receipt_links.remember_press,
    "a link of a list": page_frame._choose,
    "a way to read a file": lambda: other_readings._keep("year", "file"),
    "a row of slides": lambda: slide_picker._change_row({}, 3, "down"),
}


@pytest.mark.parametrize("name", LATE)
def test_a_press_survives_its_page(name: str) -> None:
    LATE[name]()


def test_a_press_that_comes_once_more_is_no_press(monkeypatch: pytest.MonkeyPatch) -> None:
    session: dict[str, Any] = {}
    monkeypatch.setattr(show, "st", SimpleNamespace(session_state=session))
    heard: list[str] = []
    for code in ("a", "a", None, "a", "b"):  # None: the mark was let go
        show._hand_on("charts.x-0", code, heard.append)
    assert heard == ["a", "a", "b"]
    show._hand_on("charts.x-1", "b", heard.append)  # in the drawing that has taken its place
    assert heard == ["a", "a", "b", "b"]
    show._await_press("charts.x-1")
    show._hand_on("charts.x-1", "b", heard.append)
    assert heard == ["a", "a", "b", "b", "b"]
