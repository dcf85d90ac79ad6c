"""What is drawn? One chart = NAME.py (table, draw, message) + NAME.toml (its words); the folder is the registry."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def names() -> list[str]:
    """The name of every chart."""
    return [one.name for one in iter_modules(__path__) if not one.name.startswith("_")]


def named(name: str) -> ModuleType:
    """The chart of that name."""
    return import_module(f"{__name__}.{name}")
