"""What has this viewer chosen, as the shell read it from the address?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from typing import Any

import streamlit as st

from .. import paths
from ..choices import Choices, WhatIf

_CHOICES, _DATA, _SUPPOSED = "_choices", "_data", "_supposed"


def choices() -> Choices:
    """The choices of the run that is under way."""
    return st.session_state[_CHOICES]


def data() -> str:
    """The fingerprint of the data, taken once at the start of the run that is under way."""
    return st.session_state[_DATA]


def remember(chosen: Choices, data: str) -> None:
    st.session_state[_CHOICES], st.session_state[_DATA] = chosen, data


def suppose(supposed: WhatIf) -> None:
    """What the catch-up planner of the page supposes: its drawing's figures are asked for when the page has long run."""
    st.session_state[_SUPPOSED] = supposed


def supposed() -> WhatIf:
    return st.session_state.get(_SUPPOSED, WhatIf())


def narrow(**changes: str | None) -> None:
    """A page's own filter on top of the frame's choices, for the rest of this run."""
    st.session_state[_CHOICES] = replace(choices(), **changes)  # type: ignore[arg-type]


@contextmanager
def supposing(**changes: Any) -> Iterator[None]:
    """A choice that holds for a part of the page alone: what is drawn elsewhere need not be drawn again for it."""
    before = choices()
    st.session_state[_CHOICES] = replace(before, **changes)
    try:
        yield
    finally:
        st.session_state[_CHOICES] = before


def address() -> dict[str, str]:
    """What the address must say to bring this very screen back: also what holds today where nothing was chosen."""
    chosen = choices()
    fixed = {"lang": chosen.lang, "plan": chosen.plan, "asof": chosen.as_of.isoformat(), "sample": str(chosen.sample).lower()}
    return fixed | st.query_params.to_dict()


def fragment(part: Callable[..., Any], run_every: float | None = None) -> Callable[..., Any]:
    """As `st.fragment`, for a part of a page that reads tables: run alone, it too reads the version that was chosen."""

    @wraps(part)
    def reading(*given: Any, **named: Any) -> Any:
        with paths.frozen(choices().data):
            return part(*given, **named)

    return st.fragment(reading, run_every=run_every)


def dark() -> bool:
    """Whether the reader's theme is dark; known from the first run on."""
    return st.context.theme.type == "dark"
