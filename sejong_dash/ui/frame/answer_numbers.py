"""Numbers what a browser is sent, in fields that are not shown: the number that comes back says what the browser knew.

What is numbered stands between two fields. For a moment a browser may have the first of them and not yet the second: it then
shows what it had, or what it has just been sent.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from sejong_dash.exhibits import address

_NUMBER, _PLACES, _OPEN = "_answer_number", "_answer_places", "_answer_open"
_FIRST, _LAST = "first", "last"


class _Own(str):
    """A number as the server wrote it, unlike the plain string that a browser sends back."""

    __slots__ = ()


def advance() -> int:
    """Begin another answer and return its number; nothing that was left open by a run that was stopped stays so."""
    st.session_state[_OPEN] = []
    number: int = current() + 1
    st.session_state[_NUMBER] = number
    return number


def current() -> int:
    """Return the number of the answer that is being made."""
    number: int = st.session_state.get(_NUMBER, 0)
    return number


@contextmanager
def numbered(place: str) -> Iterator[str]:
    """Number what is made inside and give the name of the place: that of the outermost where one stands within another."""
    opened: list[str] = st.session_state.setdefault(_OPEN, [])
    if opened:
        yield opened[0]
        return
    st.session_state.setdefault(_PLACES, {})[place] = None
    _send(place, _FIRST)
    opened.append(place)
    try:
        yield place
    finally:
        opened.clear()
    _send(place, _LAST)


def known(place: str) -> tuple[int, int]:
    """Return the numbers that a browser has sent back from a place, that of its last field first; 0 where it has sent none."""
    return _number(place, _LAST) or 0, _number(place, _FIRST) or 0


def is_known(place: str) -> bool:
    """Return whether a browser has sent a number back from a place."""
    return _number(place, _LAST) is not None


def newest() -> int:
    """Return the newest number that a browser has sent back from any place; 0 where it has sent none."""
    return max((known(place)[0] for place in st.session_state.get(_PLACES, ())), default=0)


def _key(place: str, end: str) -> str:
    return f"address-{place}-{end}"  # style.css hides what is called so


def _send(place: str, end: str) -> None:
    key = _key(place, end)
    st.session_state[key] = _Own(current())
    st.text_input(key, key=key)


def _number(place: str, end: str) -> int | None:
    """Return the number that a browser has sent back; None where it has sent none."""
    text = st.session_state.get(_key(place, end))
    if not isinstance(text, str) or isinstance(text, _Own):
        return None
    return address.parse_whole(text, 0, None)
