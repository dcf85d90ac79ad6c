"""What would rows change in the stored counts, who wants it and why, and what if somebody else wants it otherwise?"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from .. import errors
from .. import words as wording
from ..errors import DashError
from ..store import counts
from ..store.counts import Change, Conflict, Plan
from ..words import Words
from . import desk_tables, html

_PLAN, _DONE, _CONFLICT, _TROUBLE = "_desk_plan", "_desk_done", "_desk_conflict", "_desk_trouble"
_SIGNATURE = ("desk-who", "desk-why")


def signed(lang: str, label: str, key: str, press: Callable[..., Change | None], *, usual: str = "", icon: str = "") -> None:
    """Who changes the counts, and why (`usual` where nothing is written), and the press that does it.

    They arrive as one, as a form's fields do: a text that is still on its way when the button is pressed would else be missing.
    The signature is remembered as long as the browser stays. (Streamlit's own way to remember would write an older text over what
    is being typed when counts come in at that moment.)
    """
    words = wording.of(__file__, lang)
    for name in _SIGNATURE:
        st.session_state.setdefault(name, st.session_state.get(f"_{name}", ""))
    with st.form(f"{key}-form", border=False, width="stretch"):
        with st.container(horizontal=True, gap="small", key=f"{key}-signature"):
            who = st.text_input(words("who"), key="desk-who", max_chars=80, width=260)
            reason = st.text_input(words("why"), key="desk-why", max_chars=200, placeholder=words("why_such"))
        st.form_submit_button(label, type="primary", icon=icon or None, key=key, on_click=attempt, args=(press, "", usual))
    st.session_state["_desk-who"], st.session_state["_desk-why"] = who, reason


def hold(key: tuple[Any, ...], plan: Plan) -> None:
    """A plan that has been made already, for when these rows are offered."""
    st.session_state[_PLAN] = (key, plan)


def offer(rows: pd.DataFrame, file: str, key: tuple[Any, ...], lang: str, *, shown: pd.DataFrame | None = None) -> None:
    """What it would change, and the press that stores it. The plan is kept as its reader saw it, so that what others store
    meanwhile is merged or becomes a choice, and never goes by unseen."""
    words = wording.of(__file__, lang)
    held = st.session_state.get(_PLAN)
    if held is None or held[0] != key:
        held = st.session_state[_PLAN] = (key, counts.plan(rows, shown=shown))
    plan: Plan = held[1]
    st.html(html.heading(words("changes"), lang))
    fields = {name: words.number(len(getattr(plan, name))) for name in ("new", "changed", "unchanged", "removed")}
    st.html(html.line(words("counted", **fields), lang))
    moved = plan.rows[plan.rows["state"] != "unchanged"]
    if not len(moved):
        st.html(html.note(words("nothing"), lang))
        return
    _totals(plan, words)
    with st.expander(words("figures"), expanded=len(moved) <= 20):
        told = desk_tables.readable(moved, lang)
        told["state"] = told["state"].map(lambda one: words(f"state.{one}"))
        desk_tables.show(told, desk_tables.words(lang), "desk-figures")
    with st.container(key="desk-moved"):  # there in any case: what is being typed below would be lost if its place changed
        if plan.version != counts.version():
            st.html(html.note(words("moved"), lang))
    signed(lang, words("apply"), "desk-apply", partial(counts.apply, plan, file=file), icon=":material/check:")


def _totals(plan: Plan, words: Words) -> None:
    days = plan.days.assign(difference=plan.days["after"] - plan.days["before"])
    days = days[days["difference"] != 0]
    if len(days):
        st.html(html.line(words("totals"), words.lang))
        desk_tables.show(days.assign(date=days["date"].dt.strftime("%Y-%m-%d")), desk_tables.words(words.lang), "desk-days")


def attempt(store: Callable[..., Change | None], why: str = "", usual: str = "") -> None:
    """Do it and remember for the next run what came of it. It is signed as the fields say at the moment of the press; the reason
    may be known already (`why`), or be the `usual` one where none is written."""
    for name in (_DONE, _CONFLICT, _TROUBLE):
        st.session_state.pop(name, None)
    try:
        who = st.session_state.get("desk-who", st.session_state.get("_desk-who", ""))
        st.session_state["_desk-who"] = who  # the field may be gone with what was stored, and an undo is signed as well
        st.session_state[_DONE] = store(who=who, why=why or st.session_state.get("desk-why", "") or usual) or False
    except Conflict as clash:
        st.session_state[_CONFLICT] = clash
    except DashError as trouble:
        st.session_state[_TROUBLE] = trouble


def stored() -> Change | None:
    """The change that the last press made, or None."""
    return st.session_state.get(_DONE) or None


def conflict() -> Conflict | None:
    """What the last press ran into, and nobody has settled yet."""
    return st.session_state.get(_CONFLICT)


def forget() -> None:
    """The plan is done with, and so is its conflict."""
    st.session_state.pop(_PLAN, None)
    st.session_state.pop(_CONFLICT, None)


def outcome(lang: str) -> None:
    """What came of the last press, with its undo."""
    words = wording.of(__file__, lang)
    trouble = st.session_state.pop(_TROUBLE, None)
    if trouble is not None:
        st.html(html.error(trouble, wording.of(errors.__file__, lang)))
    if st.session_state.get(_DONE) is False:
        st.html(html.note(words("nothing"), lang))
    done = stored()
    if done is not None:
        fields = {"number": words.number(done.number), "version": done.version}
        fields |= {name: words.number(getattr(done, name)) for name in ("new", "changed", "removed")}
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="desk-done"):
            st.html(html.announced(html.band(words("stored", **fields), lang, "kept"), lang), width="stretch")
            _undo_at_once(done.number, words)


def undo(number: int, lang: str) -> None:
    """Taking a change back, with the fields to sign it."""
    words = wording.of(__file__, lang)
    usual = words("undoing", number=words.number(number))
    signed(lang, words("undo"), "desk-undo", partial(counts.undo, number), usual=usual, icon=":material/undo:")


def _undo_at_once(number: int, words: Words) -> None:
    """Taking back what was stored just now, signed by who stored it."""
    why = words("undoing", number=words.number(number))
    press = partial(counts.undo, number)
    st.button(words("undo"), icon=":material/undo:", key="desk-undo-done", on_click=attempt, args=(press, why))
