"""Shows whoever may not see pages how to sign in, and everybody else who they are."""

from html import escape

import streamlit as st

from sejong_dash import words as wording
from sejong_dash.access import policy, roles, viewer
from sejong_dash.ui.blocks import markup

_OWNER = "_session_owner"


def may_see() -> bool:
    """Return whether whoever asks for this run may see pages. What a session keeps of another account is dropped."""
    who = viewer.current()
    if policy.current().asks_sign_in:
        name = who.account.name if who.account else ""
        if st.session_state.get(_OWNER, name) != name:
            st.session_state.clear()
        st.session_state[_OWNER] = name
    return who.may(roles.SEE)


def show(lang: str) -> None:
    """Show the button that leads to the sign-in; to whoever has signed in without a role, whom to ask."""
    words, who = wording.of(__file__, lang), viewer.current()
    st.html(markup.wrap(f"<h1>{escape(words('title'))}</h1>", lang))
    if who.account is None:
        st.html(markup.line(words("why"), lang))
        st.button(words("sign_in"), key="sign-in", type="primary", on_click=st.login)
        return
    st.html(markup.note(words("no_role", name=who.account.name), lang))
    st.html(markup.wrap(sign_out_link(lang), lang))


def sign_out_link(lang: str) -> str:
    """Return the account's name and the link that signs out, as HTML; blank where nobody signs in."""
    who = viewer.current()
    if who.account is None:
        return ""
    words = wording.of(__file__, lang)
    title, text = escape(who.account.name), escape(words("sign_out"))
    style = 'style="text-decoration:none"'
    return f'<a class="sj-chip sj-account" {style} href="auth/logout" target="_self" title="{title}">{text}</a>'
