"""Reads files in the test's own process, where a test is not about the process that reads them: to start one takes a second."""

import pytest

from sejong_dash.intake.any_file import FileProgressCallback, read_file
from sejong_dash.intake.reader_messages import ReadAnswer, ReadRequest
from sejong_dash.store import counts
from sejong_dash.ui.desk.upload import reader_process


def read_here(request: ReadRequest, on_progress: FileProgressCallback) -> ReadAnswer:
    """Return what `reader_process.read` returns."""
    return read_file(request, counts.change_set, on_progress)


@pytest.fixture(autouse=True)
def reading_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the desk read files here, but in a test that is marked `apart`."""
    if request.node.get_closest_marker("apart") is None:
        monkeypatch.setattr(reader_process, "read", read_here)
