"""Write a report as a single file that opens in any browser, without a network, with charts that still answer."""

import base64
import hashlib

from markupsafe import Markup

from sejong_dash.exhibits import Exhibit
from sejong_dash.exports.report import Progress, Report, write_parts

from . import exhibit_html
from .templating import macro, render

_RULES = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def write(report: Report, progress: Progress) -> bytes:
    """Return a page of head, contents and a section for each part: languages side by side, charts live, tables to unfold.

    The script library lies inside once, and the file forbids itself every request and every script but these. Raises DashError
    naming the exhibit that cannot be written.
    """
    written = write_parts(report, progress, _articles)
    figures = [figure for part in written for _, figure in part if figure]
    scripts = [exhibit_html.library(), exhibit_html.beside("html.js")] if figures else []
    rules = Markup(_RULES.format(scripts=" ".join(f"'sha256-{_sha(script)}'" for script in scripts) or "'none'"))
    return render(
        "report.html",
        report=report,
        rules=rules,
        styles=exhibit_html.beside("exhibit_html.css") + exhibit_html.beside("html.css"),
        sections=[[article for article, _ in part] for part in written],
        twins=exhibit_html.twins(figures),
        scripts=scripts,
    ).encode()


def _articles(part: tuple[Exhibit, ...]) -> list[tuple[Markup, Markup]]:
    """Return each language's article, and the figure in it."""
    articles = []
    for shown in part:
        figure = exhibit_html.figure(shown)
        body = macro("live_chart", shown.message, figure) if figure else Markup()
        articles.append((exhibit_html.article(shown, body, exhibit_html.table(shown)), figure))
    return articles


def _sha(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
