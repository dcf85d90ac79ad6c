"""What is drawn on the map? One map = NAME.py (table, draw, message) + NAME.toml, as in charts."""

from typing import NamedTuple

from ._shapes import file as shape_file

__all__ = ["Listed", "shape_file"]


class Listed(NamedTuple):
    """A row of the table beside a map: `said` is the value with its unit, `colour`, `sign` and `ink` show its class, `more` is
    what else the pointer tells; by `value` and `number` (of the class) it is sorted."""

    code: str
    rank: str
    name: str
    said: str
    colour: str
    sign: str
    ink: str
    more: str
    value: str
    number: str
