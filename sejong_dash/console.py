"""Print on any console, and define the exit codes that the programs of the shell share.

0: all is made. 2: the command is wrong. 3: something could not be read or made.
"""

import io
import sys
from collections.abc import Iterable

MADE, WRONG, FAILED = 0, 2, 3
RULE = "Exit code 0: all is made. 2: the command is wrong, the message names what is possible. 3: not all could be read or made"


def make_safe() -> None:
    """Make stdout and stderr print what they cannot show (Korean in CP1252) as its code, without an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def shows(text: str) -> bool:
    """Return whether the console for messages can show all of a text."""
    try:
        text.encode(sys.stderr.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def report(sentences: Iterable[str]) -> None:
    """Print messages on stderr, each on its own line."""
    for sentence in sentences:
        print(sentence, file=sys.stderr)
