"""Shows the head of a prefecture's sheet: the event, its plan with dates, and what the host has written for its partners."""

from html import escape

import streamlit as st

from sejong_dash import errors
from sejong_dash import words as wording
from sejong_dash.errors import DashError
from sejong_dash.exhibits import caption, letterhead
from sejong_dash.exhibits.letterhead import Letterhead
from sejong_dash.ui.frame import run_state
from sejong_dash.words import Words

from . import markup


def show() -> None:
    """Show the head as one element; what is wrong with the letterhead stands in its place."""
    choices = run_state.choices()
    words = wording.of(__file__, choices.lang)
    try:
        lines, trouble = letterhead.read(choices.lang), ""
    except DashError as error:
        lines, trouble = Letterhead(), markup.error(error, wording.of(errors.__file__, choices.lang))
    plan = caption.plan_line(choices, words, run_state.tables())
    stamp = caption.stamp(choices, words)
    st.html(trouble + _head(plan["plan"], plan["state"], stamp, lines, words))


def _head(plan: str, state: str, stamp: str, lines: Letterhead, words: Words) -> str:
    about = escape(words("dots").join(filter(None, (plan, state, stamp))))
    greeting = f"<p>{escape(lines.greeting)}</p>" if lines.greeting else ""
    contact = f'<p class="sj-caption">{escape(lines.contact)}</p>' if lines.contact else ""
    event = f'<p class="sj-plan"><strong>{escape(words("event"))}</strong> {about}</p>'
    return markup.wrap(f'<header class="sj-sheet">{event}{greeting}{contact}</header>', words.lang)
