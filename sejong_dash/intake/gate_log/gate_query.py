"""Counts the rows of a gate log with a table engine: an expression that DuckDB, Spark and whatever else Ibis knows can run.

A row has its place in the log (`row`), its moment as it is written (`time`) and labels: where the visitor comes from, the gate,
and what else may say what the row is. Labels may be texts or numbers that stand for texts.
"""

from collections.abc import Sequence

import ibis
from ibis.expr.types import DateValue, StringValue, Table

from .gate_time import DAY_BEFORE, MOMENT, NUMBERS

_FORM = ("string", "string"), "timestamp"
# DuckDB's own functions, ten times as fast as a regular expression: a moment in one form, missing where it has another; bytes.
_try_strptime = ibis.udf.scalar.builtin(lambda text, form: None, name="try_strptime", signature=_FORM)
_strlen = ibis.udf.scalar.builtin(lambda text: None, name="strlen", signature=(("string",), "int64"))


def count(rows: Table, labels: Sequence[str], usual_form: str = "", is_day_before: bool = False) -> Table:
    """Return how many rows have the same day and labels; a row whose day cannot be read stands alone, with its place.

    `usual_form` (on DuckDB alone) is tried before all others.
    """
    day = read_day(rows["time"], is_day_before)
    if usual_form:
        day = ibis.coalesce(_read_usual_day(rows["time"], usual_form), day)
    rows = rows.mutate(day=day)
    return rows.group_by("day", *labels, odd=ibis.ifelse(rows["day"].isnull(), rows["row"], None)).agg(visitors=rows.count())


def read_day(time: StringValue, is_day_before: bool = False) -> DateValue:
    """Return the day of each moment, missing where it is written in no known form or is not in the calendar."""
    year, month, day = (time.re_extract(NUMBERS, at) for at in (1, 2, 3))
    written = (year + "-" + ("0" + month).right(2) + "-" + ("0" + day).right(2)).try_cast("date")
    if is_day_before:
        written = ibis.ifelse(time.contains(DAY_BEFORE), (written.cast("timestamp") + ibis.interval(days=1)).date(), written)
    return ibis.ifelse(time.re_search(MOMENT), written, None)


def _read_usual_day(time: StringValue, form: str) -> DateValue:
    length = len(form) + len("20")  # %m stands for two digits, %Y for four: shorter numbers make another length
    return ibis.ifelse((_strlen(time) == length) & time.between("20", "21"), _try_strptime(time, form), None).date()
