"""Use for a file what was answered for the last one with the same headings, and keep its answers for the next."""

import logging
from typing import TYPE_CHECKING

import streamlit as st

from sejong_dash import words as wording
from sejong_dash.access import roles, viewer
from sejong_dash.access.viewer import AccessError
from sejong_dash.errors import DashError
from sejong_dash.intake import Intake
from sejong_dash.store import reading_profiles
from sejong_dash.store.reading_profiles import ReadingProfile

from . import gate_questions, new_channels, other_readings, questions

if TYPE_CHECKING:
    from sejong_dash.intake.gate_log.gate_counts import GateCounts

_LOG = logging.getLogger(__name__)
# the key of a file whose answers were forgotten: nothing is known of it; no name of a file holds such a sign
_AGAIN, _TURN = "_desk_again_", "\x1f"
_RECALLED = "_desk_recalled_"  # the profile that was used for a file, None where there was none


def key_of(file: str) -> str:
    """Return the key under which a file is answered: another one since its answers were forgotten."""
    return str(st.session_state.get(_AGAIN + file, file))


def recall(read: Intake, file: str) -> bool:
    """Answer, once for each file, what was answered before; return whether the file must be read again with that.

    Raises DashError where what was kept cannot be read.
    """
    if _RECALLED + file in st.session_state or not read.headings:
        return False
    profile = st.session_state[_RECALLED + file] = reading_profiles.load(read.headings)
    if profile is None:
        return False
    questions.note(read, file)
    questions.answer(file, {key: text for key, text in profile.readings.items() if key in {q.key for q in read.questions}})
    other_readings.choose(file, profile.choices)
    new_channels.answer(read.unknown_channels, profile.channels, file)
    return True


def keep(read: Intake, file: str) -> None:
    """Keep the answers for the next file with the same headings."""
    chosen = other_readings.choices(file)
    choices = {name: str(chosen[name]) for name in reading_profiles.CHOICES if chosen[name]}
    profile = ReadingProfile(read.headings, questions.answers(file), choices, new_channels.answers(file) or {}, read.filename)
    _save(profile)


def _save(profile: ReadingProfile) -> None:
    if not profile.headings or not (profile.readings or profile.choices or profile.channels):
        return
    try:
        reading_profiles.save(profile)
    except DashError:  # the counts are stored all the same, and the next file asks again
        _LOG.warning("the answers on %r are not kept", profile.name, exc_info=True)


def recall_log(log: "GateCounts", file: str) -> bool:
    """Answer, once for each log of the gates, what was answered before; return whether it must be read again with that.

    Raises DashError where what was kept cannot be read.
    """
    if _RECALLED + file in st.session_state or not log.headings_of_log:
        return False
    profile = reading_profiles.load(log.headings_of_log)
    is_used = profile is not None and gate_questions.answer(log, file, profile.readings)
    st.session_state[_RECALLED + file] = profile if is_used else None
    return is_used


def keep_log(log: "GateCounts", file: str, name: str) -> None:
    """Keep the answers on a log of the gates for the next one with the same headings."""
    _save(ReadingProfile(log.headings_of_log, gate_questions.texts(file), name=name))


def show(file: str, lang: str) -> None:
    """Show that answers of an earlier file were used, and the button that forgets them."""
    profile: ReadingProfile | None = st.session_state.get(_RECALLED + file)
    if profile is None:
        return
    words = wording.of(__file__, lang)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="desk-recalled"):
        st.caption(words("used", name=profile.name))
        st.button(words("forget"), icon=":material/close:", key="desk-forget", on_click=_forget, args=(profile, file))


def _forget(profile: ReadingProfile, file: str) -> None:
    """Delete what was kept, and ask about this file again."""
    try:
        viewer.require(roles.CHANGE)
    except AccessError:  # it is logged, and the page that is drawn next has no such button
        return
    try:
        reading_profiles.delete(profile.headings)
    except DashError:
        _LOG.warning("the answers on %r are not forgotten", profile.name, exc_info=True)
    name, _, number = file.partition(_TURN)
    again = st.session_state[_AGAIN + name] = f"{name}{_TURN}{int(number or 0) + 1}"
    st.session_state[_RECALLED + again] = None
