"""How does a viewer choose, and how does the address keep the choice?

Streamlit binds a widget to the address by the label that it shows. A choice such as the language or a prefecture has a
label in three languages but one code, so the code is bound through an input that nobody sees and the menu follows it:
back, reload, a cold link and a change of page then all work as Streamlit's own binding does.
"""

from collections.abc import Mapping

import streamlit as st

from ..datasets.columns import FIELDS
from ..words import shared
from . import state


def code(name: str, allowed: Mapping[str, str], default: str) -> str:
    """The code that the address holds for `name`, or `default` where it holds none that is `allowed`."""
    with st.container(key=f"address-{name}"):
        said = st.text_input(name, value=default, key=name, bind="query-params", persist_state="session")
    return said if said in allowed else default


def menu(name: str, options: Mapping[str, str], chosen: str, label: str, *, pills: bool = False) -> None:
    """A menu of code -> label that writes the code to the address as soon as it is used."""
    key = f"{name}-menu"
    st.session_state[key] = chosen

    def keep() -> None:
        st.session_state[name] = st.session_state[key] or chosen

    widget = st.segmented_control if pills else st.selectbox
    more = {"required": True} if pills else {}
    widget(label, list(options), key=key, format_func=lambda one: options[one], on_change=keep, **more)


def field_filter() -> None:
    """Narrow the page to one field of the programme."""
    words = shared(state.choices().lang)
    options = {"": words("every_field")} | {one: words(f"field.{one}") for one in FIELDS if one != "all"}
    chosen = code("field", options, "")
    menu("field", options, chosen, words("field_label"))
    state.narrow(field=chosen or None)
