"""Draws the bar on top of a page and the row of chips below it, in which everything is chosen that holds for all pages.

Both are one element with the browser's own fields (ui/browser/top_bar.js): a page carries no menu of Streamlit's for them.
"""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import NamedTuple

import streamlit as st

from sejong_dash import clock
from sejong_dash import words as wording
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.exhibits import address, narrowing
from sejong_dash.store import snapshots
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.browser import asset
from sejong_dash.ui.entrance import sign_in
from sejong_dash.words import Words

from . import available_choices, filters, run_state, snapshot_choice, status_panel

_KEY, _HANDLED = "top-bar", "_bar_handled"
_CHOICES = ("lang", "plan", "asof", "sample", "prefecture", "against", "day", "channel")
_ACTS = {"freeze": snapshot_choice.freeze, "thaw": snapshot_choice.thaw}


class Field(NamedTuple):
    """What a chip is called, what it shows, and what it offers by its code, the default first."""

    label: str
    chosen: str
    options: Mapping[str, str]


def draw(chosen: Choices, words: Words, data: str, tables: Tables, head: str, *, has_comparison: bool = False) -> None:
    """Show the bar and the chips of this run's choices; `head` is the title of the page as HTML.

    A page that `has_comparison` offers what the count is compared with.
    """
    offered = available_choices.menus(words.lang, data, tables)
    default_day = available_choices.default_day(chosen.plan, chosen.sample, clock.today(), data, tables)
    plans = available_choices.plan_titles(chosen, data, tables, offered.plans)
    places = {"": words("prefecture.all")} | offered.prefectures
    status = status_panel.status(chosen, words, data, default_is_sample=not offered.has_counts)
    parts = [
        head,
        _name(words),
        '<div class="sj-chips">',
        _menu("plan", Field(words("choose.plan"), chosen.plan, plans)),
        _day(chosen.as_of, default_day, words),
        _menu("prefecture", Field(words("choose.prefecture"), chosen.prefecture or "", places)),
        *([_against(chosen, words)] if has_comparison else []),
        *(_filter(name, text, words) for name, text in _filters(chosen, words)),
        status,
        "</div>",
    ]
    body = markup.wrap("".join(parts), words.lang)
    component = st.components.v2.component("top_bar", js=asset("top_bar.js"), isolate_styles=False)
    data_sent = {"body": body, "heard": st.session_state.get(_HANDLED, 0)}
    component(data=data_sent, key=_KEY, on_choices_change=_use)


def _use() -> None:
    """Choose or do what was pressed: the browser sends its last presses with their numbers, so that none counts twice."""
    for number, name, value in run_state.component_value(_KEY, "choices") or ():
        if number <= st.session_state.get(_HANDLED, 0):
            continue
        st.session_state[_HANDLED] = number
        if name in _CHOICES:
            filters.choose(name, str(value))
        elif name in _ACTS:
            _ACTS[name](run_state.choices())


def _name(words: Words) -> str:
    field = Field(_in_every_language("language"), words.lang, wording.LANGUAGE_NAMES)
    account, event = sign_in.sign_out_link(words.lang), escape(words("event"))
    return f'<div class="sj-top"><strong title="{event}">{event}</strong>{_menu("lang", field)}{account}</div>'


def _menu(name: str, field: Field) -> str:
    first = next(iter(field.options), "")
    options = "".join(
        f'<option value="{escape(code)}"{" selected" if code == field.chosen else ""}>{escape(text)}</option>'
        for code, text in field.options.items()
    )
    label = f'<span class="sj-quiet">{escape(field.label)}</span>'
    return (
        f'<label class="sj-chip" title="{escape(field.label)}">{label}'
        f'<select data-choice="{name}" data-default="{escape(first)}">{options}</select></label>'
    )


def _day(shown: date, default: date, words: Words) -> str:
    label, help = escape(words("choose.as_of")), escape(words("choose.as_of_help"))
    bounds = f'min="{address.FIRST_DAY}" max="{address.LAST_DAY}"'
    return (
        f'<label class="sj-chip" title="{help}"><span>{label}</span>'
        f'<input type="date" data-choice="asof" value="{shown}" data-default="{default}" {bounds} required></label>'
    )


def _against(chosen: Choices, words: Words) -> str:
    offered = available_choices.comparisons(chosen.against, chosen.data, tuple(snapshots.versions()), words.lang)
    return _menu("against", Field(words("against.label"), chosen.against, offered))


def _filters(chosen: Choices, words: Words) -> list[tuple[str, str]]:
    """Return the parameters of the filters that a press on a mark has chosen, and what each is called."""
    day = [("day", words.short_date(chosen.on))] if chosen.on else []
    return day + ([("channel", narrowing.channel_name(chosen.channel, words))] if chosen.channel else [])


def _filter(name: str, text: str, words: Words) -> str:
    """Return a chip that takes a filter away when it is pressed."""
    label = escape(words("narrowed.remove", name=text))
    return (
        f'<button type="button" class="sj-chip sj-filter" data-remove="{name}" title="{label}" aria-label="{label}">'
        f"{escape(text)}</button>"
    )


def _in_every_language(key: str) -> str:
    """Return a label that a reader of any of the languages must find."""
    return " · ".join(wording.shared(lang)(key) for lang in wording.LANGUAGES)
