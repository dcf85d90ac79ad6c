"""How does a viewer take a chart away?"""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from .. import exports
from ..choices import Choices
from ..exhibits import Exhibit, defaults
from ..exports import chrome, report
from ..store import frozen
from . import state

_NAMED = ("prefecture", "field", "partner", "zoom", "measure", "view")  # choices that a file's name tells


def menu(drawn: Exhibit, choices: Choices) -> None:
    """A button that opens the list of files; each file is made when it is asked for."""
    words = drawn.words
    with st.popover(words("download.open"), icon=":material/download:", type="tertiary", key=f"download-{drawn.name}"):
        slide = exports.BINDINGS["pptx"]
        _button(drawn, choices, slide.suffix, slide.mime, partial(_slide, drawn, state.data()))
        for one in _offered(drawn):
            _button(drawn, choices, one.suffix, one.mime, partial(_write, one, drawn))
        if drawn.paper is not None and not chrome.found():
            st.caption(words("download.no_chrome"))


def _offered(drawn: Exhibit) -> list[exports.Format]:
    return [
        one
        for one in exports.FORMATS.values()
        if (drawn.paper is not None or not one.of_figure) and (chrome.found() or not one.needs_chrome)
    ]


def _button(drawn: Exhibit, choices: Choices, suffix: str, mime: str, make: Callable[[], bytes]) -> None:
    key = f"download-{drawn.name}-{suffix}"
    name = file_name(drawn, choices, suffix)
    st.download_button(drawn.words(f"download.{suffix}"), make, name, mime, on_click="ignore", width="stretch", key=key)


def _slide(drawn: Exhibit, data: str) -> bytes:
    """The chart as one slide; `data` is the fingerprint of what it shows."""
    title, version = drawn.words("title"), frozen.version_of(data)
    one = report.bound(drawn.name, [title], [[drawn]], version, defaults.now(), single=True)
    return exports.BINDINGS["pptx"].write(one, report.quiet)


def _write(one: exports.Format, drawn: Exhibit) -> bytes:
    figure = drawn.paper() if drawn.paper and one.of_figure else None
    return one.module().write(figure, drawn.table, drawn.words)


def file_name(drawn: Exhibit, choices: Choices, suffix: str) -> str:
    """Chart, plan, language, as-of and what else was chosen, so that two files with different figures have two names."""
    parts = [drawn.name.rpartition(".")[2], choices.plan, choices.lang, choices.as_of.isoformat()]
    usual = Choices(choices.lang, choices.plan, choices.as_of, choices.sample)
    parts += [getattr(choices, name) for name in _NAMED if getattr(choices, name) != getattr(usual, name)]
    parts += [choices.data] if choices.data else []
    parts += ["total"] if choices.running else []
    parts += ["what-if"] if choices.what_if != usual.what_if else []
    parts += ["sample"] if drawn.words("basis") == "sample" else []
    return "_".join(parts) + f".{suffix}"


def picture_button(drawn: Exhibit, choices: Choices) -> dict[str, Any]:
    """Plotly's own bar: hidden where we make pictures, else with its picture button alone."""
    if chrome.found():
        return {"displayModeBar": False}
    options = {"format": "png", "scale": 2, "filename": file_name(drawn, choices, "png").removesuffix(".png")}
    return {"displaylogo": False, "displayModeBar": True, "modeBarButtons": [["toImage"]], "toImageButtonOptions": options}
