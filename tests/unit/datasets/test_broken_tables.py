"""Tests of broken tables: only what depends on a broken table stops, and every page goes on."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from unittest import mock

import discovery
import pandas as pd
import plotly.graph_objects as go
import pytest
from discovery import BASE, DATA, NAMES, PAGE_FILES, SCREENS
from page_html import html_of
from streamlit.testing.v1 import AppTest

from sejong_dash import kept
from sejong_dash.contracts import CardSet
from sejong_dash.datasets import snapshot
from sejong_dash.datasets.schema import last_good
from sejong_dash.errors import TableError
from sejong_dash.paths import PROJECT

pytestmark = [pytest.mark.dear, pytest.mark.thorough]

FILES = sorted(
    str(file.relative_to(DATA)) for pattern in ("*.csv", "sample/*.csv", "geo/*.geojson") for file in DATA.glob(pattern)
)


@pytest.fixture(scope="module")
def copy_of_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One copy for all tests here: what is sound in it is read once."""
    copy = tmp_path_factory.mktemp("broken") / "data"
    shutil.copytree(DATA, copy, ignore=shutil.ignore_patterns(".*"))
    yield copy
    kept.clear()  # drawings that were stubbed here must not be found by others


@pytest.fixture(autouse=True)
def no_good_state(monkeypatch: pytest.MonkeyPatch) -> None:
    """No state of a table is kept: these tests are about what a reader sees where there is none."""
    monkeypatch.setattr(last_good, "_copy", lambda live, kept, seen: None)


@contextmanager
def damaged(path: Path) -> Iterator[None]:
    """A table with a row that has one cell, or a shape that ends early."""
    sound = path.read_bytes()
    path.write_bytes(b"{" if path.suffix == ".geojson" else b"as_of = ?" if path.suffix == ".toml" else sound + b"?\n")
    try:
        yield
    finally:
        path.write_bytes(sound)


def choices_for(file: str) -> discovery.Choices:
    """The sample, unless it is the table of real counts that is broken."""
    return replace(BASE, sample=file not in ("visitors.csv", "bookings.csv"))


@pytest.mark.parametrize("file", FILES)
def test_only_what_reads_a_broken_table_stops(file: str, copy_of_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choices = choices_for(file)
    readers = {name for name in NAMES if any(file in read for read in discovery.read_by(name, choices))}
    monkeypatch.setenv("SEJONG_DATA", str(copy_of_data))
    stopped = {}
    with damaged(copy_of_data / file):
        tables = snapshot()
        for name in NAMES:
            try:
                table = discovery.module(name).table(choices, tables)
                if len(table) and file in discovery.read_by(name, choices)[1]:
                    discovery.draw(name, table, discovery.words_of(name, "ko"))
            except TableError as trouble:
                stopped[name] = trouble.file
    assert stopped == dict.fromkeys(readers, Path(file).name)


def test_every_table_is_read_by_something() -> None:
    both = [replace(BASE, sample=sample) for sample in (True, False)]
    read = set().union(*(stage for name in NAMES for choices in both for stage in discovery.read_by(name, choices)))
    assert set(FILES) - read == set()


@pytest.mark.parametrize("file", [*FILES, "sample/sample.toml"])
def test_every_page_goes_on(file: str, copy_of_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the browser's place: no page falls, the charts that stop say so and name the file, the others are there."""
    choices = choices_for(file)
    usual = {name: discovery.table_of(name, choices) for name in NAMES}  # of the shipped data, made once for all files
    monkeypatch.setenv("SEJONG_DATA", str(copy_of_data))
    with damaged(copy_of_data / file), _quick(file, choices, usual):
        for page, part in [each for each in SCREENS if each[0] is PAGE_FILES[0] or _reads(*each, file, choices)]:
            app = AppTest.from_file(str(PROJECT / "sejong_dash" / "shell.py"), default_timeout=60)
            app.query_params["sample"], app.query_params["part"] = str(choices.sample).lower(), part
            for name in discovery.on_demand(page):
                app.query_params[f"show_{name}"] = "true"
            app.switch_page(str(page)).run()
            assert len(app.exception) == 0, f"{discovery.screen_name(page, part)}: see the log"
            shown = html_of(app)
            stopped = [said for said in shown if "sj-error" in said]
            readers = _reads(page, part, file, choices)
            history = file == "plans.csv"  # which stands above every page
            assert len(stopped) == len(readers) + history, page.stem
            assert all(Path(file).name in said for said in stopped)
            assert sum("sj-title" in said for said in shown) == len(discovery.shown_on(page, choices.prefecture, part))


def _reads(page: Path, part: str, file: str, choices: discovery.Choices) -> list[str]:
    """What on a page, or a part of it, needs the file for its table. One without any goes on as on every other day."""
    return [name for name in discovery.shown_on(page, choices.prefecture, part) if file in discovery.read_by(name, choices)[0]]


@contextmanager
def _quick(file: str, choices: discovery.Choices, usual: Mapping[str, pd.DataFrame]) -> Iterator[None]:
    """Nothing is drawn, which is slow and tested elsewhere; what does not read the file has the table that it always has."""
    with ExitStack() as patches:
        for name in NAMES:
            shown = discovery.module(name)
            if not isinstance(shown, CardSet):
                patches.enter_context(mock.patch.object(shown, "draw", return_value=go.Figure()))
            if file not in discovery.read_by(name, choices)[0]:
                patches.enter_context(mock.patch.object(shown, "table", return_value=usual[name]))
        yield
