"""Combine the bases and sources of the rows that a figure is made from."""

from collections.abc import Iterable

import pandas as pd

STRENGTH = ("sample", "assumption", "general", "reported")  # from the weakest to the strongest


def _each(cells: Iterable[object]) -> Iterable[object]:
    """Return every value once, in the order of first mention: a column of thousands of cells has a handful of values."""
    return cells.unique() if isinstance(cells, pd.Series) else cells


def weakest(bases: Iterable[object]) -> str:
    """Return the weakest of `bases`, without the blanks; `reported` where there is none, since nothing weakens it."""
    named = {basis for basis in _each(bases) if isinstance(basis, str)}
    return next((basis for basis in STRENGTH if basis in named), "reported")


def sources(ids: Iterable[object]) -> tuple[str, ...]:
    """Return every source named in cells such as `a;b`, each once: sample data first, then in the order of first mention.

    A line of sources is cut where it is too long, and figures that are made up must not seem to be a newspaper's.
    """
    cells = (cell for cell in _each(ids) if isinstance(cell, str))
    named = dict.fromkeys(source for cell in cells for source in cell.split(";") if source)
    return tuple(sorted(named, key=lambda source: source != "sample"))


def joined(ids: Iterable[object]) -> str:
    """Return `sources` as one cell: `a;b`."""
    return ";".join(sources(ids))


def named(table: pd.DataFrame) -> tuple[str, tuple[str, ...]]:
    """Return the weakest basis and all sources of a table with the columns basis and source_id."""
    return weakest(table["basis"].unique()), sources(table["source_id"].unique())
