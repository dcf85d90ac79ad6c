"""Gives the part of Plotly's script that draws lines, points and bars, for pages and for files that draw in a browser.

`plotly-basic.min.js` is Plotly's own bundle `plotly.js-basic-dist-min`, unchanged (MIT, see LICENSE): a quarter of the whole
library, which a browser must read before it draws anything. Its version is that of the library inside the Python package;
tests/contract/test_plotly_script.py holds it to that, and every chart to the kinds of traces that it draws.
"""

import hashlib
from functools import cache
from pathlib import Path

FOLDER = "plotly/"
TRACES = ("scatter", "bar", "pie")
"""The kinds of traces that the bundle draws."""


@cache
def read() -> bytes:
    """Return the script."""
    return Path(__file__).with_name("plotly-basic.min.js").read_bytes()


@cache
def path() -> str:
    """Return the script's address below the server's; it changes with the content, so that a browser may keep it for ever."""
    return f"{FOLDER}plotly-basic.{hashlib.blake2b(read(), digest_size=8).hexdigest()}.js"
