"""Write a table as JSON for programs: rows by the names of their columns, and the caption beside them."""

import json
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from sejong_dash.exhibits import Exhibit, caption
from sejong_dash.exports.report import Progress, Report, write_parts
from sejong_dash.version import TAG
from sejong_dash.words import Words

_TEXTS = ("title", "message", "basis", *caption.PARTS, "sample")


def write(figure: go.Figure | None, table: pd.DataFrame, words: Words) -> bytes:
    """Return what the exhibit says, its columns with their names for readers, and its rows; a missing value is null.

    Days are texts such as `2026-05-06`, numbers are numbers, and no text is changed.
    """
    return _packed({"application": f"{words('app')} {TAG}", **_content(table, words)})


def write_report(report: Report, progress: Progress) -> bytes:
    """Return the same of every exhibit of a report, in each of its languages, below its titles and its stamp."""

    def write_part(part: tuple[Exhibit, ...]) -> list[dict[str, Any]]:
        named = ({"name": exhibit.name.rpartition(".")[2], "lang": exhibit.words.lang} for exhibit in part)
        return [name | _content(exhibit.table, exhibit.words) for name, exhibit in zip(named, part, strict=True)]

    exhibits = [content for part in write_parts(report, progress, write_part) for content in part]
    return _packed(
        {
            "application": report.application(),
            "titles": list(report.titles),
            "stamp": report.stamp(),
            "left_out": list(report.left_out),
            "exhibits": exhibits,
        }
    )


def _content(table: pd.DataFrame, words: Words) -> dict[str, Any]:
    texts = {name: words(name) for name in _TEXTS if words.has(name) and words(name)}
    names = [str(name) for name in table.columns]
    columns = [{"name": name, "title": words(f"columns.{name}")} for name in names]
    cells = [[_value(cell) for cell in table.iloc[:, at]] for at in range(len(names))]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]
    return {**texts, "columns": columns, "rows": rows}


def _value(cell: Any) -> Any:
    if pd.isna(cell):
        return None
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    return cell.item() if hasattr(cell, "item") else cell


def _packed(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1).encode()
