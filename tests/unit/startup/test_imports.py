"""The server and the first page do not wait for what others need."""

import subprocess
import sys

import pytest

from sejong_dash.paths import PROJECT

pytestmark = pytest.mark.thorough


def imported(code: str) -> set[str]:
    command = [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules, sep='\\n')"]
    return set(subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split())


def test_the_server_starts_without_what_pages_draw_with() -> None:
    found = imported("import app")
    assert "sejong_dash.startup.warm_up" in found
    assert {"pandas", "pandera", "holidays", "sejong_dash.ui", "sejong_dash.charts", "sejong_dash.datasets"}.isdisjoint(found)


def test_the_first_page_is_imported_without_what_reads_and_writes_files() -> None:
    found = imported("from sejong_dash.startup import prerender\nprerender.import_frame()")
    assert {"sejong_dash.ui.blocks.show", "sejong_dash.ui.frame.page_frame"} < found
    assert {"sejong_dash.intake", "lxml", "xlsxwriter", "charset_normalizer", "pptx", "kaleido"}.isdisjoint(found)


def test_the_desk_is_what_a_page_opens_also_once_it_is_imported() -> None:
    """A package that is imported takes the place of a function of its name."""
    code = (
        "from sejong_dash.startup import prerender\nprerender.import_desk()\nfrom sejong_dash import ui\nassert callable(ui.desk)"
    )
    assert "sejong_dash.intake" in imported(code)
