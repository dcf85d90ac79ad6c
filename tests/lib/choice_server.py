"""Runs of a page and messages of a browser, made by hand: what a message means depends on what its browser knew."""

from types import SimpleNamespace
from typing import Any

import pytest

from sejong_dash.ui.browser import script_run
from sejong_dash.ui.browser.script_run import ScriptRun
from sejong_dash.ui.frame import answer_numbers, held_choices, held_menus

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
