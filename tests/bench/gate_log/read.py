"""Measure how long one library takes over a gate log, and how much memory."""

import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Counted = Iterable[tuple[str | None, str | None, str | None, int]]  # date, place, gate, visitors


def polars(log: Path) -> Callable[[], Counted]:
    import polars as pl

    def read() -> Counted:
        table = pl.scan_csv(log, infer_schema=False, truncate_ragged_lines=True)
        keys = (pl.col("time").str.slice(0, 10), "prefecture", "gate")
        return table.group_by(keys).len().collect(engine="streaming").rows()

    return read


def duckdb(log: Path) -> Callable[[], Counted]:
    import duckdb as engine

    def read() -> Counted:
        how = "header=true, auto_detect=false, delim=',', null_padding=true, ignore_errors=true, strict_mode=false"
        columns = "{'time': 'VARCHAR', 'prefecture': 'VARCHAR', 'gate': 'VARCHAR'}"
        rows = f"read_csv('{log}', {how}, columns={columns})"
        return engine.sql(f"select left(time, 10) as day, prefecture, gate, count(*) from {rows} group by all").fetchall()

    return read


def pandas(log: Path) -> Callable[[], Counted]:
    import pandas as pd
    import pyarrow.csv as arrow_csv

    def read() -> Counted:
        # pandas' own reader has no way to leave rows out when Arrow parses
        skip = arrow_csv.ParseOptions(invalid_row_handler=lambda row: "skip")
        texts = arrow_csv.ConvertOptions(column_types=dict.fromkeys(("time", "prefecture", "gate"), "string"))
        table = arrow_csv.read_csv(log, parse_options=skip, convert_options=texts).to_pandas(types_mapper=pd.ArrowDtype)
        sizes = table.groupby([table["time"].str.slice(0, 10), "prefecture", "gate"]).size()
        return [(*key, number) for key, number in sizes.items()]

    return read


def main(engine: str, log: Path) -> None:
    from tests.bench.gate_log.invent import GATES, PLACES, digest

    by_place: Counter[str] = Counter()
    by_gate: Counter[str] = Counter()
    wrong: list[int] = []
    if engine == "dashboard":
        from babel import Locale

        from sejong_dash.datasets import prefectures
        from sejong_dash.intake.gate_log import gate_counts
        from sejong_dash.words import LANGUAGES

        prefectures.load()
        for lang in LANGUAGES:  # names of countries: each page reads the data of its language to write numbers
            Locale(lang).territories  # noqa: B018
        heard: list[tuple[int, int]] = []
        seconds, cpu, found = _timed(
            lambda: gate_counts.count_log_file(log, lambda done, size, rows: heard.append((done, size)), most=10_000)
        )
        assert heard == sorted(heard), "progress goes back"
        assert heard[-1][0] == heard[-1][1], "progress does not reach the end"
        for table, place in ((found.counts, "jis_code"), (found.elsewhere, "country")):
            by_place.update(
                {f"{day:%Y-%m-%d} {name}": n for day, name, n in zip(table["date"], table[place], table["visitors"], strict=True)}
            )
        by_gate.update({f"{row.date:%Y-%m-%d} {row.gate}": row.visitors for row in found.gates.itertuples()})
        wrong = [one.row for one in found.wrong]
    else:
        seconds, cpu, rows = _timed({"polars": polars, "duckdb": duckdb, "pandas": pandas}[engine](log))
        days = {f"2026-04-{day:02}" for day in range(10, 31)} | {f"2026-05-{day:02}" for day in range(1, 25)}
        for day, place, gate, visitors in rows:
            if day in days and place in PLACES and gate in GATES:
                by_place[f"{day} {place}"] += visitors
                by_gate[f"{day} {gate}"] += visitors
    told = {"seconds": seconds, "cpu": cpu, "peak_mb": _peak_mb(), "digest": digest(by_place, by_gate), "wrong": wrong}
    print(json.dumps(told, default=int))


def _timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    start, busy = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - start, time.process_time() - busy, result


def _peak_mb() -> float:
    """The most memory that this process has held; on Linux without what it inherited from the one that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * (1024 if sys.platform == "darwin" else 1))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
