"""Holds what a viewer has chosen, so that no late, repeated or stale message undoes it.

With every message a browser sends the address as it knows it. While an answer is on its way, that is older than what the server
knows, and read as it is it would undo a choice. So the server holds the choices, as the texts that the address has for them. A
run reads the address once: all of it in the first run of a session, and where a step in the history has asked for it. Else what
is held counts, and the address is written anew. A press on the page menu is no step of that kind: it goes to another page with
what is held (ui/browser/menu_step.js).

A page may be divided into parts, of which it draws the one that the choice PART names. Parts read different choices, so what is
known of a page is known of it together with its part: else the address would be written twice on the way from one to another, and
each time is a step in the history.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from sejong_dash.ui.browser import script_run
from sejong_dash.ui.browser.script_run import ScriptRun

from . import answer_numbers

T = TypeVar("T")
_HELD = "_held"
PART = "part"  # the choice of which part of a page is drawn
_MENU_STEP = "menu_step"  # the parameter by which menu_step.js says what has asked for the page
_REMEMBERED = 60  # answers back to which it is known what was sent
_OUTSIDE = ""  # what is read by no part of the page that may run alone
Names = dict[str, dict[str, None]]  # the choices that each part of a page reads


@dataclass
class _Held:
    """What one viewer has chosen, and what their browser was sent of it."""

    texts: dict[str, str] = field(default_factory=dict)  # each choice that was ever read or made, as the address has it
    read: dict[str, str] = field(default_factory=dict)  # what the page that is shown has read
    sent: dict[str, dict[int, str]] = field(default_factory=dict)  # by choice and number of the answer
    visited: Mapping[str, str] | None = None  # an address that is followed until the page has run
    settled: set[str] = field(default_factory=set)  # what has been read of it, or chosen since
    page: str | None = None
    part: str = ""  # of the page, as address text
    by_page: dict[tuple[str, str], Names] = field(default_factory=dict)  # by page and part
    names: Names = field(default_factory=dict)  # of the page that is shown, as far as it has run
    parts: list[tuple[str, dict[str, None]]] = field(
        default_factory=list
    )  # that run, one within another, and what they have read

    def text(self, name: str, came: Mapping[str, str]) -> str:
        """Return what holds for a choice; `came` is the address of the run, for what nobody has read yet."""
        if self.visited is not None and name not in self.settled:
            return self.visited.get(name, "")
        return self.texts[name] if name in self.texts else came.get(name, "")

    def expected(self) -> dict[str, None]:
        """Return the names of the choices that the page reads, as far as is known."""
        parts = (*self.by_page.get((self.page or "", self.part), {}).values(), *self.names.values())
        return {name: None for part in parts for name in part}

    def address(self, came: Mapping[str, str]) -> dict[str, str]:
        """Return the parameters that the page's address has; what nobody reads stays as it came."""
        expected, address = self.expected(), {}
        for name in dict.fromkeys((*came, *expected)):
            is_elsewhere = name in self.texts and name not in expected and (self.visited is None or name in self.settled)
            address[name] = "" if is_elsewhere else self.text(name, came)
        return {name: text for name, text in address.items() if text}


@contextmanager
def page_run() -> Iterator[None]:
    """Surround a run of a whole page: read its address before, and write it where something else holds."""
    held, run, came = _held(), script_run.current_run(), st.query_params.to_dict()
    page = run.page if run else ""
    is_menu_step = came.pop(_MENU_STEP, None) is not None
    if not is_menu_step and (held.page is None or _is_visit(held, run, came)):
        held.visited, held.settled = came, set()
    elif is_menu_step or page != held.page:
        held.visited = None
    held.page, held.read, held.names, held.parts = page, {}, {_OUTSIDE: {}}, []
    held.part = held.text(PART, came)
    answer_numbers.advance()
    if held.visited is None and (page, held.part) in held.by_page:
        _write(held)
    yield
    held.by_page[page, held.part] = held.names
    held.visited = None
    _write(held)


@contextmanager
def part_run(name: str) -> Iterator[None]:
    """Surround a run of a part of the page, alone or with the page.

    Streamlit answers with the whole address, made from what the browser sent: a part that runs alone would take back what was
    chosen elsewhere meanwhile.
    """
    held, run = _held(), script_run.current_run()
    is_alone = run is not None and run.is_part and not held.parts
    if is_alone:
        answer_numbers.advance()
        _write(held)
    read: dict[str, None] = {}
    held.names.setdefault(name, {})
    held.parts.append((name, read))
    try:
        yield
    finally:
        held.parts.pop()
    held.names[name] = read  # a part that is stopped keeps what it read before
    if is_alone:
        _write(held)


def address() -> dict[str, str]:
    """Return the parameters of the page's address as they are now, wherever the browser's own may be."""
    return _held().address(_came())


def read_choice(name: str, parse: Callable[[str], T]) -> T:
    """Return the choice that is held, or that the address names.

    `parse` returns the value of a text in the address, which is blank where there is none; what it cannot read is the default.
    """
    held = _held()
    value = parse(held.text(name, _came()))
    text = held.texts[name] = held.read[name] = _to_text(value)
    held.settled.add(name)
    part, read = held.parts[-1] if held.parts else (_OUTSIDE, {})
    held.names.setdefault(part, {})[name] = read[name] = None
    number, sent = answer_numbers.current(), held.sent.setdefault(name, {})
    sent[number] = text
    for at in [at for at in sent if at <= number - _REMEMBERED]:
        del sent[at]
    return value


def set_choice(name: str, value: Any) -> None:
    """Set a choice; it holds from the next run that reads it."""
    held = _held()
    held.texts[name] = _to_text(value)
    held.settled.add(name)


def get_choice(name: str) -> str:
    """Return what is chosen as address text, whether or not the page shows it yet; blank before anything has read it."""
    return _held().texts.get(name, "")


def get_sent(name: str) -> str:
    """Return what was chosen as far as the browser knew when it sent the message that is being answered, as address text."""
    sent, number = _held().sent.get(name, {}), answer_numbers.newest()
    before = [at for at in sent if at <= number]
    return sent[max(before or sent)] if sent else ""


def is_pending(name: str) -> bool:
    """Return whether something else is chosen than the page shows."""
    held = _held()
    return name in held.read and held.read[name] != held.texts[name]


def _is_visit(held: _Held, run: ScriptRun | None, came: Mapping[str, str]) -> bool:
    """Return whether a step in the history asks for the run: where that is not known, whether the address can be nothing else."""
    if run is None or run.is_history is not None:
        return run is not None and bool(run.is_history)
    number = answer_numbers.newest()
    newer = {name: {text for at, text in held.sent[name].items() if at >= number} for name in held.read}
    return run.page == held.page and any(texts and came.get(name, "") not in texts for name, texts in newer.items())


def _write(held: _Held) -> None:
    """Write the address of the run where it is another."""
    if (wanted := held.address(_came())) != st.query_params.to_dict():
        st.query_params.from_dict(wanted)


def _came() -> dict[str, str]:
    return {name: text for name, text in st.query_params.to_dict().items() if name != _MENU_STEP}


def _held() -> _Held:
    held: _Held = st.session_state.setdefault(_HELD, _Held())
    return held


def _to_text(value: Any) -> str:
    """Return a value as an address holds it."""
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
