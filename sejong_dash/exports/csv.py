"""How does a table become a CSV that Korean and Japanese Excel open right?"""

import csv
import io
from collections.abc import Iterable, Sequence

import pandas as pd
import plotly.graph_objects as go

from ..words import Words
from . import plain


def write(figure: go.Figure | None, table: pd.DataFrame, words: Words) -> bytes:
    """The table as it is, its own column names on top, in UTF-8 with a byte order mark (without it Excel takes CP949).

    Text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    text = plain.harmless(table).to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\r\n")
    return text.encode("utf-8-sig")


def lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of cells as they are, encoded in the same way."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue().encode("utf-8-sig")
