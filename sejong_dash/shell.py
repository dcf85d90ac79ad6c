"""Shows the page that the address names, in its frame: the script that Streamlit runs for every view."""

import streamlit as st

from sejong_dash import words
from sejong_dash.datasets import snapshot
from sejong_dash.exhibits import defaults
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.entrance import file_fields, sign_in
from sejong_dash.ui.frame import held_choices, page_frame, page_links, top_bar


def run() -> None:
    """Draw the page in its frame, with what its viewer has chosen."""
    with held_choices.page_run(), file_fields.run():
        _draw()


def _draw() -> None:
    """Draw all of the page from one state of the tables."""
    shared = page_frame.language()
    # Before the menu: without an icon of its own, a page would have Streamlit fetch one for the tab from Google.
    st.set_page_config(page_icon="🌿", layout="wide")
    files = page_links.pages()
    menu = {}
    for file in files:
        own = words.of(file, shared.lang)
        settings = words.settings(file.with_suffix(".toml"))
        entry = st.Page(file, title=own("title"), icon=settings["icon"], url_path=file.stem, default=file is files[0])
        menu[entry] = own, settings
    may_see = sign_in.may_see()
    page = st.navigation(list(menu), position="top" if may_see else "hidden")
    own, settings = menu[page]
    title, is_bare = own("title"), settings.get("bare", False)
    page_frame.style(shared.lang, settings.get("styles", ()) if may_see else ())
    # Tabs, history and bookmarks show this alone: the page comes first, for tabs are narrow.
    st.set_page_config(page_title=f"{title} · {shared('app')}")
    if not may_see:
        return sign_in.show(shared.lang)
    version = page_frame.version()
    data = defaults.state(version)
    tables = snapshot(version)
    chosen = page_frame.choices(shared, data, tables)
    if not is_bare:
        head = markup.page_head(title, own("intro"), shared.lang)
        top_bar.draw(chosen, shared, data, tables, head, has_comparison=page is next(iter(menu)))
    page_frame.connect(page.url_path, shared.lang, version)
    page.run()
    if not is_bare:
        page_frame.foot(shared)


run()
