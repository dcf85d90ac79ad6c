"""How does a report become paper: A4, a chart on each half of a sheet, with head, foot and page numbers?

Chrome draws the charts into the page and prints it, so that text stays text and lines stay lines.
"""

import json
import re
from collections.abc import Callable
from html import escape

from .. import theme
from ..exhibits import Exhibit
from . import _page, printing
from .report import Report, Tell, each

_RULES = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"  # what runs is handed in from outside
_SIDE = "13mm"  # the margin that pdf.css has, which head and foot keep too
_CHART = '<div class="chart"></div>'


def write(report: Report, tell: Tell) -> bytes:
    """The report printed: titles and contents with page numbers first, two languages beside each other on sheets that lie.

    Raises DashError naming the exhibit that cannot be drawn, ChromeNotFoundError where there is no Chrome.
    """
    said = report.parts[0][0].words("title")
    with printing.page(lambda: tell(0, len(report.parts), said)) as page:
        page.write(_document(report))
        page.run(_page.library())
        page.run(_page.beside("pdf.js"))
        numbers = iter(range(1, len(report.parts) + 1))
        each(report, tell, lambda part: _draw(page, f"part-{next(numbers)}", part))
        tell(len(report.parts), len(report.parts), report.titles[0])
        page.call("deal", [_page.words_of(lang)("continued") for lang in report.languages])
        return _dated(_print(page, report), report)


def _draw(page: printing.Page, name: str, part: tuple[Exhibit, ...]) -> None:
    page.call("draw", name, [json.loads(figure) for one in part if (figure := _page.figure(one))])


def _document(report: Report) -> str:
    sections = [
        f'<section id="part-{number}">{"".join(_page.article(one, _CHART if one.paper else "") for one in part)}</section>'
        for number, part in enumerate(report.parts, start=1)
    ]
    opening = "" if report.single else f"<div>{_page.opening(report, page_numbers=True)}</div>"
    body, lying = (" class=pair", " lying") if len(report.languages) > 1 else ("", "")
    return (
        f'<!doctype html><html lang="{report.languages[0]}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_RULES}"><title>{escape(report.titles[0])}</title>'
        f"<style>{_page.beside('_page.css')}{_page.beside('pdf.css')}</style></head>"
        f'<body{body}><main><div class="sheet{lying} measuring">{opening}{"".join(sections)}</div></main></body></html>'
    )


def _print(page: printing.Page, report: Report) -> bytes:
    counted = _page.words_of(report.languages[0])(
        "of_pages", page='<span class="pageNumber"></span>', pages='<span class="totalPages"></span>'
    )
    return page.pdf(
        printBackground=True,
        displayHeaderFooter=True,
        headerTemplate=_edge(report, lambda number: report.titles[number], ""),
        footerTemplate=_edge(report, report.stamp, counted),
        preferCSSPageSize=True,
        generateTaggedPDF=True,
        generateDocumentOutline=True,
    )


def _edge(report: Report, say: Callable[[int], str], right: str) -> str:
    """What stands on the head or the foot of every sheet; Chrome gives it neither style nor size."""
    lines = "".join(
        f'<div lang="{lang}" style="font-family: {escape(theme.FONTS[lang])}">{escape(say(number))}</div>'
        for number, lang in enumerate(report.languages)
    )
    end = f'<div style="font-family: {escape(theme.FONTS[report.languages[0]])}; white-space: nowrap">{right}</div>'
    look = "display: flex; justify-content: space-between; align-items: end; gap: 8mm; width: 100%; font-size: 7.5pt"
    return f'<div style="{look}; padding: 0 {_SIDE}; color: {theme.MUTED}"><div>{lines}</div>{end}</div>'


def _dated(content: bytes, report: Report) -> bytes:
    """The same with the report's moment as that of the file, so that the same report gives the same file."""
    return re.sub(rb"(?<=Date \(D:)\d{14}", f"{report.made_at:%Y%m%d%H%M%S}".encode(), content)
