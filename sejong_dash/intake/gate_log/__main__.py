"""Counts gate logs by day from the command line, on this machine or on a cluster.

    python -m sejong_dash.intake.gate_log LOG > counts.csv
    python -m sejong_dash.intake.gate_log --engine spark://host:7077 hdfs://host/gates/ > counts.csv

LOG is a CSV (also in gzip or zip), a folder of such files, or a Parquet file; with --engine it is what that engine can read:
paths for a Spark, a table for another engine of Ibis. The counts of visitors from Japan leave on stdout, as the desk takes
them; sums, and the rows that could not be counted, on stderr. `--entry COLUMN=TEXT` says that rows with this text are entries,
`--no-entry` that they are none. Exit code 0: every row is accounted for. 1: some could not be counted. 2: the command is wrong.
3: the log cannot be read.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sejong_dash.errors import DashError
from sejong_dash.intake.findings import Refused

from . import gate_errors


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("log")
    parser.add_argument("--engine", default="", help="address of a Spark (spark://…, local[2], yarn) or of an engine of Ibis")
    parser.add_argument("--most", type=int, default=1000, help="rows that cannot be counted and are listed")
    parser.add_argument("--lang", default="en", choices=("ko", "ja", "en"))
    for option in ("--entry", "--no-entry"):
        parser.add_argument(option, action="append", default=[], metavar="COLUMN=TEXT")
    options = parser.parse_args(arguments)
    answers = {pair.partition("=")[::2]: True for pair in options.entry} | {
        pair.partition("=")[::2]: False for pair in options.no_entry
    }
    try:
        if options.engine:
            from .gate_cluster import count_on

            log = count_on(options.engine, options.log, options.most, answers)
        else:
            from .gate_counts import count_log_file

            log = count_log_file(Path(options.log), most=options.most, answers=answers)
    except (DashError, Refused) as error:
        print(error, file=sys.stderr)
        return 3
    log.counts.to_csv(sys.stdout, index=False, date_format="%Y-%m-%d")
    sums = f"{log.rows_read:,} = {log.from_japan:,} + {log.from_elsewhere:,} + {log.no_entry_total:,} + {log.wrong_total:,}"
    print(f"rows = from Japan + from elsewhere + no entry + not counted: {sums}", file=sys.stderr)
    for what, rows in log.no_entry.items():
        print(f"{what.column}: {what.found} ({what.kind}): {rows:,}", file=sys.stderr)
    for row in log.wrong:
        print(row.file, gate_errors.describe_with_line(row, options.lang), file=sys.stderr)
    return int(log.wrong_total > 0)


if __name__ == "__main__":
    sys.exit(main())
