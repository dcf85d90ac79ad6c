"""What a message means depends on what its browser knew: late, repeated and stale ones change nothing that was chosen."""

from collections.abc import Callable
from contextlib import nullcontext
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

from sejong_dash.ui.blocks import receipt_links
from sejong_dash.ui.browser import bound_address, script_run
from sejong_dash.ui.browser.script_run import ScriptRun
from sejong_dash.ui.desk.upload import interpretation
from sejong_dash.ui.frame import filters, held_choices, page_frame
from sejong_dash.ui.present import slide_picker

stage, show = (import_module(f"sejong_dash.ui.{name}") for name in ("present.stage", "blocks.show"))
KEY = "plan-menu"
LABELS = {"": "All", "a": "A", "b": "B", "c": "C"}


class Server:
    """A server whose runs and messages are made by hand; `Browser` stands for what a browser has by now."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.session: dict[str, Any] = {}
        fake = SimpleNamespace(
            session_state=self.session, container=lambda **_: nullcontext(), text_input=lambda *_, **__: None, query_params={}
        )
        monkeypatch.setattr(held_choices, "st", fake)
        run = ScriptRun("page", is_history=False, is_part=False)
        monkeypatch.setattr(script_run, "current_run", lambda: run)

    def run(self) -> dict[str, Any]:
        """A run of the page: what its answer tells a browser."""

        def make_input() -> str:
            return str(self.session.setdefault("plan", ""))

        chosen = held_choices.read_choice("plan", make_input, lambda text: text if text in LABELS else "")
        held_choices.set_menu("plan", chosen, KEY, LABELS)
        held_choices.number_menu("plan")
        names = (KEY, "plan-choice-number", "plan-menu-number")
        return {name: str(value) if name != KEY else value for name, value in self.session.items() if name in names}

    def hear(self, known: dict[str, Any], menu: str | None = None) -> None:
        """A message of a browser that knows of one answer, whose menu has been used since, or not."""
        before = self.session[KEY]
        self.session |= known | ({KEY: menu} if menu is not None else {})
        if self.session[KEY] != before:  # only then Streamlit calls
            for shown in held_choices.get_used("plan", KEY):
                held_choices.set_choice("plan", shown)

    @property
    def chosen(self) -> str:
        return str(held_choices.get_choice("plan"))


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
    server.hear({**second, "plan-menu-number": first["plan-menu-number"]})
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
    record = held_choices._records()["plan"]
    set_at = record.set_at
    server.run()
    assert record.set_at == set_at


@pytest.mark.parametrize(
    ("said", "number", "late"), [("", 1, True), ("", 2, False), ("a", 2, True), ("b", 2, True), ("c", 1, False)]
)
def test_an_address_is_late_if_the_browser_may_not_have_had_a_newer_one(
    server: Server, said: str, number: int, late: bool
) -> None:
    server.run()
    for choice in ("a", "b"):
        held_choices.set_choice("plan", choice)
        server.run()
    assert held_choices._records()["plan"].is_late(said, number) is late


def ignore(*_: object) -> None:
    pytest.fail("nothing was pressed")


# Every callback, called when what it asks about has gone: Streamlit calls it with the message, not with the page.
LATE: dict[str, Callable[[], object]] = {
    "a map": lambda: show._press_shape("maps.prefecture_map", ignore),
    "a drawing": lambda: show._press_mark("charts.programme_timeline-0", ignore),
    "a menu": lambda: filters._use("nothing", "nothing-menu", str, ignore),
    "the presenter's keys": stage._press,
    "a mark": receipt_links.remember_press,
    "a link of a list": page_frame._choose,
    "a way to read a file": lambda: interpretation._keep("year", "file"),
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


class Address(dict[str, str]):
    """The address as Streamlit took it from a browser's message."""

    def to_dict(self) -> dict[str, str]:
        return dict(self)


@pytest.fixture
def address(server: Server, monkeypatch: pytest.MonkeyPatch) -> Address:
    made = Address()
    monkeypatch.setattr(held_choices.st, "query_params", made)
    monkeypatch.setattr(bound_address, "is_bound", lambda name: True)
    monkeypatch.setattr(bound_address, "write", lambda texts: made.update(texts) is None)
    return made


@pytest.mark.parametrize("is_part", [False, True])
def test_an_address_without_a_choice_takes_none_back_before_the_browser_had_the_page(
    server: Server, address: Address, is_part: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another page has just come, and the browser asks on before it knows that page's address."""
    server.run()
    held_choices.set_choice("plan", "a")
    server.run()
    with monkeypatch.context() as changed:
        changed.setattr(script_run, "current_run", lambda: ScriptRun("page", is_history=False, is_part=is_part))
        held_choices.complete_address(of_part=is_part)
    assert address == {"plan": "a"}
    assert server.run()[KEY] == "a"
    assert server.chosen == "a"


def test_a_step_in_the_history_is_taken_where_the_browser_had_the_page(server: Server, address: Address) -> None:
    server.run()
    held_choices.set_choice("plan", "a")
    server.run()
    held_choices.set_choice("plan", "b")
    answer = server.run()
    address["plan"] = "a"
    server.session |= answer
    held_choices.complete_address()
    server.run()
    assert server.chosen == "a"
