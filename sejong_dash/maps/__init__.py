"""What is drawn on the map? One map = NAME.py (table, draw, message) + NAME.toml, as in charts."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import NamedTuple

from ._shapes import file as shape_file

__all__ = ["Listed", "named", "names", "shape_file"]


def names() -> list[str]:
    """The name of every map."""
    return [one.name for one in iter_modules(__path__) if not one.name.startswith("_")]


def named(name: str) -> ModuleType:
    """The map of that name."""
    return import_module(f"{__name__}.{name}")


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
