"""Offers a chart as files, and names them."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from sejong_dash import clock, exports
from sejong_dash.choices import Choices
from sejong_dash.exhibits import Exhibit
from sejong_dash.exports import report
from sejong_dash.exports.pictures import chrome
from sejong_dash.store import snapshots
from sejong_dash.ui.frame import run_state

_IN_NAME = ("prefecture", "field", "partner", "zoom", "measure", "view")  # choices that the name of a file holds


def menu(drawn: Exhibit, choices: Choices) -> None:
    """Show a button that opens the list of files; each file is made when it is downloaded."""
    words = drawn.words
    with st.popover(words("download.open"), icon=":material/download:", type="tertiary", key=f"download-{drawn.name}"):
        slide = exports.REPORT_FORMATS["pptx"]
        _button(drawn, choices, slide.suffix, slide.mime, partial(_slide, drawn, run_state.data()))
        for format_ in _formats(drawn):
            _button(drawn, choices, format_.suffix, format_.mime, partial(_write, format_, drawn))
        if drawn.paper is not None and not chrome.found():
            st.caption(words("download.no_chrome"))


def _formats(drawn: Exhibit) -> list[exports.Format]:
    return [
        format_
        for format_ in exports.FORMATS.values()
        if (drawn.paper is not None or not format_.has_figure) and (chrome.found() or not format_.needs_chrome)
    ]


def _button(drawn: Exhibit, choices: Choices, suffix: str, mime: str, make: Callable[[], bytes]) -> None:
    key = f"download-{drawn.name}-{suffix}"
    name = file_name(drawn, choices, suffix)
    st.download_button(drawn.words(f"download.{suffix}"), make, name, mime, on_click="ignore", width="stretch", key=key)


def _slide(drawn: Exhibit, data: str) -> bytes:
    """Return the chart as one slide; `data` is the fingerprint of what it shows."""
    title, version = drawn.words("title"), snapshots.version_of(data)
    slides = report.bind_report(drawn.name, [title], [[drawn]], version, clock.now(), single=True)
    return exports.REPORT_FORMATS["pptx"].write(slides, report.ignore_progress)


def _write(format_: exports.Format, drawn: Exhibit) -> bytes:
    figure = drawn.paper() if drawn.paper and format_.has_figure else None
    return format_.write(figure, drawn.table, drawn.words)


def file_name(drawn: Exhibit, choices: Choices, suffix: str) -> str:
    """Return chart, plan, language, as-of and what else was chosen, so that files with different figures differ in name."""
    parts = [drawn.name.rpartition(".")[2], choices.plan, choices.lang, choices.as_of.isoformat()]
    default = Choices(choices.lang, choices.plan, choices.as_of, choices.sample)
    parts += [getattr(choices, name) for name in _IN_NAME if getattr(choices, name) != getattr(default, name)]
    parts += [choices.data] if choices.data else []
    parts += ["total"] if choices.running else []
    parts += ["what-if"] if choices.what_if != default.what_if else []
    parts += ["sample"] if drawn.words("basis") == "sample" else []
    return "_".join(parts) + f".{suffix}"


def picture_button(drawn: Exhibit, choices: Choices) -> dict[str, Any]:
    """Return the settings of Plotly's bar: hidden where the server makes pictures, else with its picture button alone."""
    if chrome.found():
        return {"displayModeBar": False}
    options = {"format": "png", "scale": 2, "filename": file_name(drawn, choices, "png").removesuffix(".png")}
    return {"displaylogo": False, "displayModeBar": True, "modeBarButtons": [["toImage"]], "toImageButtonOptions": options}
