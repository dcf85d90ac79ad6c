"""The script that draws in browsers fits the Python library that makes the figures, and draws all that they hold."""

import re

import pytest
from discovery import BASE, NAMES, module, table_of, told, words_of
from plotly.offline import get_plotlyjs_version

from sejong_dash import plotly_script

DRAWN = [name for name in NAMES if not name.startswith("cards.")]


def test_the_script_has_the_library_s_version() -> None:
    """After an update of Plotly, fetch the bundle of its version: `npm pack plotly.js-basic-dist-min@VERSION`."""
    found = re.search(rb"plotly\.js \(basic - minified\) v([\d.]+)", plotly_script.read())
    assert found
    assert found[1].decode() == get_plotlyjs_version()


def test_the_script_needs_no_rights_that_pages_do_not_give() -> None:
    assert not re.search(rb"\beval\(|new Function\b", plotly_script.read())
    assert b"</script" not in plotly_script.read().lower(), "a file holds it between tags"


@pytest.mark.parametrize("name", DRAWN)
def test_the_script_draws_every_trace(name: str) -> None:
    source, table, words = module(name), table_of(name, told(name, BASE)), words_of(name, "ko")
    drawn = source.paper(table, words) if name.startswith("maps.") else source.draw(table, words)
    assert drawn.data
    assert {trace.type for trace in drawn.data} <= set(plotly_script.TRACES)
