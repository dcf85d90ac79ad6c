"""How does it get onto the screen? Pages use what is named here."""

from .desk import desk
from .map_page import explore, overview, profile
from .planner import what_if
from .present import present
from .report import report
from .show import by_day_or_total, on_demand, show, side_by_side
from .timeline_filters import pressable, programme_filters, zoomed

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
