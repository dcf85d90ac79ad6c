"""The documents name nothing that does not exist, and leave out nothing that a reader looks for there."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import document_rules as rules
import pytest
from address_parameters import read_parameters

from sejong_dash.api import parameters, problem_document
from sejong_dash.exhibits import address
from sejong_dash.exports import REPORT_FORMATS
from sejong_dash.exports.single_file import SINGLE_FORMATS
from sejong_dash.paths import PROJECT

Rule = Callable[[Sequence[Path], Path], Iterator[str]]


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_documents_keep(rule: Rule) -> None:
    assert list(rule(rules.documents(PROJECT), PROJECT)) == []


def test_every_document_is_checked() -> None:
    names = {path.name for path in rules.documents(PROJECT)}
    manuals = {"manual.md", "manual.ko.md", "manual.ja.md"}
    guides = {"addresses.md", "api.md", "forecast.md", "performance.md", "deployment.md", "architecture.md"}
    assert {"README.md", "README.ko.md", "CONTRIBUTING.md"} | manuals | guides <= names


def text_of(name: str) -> str:
    return next(path for path in rules.documents(PROJECT) if path.name == name).read_text("utf-8")


def without(name: str, text: str) -> str:
    """A document of the project from which something has been taken out."""
    whole = text_of(name)
    assert text in whole
    return whole.replace(text, "")


# A document's name and text, the rule that it breaks, and what the rule must find.
BROKEN = [
    ("a.md", "Run `make everything`.", rules.make_targets_exist, "everything"),
    ("a.md", '```sh\nPORT=1 make run everything ARGS="--rounds 5"  # make nothing\n```', rules.make_targets_exist, "everything"),
    ("a.md", "`python -m sejong_dash.nothing`", rules.modules_exist, "sejong_dash.nothing"),
    ("a.md", "```powershell\n.venv\\Scripts\\python -m tests.nothing --x\n```", rules.modules_exist, "tests.nothing"),
    ("a.md", "`python -m nothing_of_that_name`", rules.modules_exist, "nothing_of_that_name"),
    ("a.md", "See [the rest](nothing.md).", rules.links_exist, "nothing.md"),
    ("a.md", "See [the rest](../nothing.md#here).", rules.links_exist, "nothing.md"),
    ("a.md", "It stands in `data/nothing.csv`.", rules.paths_exist, "data/nothing.csv"),
    ("a.md", "It stands in `data/.nothing/`.", rules.paths_exist, "data/.nothing/"),
    ("a.md", "Write `sejong_dash/nothing/NAME.py`.", rules.paths_exist, "sejong_dash/nothing/NAME.py"),
    ("a.md", "```sh\npip install -r tests\\nothing.txt\n```", rules.paths_exist, "tests/nothing.txt"),
    ("a.md", "Open `/nothing`.", rules.pages_exist, "/nothing"),
    ("a.md", "Open `/map?nothing=22`.", rules.pages_exist, "nothing"),
    ("README.md", "Open `/` and `/map`.", rules.pages_exist, "/progress"),
    ("a.md", "Fetch `/export/nothing.csv`.", rules.files_are_there, "nothing.csv"),
    ("a.md", '```sh\ncurl "http://localhost:8501/export/goal_bar.csv?as_of=x"\n```', rules.files_are_there, "as_of"),
    ("a.md", "Fetch `/export/set/monthly.pptx`.", rules.files_are_there, "monthly"),
    (
        "addresses.md",
        text_of("addresses.md") + "\n| parameter |\n|---|\n| `nothing` |\n",
        rules.parameters_are_described,
        "nothing",
    ),
    ("addresses.md", without("addresses.md", "`golden_week`"), rules.parameters_are_described, "golden_week"),
    ("addresses.md", without("addresses.md", "`show_prefecture_days`"), rules.parameters_are_described, "show_*"),
    ("a.md", "Set `SEJONG_NOTHING`.", rules.variables_are_read, "nothing reads SEJONG_NOTHING"),
    ("a.md", "Set `SEJONG_DATA`.", rules.variables_are_read, "SEJONG_INCOMING is read"),
    ("manual.md", "| table |\n|---|\n| `nothing` |\n", rules.tables_are_described, "no table nothing"),
    ("manual.ja.md", without("manual.ja.md", "`bookings`"), rules.tables_are_described, "bookings"),
    ("a.md", "Its columns: `date,jis_code,visitors`.", rules.columns_exist, "date,jis_code,visitors"),
    ("README.md", "A line.\n" * 121, rules.readme_is_short, "121 lines"),
]


@pytest.mark.parametrize(("name", "text", "rule", "found"), BROKEN, ids=[f"{case[2].__name__}:{case[3]}" for case in BROKEN])
def test_a_broken_document_is_noticed(name: str, text: str, rule: Rule, found: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    breaches = list(rule([file], PROJECT))
    assert [breach for breach in breaches if found in breach], breaches


SOUND = (
    'Make sure that `make` is there. `make`, `make run`, `PORT=8600 make run`, `make bench ARGS="--rounds 5"`.\n'
    "`python -m sejong_dash.exports`, `python -m pytest`. [A page](https://example.org/x), [here](#here), [self](a.md).\n"
    "`data/plans.csv`, `data/.frozen/`, `data/incoming/`, `pages/NAME.toml`, `/srv/data`, `a/b`, `out/`.\n"
    "`/`, `/map?prefecture=22`, `/progress?show_prefecture_days=true`, `SEJONG_DATA`.\n"
    "`date,jis_code,channel,visitors,recorded_on,basis,source_id`, `goal_bar,prefecture_map.measure.gap`.\n"
)


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_a_sound_document_passes(rule: Rule, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(SOUND, encoding="utf-8")
    assert [breach for breach in rule([file], PROJECT) if breach.startswith("a.md")] == []


READING = """
from . import filters, held_choices

