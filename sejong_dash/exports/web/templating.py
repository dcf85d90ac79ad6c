"""Render the templates of `templates/`: whatever is not Markup is escaped, with its control characters shown."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sejong_dash.exports.model.safe_text import visible

from . import phrases


def render(template: str, **context: Any) -> str:
    """Return a whole template filled in. Raises jinja2.UndefinedError where the context lacks something."""
    return _environment().get_template(template).render(context)


def macro(name: str, *arguments: Any, template: str = "exhibit.html") -> Markup:
    """Return what a macro of a template makes of these arguments."""
    return Markup(getattr(_environment().get_template(template).module, name)(*arguments))


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(Path(__file__).with_name("templates"))
    made = Environment(
        loader=loader, autoescape=True, finalize=_show, undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    made.filters["whole"] = lambda text: phrases.whole(visible(text))
    return made


def _show(value: Any) -> Any:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
