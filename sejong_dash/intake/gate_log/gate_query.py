"""Reads the rows of a gate log as an expression for a table engine: DuckDB, Spark and whatever else Ibis knows.

A row has its place in the log (`row`), its moment as it is written (`time`) and labels (`label0` …): where the visitor comes
from, the gate, and what else may say what the row is. Labels may be texts or numbers that stand for texts.
"""

import re

import ibis
from ibis.expr.types import DateValue, StringValue, Table

from .gate_tally import LogFormat
from .gate_time import DAY_BEFORE, MOMENT, NUMBERS


def read_day(time: StringValue, is_day_before: bool = False) -> DateValue:
    """Return the day of each moment, missing where it is written in no known form or is not in the calendar."""
    year, month, day = (time.re_extract(NUMBERS, at) for at in (1, 2, 3))
    written = (year + "-" + ("0" + month).right(2) + "-" + ("0" + day).right(2)).try_cast("date")
    if is_day_before:
        next_day = (written.cast("timestamp") + ibis.interval(days=1)).date()
        written = ibis.ifelse(time.contains(DAY_BEFORE), next_day, written)
    return ibis.ifelse(time.re_search(MOMENT), written, None)


def find_repeats(scans: Table, *order: str) -> Table:
    """Return the scans of tickets that were scanned before on the same day; scans without a ticket are none."""
    scans = scans.filter(scans["ticket"].strip() != "")
    several = scans.group_by("day", "ticket").having(scans.count() > 1).agg()
    scans = scans.semi_join(several, ("day", "ticket"))  # few are left to be put in order
    before = ibis.row_number().over(group_by=("day", "ticket"), order_by=order)
    return scans.mutate(before=before).filter(ibis._.before > 0)


def cut_lines(lines: Table, log_format: LogFormat) -> Table:
    """Return the rows of a log's lines (column `text`): `kind` (row, torn, quotes, blank, heading), `width` (cells), time and
    labels."""
    sign = re.escape(log_format.delimiter)
    cell = f'(?:"(?:[^"]|"")*"|[^"{sign}][^{sign}]*|)'
    text = lines["text"].re_replace("\r$", "")
    is_quoted = text.contains('"')
    cells = text.split(log_format.delimiter)

    def pick(at: int) -> StringValue:
        quoted = text.re_extract(f"^(?:{cell}{sign}){{{at}}}({cell})", 1)
        return ibis.ifelse(is_quoted, quoted.re_replace('^"|"$', "").replace('""', '"'), cells[at])

    led = ibis.literal(log_format.delimiter) + text  # each cell has a sign before it: engines differ in matches of no length
    width = ibis.ifelse(is_quoted, led.re_replace(f"{sign}{cell}", "x").length(), cells.length())
    kind = ibis.cases(
        (text.re_replace('[\ufeff"]', "") == log_format.delimiter.join(log_format.header), "heading"),
        (text.re_search(f'^[{sign}" \t]*$'), "blank"),
        (is_quoted & ~text.re_search(f"^{cell}(?:{sign}{cell})*$"), "quotes"),
        (width != len(log_format.header), "torn"),
        else_="row",
    )
    rows = lines.mutate(kind=kind, width=width)
    is_row = rows["kind"] == "row"
    time = pick(log_format.time[0])
    for at in log_format.time[1:]:
        time = time + " " + pick(at)
    labels = {f"label{n}": pick(at) for n, at in enumerate(log_format.labels) if at is not None}
    if log_format.ticket is not None:
        labels["ticket"] = pick(log_format.ticket)
    return rows.mutate(**{name: ibis.ifelse(is_row, cells, "") for name, cells in {"time": time, **labels}.items()})
