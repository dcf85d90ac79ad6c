"""Holds the choices of the run that is under way, as the shell read them from the address."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from types import ModuleType
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from sejong_dash.choices import Choices, WhatIf
from sejong_dash.datasets import Tables

from . import held_choices

P = ParamSpec("P")
T = TypeVar("T")
_CHOICES, _DATA, _TABLES, _SUPPOSED, _PART, _STATED = "_choices", "_data", "_tables", "_supposed", "_part", "_stated"


def choices() -> Choices:
    """Return the choices of the run that is under way."""
    return st.session_state[_CHOICES]


def data() -> str:
    """Return the fingerprint of the data, taken once at the start of the run that is under way."""
    return st.session_state[_DATA]


def tables() -> Tables:
    """Return the tables of the run that is under way, the same for all that it draws."""
    return st.session_state[_TABLES]


def remember(chosen: Choices, data: str, tables: Tables) -> None:
    """Set what `choices`, `data` and `tables` return for this run."""
    st.session_state[_CHOICES], st.session_state[_DATA], st.session_state[_TABLES] = chosen, data, tables
    st.session_state[_PART] = ""
    st.session_state[_STATED] = {}


def is_first_to_state(what: str, exhibit: str) -> bool:
    """Return whether this exhibit of the page states something that the page says once; a part that runs alone says it again."""
    return st.session_state[_STATED].setdefault(what, exhibit) == exhibit


def remember_part(code: str) -> None:
    """Set the part of the page that is drawn, for the links of this run; it is blank until then."""
    st.session_state[_PART] = code


def suppose(supposed: WhatIf) -> None:
    """Keep what the page's catch-up planner supposes: a receipt of its figures is opened after the page has run."""
    st.session_state[_SUPPOSED] = supposed


def supposed() -> WhatIf:
    """Return what the page's catch-up planner supposes."""
    return st.session_state.get(_SUPPOSED, WhatIf())


def narrow(**changes: str | None) -> None:
    """Add a page's own filter to the frame's choices, for the rest of this run."""
    st.session_state[_CHOICES] = replace(choices(), **changes)  # type: ignore[arg-type]


@contextmanager
def supposing(**changes: Any) -> Iterator[None]:
    """Change choices for a part of the page alone, so that the rest need not be drawn again."""
    before = choices()
    st.session_state[_CHOICES] = replace(before, **changes)
    try:
        yield
    finally:
        st.session_state[_CHOICES] = before


def address() -> dict[str, str]:
    """Return the parameters of an address that shows this screen on any later day: also what holds today by default."""
    chosen = choices()
    fixed = {"lang": chosen.lang, "plan": chosen.plan, "asof": chosen.as_of.isoformat(), "sample": str(chosen.sample).lower()}
    part = st.session_state.get(_PART, "")
    return fixed | held_choices.address() | ({held_choices.PART: part} if part else {})


def fragment(part: Callable[P, T], run_every: float | None = None) -> Callable[P, T]:
    """Return `part` as an `st.fragment` that reads choices: run alone, it too writes the address."""

    @wraps(part)
    def with_choices(*args: P.args, **kwargs: P.kwargs) -> T:
        exhibits = (argument.__name__ for argument in args if isinstance(argument, ModuleType))
        with held_choices.part_run(" ".join((part.__qualname__, *exhibits))):
            return part(*args, **kwargs)

    return st.fragment(with_choices, run_every=run_every)


def component_value(key: str, name: str) -> Any:
    """Return what a component or a drawing has sent under `name`; None where it left with its page before its message came."""
    return getattr(st.session_state.get(key), name, None)


def is_dark() -> bool:
    """Return whether the reader's theme is dark; known from the first run on."""
    return st.context.theme.type == "dark"
