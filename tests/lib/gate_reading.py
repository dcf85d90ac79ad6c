"""Reads small gate logs and lists their counts."""

import io
from dataclasses import fields
from pathlib import Path

from sejong_dash.intake.gate_log.gate_counts import GateCounts, count_log, count_log_file

HEADER = "time,prefecture,gate\n"


def read(folder: Path, content: str | bytes) -> GateCounts:
    """Return the counts of a log written into `folder`, after checking that every row is counted or wrong."""
    path = folder / "gate.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    log = count_log_file(path)
    counted = log.counts["visitors"].sum() + log.elsewhere["visitors"].sum()
    assert counted == log.gates["visitors"].sum()
    assert log.rows_read == counted + log.wrong_total
    return log


def list_counts(log: GateCounts) -> dict[tuple[str, str], int]:
    """Return the visitors from Japan by day and JIS code (blank: not given)."""
    table = log.counts.fillna({"jis_code": ""})
    return {(f"{row.date:%Y-%m-%d}", row.jis_code): row.visitors for row in table.itertuples()}


def read_text(content: str | bytes, answers: dict[tuple[str, str], bool] | None = None) -> GateCounts:
    """Return the counts of a log held in memory, after the same check."""
    log = count_log(io.BytesIO(content.encode() if isinstance(content, str) else content), "gate.csv", answers=answers)
    assert log.rows_read == log.from_japan + log.from_elsewhere + log.wrong_total + log.no_entry_total
    return log


def assert_same(found: GateCounts, here: GateCounts) -> None:
    """Check that two logs came to the same in every table and number."""
    for field in fields(GateCounts):
        one, other = getattr(found, field.name), getattr(here, field.name)
        assert one.equals(other) if hasattr(one, "equals") else one == other, (field.name, one, other)
