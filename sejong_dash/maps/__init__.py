"""What is drawn on the map? One map = NAME.py (table, draw, message) + NAME.toml, as in charts."""

from ._shapes import file as shape_file

__all__ = ["shape_file"]
