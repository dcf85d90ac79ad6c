"""Which page is wanted, for whom, and in which frame? The script that Streamlit runs for every view."""

from pathlib import Path

import streamlit as st

from sejong_dash import paths, words
from sejong_dash.datasets import reading
from sejong_dash.ui import frame, html


def pages() -> list[Path]:
    """The pages in the order of the menu: a folder is the registry, `order` stands in each page's words."""
    return sorted(paths.PAGES.glob("*.py"), key=lambda page: words.settings(page.with_suffix(".toml"))["order"])


def run() -> None:
    said = frame.language()
    # Before the menu: without an icon of its own, a page would have Streamlit fetch one for the tab from Google.
    st.set_page_config(page_icon="🌿", layout="wide")
    frame.style(said.lang)
    files = pages()
    menu = {}
    for file in files:
        own = words.of(file, said.lang)
        settings = words.settings(file.with_suffix(".toml"))
        entry = st.Page(file, title=own("title"), icon=settings["icon"], url_path=file.stem, default=file is files[0])
        menu[entry] = own, settings.get("bare", False)
    page = st.navigation(list(menu))
    own, bare = menu[page]
    title = own("title")
    # Tabs, history and bookmarks show this alone: the page comes first, for tabs are narrow.
    st.set_page_config(page_title=f"{title} · {said('app')}")
    if bare:
        frame.bare()
    version = frame.version()
    with paths.frozen(version):
        data = reading.fingerprint()
        choices = frame.side(said, data, version)
        frame.settle(page.url_path, said.lang, version)
        if not bare:
            frame.top(choices, said, data)
            st.html(html.page_head(title, own("intro"), said.lang))
        page.run()


run()
