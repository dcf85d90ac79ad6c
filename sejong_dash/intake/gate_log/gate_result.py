"""Holds what a gate log came to: tables of visitors, and every row that is none of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from .gate_origin import JAPAN, NOT_KNOWN
from .gate_tally import LogFormat, NoEntry, Tally, WrongRow


@dataclass(frozen=True)
class GateCounts:
    """The visitors of a log by day.

    `counts` has those from Japan: date, jis_code (missing: not given), channel (missing), visitors. `elsewhere` has everybody
    else: date, country (ISO 3166; ZZ: the log calls it not known), visitors. `gates` has all: date, gate, visitors.

    `wrong` has the first rows that could not be counted, `wrong_total` is how many there are; `no_entry` has how many rows are
    no entries, by what says so; rows_read = counted rows + wrong_total + no_entry_total. Blank lines and repeated headings are no
    rows and are counted by themselves. `values` has what stands in columns that may say what a row is, `unused` the titles of all
    columns that were not used. `questions` has the texts that leave open whether a row is an entry, with the rows that wait
    for an answer. `is_day_before`: each day stood there as 23:59:08 of the day before and was moved.
    `tickets` has the titles of columns with numbers of tickets: each of their scans is counted, a second one of a ticket too.
    `headings_of_log` are the titles of all columns, by which a sender's next log is known.
    """

    counts: pd.DataFrame
    elsewhere: pd.DataFrame
    gates: pd.DataFrame
    wrong: tuple[WrongRow, ...]
    wrong_total: int
    rows_read: int
    blank_lines: int
    encoding: str
    no_entry: Mapping[NoEntry, int] = field(default_factory=dict)
    values: Mapping[tuple[str, str], int] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    headings: int = 0
    is_day_before: bool = False
    questions: Mapping[tuple[str, str], int] = field(default_factory=dict)
    tickets: tuple[str, ...] = ()
    headings_of_log: tuple[str, ...] = ()

    @property
    def no_entry_total(self) -> int:
        return sum(self.no_entry.values())

    @property
    def from_japan(self) -> int:
        return int(self.counts["visitors"].sum())

    @property
    def from_elsewhere(self) -> int:
        return int(self.elsewhere["visitors"].sum())

    @property
    def unnamed(self) -> tuple[int, int]:
        """How many came from Japan without a prefecture, and how many from a country that is not known."""
        without_prefecture = self.counts[self.counts["jis_code"].isna()]
        without_country = self.elsewhere[self.elsewhere["country"] == NOT_KNOWN]
        return int(without_prefecture["visitors"].sum()), int(without_country["visitors"].sum())

    def sum_by_day(self) -> pd.DataFrame:
        """Return the visitors of each day in the log: date, japan, elsewhere."""
        parts = (self.counts, "japan"), (self.elsewhere, "elsewhere")
        sums = [table.groupby("date")["visitors"].sum().rename(name) for table, name in parts]
        return pd.concat(sums, axis="columns").sort_index().fillna(0).astype("Int64").rename_axis("date").reset_index()

    def rank_by(self, column: str) -> pd.DataFrame:
        """Return all visitors by "gate", or those from elsewhere by "country", the most first: that column, visitors."""
        table = self.gates if column == "gate" else self.elsewhere
        sums = table.fillna({column: ""}).groupby(column, as_index=False)["visitors"].sum()
        return sums.sort_values("visitors", ascending=False, kind="stable", ignore_index=True)


def build_counts(total: Tally, log_format: LogFormat) -> GateCounts:
    """Return the tables of a log's tally."""
    japan: Counter[tuple[str, str]] = Counter()
    elsewhere: Counter[tuple[str, str]] = Counter()
    gates: Counter[tuple[str, str]] = Counter()
    for (day, origin, gate), visitors in total.counted.items():
        if origin.startswith(JAPAN):
            japan[day, origin.removeprefix(JAPAN).removeprefix("-")] += visitors
        else:
            elsewhere[day, origin] += visitors
        gates[day, gate] += visitors
    counts = _build_table(japan, "jis_code")
    counts.insert(2, "channel", pd.Series(None, index=counts.index, dtype="str"))
    return GateCounts(
        counts,
        _build_table(elsewhere, "country"),
        _build_table(gates, "gate"),
        tuple(total.wrong),
        total.wrong_total,
        total.rows,
        total.blank,
        log_format.encoding,
        dict(total.no_entry.most_common()),
        dict(total.values.most_common()),
        log_format.unused,
        total.headings,
        log_format.is_day_before,
        dict(total.questions.most_common()),
        log_format.tickets,
        log_format.header,
    )


def _build_table(counted: Counter[tuple[str, str]], column: str) -> pd.DataFrame:
    rows = sorted((day, name, visitors) for (day, name), visitors in counted.items())
    table = pd.DataFrame(rows, columns=["date", column, "visitors"])
    return table.astype({"date": "str", column: "str", "visitors": "Int64"}).assign(
        date=lambda rows: pd.to_datetime(rows["date"], format="%Y-%m-%d"), **{column: lambda rows: rows[column].replace("", None)}
    )
