"""Reads the text of a cell of a web table, and the marks that its tags and styles put on it."""

import re
from collections.abc import Iterator
from typing import Any

from .cell_marks import CellMark, mark_runs

_DROPPED = {"script", "style", "template", "rt", "rp", "noscript", "option"}
_BLOCKS = {"p", "div", "li", "tr", "table", "h1", "h2", "h3", "h4", "dd", "dt"}
_STRUCK = re.compile(r"line-through", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)|mso-text-raise|font-variant-position", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
_RULE = re.compile(r"\.([\w-]+)[^{}]*\{([^}]*)\}")
_NUMBER = re.compile(r"[\d,.\s]+")


def read_styles(page: str) -> dict[str, str]:
    """Return the declarations of each class that a page's own styles name."""
    styles: dict[str, str] = {}
    for block in re.findall(r"<style[^>]*>(.*?)</style>", page[:2_000_000], re.IGNORECASE | re.DOTALL):
        for name, rule in _RULE.findall(block):
            styles[name] = f"{styles.get(name, '')};{rule}"
    return styles


def is_hidden(element: Any, styles: dict[str, str]) -> bool:
    """Return whether a browser does not show an element."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(_style_of(element, styles)))


def read_cell(cell: Any, styles: dict[str, str]) -> tuple[str, CellMark | None]:
    """Return a cell's text, with a line break where it shows one, and its mark."""
    runs = list(_list_runs(cell, "plain", styles))
    text = "\n".join(line for part in "".join(part for _, part in runs).split("\n") if (line := " ".join(part.split())))
    hidden = "".join(part for kind, part in runs if kind == "hidden").strip()
    if hidden:
        shown = "".join(part for kind, part in runs if kind == "plain").strip()
        return text, CellMark("hidden_text", text, shown or None)
    if (mark := mark_runs(runs)) is not None:
        return text, mark
    exact = cell.get("x:num")
    if exact and _NUMBER.fullmatch(text) and exact.strip() != re.sub(r"[,\s]", "", text):
        return text, CellMark("format_scaled", f"{text} → {exact}")
    return text, None


def _list_runs(element: Any, kind: str, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    kind = _kind_of(element, kind, styles)
    yield kind, re.sub(r"\s+", " ", element.text or "")
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        if name == "br":
            yield kind, "\n"
        elif name and name not in _DROPPED:
            if name in _BLOCKS:
                yield kind, "\n"
            yield from _list_runs(child, kind, styles)
            if name in _BLOCKS:
                yield kind, "\n"
        yield kind, re.sub(r"\s+", " ", child.tail or "")


def _kind_of(element: Any, above: str, styles: dict[str, str]) -> str:
    style = _style_of(element, styles)
    if above == "hidden" or element.get("hidden") is not None or _HIDDEN.search(style):
        return "hidden"
    if above == "struck" or element.tag in ("del", "s", "strike") or _STRUCK.search(style):
        return "struck"
    return "raised" if element.tag in ("sup", "sub") or _RAISED.search(style) else above


def _style_of(element: Any, styles: dict[str, str]) -> str:
    named = ";".join(styles.get(name, "") for name in (element.get("class") or "").split()) if styles else ""
    return f"{element.get('style') or ''};{named}"
