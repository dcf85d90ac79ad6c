"""Every exhibit is written in every format that a menu offers."""

from functools import cache

import discovery
import pytest
from discovery import BASE, NAMES, needs_chrome, tables_now

from sejong_dash import exhibits
from sejong_dash.exports import FORMATS

pytestmark = pytest.mark.dear

CASES = [
    pytest.param(suffix, name, marks=needs_chrome if kind.needs_chrome else (), id=f"{suffix}-{name}")
    for suffix, kind in FORMATS.items()
    for name in NAMES
    if not (kind.has_figure and name.startswith("cards."))
]


@cache
def drawn_once(name: str) -> exhibits.Exhibit:
    return exhibits.exhibit(discovery.module(name), BASE, tables_now())


@pytest.mark.parametrize(("suffix", "name"), CASES)
def test_an_exhibit_is_written(suffix: str, name: str) -> None:
    drawn = drawn_once(name)
    figure = drawn.paper() if drawn.paper and FORMATS[suffix].has_figure else None
    assert FORMATS[suffix].write(figure, drawn.table, drawn.words)
