"""Print a report: A4, a chart on each half of a sheet, with head, foot and page numbers.

Chrome draws the charts into the page and prints it, so that text stays text and lines stay lines.
"""

import json
import re

from markupsafe import Markup

from sejong_dash import theme
from sejong_dash.exhibits import Exhibit
from sejong_dash.exports.pictures import faces
from sejong_dash.exports.report import Progress, Report, write_parts

from . import exhibit_html, printing
from .templating import render

# scripts are run from outside the page; the fonts are files
_RULES = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src file:"
_CREATOR = re.compile(rb"/Creator \((?:[^()\\]|\\.)*\)")
_CHART = Markup('<div class="chart"></div>')


def write(report: Report, progress: Progress) -> bytes:
    """Return the report as PDF: titles and contents with page numbers first, two languages beside each other on sheets that lie.

    Raises DashError naming the exhibit that cannot be drawn, ChromeNotFoundError where there is no Chrome.
    """
    title = report.parts[0][0].words("title")
    with printing.page(_document(report), lambda: progress(0, len(report.parts), title)) as page:
        page.run(exhibit_html.library())
        page.run(exhibit_html.beside("pdf.js"))
        numbers = iter(range(1, len(report.parts) + 1))
        write_parts(report, progress, lambda part: _draw(page, f"part-{next(numbers)}", part))
        progress(len(report.parts), len(report.parts), report.titles[0])
        counted = exhibit_html.words_of(report.languages[0])("of_pages")
        page.call("deal", [exhibit_html.words_of(lang)("continued") for lang in report.languages], counted)
        options = dict.fromkeys(("printBackground", "preferCSSPageSize", "generateTaggedPDF", "generateDocumentOutline"), True)
        return _stamped(page.pdf(**options), report)


def _draw(page: printing.Page, name: str, part: tuple[Exhibit, ...]) -> None:
    figures = [json.loads(figure) for exhibit in part if (figure := exhibit_html.figure(exhibit))]
    page.call("draw", name, figures, [theme.PRINTED[exhibit.words.lang] for exhibit in part])


def _article(exhibit: Exhibit) -> Markup:
    return exhibit_html.article(exhibit, _CHART if exhibit.paper else Markup())


def _document(report: Report) -> str:
    fonts = "".join(f":lang({lang}) {{ font-family: {family}; }}\n" for lang, family in theme.PRINTED.items())
    styles = [faces.css(), "\n", exhibit_html.beside("exhibit_html.css"), exhibit_html.beside("pdf.css"), fonts]
    sections = [[_article(exhibit) for exhibit in part] for part in report.parts]
    return render("print.html", report=report, rules=Markup(_RULES), styles=Markup("".join(styles)), sections=sections)


def _stamped(content: bytes, report: Report) -> bytes:
    """Return the same, made by this dashboard at the report's moment: Chrome names itself and its clock.

    What is replaced keeps its length, for a PDF lists where each of its parts begins. The name is English: it fits, as ASCII.
    """
    dated = re.sub(rb"(?<=Date \(D:)\d{14}", f"{report.made_at:%Y%m%d%H%M%S}".encode(), content)
    creator = f"/Creator ({report.application('en')})".encode("ascii")
    return _CREATOR.sub(lambda old: creator.ljust(len(old[0])) if len(creator) <= len(old[0]) else old[0], dated, count=1)
