"""Measure how long a gate log of ten million entries takes, next to Polars and DuckDB alone.

    python -m tests.bench.gate_log --rows 10000000 --rounds 3

A log is invented (the same for the same number of rows; one row in ten thousand is wrong, in six ways) and read in turn
by the dashboard, Polars, DuckDB and pandas, each time in a fresh process. The clock starts when modules, the table of
prefectures and the names of countries are loaded, as they are in a running dashboard. Polars, DuckDB and pandas only count
what stands there: by date prefix, prefecture and gate; the dashboard also finds every wrong row and its line. All must come
to the same counts, the dashboard must name exactly the wrong lines, and it may not take more than 1.3 times the better of
Polars and DuckDB.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from sejong_dash.paths import PROJECT

ALONE = ("polars", "duckdb")
MOST_RATIO, MOST_MB = 1.3, 500


def _run(module: str, *arguments: str) -> dict:
    said = subprocess.run([sys.executable, "-m", module, *arguments], cwd=PROJECT, capture_output=True, text=True, check=False)
    if said.returncode:
        raise SystemExit(said.stderr)
    return json.loads(said.stdout)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-pandas", action="store_true", help="pandas takes long")
    asked = parser.parse_args()
    engines = ("dashboard", *ALONE, *(() if asked.no_pandas else ("pandas",)))
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "gate.csv"
        made = _run("tests.bench.gate_log.invent", str(log), str(asked.rows))
        print(f"{asked.rows:,} rows, {log.stat().st_size / 1e6:.0f} MB, {len(made['wrong']):,} of them wrong")
        runs: dict[str, list[dict]] = {engine: [] for engine in engines}
        for _ in range(asked.rounds):
            for engine in engines:
                runs[engine].append(_run("tests.bench.gate_log.read", engine, str(log)))
    seconds = {engine: statistics.median(one["seconds"] for one in each) for engine, each in runs.items()}
    peak = {engine: max(one["peak_mb"] for one in each) for engine, each in runs.items()}
    better = min(seconds[engine] for engine in ALONE)
    for engine in engines:
        busy = statistics.median(one["cpu"] for one in runs[engine])
        every = " ".join(f"{one['seconds']:.2f}" for one in runs[engine])
        took = f"{seconds[engine]:6.2f} s  {seconds[engine] / better:5.2f}"
        print(f"{engine:10} {took}  {busy:6.2f} s cpu  {peak[engine]:5.0f} MB   ({every})")
    wrong = [
        *(f"{engine} counts otherwise" for engine in engines if any(one["digest"] != made["digest"] for one in runs[engine])),
        *("other rows are named as wrong" for one in runs["dashboard"] if one["wrong"] != made["wrong"]),
        *(
            [f"more than {MOST_RATIO} times the better of Polars and DuckDB"]
            if seconds["dashboard"] > MOST_RATIO * better
            else []
        ),
        *([f"more than {MOST_MB} MB"] if peak["dashboard"] > MOST_MB else []),
    ]
    print("\n".join(wrong) or "counts agree, every wrong row is named, fast and small enough")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
