"""Finds the dashboard's pages and their paths."""

from pathlib import Path

from sejong_dash import words


def page_paths(folder: Path) -> dict[str, str]:
    """Every page and its path, in the order of the menu: the first answers at "/"."""
    first, *others = [page.stem for page in words.in_order(folder.glob("*.py"))]
    return {first: "", **{name: name for name in others}}
