"""Offers a viewer choices that the address holds.

A choice such as the language or a prefecture has a label in three languages but one code, and the code is what the address has.
A blank code means that nothing was chosen: the default holds, whatever it has become since, and the address stays short. What is
chosen is held by the server (held_choices.py), and a menu follows it (held_menus.py).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any, Literal

import streamlit as st

from sejong_dash.datasets.schema.columns import FIELDS
from sejong_dash.exhibits import address
from sejong_dash.words import shared

from . import answer_numbers, held_choices, held_menus, run_state

menus = answer_numbers.numbered  # what surrounds several menus that are made one after another, so that they share their numbers


def code(name: str, known: Iterable[str]) -> str:
    """Return the code that is chosen for `name`; blank where none of the `known` codes is."""
    codes = frozenset(known)
    return held_choices.read_choice(name, lambda text: text if text in codes else "")


def text(name: str) -> str:
    """Return the text that is chosen for `name`, whatever it is."""
    return held_choices.read_choice(name, str)


def choose(name: str, value: Any) -> None:
    """Set a choice, from a callback or a part of the page that runs alone; it holds from the next run that reads `name`."""
    held_choices.set_choice(name, value)


def chosen(name: str) -> str:
    """Return what is chosen for `name` as address text, whether or not the page shows it yet."""
    return held_choices.get_choice(name)


def sent(name: str) -> str:
    """Return what was chosen for `name` as far as the browser knew when it sent the message that is being answered."""
    return held_choices.get_sent(name)


def is_pending(name: str) -> bool:
    """Return whether a choice has been made that the page does not show yet."""
    return held_choices.is_pending(name)


def menu(
    name: str,
    options: Mapping[str, str],
    chosen: str,
    label: str,
    *,
    pills: bool = False,
    width: Literal["stretch", "content"] | int = "stretch",
    is_labelled: bool = True,
) -> None:
    """Show a menu of code -> label, the default first, that writes the code to the address as soon as it is used.

    One that is not `is_labelled` has its label for screen readers alone: its options speak for themselves.
    """
    default = next(iter(options))
    with following(name, chosen, lambda code: "" if code == default else code, labels=options) as followed:
        visibility = "visible" if is_labelled else "collapsed"
        shared_by_both: dict[str, Any] = {"format_func": lambda code: options[code], "width": width, **followed}
        shared_by_both["label_visibility"] = visibility
        if pills:
            st.segmented_control(label, list(options), required=True, **shared_by_both)
        else:
            st.selectbox(label, list(options), **shared_by_both)


def day(name: str) -> date | None:
    """Return the day that is chosen for `name`; None where none is."""
    return held_choices.read_choice(name, address.parse_day)


def is_on(name: str, default: bool) -> bool:
    """Return whether something is switched on; as long as the viewer does not use the switch, it follows the default."""
    return address.SWITCH.get(code(name, address.SWITCH), default)


def field_filter() -> None:
    """Narrow the page to one field of the programme."""
    words = shared(run_state.choices().lang)
    options = {"": words("every_field")} | {field: words(f"field.{field}") for field in FIELDS if field != "all"}
    chosen = code("field", list(options)[1:])
    menu("field", options, chosen, words("field_label"), width=320, is_labelled=False)
    run_state.narrow(field=chosen or None)


def is_running(name: str = "view") -> bool:
    """Return whether running totals are shown rather than days, from a menu of the two."""
    words = shared(run_state.choices().lang)
    options = {"": words("view.days"), "total": words("view.total")}
    chosen = code(name, list(options)[1:])
    menu(name, options, chosen, words("view.label"), pills=True, width="content", is_labelled=False)
    return chosen == "total"


def is_switched_on(name: str, label: str) -> bool:
    """Return whether something is shown that is left out by default, from a switch that is `show_NAME` in the address."""
    name = f"show_{name}"
    is_shown = bool(code(name, ["true"]))
    with following(name, is_shown, lambda on: "true" if on else "") as followed:
        st.toggle(label, **followed)
    return is_shown


def percent(name: str, label: str, help: str, *, disabled: bool = False) -> int:
    """Return percent more than is forecast, 0 to 100, from a slider."""
    chosen = _whole(name, 0, 100) or 0
    with following(name, chosen, lambda number: number or None) as followed:
        st.slider(label, 0, 100, None, 5, "%d%%", help=help, disabled=disabled, **followed)
    return chosen


def whole(name: str, label: str, help: str) -> int | None:
    """Return a whole number above zero, or None where nothing is chosen."""
    chosen = _whole(name, 1, None)
    with following(name, chosen, lambda number: number) as followed:
        st.number_input(label, 1, None, None, 500, help=help, placeholder="–", **followed)
    return chosen


def day_between(name: str, first: date, last: date, label: str) -> date:
    """Return a day from `first` (the default) to `last`; the default stays out of the address."""
    chosen = min(max(day(name) or first, first), last)
    with following(name, chosen, lambda shown: None if shown == first else shown) as followed:
        st.date_input(label, None, first, last, format="YYYY-MM-DD", **followed)
    return chosen


def day_along(name: str, days: Sequence[date], label: str, format_day: Callable[[date], str]) -> date:
    """Return one of `days` from a slider, the last by default; the default stays out of the address.

    Its label is for screen readers alone: the slider shows its day.
    """
    chosen = min(max(day(name) or days[-1], days[0]), days[-1])
    with following(name, chosen, lambda shown: None if shown == days[-1] else shown) as followed:
        st.select_slider(label, days, format_func=format_day, label_visibility="collapsed", **followed)
    return chosen


@contextmanager
def following(
    name: str,
    chosen: Any,
    to_choice: Callable[[Any], Any],
    *,
    use: Callable[[Any], None] | None = None,
    key: str = "",
    labels: Mapping[str, str] | None = None,
) -> Iterator[dict[str, Any]]:
    """Give the arguments with which a menu, made inside, shows the choice and changes it (or calls `use`) when it is used."""
    key = key or f"{name}-menu"
    with answer_numbers.numbered(name) as place:
        held_menus.set_menu(key, chosen, place, labels or {})
        yield {"key": key, "on_change": _use, "args": (name, key, to_choice, use)}


def _use(name: str, key: str, to_choice: Callable[[Any], Any], use: Callable[[Any], None] | None) -> None:
    for shown in held_menus.get_used(key):
        (use or partial(choose, name))(to_choice(shown))


def _whole(name: str, least: int, most: int | None) -> int | None:
    return held_choices.read_choice(name, lambda text: address.parse_whole(text, least, most))
