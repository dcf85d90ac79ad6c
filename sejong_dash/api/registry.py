"""Finds what can be asked for by name: exhibits, sets, and the kinds of files that each can be."""

from collections.abc import Mapping
from functools import cache

from sejong_dash import cards, charts, maps
from sejong_dash import words as wording
from sejong_dash.contracts import ExhibitSource, Registry
from sejong_dash.exports import REPORT_FORMATS
from sejong_dash.exports.pictures import chrome
from sejong_dash.exports.sheets import template
from sejong_dash.exports.single_file import SINGLE_FORMATS, SingleFormat
from sejong_dash.words import Words

_ROOMS: tuple[Registry, ...] = (charts, maps, cards)
RECEIPT_FORMATS = ("csv", "xlsx", "json")  # a receipt is a table
TEMPLATE_FORMATS = tuple(template.MIMES)


@cache
def rooms() -> Mapping[str, Registry]:
    """Return the room of each exhibit by the exhibit's name, in the order of a list; the folders are the registry."""
    return {name: room for room in _ROOMS for name in room.names()}


def source(name: str) -> ExhibitSource:
    """Return the module of an exhibit. Raises KeyError where there is none of that name."""
    return rooms()[name].named(name)


def words_of(name: str, lang: str) -> Words:
    """Return the words of an exhibit. Raises KeyError."""
    return wording.of(str(source(name).__file__), lang)


def formats_of(name: str) -> list[SingleFormat]:
    """Return every kind of file of an exhibit, whether or not this machine can make it. Raises KeyError."""
    has_figure = rooms()[name] is not cards
    return [kind for kind in SINGLE_FORMATS.values() if has_figure or not kind.has_figure]


def is_made_here(kind: str) -> bool:
    """Return whether this machine can make a kind of file."""
    needs_chrome = SINGLE_FORMATS[kind].needs_chrome if kind in SINGLE_FORMATS else REPORT_FORMATS[kind].needs_chrome
    return chrome.found() or not needs_chrome
