"""Offers a set or a receipt as files: links to `/export/…` that show what the page shows."""

from collections.abc import Iterable, Mapping
from html import escape

from sejong_dash.choices import Choices
from sejong_dash.exhibits import address
from sejong_dash.words import Words

from . import markup


def links(entries: Iterable[tuple[str, str]], words: Words) -> str:
    """Return files side by side as HTML: addresses and what they are called."""
    return markup.wrap(f'<div class="sj-files">{listed(entries, words)}</div>', words.lang)


def listed(entries: Iterable[tuple[str, str]], words: Words) -> str:
    """Return links to files as a list; file_links.js shows below them that a file is being made, or why it cannot be."""
    shown = "".join(f'<li><a class="sj-file" href="{escape(href)}" download>{escape(text)}</a></li>' for href, text in entries)
    texts = f'data-busy="{escape(words("download.busy"))}" data-failed="{escape(words("download.failed"))}"'
    return f'<ul>{shown}</ul><p class="sj-file-state" role="status" {texts}></p>'


def file_address(path: str, choices: Choices, more: Mapping[str, str] | None = None) -> str:
    """Return the address of a file below `/export/` that shows these choices on any later day."""
    return f"export/{path}" + address.query(address.write(choices) | dict(more or {}))
