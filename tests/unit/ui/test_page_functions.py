"""What a page may call is imported when it is named, and is what type checkers think it is."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from sejong_dash import ui
from sejong_dash.paths import PROJECT


def test_the_functions_are_where_the_types_say() -> None:
    tree = ast.parse(Path(str(ui.__file__)).read_text("utf-8"))
    typed = {
        str(line.module): tuple(name.name for name in line.names)
        for block in tree.body
        if isinstance(block, ast.If)
        for line in block.body
        if isinstance(line, ast.ImportFrom)
    }
    assert typed == ui.MODULES
    assert sorted(name for names in ui.MODULES.values() for name in names) == sorted(ui.__all__)


@pytest.mark.parametrize("name", ui.__all__)
def test_a_function_is_found(name: str) -> None:
    assert getattr(ui, name).__name__ == name


def test_nothing_else_is_found() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = ui.nothing


def test_the_first_page_imports_nothing_that_reads_files() -> None:
    shown = "import sys\nfrom sejong_dash import ui\nui.show\nfrom sejong_dash.ui.frame import page_frame, page_links\n"
    code = f"{shown}print(*sys.modules, sep='\\n')"
    found = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split()
    assert "sejong_dash.ui.blocks.show" in found
    heavy = {"sejong_dash.intake", "lxml", "xlsxwriter", "charset_normalizer", "kaleido", "pptx", "sejong_dash.ui.desk"}
    assert heavy.isdisjoint(found)


def test_the_server_starts_without_what_pages_draw_with() -> None:
    code = "import sys, app\nprint(*sys.modules, sep='\\n')"
    found = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split()
    assert "sejong_dash.startup.warm_up" in found
    assert {"pandas", "pandera", "holidays", "sejong_dash.ui", "sejong_dash.charts", "sejong_dash.datasets"}.isdisjoint(found)
