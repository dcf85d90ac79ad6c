"""How does it get onto the screen? Pages use what is named here."""

from .filters import field_filter
from .show import show, side_by_side

__all__ = ["field_filter", "show", "side_by_side"]
