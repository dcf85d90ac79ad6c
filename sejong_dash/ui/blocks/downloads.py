"""Offers an exhibit, a set or a receipt as files: links to `/export/…` that show what the page shows."""

from collections.abc import Iterable, Mapping
from html import escape

from sejong_dash.choices import Choices
from sejong_dash.exhibits import Exhibit, address
from sejong_dash.exports import single_file
from sejong_dash.exports.pictures import chrome
from sejong_dash.words import Words

from . import markup


def menu(drawn: Exhibit) -> str:
    """Return the list of an exhibit's files as HTML, closed until it is pressed; each file is made when it is asked for."""
    words, name = drawn.words, drawn.name.rpartition(".")[2]
    kinds = single_file.available(drawn.paper is not None)
    entries = [(file_address(f"{name}.{kind.suffix}", drawn.choices), words(f"download.{kind.suffix}")) for kind in kinds]
    note = words("download.no_chrome") if drawn.paper is not None and not chrome.found() else ""
    body = f'<p class="sj-file-note">{escape(note)}</p>' if note else ""
    label = escape(words("download.open"))
    summary = f'<summary title="{label}"><span>{label}</span></summary>'
    return f'<details class="sj-files">{summary}{_listed(entries, words)}{body}</details>'


def links(entries: Iterable[tuple[str, str]], words: Words) -> str:
    """Return files side by side as HTML: addresses and what they are called."""
    return markup.wrap(f'<div class="sj-files">{_listed(entries, words)}</div>', words.lang)


def _listed(entries: Iterable[tuple[str, str]], words: Words) -> str:
    """Return links to files; file_links.js shows below them that a file is being made, or why it cannot be."""
    shown = "".join(f'<li><a class="sj-file" href="{escape(href)}" download>{escape(text)}</a></li>' for href, text in entries)
    texts = f'data-busy="{escape(words("download.busy"))}" data-failed="{escape(words("download.failed"))}"'
    return f'<ul>{shown}</ul><p class="sj-file-state" role="status" {texts}></p>'


def file_address(path: str, choices: Choices, more: Mapping[str, str] | None = None) -> str:
    """Return the address of a file below `/export/` that shows these choices on any later day."""
    return f"export/{path}" + address.query(address.write(choices) | dict(more or {}))
