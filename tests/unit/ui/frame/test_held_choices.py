"""What a message means depends on what its browser knew: late, repeated and stale ones change nothing that was chosen."""

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

from sejong_dash.ui.blocks import receipt_links
from sejong_dash.ui.browser import script_run
from sejong_dash.ui.browser.script_run import ScriptRun
from sejong_dash.ui.desk.upload import interpretation
from sejong_dash.ui.frame import answer_numbers, filters, held_choices, held_menus, page_frame
from sejong_dash.ui.present import slide_picker

stage, show = (import_module(f"sejong_dash.ui.{name}") for name in ("present.stage", "blocks.show"))
KEY = "plan-menu"
LABELS = {"": "All", "a": "A", "b": "B", "c": "C"}
FIELDS = ("address-plan-first", "address-plan-last")
HERE = ScriptRun("page", is_history=False, is_part=False)


class Address(dict[str, str]):
    """The address as Streamlit took it from a browser's message, and what was written since."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.written: list[dict[str, str]] = []

    def to_dict(self) -> dict[str, str]:
        return dict(self)

    def from_dict(self, texts: dict[str, str]) -> None:
        self.clear()
        self.update(texts)
        self.written.append(dict(texts))


class Server:
    """A server whose runs and messages are made by hand; what a run returns stands for what a browser has by then."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.session: dict[str, Any] = {}
        self.address = Address()
        self.asked = HERE
        fake = SimpleNamespace(session_state=self.session, text_input=lambda *_, **__: None, query_params=self.address)
        for module in (held_choices, held_menus, answer_numbers):
            monkeypatch.setattr(module, "st", fake)
        monkeypatch.setattr(script_run, "current_run", lambda: self.asked)

    def run(self, came: dict[str, str] | None = None, *also: str, page: str = "page", is_history: bool | None = False) -> Any:
        """Run a page that reads the choice `plan` and those of `also`, and return what its answer tells a browser."""
        self.asked = ScriptRun(page, is_history=is_history, is_part=False)
        self.come(self.address if came is None else came)
        with held_choices.page_run():
            self.draw()
            for name in also:
                held_choices.read_choice(name, str)
        return {name: str(value) if name != KEY else value for name, value in self.session.items() if name in (KEY, *FIELDS)}

    def run_part(self, came: dict[str, str], *reads: str) -> None:
        self.asked = ScriptRun(self.asked.page, is_history=False, is_part=True)
        self.come(came)
        with held_choices.part_run("part"):
            for name in reads:
                held_choices.read_choice(name, str)

    def come(self, address: dict[str, str]) -> None:
        texts = dict(address)
        self.address.clear()
        self.address.update(texts)
        self.address.written.clear()

    def draw(self) -> None:
        chosen = held_choices.read_choice("plan", lambda text: text if text in LABELS else "")
        with answer_numbers.numbered("plan") as place:
            held_menus.set_menu(KEY, chosen, place, LABELS)

    def hear(self, known: dict[str, Any], menu: str | None = None) -> None:
        """Take a message of a browser that knows of one answer, whose menu has been used since, or not."""
        before = self.session[KEY]
        self.session |= known | ({KEY: menu} if menu is not None else {})
        if self.session[KEY] != before:  # only then Streamlit calls
            for shown in held_menus.get_used(KEY):
                held_choices.set_choice("plan", shown)

    @property
    def chosen(self) -> str:
        return held_choices.get_choice("plan")


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


@pytest.mark.parametrize("came", [{}, {"plan": "b"}], ids=str)
def test_an_address_that_came_late_is_written_anew(server: Server, came: dict[str, str]) -> None:
    server.run()
    held_choices.set_choice("plan", "a")
    assert server.run(came)[KEY] == "a"
    assert server.address == {"plan": "a"}
    assert server.address.written == [{"plan": "a"}], "once: each is a step in the history"


def test_a_part_that_runs_alone_completes_the_address(server: Server) -> None:
    server.run()
    held_choices.set_choice("plan", "a")
    server.run()
    server.run_part({}, "view")
    assert server.address == {"plan": "a"}
    held_choices.set_choice("view", "total")
    server.run_part({"plan": "a"}, "view")
    assert server.address == {"plan": "a", "view": "total"}
    server.run_part({"plan": "a", "view": "total"})
    assert server.address == {"plan": "a"}, "what the part reads no more is out of the address"
    assert held_choices.get_choice("view") == "total"


