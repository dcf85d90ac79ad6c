"""The server holds what is chosen: a late address changes nothing, the first one and a step in the history are followed."""

import pytest
from choice_server import KEY, Server

from sejong_dash.ui.browser.script_run import ScriptRun
from sejong_dash.ui.frame import held_choices


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    return Server(monkeypatch)


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


def test_from_part_to_part_of_a_page_is_one_step_in_the_history(server: Server) -> None:
    """Each part reads choices of its own, and a choice of the part that is left is out of the address at once."""
    server.run({"part": "a", "zoom": "year"}, "part", "zoom")
    for _ in range(2):
        held_choices.set_choice("part", "b")
        server.run({"part": "a", "zoom": "year"}, "part")
        assert server.address.written == [{"part": "b"}]
        held_choices.set_choice("part", "a")
        server.run({"part": "b"}, "part", "zoom")
        assert server.address.written == [{"part": "a", "zoom": "year"}], "what was chosen there is held"


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
