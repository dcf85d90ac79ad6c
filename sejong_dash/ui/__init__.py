"""What a page may call to put exhibits on the screen."""

from .blocks.first_screen import first_screen
from .blocks.map_controls import explore, overview, profile
from .blocks.planner import what_if
from .blocks.show import by_day_or_total, of_day, on_demand, show, side_by_side
from .blocks.timeline_controls import pressable, programme_filters, timeline_filters, zoomed
from .desk.opening import desk
from .frame.page_parts import parts
from .present.stage import present
from .report.report_page import report

__all__ = [
    "by_day_or_total",
    "desk",
    "explore",
    "first_screen",
    "of_day",
    "on_demand",
    "overview",
    "parts",
    "present",
    "pressable",
    "profile",
    "programme_filters",
    "report",
    "show",
    "side_by_side",
    "timeline_filters",
    "what_if",
    "zoomed",
]
