"""Names each part of Streamlit's page, and of what draws in it, that our styles and scripts look for.

Relies on: the `data-testid`s of Streamlit's elements and the classes of the libraries in its front end. None is promised; the
classes `st-key-…` are, and are written as they are.
Why: Streamlit's theme has no setting for what style.css says of them, and scripts must find what they mend.
Tried with: Streamlit 1.67.0.
Without one: see what `use` says of it.
Off: `selectors`, or `selectors.NAME` for a single one, in SEJONG_BORDER_OFF. Its rules then meet nothing, or all of the page.
In a style or script `:st(NAME)` stands for the selector; Python writes `selectors.css("NAME")`.
"""

import re
from dataclasses import dataclass

from sejong_dash import border

_MARK = re.compile(r":st\((\w+)\)")


@dataclass(frozen=True)
class Selector:
    """A part of the page, what it is looked for, and what is met in its place where it is switched off.

    `name` is what must stand in Streamlit's front end for the selector to meet anything.
    """

    name: str
    css: str
    use: str
    instead: str = ":not(*)"  # nothing


def _part(name: str, use: str, instead: str = ":not(*)") -> Selector:
    return Selector(name, f"[data-testid={name}]", use, instead)


def _class(name: str, use: str) -> Selector:
    return Selector(name, f".{name}", use)


SELECTORS = {
    # the page
    "app": _part("stApp", "the house's colours and faces; the page on paper", ":root"),
    "dialog": _part("stDialog", "the house's colours and faces in the receipt", ":root"),
    "main": _part("stMain", "no room for a scroll bar beside a slide"),
    "main_block": _part("stMainBlockContainer", "no margins around a slide and on paper; how wide a drawing may be"),
    "sidebar": _part("stSidebar", "no choices beside a slide and on paper"),
    "collapse_sidebar": _part("stSidebarCollapseButton", "on a narrow screen the menu makes way for the page that was chosen"),
    "expand_sidebar": _part("stExpandSidebarButton", "no button over a slide"),
    "page_link": _part("stSidebarNavLink", "on a narrow screen a press on the page menu is one step in the history"),
    "top_link": _part("stTopNavLink", "a press on the page menu is one step in the history; the look of the bar"),
    "top_more_link": _part("stTopNavDropdownLink", "the same for the pages that the bar has no room for"),
    "top_more": _part("stTopNavSection", "the list of further pages closes when one is chosen"),
    "top_menu": _part("stTopNav", "room for the name of the event beside the page menu"),
    "header": _part("stHeader", "a bar of 48 px; none over a slide and on paper"),
    "toolbar": _part("stToolbar", "a bar of 48 px; none over a slide"),
    "status": _part("stStatusWidget", "no running man over a slide"),
    "deploy": _part("stAppDeployButton", "no button over a slide"),
    "record_screen": Selector("recordScreencast", "[data-testid=stMainMenuItem-recordScreencast]", "no recording in the menu"),
    # its blocks
    "element": _part("stElementContainer", "a slide's elements at their places; drawings on paper as wide as it is"),
    "wrapper": _part("stLayoutWrapper", "hidden inputs take no room; what was pressed stays in sight"),
    "vertical": _part("stVerticalBlock", "less room between parts on paper"),
    "horizontal": _part("stHorizontalBlock", "a map's table below it on a narrow screen"),
    "column": _part("stColumn", "how wide a map and its table are"),
    "skeleton": _part("stSkeleton", "no shimmer that takes time from the drawing"),
    # its widgets
    "button_group": _part("stButtonGroup", "pills break into lines on a phone, and are not printed"),
    "text_input": _part("stTextInputRootElement", "the edge of a field that lacks something"),
    "input_hint": _part("InputInstructions", "no English below a field"),
    "dropzone": _part("stFileUploaderDropzone", "the place for files in the reader's language"),
    "dropzone_hint": _part("stFileUploaderDropzoneInstructions", "how large a file may be, in the reader's language"),
    "data_frame": _part("stDataFrame", "no letter typed into a table is lost"),
    "grid_input": _class("gdg-input", "no letter typed into a table is lost"),
    # its drawings
    "map": _part("stDeckGlJsonChart", "a map as wide as a phone; slow presses on it"),
    "map_events": _class("deck-events-root", "a finger on the map scrolls the page"),
    "map_tooltip": _class("deck-tooltip", "a tooltip may leave the map; slow presses on it"),
}


def css(name: str) -> str:
    """Return the selector of that name, or what is met in its place where it is switched off."""
    selector = SELECTORS[name]
    return selector.instead if border.is_off(f"selectors.{name}") else selector.css


def fill(text: str) -> str:
    """Return a style or script with its selectors in place of their names. Raises KeyError for a name that is not known."""
    return _MARK.sub(lambda mark: css(mark.group(1)), text)
