"""How far may a figure be trusted that was made from several?"""

from collections.abc import Iterable

import pandas as pd

STRENGTH = ("sample", "assumption", "general", "reported")  # from the weakest


def _each(cells: Iterable[object]) -> Iterable[object]:
    """Every value once, in the order of first mention; a column of thousands of cells has a handful."""
    return cells.unique() if isinstance(cells, pd.Series) else cells


def weakest(bases: Iterable[object]) -> str:
    """The weakest basis among `bases`; blanks are passed over. `reported` where there is none: nothing weakens it."""
    said = {b for b in _each(bases) if isinstance(b, str)}
    return next((b for b in STRENGTH if b in said), "reported")


def sources(ids: Iterable[object]) -> tuple[str, ...]:
    """Every source named in cells such as `a;b`, each once, in the order of first mention."""
    return tuple(dict.fromkeys(one for cell in _each(ids) if isinstance(cell, str) for one in cell.split(";") if one))


def joined(ids: Iterable[object]) -> str:
    """`sources` as one cell: `a;b`."""
    return ";".join(sources(ids))


def named(table: pd.DataFrame) -> tuple[str, tuple[str, ...]]:
    """The weakest basis and all sources of a chart's table (columns basis, source_id)."""
    return weakest(table["basis"].unique()), sources(table["source_id"].unique())
