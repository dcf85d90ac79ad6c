"""Read a frame of texts into a checked table, as csv_reading reads a file."""

import csv

import pandas as pd

from sejong_dash.errors import Problem

from . import characters, csv_reading


def read(cells: pd.DataFrame, name: str, schema: type[csv_reading.Table]) -> pd.DataFrame:
    """Return the table that a frame of texts holds, with the schema's columns and types; blank cells are missing.

    `cells` has every column of the schema as text; its index are the line numbers by which problems are reported.
    Raises TableError, under the table's `name`, with every problem found.
    """
    problems: list[Problem] = []
    longest = csv.field_size_limit()  # what is longer could be written, and not read again
    for column, texts in cells.items():
        for line, text in texts.items():
            if found := characters.control(text):
                problems.append(Problem("control_character", int(line), str(column), found=found))
            if len(text) > longest:
                problems.append(Problem("cell_too_long", int(line), expected=f"{longest:,}"))
    visible = cells.map(lambda text: characters.without_control(text).strip()).astype("str")
    return csv_reading.check(visible, name, schema, problems)
