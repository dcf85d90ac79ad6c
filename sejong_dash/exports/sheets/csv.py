"""Write a table as a CSV that Korean and Japanese Excel open right."""

import csv
import io
from collections.abc import Iterable, Sequence

import pandas as pd
import plotly.graph_objects as go

from sejong_dash.exports.model import safe_text
from sejong_dash.words import Words


def write(figure: go.Figure | None, table: pd.DataFrame, words: Words) -> bytes:
    """Return the table with its own column names on top, in UTF-8 with a byte order mark (without it Excel takes CP949).

    Text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    text = safe_text.harmless(table).to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\r\n")
    return text.encode("utf-8-sig")


def lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows of cells as they are, encoded in the same way."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue().encode("utf-8-sig")
