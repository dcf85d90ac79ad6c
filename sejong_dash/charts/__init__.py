"""Charts: one chart = NAME.py (table, draw, message) + NAME.toml (its words); the folder is the registry."""

from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from sejong_dash.contracts import Chart


def names() -> list[str]:
    """Return the name of every chart."""
    return [module.name for module in iter_modules(__path__) if not module.name.startswith("_")]


def named(name: str) -> Chart:
    """Return the chart of that name."""
    return cast(Chart, import_module(f"{__name__}.{name}"))
