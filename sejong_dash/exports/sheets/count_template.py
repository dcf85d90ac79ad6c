"""Write the empty sheet in which people note counts, in their language."""

from collections.abc import Sequence

from sejong_dash import words as wording

from . import template

COLUMNS = ("date", "prefecture", "channel", "visitors")
_CHANNELS = ("individual", "group", "exchange")


def write(kind: str, lang: str, prefectures: Sequence[str]) -> bytes:
    """Return the sheet as `xlsx`, in which prefectures and channels can be chosen, or as `csv`."""
    words = wording.of(__file__, lang)
    headings = [words(f"columns.{name}") for name in COLUMNS]
    if kind == "csv":
        return template.text(words("explained"), headings)
    channels = [words(f"channel.{code}") for code in _CHANNELS]
    return template.workbook(words("explained"), headings, [*prefectures, words("unknown")], channels, words)


def name(lang: str) -> str:
    """Return what the file is called, in that language."""
    return wording.of(__file__, lang)("name")
