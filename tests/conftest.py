"""Give every test the shipped data, and a copy of it to those that break something."""

import gc
import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import examples
import pandas as pd
import pytest
from covering import covering
from hypothesis.configuration import set_hypothesis_home_dir
from streamlit.components.v2 import manifest_scanner
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

from sejong_dash import ending
from sejong_dash.paths import PROJECT

# What Hypothesis keeps for itself goes where nobody looks.
set_hypothesis_home_dir(PROJECT / ".cache" / "hypothesis")


def pytest_configure(config: pytest.Config) -> None:
    """Before a test is read: it may ask how many examples there shall be."""
    examples.load_profile(is_fast="not thorough" in config.option.markexpr)
    # Servers of tests show few of all exhibits, each in a language or two; those of `test_other_data` draw ahead as others do.
    os.environ.setdefault("SEJONG_DRAW_AHEAD", "off")


# Folders whose tests share what is dear: drawings of all charts, laid labels, pages that are opened once for all that read them.
TOGETHER = ("tests/unit/exports/", "tests/unit/maps/", "tests/browser/cold/")


class FilesStayTogether(LoadScopeScheduling):
    """Give each worker of `-n` a whole file of tests at a time, or those of one folder: what they share (a server and its data,
    tables, files that were made) is made once.

    A worker that meets a browser test starts one server and one browser and keeps them for all it is given. (`--dist loadgroup`
    would say the same, but from pytest 9.2 on it forgets its groups.)
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.partition("::")[0])

    def _reschedule(self, node: WorkerController) -> None:
        """Give a worker more files, once it has collected: one that has taken the place of a worker that died has not, when
        another has, and xdist 3.8 ends the whole run over it.
        """
        if node in self.registered_collections:
            super()._reschedule(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """A worker for each core (`-n auto`), and where browser tests run one more, for they often wait for a page.

    With two cores all tests take an eighth less time with three workers, those of `make fast` a twentieth more.
    """
    asked = int(os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS", 0))
    return asked or (os.cpu_count() or 1) + ("not thorough" not in config.option.markexpr)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FilesStayTogether:
    return FilesStayTogether(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as thorough what `make fast` leaves out, and put the files that take longest first, so that no worker is left with one
    at the end.

    Of a test's matrix `make fast` runs a few cases that have every value once; of a dear one the first alone. pytest keeps one
    id for each list that a test is parametrised by, without a public name; its `params` do not say which parameters come from
    one list.
    """
    matrices: dict[str, list[pytest.Function]] = {}
    for item in items:
        if isinstance(item, pytest.Function) and hasattr(item, "callspec"):
            matrices.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for cases in matrices.values():
        is_dear = cases[0].get_closest_marker("dear")
        kept = {
            case.nodeid for case in (cases[:1] if is_dear else covering(cases, lambda case: enumerate(case.callspec._idlist)))
        }
        for case in cases:
            if case.nodeid not in kept:
                case.add_marker(pytest.mark.thorough)
    dear = {item.path for item in items if item.get_closest_marker("dear")}
    items.sort(key=lambda item: (not item.nodeid.startswith("tests/browser/"), item.path not in dear))


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of the search for garbage, and make it rarer: it takes 7 % of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@pytest.fixture(autouse=True)
def shipped_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests look at the data that ships with the project, whatever the developer's own shell says; no process waits for a file
    that a test does not bring."""
    monkeypatch.delenv("SEJONG_DATA", raising=False)
    monkeypatch.setenv("SEJONG_WAITING_READER", "off")


@pytest.fixture(scope="session", autouse=True)
def components_found_once() -> Iterator[None]:
    """An AppTest begins each run by reading the metadata of every installed package, in search of components: a fifth of its
    time. Nothing is installed while tests run, so that they are read once. (Streamlit 1.67; with another that does not ask
    `manifest_scanner`, this changes nothing.)
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def data_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data that a test may change; the dashboard reads it for as long as the test runs."""
    copy = tmp_path / "data"
    shutil.copytree(PROJECT / "data", copy, ignore=shutil.ignore_patterns(".*"))
    monkeypatch.setenv("SEJONG_DATA", str(copy))
    return copy


@pytest.fixture
def plan_that_holds(data_copy: Path) -> None:
    """The shipped tables without the decisions after the first plan, one of which cancels it."""
    for name in ("plans", "goals"):
        file = data_copy / f"{name}.csv"
        rows = pd.read_csv(file, dtype="str", keep_default_na=False)
        rows[rows["plan_id"] == rows["plan_id"].iloc[0]].to_csv(file, index=False, encoding="utf-8")


@pytest.fixture(autouse=True)
def nothing_is_ended() -> Iterator[None]:
    """Let work begin anew after a test that stopped a server in this process: what begins later would be ended at once."""
    yield
    ending.begin_anew()
