"""Show buttons that change the counts: the fields to sign a change, and its outcome beside the button."""

from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import streamlit as st

from sejong_dash import errors
from sejong_dash import words as wording
from sejong_dash.access import roles, viewer
from sejong_dash.errors import DashError
from sejong_dash.store import counts, journal
from sejong_dash.store.counts import Change, Conflict
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.browser import asset
from sejong_dash.words import Words

_DONE, _CONFLICT, _ANSWER, _COUNT = "_desk_done", "_desk_conflict", "_desk_answer", "_desk_presses"
_FIELDS: dict[str, int | Literal["stretch"]] = {"who": 260, "why": "stretch"}  # with their widths
_KINDS = ("new", "changed", "removed")
_UNDO = "desk-undo-done"
_COOKIE = "sejong_name"
_LONGEST_NAME = 80
Press = Callable[..., Change | None]


@dataclass(frozen=True)
class _Answer:
    """The outcome of a press that stored nothing: `error`, or None where nothing was left to do. `about` names what was to be
    stored."""

    key: str
    about: Hashable
    error: DashError | None
    is_shown: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields of the signature that are blank."""
        missing = self.error.fields.get("missing") if self.error else None
        return missing if isinstance(missing, tuple) else ()


def show_form(
    lang: str, label: str, key: str, press: Press, *, about: Hashable = "", usual: str = "", icon: str = "", strong: bool = True
) -> None:
    """Show the fields for who changes the counts and why (`usual` where nothing is written), the button that does it, and below
    it the outcome.

    `about` names what is stored, so that an outcome is not taken for that of something else. Fields and button are a form, since
    a text that is still on its way when the button is pressed would otherwise be missing. The signature is kept as long as the
    session lasts; not by binding the fields to it, which would write an older text over what is being typed when counts come in
    at that moment.
    """
    words = wording.of(__file__, lang)
    answer = _answer(key, about)
    with (
        st.form(f"{key}-form", border=False, width="stretch"),
        st.container(horizontal=True, gap="small", key=f"{key}-signature"),
    ):
        account = viewer.current().account
        if account:
            st.html(markup.line(words("account", name=account.name), lang), width=_FIELDS["who"])
        for name, width in _FIELDS.items():
            if name != "who" or account is None:
                _show_field(name, width, answer, words)
        st.form_submit_button(
            label,
            type="primary" if strong else "secondary",
            icon=icon or None,
            key=key,
            on_click=attempt,
            args=(press, key, about, "", usual),
        )
    for name in _FIELDS:
        st.session_state[f"_desk-{name}"] = st.session_state.get(f"desk-{name}", "")
    _show_answer(key, answer, words)


def _show_field(name: str, width: int | Literal["stretch"], answer: _Answer | None, words: Words) -> None:
    """Show a field of the signature, and below it that it is missing, where it is."""
    key = f"desk-{name}"
    st.session_state.setdefault(key, st.session_state.get(f"_{key}", _kept_name() if name == "who" else ""))
    with st.container(key=f"{key}-box", width=width, gap="xxsmall"):
        most, such = (_LONGEST_NAME, None) if name == "who" else (200, words("why_such"))
        st.text_input(words(name), key=key, max_chars=most, placeholder=such)
        if answer and name in answer.missing:
            st.html(markup.lacking(words(f"missing.{name}"), words.lang))


def _kept_name() -> str:
    """The name that was last written at a press in this browser, which keeps it (signed_change.js)."""
    kept, name = st.context.cookies.get(_COOKIE), ""
    if isinstance(kept, str):
        with suppress(ValueError):  # another page of this host may have written anything
            name = bytes.fromhex(kept).decode()
    return name[:_LONGEST_NAME] if name.isprintable() else ""


def _show_answer(key: str, answer: _Answer | None, words: Words) -> None:
    """Show the outcome of a press below its button."""
    with st.container(key=f"{key}-answer"):
        if answer is None:
            return
        if answer.error is None:
            st.html(markup.announced(markup.note(words("nothing"), words.lang), words.lang))
        else:
            st.html(markup.error(answer.error, wording.of(errors.__file__, words.lang)))
        st.session_state[_ANSWER] = replace(answer, is_shown=True)


def _answer(key: str, about: Hashable) -> _Answer | None:
    held: _Answer | None = st.session_state.get(_ANSWER)
    return held if held and (held.key, held.about) == (key, about) else None


def attempt(press: Press, key: str, about: Hashable = "", why: str = "", usual: str = "") -> None:
    """Make the change, and keep the outcome for the next run.

    It is signed as the fields say at the moment of the press; the reason may be known already (`why`), or be the `usual` one
    where none is written.
    """
    st.session_state.pop(_ANSWER, None)
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
    who = st.session_state.get("desk-who", st.session_state.get("_desk-who", ""))
    st.session_state["_desk-who"] = who  # the field may be gone with what was stored, and an undo is signed as well
    try:
        account = viewer.require(roles.CHANGE).account
        change = press(who=account.name if account else who, why=why or st.session_state.get("desk-why", "") or usual)
    except Conflict as conflict:
        st.session_state[_CONFLICT] = conflict
    except DashError as error:
        st.session_state[_ANSWER] = _Answer(key, about, error)  # a conflict that was being resolved still is
    else:
        forget_conflict()
        if change is None:
            st.session_state[_ANSWER] = _Answer(key, about, None)
        else:
            st.session_state[_DONE] = change
            return
    if key != _UNDO:  # what was stored before still stands there, with its undo
        st.session_state.pop(_DONE, None)


def last_change() -> Change | None:
    """Return the change that the last press made, or None."""
    return st.session_state.get(_DONE)


def conflict() -> Conflict | None:
    """Return the conflict of the last press that is not resolved yet, or None."""
    return st.session_state.get(_CONFLICT)


def forget_conflict() -> None:
    """Drop the conflict that is kept."""
    st.session_state.pop(_CONFLICT, None)


def show_outcome(lang: str) -> None:
    """Show what the last press has stored, with its undo."""
    words = wording.of(__file__, lang)
    change = last_change()
    if change is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="desk-done"):
        st.html(markup.announced(markup.band(_sentence(change, words), lang, "kept"), lang), width="stretch")
        why = undo_reason(change.number, words)
        if viewer.current().may(roles.CHANGE):
            st.button(
                words("undo"),
                icon=":material/undo:",
                key=_UNDO,
                on_click=attempt,
                args=(partial(counts.undo, change.number), _UNDO, change.number, why),
            )
    _show_answer(_UNDO, _answer(_UNDO, change.number), words)


def _sentence(change: Change, words: Words) -> str:
    """How many figures of which days a change has stored, and who made it."""
    counted = {name: getattr(change, name) for name in _KINDS}
    what = words("join").join(words(f"stored.{name}", count=words.number(count)) for name, count in counted.items() if count)
    if not change.days:
        return words("stored.file", who=change.who)
    first, last, number = change.days[0], change.days[-1], len(change.days)
    days = words.span(first, last, "day")
    if number > 1:
        is_whole = (last - first).days + 1 == number
        days = words("days" if is_whole else "days_among", span=days, count=words.number(number))
    return words(f"stored.{change.kind}", days=days, what=what, who=change.who)


def show_undo(number: int, lang: str) -> None:
    """Show the button that undoes a change, with the fields to sign it."""
    words = wording.of(__file__, lang)
    press, usual = partial(counts.undo, number), undo_reason(number, words)
    show_form(lang, words("undo"), "desk-undo", press, about=number, usual=usual, icon=":material/undo:")


def undo_reason(number: int, words: Words) -> str:
    """Return the reason that is given for undoing a change, where nobody writes another."""
    return words("undoing", number=words.number(journal.ordinal(number)))


def focus_outcome(lang: str) -> None:
    """Bring scroll position and keyboard focus to the outcome of the last press: the fields that are missing, or the answer. An
    answer whose button is gone is shown here. The browser keeps the name that signs a change, for the next one."""
    answer: _Answer | None = st.session_state.get(_ANSWER)
    if answer is not None and not answer.is_shown:
        _show_answer(answer.key, answer, wording.of(__file__, lang))
    place = f"{answer.key}-answer" if answer else "desk-conflict" if conflict() else "desk-done"
    fields = [f"desk-{name}" for name in answer.missing] if answer else []
    script = st.components.v2.component("press", js=asset("signed_change.js"), isolate_styles=False)
    data = {"press": st.session_state.get(_COUNT, 0), "place": place, "fields": fields, "cookie": _COOKIE}
    script(data=data, key="address-press")
