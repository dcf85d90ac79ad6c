"""Finds the page that shows an exhibit, and the address of that page.

Which page shows what is read from the calls in its script, such as `ui.show(goal_bar)`; which part of it, from calls such as
`parts.days.show(daily_visitors)`.
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sejong_dash import contents, paths
from sejong_dash import words as wording
from sejong_dash.decks import Slide
from sejong_dash.ui.blocks import markup

from . import held_choices

# The address parameter of a choice that a slide may make.
_PARAMETERS = {"measure": "measure", "view": "view_map", "running": "view", "prefecture": "prefecture", "zoom": "zoom"}
# How many of the exhibits that a page hands to a function of `ui` it shows at once (None: all); the others wait for a choice.
SHOWN_AT_ONCE: Mapping[str, int | None] = {
    "by_day_or_total": None,
    "explore": None,
    "first_screen": None,
    "of_day": 0,
    "on_demand": 0,
    "overview": 0,
    "pressable": 1,
    "profile": 0,
    "show": None,
    "side_by_side": None,
    "what_if": None,
    "zoomed": 1,
}


class _Shown(NamedTuple):
    """The names of the exhibits of one page: those that it shows at once, and all with the part that holds them (blank: none)."""

    at_once: frozenset[str]
    in_all: Mapping[str, str]


def pages() -> list[Path]:
    """Return the scripts of the pages in the order of the menu: the folder is the registry, `order` stands beside each."""
    return wording.in_order(paths.PAGES.glob("*.py"))


def link(slide: Slide, without: Collection[str]) -> str:
    """Return the address of the page that shows a slide's exhibit, with the reader's choices and the slide's; blank where there
    is none. The parameters in `without` are left out."""
    changes = {_PARAMETERS[field]: _text(value) for field, value in slide.changes if value is not False}
    page = page_of(slide.name)
    if not page:
        return ""
    part = parts_of(paths.PAGES / f"{page}.py").get(slide.name, "")
    changes |= {held_choices.PART: part} if part else {}
    query = _query((*without, "slide", held_choices.PART)) | changes
    return ("./" if page == pages()[0].stem else page) + markup.address(query)


def home(without: Collection[str]) -> str:
    """Return the address of the first page, with the reader's choices but for the parameters in `without`."""
    return "./" + markup.address(_query(without))


def page_of(name: str) -> str:
    """Return the first page, in the order of the menu, that shows an exhibit at once, else the first that shows it after a
    choice; blank where no page has it."""
    shown = [(page.stem, _shown_on(page)) for page in pages()]
    at_once = (page for page, exhibits in shown if name in exhibits.at_once)
    after_a_choice = (page for page, exhibits in shown if name in exhibits.in_all)
    return next(at_once, None) or next(after_a_choice, "")


def parts_of(page: Path) -> Mapping[str, str]:
    """Return the exhibits of a page by name, each with the code of the part that holds it; blank where the page has no parts."""
    return _shown_on(page).in_all


def _query(without: Collection[str]) -> dict[str, str]:
    return {name: value for name, value in held_choices.address().items() if name not in without}


def _text(value: object) -> str:
    return "total" if value is True else str(value)


def _read(page: bytes) -> _Shown:
    try:
        tree = ast.parse(page)
    except SyntaxError as error:
        raise ValueError("a page is being written") from error
    modules = dict(_imports(tree))
    at_once, in_all = set[str](), dict[str, str]()
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in SHOWN_AT_ONCE:
            names = [modules.get(argument.id, "") for argument in call.args if isinstance(argument, ast.Name)]
            part = call.func.value.attr if isinstance(call.func.value, ast.Attribute) else ""
            at_once |= {*names[: SHOWN_AT_ONCE[call.func.attr]]}
            in_all |= {name: part for name in names if name and name not in in_all}
    return _Shown(frozenset(at_once - {""}), in_all)


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield what a page calls its imports, and their own names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((name.asname or name.name, name.name) for name in node.names)


_shown_on = contents.Lasting(_read, 64)
