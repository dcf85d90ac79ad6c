"""How does a viewer choose, and how does the address keep the choice?

Streamlit binds a widget to the address by the label that it shows. A choice such as the language or a prefecture has a
label in three languages but one code, so the code is bound through a widget that nobody sees and the menu follows it:
back, reload, a cold link, a slip in a link and a change of page then all work as Streamlit's own binding does. A blank
code means that nothing was chosen: the default holds, whatever it has become since, and the address stays short.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

import streamlit as st

from ..datasets.columns import FIELDS
from ..words import shared
from . import state

_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)  # what the calendar offers
_SWITCH = {"true": True, "false": False}


def code(name: str, known: Iterable[str]) -> str:
    """The code that the address holds for `name`; blank where it holds none that is known."""
    asked_for = st.session_state.pop(f"{name}-asked", None)
    if asked_for is not None:
        st.session_state[name] = asked_for
    with st.container(key=f"address-{name}"):
        return st.selectbox(name, ["", *known], key=name, bind="query-params", persist_state="session")


def text(name: str) -> str:
    """The text that the address holds for `name`, whatever it is."""
    asked_for = st.session_state.pop(f"{name}-asked", None)
    if asked_for is not None:
        st.session_state[name] = asked_for
    with st.container(key=f"address-{name}"):
        return str(st.text_input(name, key=name, bind="query-params"))


def ask(name: str, code: str) -> None:
    """Choose a code from a part of the page that runs alone. It holds from the next run of the whole page on: Streamlit takes
    the address for what was chosen unless it is told otherwise in that very run."""
    st.session_state[f"{name}-asked"] = code


def is_asked(name: str) -> bool:
    return f"{name}-asked" in st.session_state


def asked_for(name: str) -> str:
    """The code that was asked for and does not hold yet."""
    return str(st.session_state.get(f"{name}-asked") or "")


def menu(
    name: str,
    options: Mapping[str, str],
    chosen: str,
    label: str,
    *,
    pills: bool = False,
    width: Literal["stretch", "content"] | int = "stretch",
) -> None:
    """A menu of code -> label, the default first, that writes the code to the address as soon as it is used."""
    default = next(iter(options))
    shared_by_both: dict[str, Any] = {
        "key": _follow(name, chosen),
        "format_func": lambda one: options[one],
        "width": width,
        "on_change": _keep,
        "args": (name, lambda one: "" if one == default else one),
    }
    if pills:
        st.segmented_control(label, list(options), required=True, **shared_by_both)
    else:
        st.selectbox(label, list(options), **shared_by_both)


def day(name: str, default: Callable[[], date], label: str, help: str) -> date:
    """A day; the default one stays out of the address, so that the link shows tomorrow's default tomorrow."""
    with st.container(key=f"address-{name}"):
        said = st.date_input(name, None, _FIRST_DAY, _LAST_DAY, key=name, bind="query-params", persist_state="session")
    usual = default()
    chosen = said or usual
    st.date_input(
        label,
        None,
        _FIRST_DAY,
        _LAST_DAY,
        key=_follow(name, chosen),
        format="YYYY-MM-DD",
        help=help,
        on_change=_keep,
        args=(name, lambda one: None if one == usual else one),
    )
    return chosen


def switch(name: str, default: bool, label: str, help: str) -> bool:
    """On or off; as long as the viewer leaves it alone, it follows the default."""
    chosen = _SWITCH.get(code(name, _SWITCH), default)
    st.toggle(
        label,
        key=_follow(name, chosen),
        help=help,
        on_change=_keep,
        args=(name, lambda one: "" if one == default else str(one).lower()),
    )
    return chosen


def field_filter() -> None:
    """Narrow the page to one field of the programme."""
    words = shared(state.choices().lang)
    options = {"": words("every_field")} | {one: words(f"field.{one}") for one in FIELDS if one != "all"}
    chosen = code("field", list(options)[1:])
    menu("field", options, chosen, words("field_label"), width=320)
    state.narrow(field=chosen or None)


def running(name: str = "view") -> bool:
    """Days, or running totals?"""
    words = shared(state.choices().lang)
    options = {"": words("view.days"), "total": words("view.total")}
    chosen = code(name, list(options)[1:])
    menu(name, options, chosen, words("view.label"), pills=True, width="content")
    return chosen == "total"


def asked(name: str, label: str) -> bool:
    """Whether something is to be shown that is left out otherwise; the address lists it under `show`."""
    chosen = bool(code(f"show_{name}", ["true"]))
    st.toggle(
        label,
        key=_follow(f"show_{name}", chosen),
        on_change=_keep,
        args=(f"show_{name}", lambda one: "true" if one else ""),
    )
    return chosen


def percent(name: str, label: str, help: str, *, disabled: bool = False) -> int:
    """Percent more than is forecast, 0 to 100, bound to the address."""
    return st.slider(label, 0, 100, 0, 5, "+%d%%", key=name, help=help, disabled=disabled, bind="query-params")


def whole(name: str, label: str, help: str) -> int | None:
    """A whole number above zero, or None where nothing is said, bound to the address."""
    return st.number_input(label, 1, None, None, 500, key=name, help=help, placeholder="–", bind="query-params")


def day_between(name: str, first: date, last: date, label: str) -> date:
    """A day from `first` (the default) to `last`; the default one stays out of the address."""
    with st.container(key=f"address-{name}"):
        said = st.date_input(name, None, _FIRST_DAY, _LAST_DAY, key=name, bind="query-params")
    chosen = min(max(said or first, first), last)
    st.date_input(
        label,
        None,
        first,
        last,
        key=_follow(name, chosen),
        format="YYYY-MM-DD",
        on_change=_keep,
        args=(name, lambda one: None if one == first else one),
    )
    return chosen


def day_along(name: str, days: Sequence[date], label: str, said: Callable[[date], str]) -> date:
    """One of `days` on a slider, the last by default; that one stays out of the address."""
    with st.container(key=f"address-{name}"):
        told = st.date_input(name, None, _FIRST_DAY, _LAST_DAY, key=name, bind="query-params")
    chosen = min(max(told or days[-1], days[0]), days[-1])
    st.select_slider(
        label,
        days,
        key=_follow(name, chosen),
        format_func=said,
        on_change=_keep,
        args=(name, lambda one: None if one == days[-1] else one),
    )
    return chosen


def _follow(name: str, chosen: Any) -> str:
    """The key of the widget that is seen, made to show what the address says."""
    st.session_state[f"{name}-menu"] = chosen
    return f"{name}-menu"


def _keep(name: str, said: Callable[[Any], Any]) -> None:
    st.session_state[name] = said(st.session_state[f"{name}-menu"])
