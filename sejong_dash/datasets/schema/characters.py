"""Find the control characters that no table may hold: they are invisible, and XML (slides, workbooks, SVG) cannot carry them,
or they turn the text around them (U+202E and its like: `gnp.exe` is read as `exe.png`) or break its lines where no file does.

Tabs and line ends inside a cell are text: a spreadsheet makes them with Alt+Enter, and every format can carry them.
"""

import re

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")


def control(text: str) -> str:
    """Return the control characters of a text as `U+0007, U+FFFE`, each once; blank where it has none."""
    return ", ".join(dict.fromkeys(f"U+{ord(character):04X}" for character in _CONTROL.findall(text)))


def without_control(text: str) -> str:
    """Return a text without its control characters."""
    return _CONTROL.sub("", text)
