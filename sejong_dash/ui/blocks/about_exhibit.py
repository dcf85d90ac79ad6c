"""Writes what stands behind the button of an exhibit: unit, basis, sources and as-of, its receipt, its link and its files."""

from html import escape

from sejong_dash.choices import Choices
from sejong_dash.exhibits import Exhibit
from sejong_dash.exports import single_file
from sejong_dash.exports.pictures import chrome
from sejong_dash.kept import kept

from . import downloads, markup, receipt_links


def menu(drawn: Exhibit, data: str, link: str) -> str:
    """Return it as HTML, closed until the button is pressed; `link` is an address that shows the same exhibit again.

    `data` is the fingerprint of the tables. Each file is made when it is asked for.
    """
    receipt = receipt_links.link(drawn) if drawn.latest_figure else ""
    return _menu(drawn, drawn.name, drawn.choices, data, link, receipt, chrome.found())


@kept(600)
def _menu(_drawn: Exhibit, name: str, choices: Choices, data: str, link: str, receipt: str, has_chrome: bool) -> str:
    words, is_drawing = _drawn.words, _drawn.paper is not None
    entries = [
        (downloads.file_address(f"{name.rpartition('.')[2]}.{kind.suffix}", choices), words(f"download.{kind.suffix}"))
        for kind in single_file.available(is_drawing)
    ]
    note = words("download.no_chrome") if is_drawing and not has_chrome else ""
    below = f'<p class="sj-file-note">{escape(note)}</p>' if note else ""
    lines = markup.caption(words, True, receipt + _copy(_drawn, link))
    return _closed(_drawn, f"{lines}{downloads.listed(entries, words)}{below}")


def link_alone(drawn: Exhibit, link: str) -> str:
    """Return the same for an exhibit with nothing to show: its link."""
    return _closed(drawn, markup.wrap(f'<p class="sj-caption">{_copy(drawn, link)}</p>', drawn.words.lang))


def _closed(drawn: Exhibit, body: str) -> str:
    label = escape(drawn.words("about.open"))
    return f'<details class="sj-files"><summary title="{label}"><span class="sj-quiet">{label}</span></summary>{body}</details>'


def _copy(drawn: Exhibit, link: str) -> str:
    label, done = escape(drawn.words("link.copy")), escape(drawn.words("link.copied"))
    return f'<a class="sj-link" href="{escape(link)}" data-copied="{done}">{label}</a>'