def code(name, known):
    return held_choices.read_choice(name, lambda text: text if text in known else "")

def shown(name="view"):
    return held_choices.read_choice(name, str)

def is_switched_on(name):
    name = f"show_{name}"
    return code(name, [])
"""
CALLING = """
from . import filters
from .filters import code as choose
import streamlit as st

def page(chart):
    title = chart.title
    filters.code("first", [])
    choose(known=[], name="second")
    filters.shown()
    filters.is_switched_on(title)
    _hand_down([], "third")
    st.query_params["fourth"], st.query_params.get("fifth")
    other = {}
    other.get("no_parameter")

def _hand_down(known, name):
    filters.code(name, known)
"""


def test_parameters_are_found_where_their_names_are_written(tmp_path: Path) -> None:
    folder = tmp_path / "sejong_dash" / "ui"
    folder.mkdir(parents=True)
    (folder / "filters.py").write_text(READING, encoding="utf-8")
    (folder / "page.py").write_text(CALLING, encoding="utf-8")
    assert read_parameters(tmp_path) == {"first", "second", "view", "show_*", "third", "fourth", "fifth"}


def test_the_document_of_files_names_every_format_and_every_problem() -> None:
    path = next(path for path in rules.documents(PROJECT) if path.name == "api.md")
    text = path.read_text("utf-8")
    assert rules.first_cells(path, {"format"}) == set(SINGLE_FORMATS) == set(REPORT_FORMATS)
    assert {kind.replace("_", "-") for kind in problem_document.KINDS} == {
        name for row in re.findall(r"^\| \d{3} \| ([^|]+) \|", text, re.MULTILINE) for name in re.findall(r"`([^`]+)`", row)
    }
    assert rules.first_cells(path, {"parameter of a set"}) == {each.name for each in parameters.of_sets("en")}


def test_what_a_file_takes_is_described_where_addresses_are() -> None:
    path = next(path for path in rules.documents(PROJECT) if path.name == "addresses.md")
    assert set(address.PARAMETERS) <= rules.first_cells(path, {"parameter"})
