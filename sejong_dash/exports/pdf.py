"""How does a report become paper: A4, a chart on each half of a sheet, with head, foot and page numbers?

Chrome draws the charts into the page and prints it, so that text stays text and lines stay lines.
"""

import json
import re
from html import escape

from .. import theme
from ..exhibits import Exhibit
from . import _page, faces, printing
from .report import Report, Tell, each

# what runs is handed in from outside; the faces lie beside us
_RULES = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src file:"
_CHART = '<div class="chart"></div>'


def write(report: Report, tell: Tell) -> bytes:
    """The report printed: titles and contents with page numbers first, two languages beside each other on sheets that lie.

    Raises DashError naming the exhibit that cannot be drawn, ChromeNotFoundError where there is no Chrome.
    """
    said = report.parts[0][0].words("title")
    with printing.page(_document(report), lambda: tell(0, len(report.parts), said)) as page:
        page.run(_page.library())
        page.run(_page.beside("pdf.js"))
        numbers = iter(range(1, len(report.parts) + 1))
        each(report, tell, lambda part: _draw(page, f"part-{next(numbers)}", part))
        tell(len(report.parts), len(report.parts), report.titles[0])
        counted = _page.words_of(report.languages[0])("of_pages")
        page.call("deal", [_page.words_of(lang)("continued") for lang in report.languages], counted)
        options = dict.fromkeys(("printBackground", "preferCSSPageSize", "generateTaggedPDF", "generateDocumentOutline"), True)
        return _dated(page.pdf(**options), report)


def _draw(page: printing.Page, name: str, part: tuple[Exhibit, ...]) -> None:
    figures = [json.loads(figure) for one in part if (figure := _page.figure(one))]
    page.call("draw", name, figures, [theme.PRINTED[one.words.lang] for one in part])


def _document(report: Report) -> str:
    sections = [
        f'<section id="part-{number}">{"".join(_page.article(one, _CHART if one.paper else "") for one in part)}</section>'
        for number, part in enumerate(report.parts, start=1)
    ]
    opening = "" if report.single else f"<div>{_page.opening(report, page_numbers=True)}</div>"
    body, lying = (" class=pair", " lying") if len(report.languages) > 1 else ("", "")
    faces_of = "".join(f":lang({lang}) {{ font-family: {family}; }}\n" for lang, family in theme.PRINTED.items())
    head = f'<div class="edge"><div>{_page.titles(report, "div")}</div></div>'
    foot = f'<div class="edge"><div>{_page.stamps(report, "div")}</div><div class="counted"></div></div>'
    return (
        f'<!doctype html><html lang="{report.languages[0]}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_RULES}"><title>{escape(report.titles[0])}</title>'
        f"<style>{faces.css()}\n{_page.beside('_page.css')}{_page.beside('pdf.css')}{faces_of}</style></head><body{body}><main>"
        f'<div class="sheet{lying} measuring">{head}<div class="room">{opening}{"".join(sections)}</div>{foot}</div>'
        "</main></body></html>"
    )


def _dated(content: bytes, report: Report) -> bytes:
    """The same with the report's moment as that of the file, so that the same report gives the same file."""
    return re.sub(rb"(?<=Date \(D:)\d{14}", f"{report.made_at:%Y%m%d%H%M%S}".encode(), content)
