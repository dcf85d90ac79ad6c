"""Writes parameters of the address that a widget is bound to.

Relies on: the `QueryParams` of a session: `is_bound`, `set_with_no_forward_msg`, `discard_param_no_forward_msg` and
`set_initial_query_params_from_current`. `st.query_params` refuses to write a parameter that a widget is bound to.
Why: Streamlit answers with the whole address, made from what the browser sent. Where that was late, it is completed before the
run reads it (ui/frame/held_choices.py).
Tried with: Streamlit 1.67.0, which has `bind="query-params"` since 1.55.
Without it: the address may lack, for as long as one answer is on its way, what was chosen elsewhere on the page meanwhile.
Off: `bound_address` in SEJONG_BORDER_OFF.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sejong_dash import border

if TYPE_CHECKING:  # what is imported when it is used can be switched off where it is gone
    from streamlit.runtime.state.query_params import QueryParams


def is_bound(name: str) -> bool:
    """Whether a widget is bound to a parameter; taken to be so where this is switched off."""
    with _address() as address:
        return address is None or address.is_bound(name)


def write(texts: Mapping[str, str]) -> bool:
    """Write parameters into the address of the run that is under way, and send nothing; a blank text removes one.

    Return whether it is done: it is not where this is switched off.
    """
    with _address() as address:
        if address is None:
            return False
        for name, text in texts.items():
            if text:
                address.set_with_no_forward_msg(name, text)
            else:
                address.discard_param_no_forward_msg(name)
        address.set_initial_query_params_from_current()
    return True


@contextmanager
def _address() -> "Iterator[QueryParams | None]":
    if border.is_off("bound_address"):
        yield None
        return
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx()
    if context is None:
        yield None
        return
    with context.session_state.query_params() as address:
        yield address
