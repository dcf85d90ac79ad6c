"""List the kinds of files: those of one exhibit (FORMATS) and those of a whole report (REPORT_FORMATS).

A writer's libraries are heavy, so its module is imported when its first file is written.
"""

from dataclasses import dataclass
from functools import partial
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from sejong_dash.contracts import FormatWriter, ReportWriter
from sejong_dash.errors import DashError
from sejong_dash.words import Words

from .pictures import chrome
from .report import Progress, Report

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file for one exhibit.

    `write(figure, table, words)` returns its content; `words` are the chart's words with the entries of its caption (basis_name,
    sources, stamp, plan, state, sample), so that a file says what the screen says. `has_figure` says that the figure is needed,
    `needs_chrome` that a Chrome draws it.
    """

    suffix: str
    mime: str
    write: FormatWriter
    has_figure: bool = False
    needs_chrome: bool = False


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A kind of file for a whole report: `name` as people choose it, the file's `suffix` and media type, its writer."""

    name: str
    suffix: str
    mime: str
    writer: ReportWriter[Report]
    needs_chrome: bool = False

    def write(self, report: Report, progress: Progress) -> bytes:
        """Return the file's content. Raises DashError naming the exhibit that cannot be written, or that there is no Chrome."""
        if self.needs_chrome and not chrome.found():
            raise DashError("export_no_chrome", format=self.name.upper())
        return self.writer(report, progress)


def _write_xlsx(figure: go.Figure | None, table: pd.DataFrame, words: Words) -> bytes:
    from .sheets import xlsx

    return xlsx.write(figure, table, words)


def _write_csv(figure: go.Figure | None, table: pd.DataFrame, words: Words) -> bytes:
    from .sheets import csv

    return csv.write(figure, table, words)


def _write_json(figure: go.Figure | None, table: pd.DataFrame, words: Words) -> bytes:
    from .sheets import json_rows

    return json_rows.write(figure, table, words)


def _write_png(figure: go.Figure | None, table: pd.DataFrame, words: Words) -> bytes:
    from .pictures import png

    return png.write(figure, table, words)


def _write_svg(figure: go.Figure | None, table: pd.DataFrame, words: Words) -> bytes:
    from .pictures import svg

    return svg.write(figure, table, words)


def _write_slides(report: Report, progress: Progress) -> bytes:
    from .slides import pptx

    return pptx.write(report, progress)


def _write_pdf(report: Report, progress: Progress) -> bytes:
    from .web import pdf

    return pdf.write(report, progress)


def _write_html(report: Report, progress: Progress) -> bytes:
    from .web import html

    return html.write(report, progress)


def _write_workbook(report: Report, progress: Progress) -> bytes:
    from .sheets import workbook

    return workbook.write(report, progress)


def _write_json_report(report: Report, progress: Progress) -> bytes:
    from .sheets import json_rows

    return json_rows.write_report(report, progress)


def _write_archive(report: Report, progress: Progress, kind: Literal["png", "svg", "csv"]) -> bytes:
    from . import archive

    return archive.write(report, progress, kind)


FORMATS = {
    format_.suffix: format_
    for format_ in (
        Format("xlsx", _XLSX, _write_xlsx),
        Format("csv", "text/csv", _write_csv),
        Format("png", "image/png", _write_png, has_figure=True, needs_chrome=True),
        Format("svg", "image/svg+xml", _write_svg, has_figure=True, needs_chrome=True),
        Format("json", "application/json", _write_json),
    )
}
REPORT_FORMATS = {
    format_.name: format_
    for format_ in (
        ReportFormat("pptx", "pptx", _PPTX, _write_slides),
        ReportFormat("pdf", "pdf", "application/pdf", _write_pdf, needs_chrome=True),
        ReportFormat("html", "html", "text/html", _write_html),
        ReportFormat("xlsx", "xlsx", _XLSX, _write_workbook),
        ReportFormat("png", "zip", "application/zip", partial(_write_archive, kind="png"), needs_chrome=True),
        ReportFormat("svg", "zip", "application/zip", partial(_write_archive, kind="svg"), needs_chrome=True),
        ReportFormat("csv", "zip", "application/zip", partial(_write_archive, kind="csv")),
        ReportFormat("json", "json", "application/json", _write_json_report),
    )
}
