"""Holds what a viewer has chosen, so that no late, repeated or stale message undoes it.

With every message a browser sends the whole address and the values of all its widgets as it knows them. While an answer is on
its way, that is older than what the server knows, and read as it is it would undo a choice. So the server holds the choices. It
numbers what it sends, in fields that are not shown, and the number that comes back says what the browser knew: a menu has been
used only where it shows something else than it was set to, and an address has been changed only where it holds what the browser
cannot have been sent since.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import streamlit as st

from sejong_dash.ui.browser import bound_address, script_run

_RECORDS, _PAGE, _VISITED = "_held", "_held_page", "_held_visited"
_REMEMBERED = 60  # numbers back to which it is known what was sent
_NOTHING = object()


class _Own(str):
    """A number as the server wrote it, unlike the plain string that a browser sends back."""

    __slots__ = ()


@dataclass
class _Record:
    """One choice, and what the browser was sent of it under which number."""

    value: Any
    number: int = 0
    address: dict[int, str] = field(default_factory=dict)
    menu: dict[int, Any] = field(default_factory=dict)
    seen: dict[int, Any] = field(default_factory=dict)  # what the browser's menu showed when that was the last number it had
    options: dict[str, str] = field(default_factory=dict)  # of the menu, with what it calls them
    labels: dict[str, Any] = field(default_factory=dict)  # what the menu has called its options, in any language so far
    confirmed: int = 0  # the last number that a browser has sent back
    set_at: int = 0  # the last number under which the menu was set

    def advance(self) -> None:
        self.number += 1
        for sent in (self.address, self.menu, self.seen):
            sent.pop(self.number - _REMEMBERED, None)

    def expected(self, number: int) -> Any:
        """Return what the menu of a browser that has `number` shows until it is used."""
        return self.seen.get(number, self.menu.get(number, _NOTHING))

    def shown(self, key: str) -> Any:
        """Return what the menu `key` shows; a browser sends the label of an option, in the language that it had."""
        value = st.session_state.get(key, _NOTHING)
        return self.labels.get(value, value) if isinstance(value, str) else value

    def is_late(self, text: str, number: int) -> bool:
        """Return whether the address of a browser that has `number` may still hold `text`."""
        return any(at >= number and sent == text for at, sent in self.address.items())


def complete_address(*, of_part: bool = False) -> None:
    """Complete an address that came late; call it before a run, of a page or of a part of it alone, reads a choice.

    Streamlit answers with the whole address, made from what the browser sent: without this, a part of the page that runs alone
    would take back what was chosen elsewhere meanwhile.
    """
    run = script_run.current_run()
    if run is None or (of_part and not run.is_part):
        return  # where the whole page runs, it has done so
    is_same_page = st.session_state.get(_PAGE) == run.page
    visited = st.session_state[_VISITED] = set[str]()
    late: dict[str, str] = {}
    if is_same_page and not run.is_history:
        address = st.query_params.to_dict()
        for name, record in _records().items():
            came, holds = address.get(name, ""), _to_text(record.value)
            if came == holds or not bound_address.is_bound(name):
                continue
            number = _number(_field(name))  # none where the browser has not had this page's inputs: it cannot know better
            if run.is_part or number is None or record.is_late(came, number):
                late[name] = holds
            else:
                visited.add(name)  # back or forward in the history, and another message right after that
    is_completed = bool(late) and bound_address.write(late)
    if is_completed or not run.is_part:
        st.query_params.update({})  # sends the address as it is


def read_choice(name: str, make_input: Callable[[], Any], parse: Callable[[str], Any]) -> Any:
    """Return the choice that is held, or that the address names.

    `make_input` makes Streamlit's own input, bound to the address by its key `name`; `parse` returns the value of a text in the
    address, which is blank where there is none.
    """
    records, run = _records(), script_run.current_run()
    record = records.get(name)
    is_from_address = record is None or (run is not None and run.is_history)
    if record is None:
        record = records[name] = _Record(None)
    elif not is_from_address:
        text = st.query_params.get(name, "") if name in st.session_state.get(_VISITED, ()) else _to_text(record.value)
        st.session_state[name] = record.value = parse(text)
    with st.container(key=f"address-{name}"):
        value = make_input()
        if is_from_address:
            record.value = value
        record.advance()
        record.address[record.number] = _to_text(value)
        _send(_field(name), record.number)
    if run is not None:
        st.session_state[_PAGE] = run.page
    return value


def set_choice(name: str, value: Any) -> None:
    """Set a choice; it holds from the next run that reads it."""
    _records().setdefault(name, _Record(value)).value = value


def get_choice(name: str) -> Any:
    """Return what is chosen, whether or not the page shows it yet; None before the page has read it."""
    record = _records().get(name)
    return record.value if record else None


def get_sent(name: str) -> str:
    """Return what was chosen as far as the browser knew when it sent the message that is being answered, as address text."""
    record = _records().get(name)
    return record.address.get(_number(_field(name)) or record.number, "") if record else ""


def is_pending(name: str) -> bool:
    """Return whether something else is chosen than the page and its address show."""
    record = _records().get(name)
    return record is not None and record.address.get(record.number) != _to_text(record.value)


def set_menu(name: str, value: Any, key: str, labels: Mapping[str, str]) -> None:
    """Make the menu `key`, which is made next, show the choice; `labels` are what it calls its options.

    Call `number_menu` after the menu.
    """
    record = _records().setdefault(name, _Record(value))
    if not record.address:  # a menu of something that no address holds
        record.advance()
    has_number, shows = _number(_field(name, "menu")), record.shown(key)
    is_renamed = labels != record.options  # a browser keeps the label that it has
    record.options = dict(labels)
    record.labels |= {label: option for option, label in labels.items()}
    if has_number is not None:
        record.confirmed = max(record.confirmed, has_number)
        record.seen[has_number] = shows
    # A slider that is being moved is not set back to where it was when its first step arrived.
    if is_renamed or st.session_state.get(key, _NOTHING) != value or record.set_at > record.confirmed:
        st.session_state[key] = value
        record.set_at = record.number
    record.menu[record.number] = value


def number_menu(name: str) -> None:
    """Number what the menu shows, apart from the choice: for a moment a browser may have the number of one of them alone."""
    with st.container(key=f"address-{name}-menu"):
        _send(_field(name, "menu"), _records()[name].number)


def get_used(name: str, key: str) -> tuple[Any, ...]:
    """Return what a viewer has chosen in the menu `key`, alone in a tuple; an empty tuple where its message came late."""
    record = _records().get(name)
    if record is None or (shows := record.shown(key)) is _NOTHING:
        return ()
    number = _number(_field(name, "menu")) or 0
    is_late = any(shows == record.expected(at) for at in {number, _number(_field(name)) or 0})
    record.seen[number] = shows  # the run may end before it comes to the menu
    return () if is_late else (shows,)


def _records() -> dict[str, _Record]:
    records: dict[str, _Record] = st.session_state.setdefault(_RECORDS, {})
    return records


def _field(name: str, part: str = "choice") -> str:
    return f"{name}-{part}-number"


def _send(key: str, number: int) -> None:
    st.session_state[key] = _Own(number)
    st.text_input(key, key=key)


def _number(key: str) -> int | None:
    """Return the number that a browser has sent back; None where it has sent none."""
    text = st.session_state.get(key)
    if not isinstance(text, str) or isinstance(text, _Own):
        return None
    return int(text) if text.isascii() and text.isdigit() else None


def _to_text(value: Any) -> str:
    """Return a value as an address holds it."""
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
