"""How is a chart taken away? One module for each format, each with `write(figure, table, words) -> bytes`.

`words` are the chart's words with the entries of its caption (basis_name, sources, stamp, plan, state, sample), so that a
file says what the screen says.
"""

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType


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
