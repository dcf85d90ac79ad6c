"""What a page may call to put exhibits on the screen.

Each function is imported when a page names it: the first page should not wait for the desk and for what reads files.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .blocks.map_controls import explore, overview, profile
    from .blocks.planner import what_if
    from .blocks.show import by_day_or_total, on_demand, show, side_by_side
    from .blocks.timeline_controls import pressable, programme_filters, zoomed
    from .desk.desk_page import desk
    from .present.stage import present
    from .report.report_page import report

__all__ = [
    "by_day_or_total",
    "desk",
    "explore",
    "on_demand",
    "overview",
    "present",
    "pressable",
    "profile",
    "programme_filters",
    "report",
    "show",
    "side_by_side",
    "what_if",
    "zoomed",
]

# The same as above; tests/unit/ui/test_page_functions.py holds the two together.
MODULES = {
    "blocks.map_controls": ("explore", "overview", "profile"),
    "blocks.planner": ("what_if",),
    "blocks.show": ("by_day_or_total", "on_demand", "show", "side_by_side"),
    "blocks.timeline_controls": ("pressable", "programme_filters", "zoomed"),
    "desk.desk_page": ("desk",),
    "present.stage": ("present",),
    "report.report_page": ("report",),
}


def __getattr__(name: str) -> Any:
    module = next((module for module, names in MODULES.items() if name in names), None)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{module}"), name)
