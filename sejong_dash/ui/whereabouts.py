"""On which page does an exhibit live, and what does the address of that page say?"""

import re
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

import streamlit as st

from .. import paths
from .. import words as wording
from ..decks import Slide
from . import html

# What a page calls a choice that a slide may make.
_NAMES = {"measure": "measure", "view": "view_map", "running": "view", "prefecture": "prefecture", "zoom": "zoom"}


def link(slide: Slide, without: Collection[str]) -> str:
    """The page that shows what a slide shows, with the reader's choices and the slide's; `without` stays behind."""
    query = _query((*without, "slide")) | {_NAMES[field]: _said(value) for field, value in slide.changes if value is not False}
    page = page_of(slide.name)
    return ("./" if page == _pages()[0].stem else page) + html.address(query) if page else ""


def home(without: Collection[str]) -> str:
    """The first page, with the reader's choices."""
    return "./" + html.address(_query(without))


def _query(without: Collection[str]) -> dict[str, str]:
    return {name: value for name, value in st.query_params.to_dict().items() if name not in without}


def _said(value: object) -> str:
    return "total" if value is True else str(value)


def page_of(name: str) -> str:
    """The first page, in the order of the menu, that names an exhibit; blank where none does."""
    return next((page.stem for page in _pages() if _names(page, name, page.stat().st_mtime_ns)), "")


@lru_cache(maxsize=512)
def _names(page: Path, name: str, stamp: int) -> bool:
    return bool(re.search(rf"\b{name}\b", page.read_text(encoding="utf-8")))


def _pages() -> list[Path]:
    return sorted(paths.PAGES.glob("*.py"), key=lambda page: wording.settings(page.with_suffix(".toml"))["order"])
