"""Divides a page into parts, of which it draws the one that its reader has chosen.

A part is a question of the page with its answer, about a screen high. Its code stands in the address (`?part=days`), its title in
the page's words as `part.days`; the parts stand in the order of the titles, and the first is the default.
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import streamlit as st

from sejong_dash import words as wording
from sejong_dash.contracts import Chart, ExhibitSource, HasHeadline
from sejong_dash.errors import DashError
from sejong_dash.exhibits.cached import cached_exhibit
from sejong_dash.ui.blocks import planner, show
from sejong_dash.ui.browser import asset
from sejong_dash.words import Words

from . import filters, page_links, run_state

_LOG = logging.getLogger(__name__)
_TITLE = "part."  # before the code of a part, in the words of its page


class Part:
    """What a page may call for one of its parts: what `ui` offers under the same names, drawn if the part is the chosen one."""

    def __init__(self, is_chosen: bool) -> None:
        self._is_chosen = is_chosen

    def show(self, source: ExhibitSource) -> None:
        """Put a chart, a map or cards on the page."""
        if self._is_chosen:
            show.show(source)

    def side_by_side(self, *sources: ExhibitSource, widths: Sequence[int] = ()) -> None:
        """Put charts or cards next to each other; `widths` are their shares of the width (blank: equal)."""
        if self._is_chosen:
            show.side_by_side(*sources, widths=widths)

    def by_day_or_total(self, chart: Chart, *beside: ExhibitSource) -> None:
        """Put a chart under a switch between days and running totals, and others beside it."""
        if self._is_chosen:
            show.by_day_or_total(chart, *beside)

    def of_day(self, *sources: ExhibitSource) -> None:
        """Put charts of the day that the reader has chosen next to each other."""
        if self._is_chosen:
            show.of_day(*sources)

    def on_demand(self, source: ExhibitSource) -> None:
        """Put a chart on the page once its switch is on."""
        if self._is_chosen:
            show.on_demand(source)

    def what_if(self, *shown: ExhibitSource) -> None:
        """Show the planner and what follows it."""
        if self._is_chosen:
            planner.what_if(*shown)


class Parts:
    """The parts of a page by their codes, as attributes."""

    def __init__(self, codes: tuple[str, ...], chosen: str) -> None:
        self._codes, self._chosen = codes, chosen

    def __getattr__(self, code: str) -> Part:
        if code not in self._codes:
            raise AttributeError(f"the page's words have no {_TITLE}{code}")
        return Part(code == self._chosen)


def parts(page: str, **figures: HasHeadline) -> Parts:
    """Show the row of a page's parts and return them; `page` is the script.

    `figures` names parts whose title is followed by the headline of an exhibit, so that it is seen from every part.
    """
    words = wording.of(page, run_state.choices().lang)
    codes = tuple(key.removeprefix(_TITLE) for key in words if key.startswith(_TITLE))
    titles = {code: _title(code, figures.get(code), words) for code in codes}
    chosen = filters.code("part", codes) or codes[0]
    filters.menu("part", titles, chosen, words("part_menu"), pills=True, width="content", is_labelled=False)
    run_state.remember_part(chosen)
    _follow_place(page, chosen)
    return Parts(codes, chosen)


def _title(code: str, source: HasHeadline | None, words: Words) -> str:
    title = words(f"{_TITLE}{code}")
    if source is None:
        return title
    try:
        shown = cached_exhibit(cast(ExhibitSource, source), run_state.choices(), run_state.data(), run_state.tables())
    except DashError:
        return title  # the part itself says what is wrong
    except Exception:
        _LOG.exception("the figure of the part %s cannot be shown", code)
        return title
    return words("colon", name=title, value=shown.headline) if shown.headline else title


def _follow_place(page: str, chosen: str) -> None:
    """Have the browser ask for the part that holds the chart of a copied link, which alone knows the link's `#place`."""
    follow = st.components.v2.component("page_parts", js=asset("page_parts.js"), isolate_styles=False)
    data = {"holds": dict(page_links.parts_of(Path(page))), "part": chosen}
    follow(data=data, key="address-part", on_part_change=_choose_asked)


def _choose_asked() -> None:
    filters.choose("part", run_state.component_value("address-part", "part") or "")
