"""A process that reads a file has its limits, and ends when nobody needs it."""

import signal
import subprocess
import sys

import pytest

from sejong_dash import console
from sejong_dash.paths import PROJECT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limits")

FOREVER = "from sejong_dash.intake.process_limits import limit_process\nlimit_process({memory}, {seconds})\n{work}"
MEGABYTE = 1 << 20


def ended(memory: int, seconds: int, work: str) -> subprocess.CompletedProcess[str]:
    program = FOREVER.format(memory=memory, seconds=seconds, work=work)
    return subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=False)


@pytest.mark.thorough
def test_the_processor_time_is_limited_where_nobody_is_left_to_end_it() -> None:
    assert ended(4096 * MEGABYTE, 4, "while True: pass").returncode == -signal.SIGXCPU


@pytest.mark.thorough
def test_the_memory_is_limited_and_what_can_be_had_is_had() -> None:
    ending = ended(2048 * MEGABYTE, 60, "held = [bytearray(1 << 20) for _ in range(4000)]")
    assert "MemoryError" in ending.stderr
    assert ended(2048 * MEGABYTE, 60, "held = [bytearray(1 << 20) for _ in range(900)]").returncode == 0


@pytest.mark.thorough
def test_a_reader_that_gets_no_file_ends() -> None:
    command = [sys.executable, "-m", "sejong_dash.intake", "2048", "60"]
    reader = subprocess.run(command, cwd=PROJECT, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert (reader.returncode, reader.stdout, reader.stderr) == (console.MADE, b"", b"")