def test_a_part_that_is_stopped_takes_nothing_out_of_the_address(server: Server) -> None:
    """It asks for a run of the whole page before it reads anything."""
    server.run({"plan": "a", "view": "total"})
    server.run_part({"plan": "a", "view": "total"}, "view")
    held_choices.set_choice("plan", "b")
    server.asked = ScriptRun("page", is_history=False, is_part=True)
    stopped = held_choices.part_run("part")
    stopped.__enter__()
    assert not stopped.__exit__(InterruptedError, InterruptedError(), None)
    assert server.address == {"plan": "b", "view": "total"}
    server.run_part({"plan": "b", "view": "total"})
    assert server.address == {"plan": "b"}


def test_the_first_run_reads_the_whole_address(server: Server) -> None:
    assert server.run({"plan": "a", "zoom": "year", "other": "x"}, "zoom")[KEY] == "a"
    assert held_choices.get_choice("zoom") == "year"
    assert server.address == {"plan": "a", "zoom": "year", "other": "x"}
    assert server.address.written == []


def test_what_cannot_be_read_leaves_the_address(server: Server) -> None:
    server.run({"plan": "nope", "other": "x"})
    assert server.address == {"other": "x"}
    assert server.chosen == ""


def test_a_step_in_the_history_is_followed(server: Server) -> None:
    for choice in ("a", "b"):
        server.run()
        held_choices.set_choice("plan", choice)
    server.run()
    assert server.run({"plan": "a"}, is_history=True)[KEY] == "a"
    assert server.run({}, is_history=True)[KEY] == ""
    assert server.address.written == []


def test_a_step_in_the_history_is_followed_where_its_run_was_stopped(server: Server) -> None:
    server.run({"plan": "a", "zoom": "year"}, "zoom")
    server.asked = ScriptRun("page", is_history=True, is_part=False)
    server.come({"plan": "b"})
    stopped = held_choices.page_run()
    stopped.__enter__()
    server.draw()
    assert not stopped.__exit__(InterruptedError, InterruptedError(), None)
    assert held_choices.address() == {"plan": "b"}
    held_choices.set_choice("plan", "c")
    assert server.run({"plan": "b"}, "zoom")[KEY] == "c"
    assert held_choices.get_choice("zoom") == ""
    assert server.address == {"plan": "c"}


def test_a_press_on_the_page_menu_keeps_what_is_held(server: Server) -> None:
    server.run({"plan": "a"}, "zoom")
    held_choices.set_choice("zoom", "year")
    held_choices.set_choice("plan", "b")  # its answer is on the way
    step = {"menu_step": "1"}
    server.run({"plan": "a"} | step, page="other", is_history=True)
    assert server.address == {"plan": "b"}, "the other page has no zoom, and the sign of the step is gone"
    server.run({"plan": "b"} | step, "zoom", page="page", is_history=True)
    assert server.address == {"plan": "b", "zoom": "year"}


def test_another_page_without_an_address_keeps_what_is_held(server: Server) -> None:
    """Streamlit's own step to a page drops the parameters."""
    server.run({"plan": "a"})
    assert server.run({}, page="other")[KEY] == "a"
    assert server.address == {"plan": "a"}


def test_a_choice_is_pending_until_the_page_has_read_it(server: Server) -> None:
    server.run()
    assert not held_choices.is_pending("plan")
    held_choices.set_choice("plan", "a")
    assert held_choices.is_pending("plan")
    server.run()
    assert not held_choices.is_pending("plan")
    assert not held_choices.is_pending("nothing")


def test_what_was_sent_is_what_the_browser_had(server: Server) -> None:
    first = server.run()
    held_choices.set_choice("plan", "a")
    server.run()
    server.hear(first)
    assert held_choices.get_sent("plan") == ""
    assert held_choices.get_sent("nothing") == ""


def test_a_step_in_the_history_is_known_by_the_numbers_where_runs_say_nothing(server: Server) -> None:
    server.run(is_history=None)
    for choice in ("a", "b"):
        held_choices.set_choice("plan", choice)
        server.run(is_history=None)
    server.hear(server.run({}, is_history=None))
    assert server.address == {"plan": "b"}, "an address that may be late is none"
    assert server.run({"plan": "a"}, is_history=None)[KEY] == "a"
