"""Show what rows would change in the stored counts, and the button that stores them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from sejong_dash import words as wording
from sejong_dash.store import counts
from sejong_dash.store.counts import ChangeSet
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.desk import count_tables, step_bar
from sejong_dash.ui.desk.step_bar import StepBar
from sejong_dash.words import Words

from . import change_effects, signed_change

_CHANGE_SET = "_desk_change_set"
_HEIGHT = 222  # pixels, of a table: five rows and a part of the next, which says that there are more


@dataclass(frozen=True)
class Caveats:
    """What a reader should know before applying: what speaks against it (`warnings`, worst first), and plain `facts`.

    `label` names the button where rows are left out, with how many of how many it stores.
    """

    warnings: Sequence[str] = ()
    facts: Sequence[str] = ()
    label: str = ""

    @property
    def is_part(self) -> bool:
        """Whether rows are left out."""
        return bool(self.label)


def hold(key: tuple[Any, ...], change_set: ChangeSet) -> None:
    """Keep a change set that has been made already, for when its rows are offered under this key."""
    st.session_state[_CHANGE_SET] = (key, change_set)


def offer(
    rows: pd.DataFrame,
    file: str,
    key: tuple[Any, ...],
    bar: StepBar,
    *,
    shown: pd.DataFrame | None = None,
    caveats: Caveats | None = None,
) -> None:
    """Show what storing the rows would change, and the button that stores them.

    `key` is another one whenever the rows may be; `rows`, `file` and `shown` are as for `counts`. The change set is kept as its
    reader saw it, so that what others store meanwhile is merged or becomes a choice, and never goes by unseen.
    """
    lang, words = bar.lang, wording.of(__file__, bar.lang)
    caveats = caveats or Caveats()
    held = st.session_state.get(_CHANGE_SET)
    if held is None or held[0] != key:
        held = st.session_state[_CHANGE_SET] = (key, counts.change_set(rows, shown=shown))
    change_set: ChangeSet = held[1]
    fields = {name: words.number(len(getattr(change_set, name))) for name in ("new", "changed", "unchanged", "removed")}
    st.html(step_bar.heading("change", lang, words("changes"), markup.message(words("counted", **fields), lang)))
    moved = change_set.rows[change_set.rows["state"] != "unchanged"]
    if len(moved):
        totals, figures = st.columns([2, 3], gap="medium")
        with totals:
            _show_totals(change_set, words)
        with figures:
            _show_figures(moved, words)
    with st.container(key="desk-bar"):
        with st.container(key="desk-moved"):  # there in any case: what is being typed below would be lost if its place changed
            if change_set.version != counts.version():
                st.html(markup.note(words("moved"), lang))
        with st.container(key="desk-before", gap="small"):
            if caveats.warnings:
                st.html(markup.bullets(words("against"), caveats.warnings, lang, wrong=True))
            facts = [*caveats.facts, *(change_effects.effects(change_set, lang) if len(moved) else ())]
            if facts:
                st.html(markup.bullets("", facts, lang))
        if not len(moved):
            st.html(markup.note(words("nothing"), lang))
            bar.set("change", step_bar.DONE, "same")
            return
        label, press = caveats.label or words("apply"), partial(counts.apply, change_set, file=file)
        signed_change.show_form(lang, label, "desk-apply", press, about=key, icon=":material/check:", strong=not caveats.is_part)
    bar.set("change", step_bar.DONE, "figures", count=len(moved))
    bar.set("apply", step_bar.WAITING, "part" if caveats.is_part else "sign")


def _show_figures(moved: pd.DataFrame, words: Words) -> None:
    """Show every figure that changes, before and after."""
    st.html(markup.message(words("figures"), words.lang))
    table = count_tables.readable(moved, words.lang)
    table["state"] = table["state"].map(lambda state: words(f"state.{state}"))
    count_tables.show(table, count_tables.words(words.lang), "desk-figures", height=_HEIGHT)


def _show_totals(change_set: ChangeSet, words: Words) -> None:
    """Show the totals of the days that change; what was not counted before or after has no difference."""
    days = change_set.days
    is_same = (days["before"] == days["after"]).fillna(False) | (days["before"].isna() & days["after"].isna())
    days = days[~is_same.astype("bool")]
    if not len(days):
        return
    st.html(markup.message(words("totals"), words.lang))
    difference = (days["after"] - days["before"]).map(lambda people: "" if pd.isna(people) else words.signed(people))
    table = days.assign(date=days["date"].dt.strftime("%Y-%m-%d"), difference=difference.astype("str"))
    count_tables.show(table, count_tables.words(words.lang), "desk-days", height=_HEIGHT)


def forget() -> None:
    """Drop the change set that is kept."""
    st.session_state.pop(_CHANGE_SET, None)
