"""Reads the letterhead that a host may give to the sheet of a prefecture: a greeting, and whom to ask.

It stands in `letterhead.toml` in the folder of the tables, and there is none until somebody writes it. An entry is one text for
every language, or a table of `ko`, `ja` and `en`; what has no text in the reader's language is blank.
"""

from typing import NamedTuple

from sejong_dash import contents, paths
from sejong_dash import words as wording
from sejong_dash.errors import DashError

FILE = "letterhead.toml"


class Letterhead(NamedTuple):
    """The lines of a letterhead in the reader's language, blank where there is none."""

    greeting: str = ""
    contact: str = ""


def read(lang: str) -> Letterhead:
    """Return the letterhead in a language. Raises DashError where the file cannot be used."""
    path = paths.live_dir() / FILE
    try:
        contents.digest(path)
        given = {**wording.settings(path), **wording.entries(path, lang)}
    except FileNotFoundError:
        return Letterhead()
    except (OSError, ValueError) as error:
        # the text of an OSError holds a path of the server
        found = error.strerror or type(error).__name__ if isinstance(error, OSError) else str(error)
        raise DashError("letterhead", file=FILE, found=found) from error
    texts = {name: given.get(name, "") for name in Letterhead._fields}
    return Letterhead(**{name: text.strip() if isinstance(text, str) else "" for name, text in texts.items()})
