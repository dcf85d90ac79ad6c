"""Tells a menu that has been used from one whose browser has not been told yet what was chosen elsewhere.

With every message a browser sends what all its menus show. While an answer is on its way that is older than what the server
knows. A menu has been used only where it shows something else than it was set to by the answer that its browser had.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from . import answer_numbers

_MENUS = "_held_menus"
_REMEMBERED = 60  # answers back to which it is known what a menu was set to
_NOTHING = object()


@dataclass
class _Menu:
    """What a menu was set to by which answer, and what a browser has shown in it."""

    place: str = ""
    set_to: dict[int, Any] = field(default_factory=dict)
    seen: dict[int, Any] = field(default_factory=dict)  # what the browser's menu showed when that was the last number it had
    options: dict[str, str] = field(default_factory=dict)  # with what the menu calls them
    labels: dict[str, Any] = field(default_factory=dict)  # what the menu has called its options, in any language so far
    confirmed: int = 0  # the last number that a browser has sent back
    set_at: int = 0  # the last number under which the menu was set

    def expected(self, number: int) -> Any:
        """Return what the menu of a browser that has `number` shows until it is used.

        An answer that does not set the menu leaves what the viewer has chosen in it since.
        """
        past = [at for at in (*self.seen, *self.set_to) if at <= number]
        if not past:
            return _NOTHING
        last = max(past)
        return self.seen[last] if last in self.seen else self.set_to[last]

    def shown(self, key: str) -> Any:
        """Return what the menu `key` shows; a browser sends the label of an option, in the language that it had."""
        value = st.session_state.get(key, _NOTHING)
        return self.labels.get(value, value) if isinstance(value, str) else value

    def forget(self, number: int) -> None:
        """Forget what was sent long before `number`, but for the last of it."""
        for sent in (self.set_to, self.seen):
            for at in sorted(at for at in sent if at <= number - _REMEMBERED)[:-1]:
                del sent[at]


def set_menu(key: str, value: Any, place: str, labels: Mapping[str, str]) -> None:
    """Make the menu `key`, which is made next, show the choice; `labels` are what it calls its options, `place` is where its
    answers are numbered (answer_numbers.py)."""
    menu = _menus().setdefault(key, _Menu())
    menu.place = place
    number, shows = answer_numbers.current(), menu.shown(key)
    is_renamed = labels != menu.options  # a browser keeps the label that it has
    menu.options = dict(labels)
    menu.labels |= {label: option for option, label in labels.items()}
    menu.forget(number)
    if answer_numbers.is_known(place):
        has = answer_numbers.known(place)[0]
        menu.confirmed = max(menu.confirmed, has)
        menu.seen[has] = shows
    # A slider that is being moved is not set back to where it was when its first step arrived.
    if is_renamed or st.session_state.get(key, _NOTHING) != value or menu.set_at > menu.confirmed:
        st.session_state[key] = menu.set_to[number] = value
        menu.set_at = number


def get_used(key: str) -> tuple[Any, ...]:
    """Return what a viewer has chosen in the menu `key`, alone in a tuple; an empty tuple where its message came late."""
    menu = _menus().get(key)
    if menu is None or (shows := menu.shown(key)) is _NOTHING:
        return ()
    numbers = answer_numbers.known(menu.place)
    is_late = any(shows == menu.expected(at) for at in numbers)
    menu.seen[numbers[0]] = shows  # the run may end before it comes to the menu
    return () if is_late else (shows,)


def _menus() -> dict[str, _Menu]:
    menus: dict[str, _Menu] = st.session_state.setdefault(_MENUS, {})
    return menus
