"""Maps: one map = NAME.py (table, draw, paper, legend, listed, message) + NAME.toml; the folder is the registry."""

from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from sejong_dash.contracts import Listed, Map

from ._shapes import file as shape_file

__all__ = ["Listed", "named", "names", "shape_file"]


def names() -> list[str]:
    """Return the name of every map."""
    return [module.name for module in iter_modules(__path__) if not module.name.startswith("_")]


def named(name: str) -> Map:
    """Return the map of that name."""
    return cast(Map, import_module(f"{__name__}.{name}"))
