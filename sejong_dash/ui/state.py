"""What has this viewer chosen, as the shell read it from the address?"""

from dataclasses import replace

import streamlit as st

from ..choices import Choices

_KEY = "_choices"


def choices() -> Choices:
    """The choices of the run that is under way."""
    return st.session_state[_KEY]


def remember(chosen: Choices) -> None:
    st.session_state[_KEY] = chosen


def narrow(**changes: str | None) -> None:
    """A page's own filter on top of the frame's choices, for the rest of this run."""
    remember(replace(choices(), **changes))  # type: ignore[arg-type]


def dark() -> bool:
    """Whether the reader's theme is dark; known from the first run on."""
    return st.context.theme.type == "dark"
