"""What is drawn on the map? One map = NAME.py (table, draw, message) + NAME.toml, as in charts."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from ._shapes import file as shape_file

__all__ = ["named", "names", "shape_file"]


def names() -> list[str]:
    """The name of every map."""
    return [one.name for one in iter_modules(__path__) if not one.name.startswith("_")]


def named(name: str) -> ModuleType:
    """The map of that name."""
    return import_module(f"{__name__}.{name}")
