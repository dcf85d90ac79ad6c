"""The house's rules hold, and a breach of each is noticed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import house_rules as rules
import pytest

from sejong_dash.paths import PROJECT

Rule = Callable[[Path], Iterator[str]]


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps(rule: Rule) -> None:
    assert list(rule(PROJECT)) == []


def test_every_module_has_a_room() -> None:
    """A new folder must say here what it may import before anything can go into it."""
    unknown = {rules.room_of(path) for path, _, _ in rules.python(PROJECT)} - set(rules.MAY_IMPORT)
    assert unknown == set()


BROKEN = [
    ("sejong_dash/charts/a.py", "import streamlit as st", rules.imports_point_down),
    ("sejong_dash/charts/a.py", "from ..ui import show", rules.imports_point_down),
    ("sejong_dash/charts/a.py", "from ..exports import csv", rules.imports_point_down),
    ("sejong_dash/charts/a.py", "from sejong_dash.exports import csv", rules.imports_point_down),
    ("sejong_dash/charts/a.py", "from . import neighbour", rules.imports_point_down),
    ("sejong_dash/charts/a.py", "from .neighbour import draw", rules.imports_point_down),
    ("sejong_dash/cards/a.py", "from ..charts import neighbour", rules.imports_point_down),
    ("sejong_dash/maps/a.py", "import pathlib", rules.imports_point_down),
    ("sejong_dash/maps/a.py", "def table():\n    import streamlit", rules.imports_point_down),
    ("sejong_dash/maps/a.py", "import importlib\nimportlib.import_module('sejong_dash.ui')", rules.imports_point_down),
    ("sejong_dash/maps/a.py", "__import__('streamlit')", rules.imports_point_down),
    ("sejong_dash/ui/a.py", "import importlib\nimportlib.import_module(f'{room}.x')", rules.imports_point_down),
    ("sejong_dash/ui/a.py", "from ..charts import neighbour", rules.imports_point_down),
    ("sejong_dash/ui/a.py", "from ..charts.neighbour import draw", rules.imports_point_down),
    ("sejong_dash/ui/a.py", "from .. import shell", rules.imports_point_down),
    ("sejong_dash/api/a.py", "from ..charts import neighbour", rules.imports_point_down),
    ("sejong_dash/api/a.py", "from ..ui import show", rules.imports_point_down),
    ("sejong_dash/api/a.py", "import streamlit", rules.imports_point_down),
    ("sejong_dash/ui/a.py", "from ..api import registry", rules.imports_point_down),
    ("sejong_dash/exports/a.py", "from ..charts import neighbour", rules.imports_point_down),
    ("sejong_dash/exports/a.py", "from ..datasets import plans", rules.imports_point_down),
    ("sejong_dash/measures/a.py", "from ..datasets import plans", rules.imports_point_down),
    ("sejong_dash/measures/a.py", "import plotly.graph_objects as go", rules.imports_point_down),
    ("sejong_dash/measures/a.py", "from pathlib import Path", rules.imports_point_down),
    ("sejong_dash/measures/a.py", "from ..words import Words", rules.imports_point_down),
    ("sejong_dash/measures/a.py", "rows = open('x')", rules.no_files_by_hand),
    ("sejong_dash/charts/a.py", "import pandas\npandas.read_csv('x')", rules.no_files_by_hand),
    ("sejong_dash/datasets/a.py", "from ..measures import plan", rules.imports_point_down),
    ("sejong_dash/datasets/a.py", "import plotly.express", rules.imports_point_down),
    ("sejong_dash/datasets/a.py", "import urllib.request", rules.imports_point_down),
    ("sejong_dash/contracts.py", "from .cards import programme", rules.imports_point_down),
    ("sejong_dash/words.py", "from . import paths", rules.imports_point_down),
    ("sejong_dash/theme.py", "import streamlit", rules.imports_point_down),
    ("pages/a.py", "import pandas as pd", rules.imports_point_down),
    ("pages/a.py", "from sejong_dash.measures import plan", rules.imports_point_down),
    ("pages/a.py", "from sejong_dash import words", rules.imports_point_down),
    ("pages/a.py", "import streamlit", rules.imports_point_down),
    ("pages/a.py", "ui.show('a title')", rules.pages_are_thin),
    ("pages/a.py", "ui.show(f'{x}')", rules.pages_are_thin),
    ("pages/a.py", "def draw():\n    pass", rules.pages_are_thin),
    ("pages/a.py", "for one in ():\n    one", rules.pages_are_thin),
    ("pages/a.py", "[one for one in ()]", rules.pages_are_thin),
    ("pages/a.py", "x = lambda: 0", rules.pages_are_thin),
    ("pages/a.py", "\n" * 41, rules.pages_are_thin),
    ("sejong_dash/charts/a.py", "title = '방문객'", rules.words_stand_in_toml),
    ("sejong_dash/cards/a.py", "title = f'{1}人'", rules.words_stand_in_toml),
    ("sejong_dash/maps/a.py", "title = 'サンプル'", rules.words_stand_in_toml),
    ("sejong_dash/measures/a.py", "title = 'すべて'", rules.words_stand_in_toml),
    ("sejong_dash/ui/a.py", "title = '명'", rules.words_stand_in_toml),
    ("sejong_dash/charts/a.py", "title = 'Visitors so far'", rules.words_stand_in_toml),
    ("sejong_dash/ui/a.py", "try:\n    x\nexcept Exception:\n    pass", rules.nothing_is_swallowed),
    ("sejong_dash/ui/a.py", "try:\n    x\nexcept:\n    x = 1", rules.nothing_is_swallowed),
    ("sejong_dash/ui/a.py", "try:\n    x\nexcept (KeyError, Exception) as e:\n    print(e)", rules.nothing_is_swallowed),
    ("sejong_dash/ui/a.py", "with contextlib.suppress(Exception):\n    x", rules.nothing_is_swallowed),
    ("sejong_dash/maps/a.py", "from sejong_dash.datasets import places\nplaces.load('')", rules.tables_come_from_a_snapshot),
    ("sejong_dash/charts/a.py", "go.Choropleth()", rules.no_tiles_from_elsewhere),
    ("sejong_dash/charts/a.py", "figure.add_scattergeo()".replace("add_", ""), rules.no_tiles_from_elsewhere),
    ("sejong_dash/charts/a.py", "{'type': 'choropleth'}", rules.no_tiles_from_elsewhere),
    ("sejong_dash/charts/a.py", "x = 1\n" * 301, rules.files_are_short_and_described),
    ("README.md", "run it in /" + "home/somebody/dash", rules.no_machine_is_named),
    ("requirements.txt", "--index" + "-url https://mirror.example/simple", rules.no_machine_is_named),
    ("README.md", "https://" + "pypi" + ".org/simple", rules.no_machine_is_named),
]


@pytest.mark.parametrize(("file", "source", "rule"), BROKEN, ids=[f"{file}:{source[:40]!r}" for file, source, _ in BROKEN])
def test_a_broken_house_is_noticed(file: str, source: str, rule: Rule, tmp_path: Path) -> None:
    _build(tmp_path, file, source)
    assert [one for one in rule(tmp_path) if one.startswith(file)], f"{rule.__name__} let it pass"


@pytest.mark.parametrize(
    ("source", "breach"),
    [("x = 1\n", "no docstring"), ('"""Does it hold?\n\nIt does."""\n', "asks, and does not say what it does")],
    ids=["none", "question"],
)
def test_a_module_that_does_not_say_what_it_does_is_noticed(source: str, breach: str, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    assert list(rules.files_are_short_and_described(tmp_path)) == [f"app.py: {breach}"]


SOUND = [
    ("sejong_dash/ui/a.py", "from ..contracts import Card"),
    ("sejong_dash/cards/a.py", "from . import Card"),
    ("sejong_dash/api/a.py", "from sejong_dash import charts\nfrom ..exports import FORMATS"),
    ("sejong_dash/charts/a.py", "from ..measures import plan\nfrom ..datasets.plans import load\nfrom .. import theme, words"),
    ("sejong_dash/exports/__init__.py", "from importlib import import_module\nimport_module(f'{__name__}.csv')"),
    ("sejong_dash/measures/a.py", "from ..basis import weakest\nMARKS = set('、。ッャ')\nPATTERN = '[ぁ-ん]'"),
    ("sejong_dash/ui/a.py", "try:\n    x\nexcept Exception:\n    log.exception('x')\n    raise"),
    ("sejong_dash/charts/a.py", "figure.add_scattermap()\nposition = 'top left'"),
    ("pages/a.py", "from sejong_dash import ui\nfrom sejong_dash.charts import neighbour\n\nui.show(neighbour)"),
]


@pytest.mark.parametrize(("file", "source"), SOUND, ids=[file for file, _ in SOUND])
def test_a_sound_house_is_left_in_peace(file: str, source: str, tmp_path: Path) -> None:
    _build(tmp_path, file, source)
    assert [one for rule in rules.RULES for one in rule(tmp_path)] == []


def _build(root: Path, file: str, source: str) -> None:
    for path, text in (("sejong_dash/charts/neighbour.py", ""), (file, source)):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        docstring = '"""Says what it does."""\n' if path.endswith(".py") else ""
        (root / path).write_text(f"{docstring}{text}\n", encoding="utf-8")
