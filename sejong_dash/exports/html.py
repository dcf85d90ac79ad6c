"""How does a report become one file that opens in any browser, without a network, with charts that still answer?"""

import base64
import hashlib
from html import escape

from ..exhibits import Exhibit
from . import _page
from .report import Report, Tell, each

_RULES = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def write(report: Report, tell: Tell) -> bytes:
    """Head, contents and a section for each part: languages side by side, charts live, tables to unfold.

    The script library lies inside once, and the file forbids itself every request and every script but these. Raises DashError
    naming the exhibit that cannot be written.
    """
    written = each(report, tell, _articles)
    figures = [figure for part in written for _, figure in part if figure]
    scripts = [_page.library(), _page.beside("html.js")] if figures else []
    rules = _RULES.format(scripts=" ".join(f"'sha256-{_sha(one)}'" for one in scripts) or "'none'")
    sections = [
        f'<section id="part-{number}">{"".join(article for article, _ in part)}</section>\n'
        for number, part in enumerate(written, start=1)
    ]
    run = "".join(f"<script>{one}</script>\n" for one in scripts)
    pair = " pair" if len(report.languages) > 1 else ""
    return (
        f'<!doctype html>\n<html lang="{report.languages[0]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{rules}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(report.titles[0])}</title>\n<style>\n{_page.beside('_page.css')}{_page.beside('html.css')}</style>\n</head>\n"
        f'<body class="report{pair}">\n{_page.opening(report)}\n<main>\n{"".join(sections)}</main>\n'
        f'<footer class="stamp">{_page.stamps(report)}</footer>\n'
        f'<script type="application/json" id="twins">{_page.twins(figures)}</script>\n'
        f"{run}</body>\n</html>\n"
    ).encode()


def _articles(part: tuple[Exhibit, ...]) -> list[tuple[str, str]]:
    """Each language's article, and the figure in it."""
    made = []
    for shown in part:
        figure, body = _page.figure(shown), ""
        if figure:
            body = (
                f'<div class="wide"><div class="chart" role="img" aria-label="{escape(shown.message, quote=True)}"></div></div>'
                f'<script type="application/json" class="figure">{figure}</script>'
            )
        made.append((_page.article(shown, body, _page.table(shown)), figure))
    return made


def _sha(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
