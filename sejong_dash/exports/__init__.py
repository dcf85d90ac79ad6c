"""How is a chart taken away? One module for each format, each with `write(figure, table, words) -> bytes`.

`words` are the chart's words with the entries of its caption (basis_name, sources, stamp, plan, state, sample), so that a
file says what the screen says.
"""

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from ..errors import DashError
from . import chrome
from .report import Report, Tell


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: `suffix`, its media type, whether it shows a figure, whether a Chrome must be there to make it."""

    suffix: str
    mime: str
    of_figure: bool = False
    needs_chrome: bool = False

    def module(self) -> ModuleType:
        """The module that writes it, imported when it is first wanted."""
        return import_module(f"{__name__}.{self.suffix}")


FORMATS = {
    one.suffix: one
    for one in (
        Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Format("csv", "text/csv"),
        Format("png", "image/png", of_figure=True, needs_chrome=True),
        Format("svg", "image/svg+xml", of_figure=True, needs_chrome=True),
    )
}


@dataclass(frozen=True, slots=True)
class Binding:
    """A kind of file for a whole report: `name` as people choose it, its `suffix` and media type, the module that writes it
    (`write(report, tell) -> bytes`; `kind` is handed over where one module writes several)."""

    name: str
    suffix: str
    mime: str
    writer: str
    kind: str = ""
    needs_chrome: bool = False

    def write(self, report: Report, tell: Tell) -> bytes:
        """The file. Raises DashError naming the exhibit that cannot be written, or that there is no Chrome."""
        if self.needs_chrome and not chrome.found():
            raise DashError("export_no_chrome", format=self.name.upper())
        write = import_module(f"{__name__}.{self.writer}").write
        return write(report, tell, self.kind) if self.kind else write(report, tell)


BINDINGS = {
    one.name: one
    for one in (
        Binding("pptx", "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
        Binding("pdf", "pdf", "application/pdf", "pdf", needs_chrome=True),
        Binding("html", "html", "text/html", "html"),
        Binding("xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "workbook"),
        Binding("png", "zip", "application/zip", "zipped", "png", needs_chrome=True),
        Binding("svg", "zip", "application/zip", "zipped", "svg", needs_chrome=True),
        Binding("csv", "zip", "application/zip", "zipped", "csv"),
    )
}
