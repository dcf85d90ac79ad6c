"""Make the edits of figures that rows ask for: of a file, or of an editor in which somebody changed what it showed."""

from collections.abc import Mapping

import pandas as pd

from sejong_dash.datasets import visitors
from sejong_dash.errors import DashError

from .change_set import RECORDED, Edit, FigureCells
from .counts_csv import KEY, FigureKey

_DEFAULTS = {"basis": "reported"}  # cells of a count of which nothing else is known


def edits_of(
    rows: pd.DataFrame, shown: pd.DataFrame | None, current: Mapping[FigureKey, FigureCells], columns: tuple[str, ...]
) -> dict[FigureKey, Edit]:
    """Return the edit of every figure among the rows.

    `rows` and `shown` are as for `counts.change_set`, `current` are the figures that stand, `columns` those of their file.
    Raises TableError where the rows cannot be read, DashError where they are invented or come twice.
    """
    edited = _figures_of(rows, columns)
    if shown is None:
        return {key: Edit(current.get(key), _merged(current.get(key) or _DEFAULTS, cells)) for key, cells in edited.items()}
    seen = _figures_of(shown, columns)
    edits = {key: _edit(current.get(key), seen.get(key), cells) for key, cells in edited.items()}
    return edits | {key: _edit(current.get(key), seen[key], None) for key in seen.keys() - edited.keys()}


def _edit(current: FigureCells | None, seen: FigureCells | None, cells: FigureCells | None) -> Edit:
    """The edit of a reader who saw `seen` and made `cells` of it; None: no such row."""
    if cells == seen or (current is None and cells is None):
        return Edit(current, current)
    is_as_seen = current is not None and seen is not None and all(current.get(name, "") == cell for name, cell in seen.items())
    before = current if is_as_seen else None if seen is None else _merged({}, seen)
    return Edit(before, None if cells is None else _merged(before or _DEFAULTS, cells))


def _figures_of(rows: pd.DataFrame, file_columns: tuple[str, ...]) -> dict[FigureKey, FigureCells]:
    """Rows as figures, blank cells kept. Raises DashError where a figure comes twice or is invented, TableError."""
    columns = [name for name in dict.fromkeys((*KEY, "visitors", "basis", *file_columns)) if name in rows and name != RECORDED]
    texts = rows[columns].assign(date=pd.to_datetime(rows["date"]).dt.strftime("%Y-%m-%d")).astype("object")
    if pd.api.types.is_float_dtype(rows["visitors"].dtype):
        texts["visitors"] = rows["visitors"].astype("Int64").astype("object")  # a column with a gap comes as 12.0
    texts = texts.where(texts.notna(), "").astype(str)
    if "basis" in texts:
        texts["basis"] = texts["basis"].where(texts["basis"] != "", _DEFAULTS["basis"])
        if (texts["basis"] == "sample").any():
            raise DashError("store_sample")
    twice = texts[texts.duplicated(list(KEY))]
    if len(twice):
        raise DashError("store_twice", found=", ".join(cell or "-" for cell in twice[list(KEY)].iloc[0]), count=len(twice))
    blank = {name: default for name, default in (_DEFAULTS | {"source_id": ""}).items() if name not in texts}
    visitors.check(texts.assign(**blank).set_axis(pd.RangeIndex(2, len(texts) + 2)))  # lines as in a file below its headings
    names = [name for name in columns if name not in KEY]
    found: dict[FigureKey, FigureCells] = {}
    for row in texts.to_dict("records"):
        day, jis_code, channel = (row[name].strip() for name in KEY)
        cells = {name: row[name].strip() for name in names}
        found[day, jis_code, channel] = cells | {"visitors": str(int(cells["visitors"]))}
    return found


def _merged(before: FigureCells, cells: FigureCells) -> FigureCells:
    return {name: cell for name, cell in (dict(before) | dict(cells)).items() if cell}
