"""Counts gate logs with a Spark of two workers on this machine, in a process of its own."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

from sejong_dash.intake.gate_log.gate_counts import GateCounts
from sejong_dash.paths import PROJECT

SPARK = PROJECT / ".venv" / "spark"  # made by `make spark`
TWO_WORKERS = "local-cluster[2,1,512]"  # two processes with a core and 512 MB each
_SETTINGS = {
    "spark.executor.memory": "512m",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.files.maxPartitionBytes": "8192",  # so that both workers have parts of the same file
    "spark.driver.bindAddress": "127.0.0.1",
}
# Its processes live for seconds: what makes long ones faster takes half of their time.
_SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
_COUNT = """
import pickle, sys
from sejong_dash.intake.gate_log.gate_cluster import count_on
counted = [count_on(sys.argv[1], path) for path in sys.argv[2:]]
sys.stdout.buffer.write(b"counted:" + pickle.dumps(counted))
"""


def count_with_spark(*sources: Path) -> list[GateCounts]:
    """Return the counts of each file or folder."""
    settings = " ".join(f"--conf {name}={value}" for name, value in _SETTINGS.items())
    environment = {
        "PYTHONPATH": os.pathsep.join((str(PROJECT), str(SPARK))),
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": f"{settings} pyspark-shell",
        "SPARK_LOCAL_IP": "127.0.0.1",
        "JDK_JAVA_OPTIONS": _SHORT_LIVED,
    }
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _COUNT, TWO_WORKERS, *map(str, sources)],
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode(errors="replace")[-3000:]
    return pickle.loads(run.stdout.partition(b"counted:")[2])
