"""Every exhibit is written in every format that a menu offers."""

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


@pytest.mark.parametrize(("suffix", "name"), CASES)
def test_an_exhibit_is_written(suffix: str, name: str) -> None:
    drawn = exhibits.exhibit(discovery.module(name), BASE, tables_now())
    figure = drawn.paper() if drawn.paper else None
    assert FORMATS[suffix].write(figure, drawn.table, drawn.words)
