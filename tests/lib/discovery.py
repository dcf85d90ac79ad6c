"""Finds what is to be tested. A folder is the registry: what is put into it is tested without being named anywhere.

Charts, maps and cards are known by `room.name`, such as `charts.goal_bar`, and are imported when a test asks for them: one
that cannot be imported fails its own tests and no others.
"""

import ast
import csv
import os
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import astuple, replace
from datetime import date
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar, cast
from unittest import mock

import pandas as pd
import pytest
import source_trees
from covering import covering
from streamlit.testing.v1 import AppTest

from sejong_dash import words
from sejong_dash.choices import Choices
from sejong_dash.contracts import CardSet
from sejong_dash.datasets import Tables, snapshot
from sejong_dash.paths import PAGES, PROJECT
from sejong_dash.words import Words

# Missing by mistake must be seen: without a Chrome these fail, unless one says that there shall be none.
needs_chrome = pytest.mark.skipif(os.environ.get("SEJONG_NO_CHROME") == "1", reason="SEJONG_NO_CHROME=1")

T = TypeVar("T")
DATA = PROJECT / "data"
ROOMS = ("charts", "maps", "cards")
NAMES = [f"{room}.{file.stem}" for room in ROOMS for file in sorted((PROJECT / "sejong_dash" / room).glob("[!_]*.py"))]
PAGE_FILES = sorted(PAGES.glob("*.py"))
FRAMED = [page for page in PAGE_FILES if not words.settings(page.with_suffix(".toml")).get("bare")]  # menus, title, plan
PLANS = [row["plan_id"] for row in csv.DictReader((DATA / "plans.csv").read_text(encoding="utf-8").splitlines())]

BASE = Choices("ko", "reports-2024", date(2026, 5, 6), True)
AS_OF = (date(2026, 5, 6), date(2026, 4, 1), date(2026, 4, 10), date(2026, 5, 24), date(2026, 6, 30))


def module(name: str) -> ModuleType:
    return import_module(f"sejong_dash.{name}")


def words_of(name: str, lang: str) -> Words:
    return words.of(str(module(name).__file__), lang)


def draw(name: str, table: pd.DataFrame, said: Words) -> Any:
    """A Plotly figure, a pydeck deck or a list of cards, as the room has it."""
    shown = module(name)
    return shown.cards(table, said) if isinstance(shown, CardSet) else shown.draw(table, said)


@cache
def _shipped() -> Tables:
    return snapshot()


def tables_now() -> Tables:
    """Return the tables: those of the shipped data, loaded once for all tests, or new ones for a test with data of its own.

    What is derived from the shipped tables (the seasons) is made once too: no test may change it.
    """
    return snapshot() if "SEJONG_DATA" in os.environ else _shipped()


@cache
def _shipped_table(name: str, choices: Choices) -> pd.DataFrame:
    return module(name).table(choices, _shipped())


def table_of(name: str, choices: Choices) -> pd.DataFrame:
    """The chart's table; from the shipped data it is made once for all tests: do not change it."""
    return module(name).table(choices, snapshot()) if "SEJONG_DATA" in os.environ else _shipped_table(name, choices)


def on_page(page: Path) -> list[str]:
    """The charts, maps and cards that a page imports, in its order."""
    found = []
    for node in source_trees.nodes(page.read_text(encoding="utf-8")):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sejong_dash."):
            room = node.module.removeprefix("sejong_dash.")
            found += [f"{room}.{one.name}" for one in node.names if room in ROOMS]
    return [name for name in found if name.partition(".")[2] not in _on_a_wall(page)]


def _on_a_wall(page: Path) -> list[str]:
    """The names of those that a page shows on a large screen alone, as the drawing of another page: `wall=prefecture_map`."""
    calls = [node for node in source_trees.nodes(page.read_text(encoding="utf-8")) if isinstance(node, ast.Call)]
    given = [keyword for call in calls for keyword in call.keywords if keyword.arg == "wall"]
    return [keyword.value.id for keyword in given if isinstance(keyword.value, ast.Name)]


def on_demand(page: Path) -> list[str]:
    """The names of those that a page shows once they are asked for: `?show_NAME=true`."""
    return _handed(page, "on_demand")


def of_a_prefecture(page: Path) -> list[str]:
    """The names of those that a page shows once a prefecture is chosen."""
    return _handed(page, "profile")


def shown_on(page: Path, prefecture: str | None, part: str = "") -> list[str]:
    """`on_page` without what waits for a prefecture to be chosen, where none is, and what makes way for it, where one is.

    Of a page with parts, what the part shows (blank: the first).
    """
    absent = _handed(page, "overview") if prefecture else of_a_prefecture(page)
    parts = parts_of(page)
    if parts != [""]:
        held = _held_by_parts(page)[part or parts[0]]
        absent = [*absent, *(name.partition(".")[2] for name in on_page(page) if name.partition(".")[2] not in held)]
    return [name for name in on_page(page) if name.partition(".")[2] not in absent]


def parts_of(page: Path) -> list[str]:
    """The codes of the parts of a page, in their order; a blank one of a page without parts."""
    keys = words.entries(page.with_suffix(".toml"), words.LANGUAGES[0])
    return [key.removeprefix("part.") for key in keys if key.startswith("part.")] or [""]


def _held_by_parts(page: Path) -> dict[str, list[str]]:
    """The names that a page hands to each of its parts, as in `parts.days.show(daily_visitors)`."""
    held: dict[str, list[str]] = {part: [] for part in parts_of(page)}
    for call in source_trees.nodes(page.read_text(encoding="utf-8")):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Attribute):
            if call.func.attr == "of_day":  # what another part holds, once a day is chosen
                continue
            held[call.func.value.attr] += [given.id for given in call.args if isinstance(given, ast.Name)]
    return held


def told(name: str, choices: Choices) -> Choices:
    """These choices, with a prefecture where the chart has nothing to tell without one."""
    return choices if not table_of(name, choices).empty else replace(choices, prefecture="29")


def _handed(page: Path, function: str) -> list[str]:
    """The names that a page hands to a function of ui's."""
    calls = [node for node in source_trees.nodes(page.read_text(encoding="utf-8")) if isinstance(node, ast.Call)]
    asked = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == function]
    return [one.id for call in asked for one in call.args if isinstance(one, ast.Name)]


_DERIVED: dict[tuple[str | None, Hashable], tuple[Any, frozenset[str]]] = {}


@cache
def read_by(name: str, choices: Choices) -> tuple[frozenset[str], frozenset[str]]:
    """The files of the data folder that a chart itself reads for its table, and those for drawing; not what checks them."""
    read: list[set[str]] = [set(), set()]
    depth = 0

    class Recorded(Tables):
        """Tables that know which files were read for what is derived from them, and derive it once for all charts."""

        def derived(self, key: Hashable, make: Callable[[], T]) -> T:
            place = (os.environ.get("SEJONG_DATA"), key)
            if place not in _DERIVED:
                before, read[stage] = read[stage], set()
                try:
                    _DERIVED[place] = make(), frozenset(read[stage])
                finally:
                    read[stage] |= before
            made, files = _DERIVED[place]
            read[stage] |= files
            return cast(T, made)

    def recorded(file: Path, load: Callable[..., Any]) -> Callable[..., Any]:
        def loaded(*given: Any, **named: Any) -> Any:
            nonlocal depth
            if not depth:
                asked = [value for value in (*given, *named.values()) if value != ""]  # a blank version: the live tables
                folder = "geo/" if file.stem == "shapes" else "sample/" if asked == [True] else ""
                read[stage].add(f"geo/{asked[0]}.geojson" if folder == "geo/" else f"{folder}{file.stem}.csv")
            depth += 1
            try:
                return load(*given, **named)
            finally:
                depth -= 1

        return loaded

    with ExitStack() as patches:
        for file in sorted((PROJECT / "sejong_dash" / "datasets").glob("[!_]*.py")):
            dataset = import_module(f"sejong_dash.datasets.{file.stem}")
            if (DATA / f"{file.stem}.csv").exists() or file.stem == "shapes":
                patches.enter_context(mock.patch.object(dataset, "load", recorded(file, dataset.load)))
        stage = 0
        table = module(name).table(choices, Recorded())
        stage = 1
        if len(table):
            draw(name, table, words_of(name, choices.lang))
            module(name).message(table, words_of(name, choices.lang))
    return frozenset(read[0]), frozenset(read[1])


def label(choices: Choices) -> str:
    """Choices as the name of a test."""
    parts = (
        choices.lang,
        choices.plan,
        choices.as_of.isoformat(),
        "sample" if choices.sample else "real",
        choices.prefecture,
        choices.field,
    )
    return "-".join(part for part in parts if part)


def _demands(row: tuple) -> Iterable[object]:
    """Which choices must meet in some case: those that a chart's code treats together."""
    lang, plan, as_of, sample, prefecture, field = row
    yield "plan", plan, sample
    if plan == PLANS[0]:
        yield "day", as_of, sample
        yield "said", lang, prefecture
        yield "said", lang, field
        yield "counts", prefecture, sample
        yield "narrowed", prefecture, field


# A prefecture with everything (a garden, partners, visitors) and one without; fields with many projects and with one.
_ROWS = list(product(words.LANGUAGES, PLANS, AS_OF, (True, False), (None, "29", "02"), (None, "garden", "startup")))
CASES = [BASE, *(Choices(*row) for row in covering(_ROWS, _demands) if Choices(*row) != BASE)]
# Drawing is slow, and most of what choices change is in the table: each choice once, counts on each day, each plan.
DRAWN = [BASE, *covering(CASES, lambda one: [*enumerate(astuple(one)), (one.as_of, one.sample), (one.lang, one.sample)])]
DRAWN = list(dict.fromkeys(DRAWN))


def opened(file: Path, asked: Mapping[str, str]) -> AppTest:
    """A page as the shell runs it for an address that says `asked`, without a browser."""
    app = AppTest.from_file(str(PROJECT / "sejong_dash" / "shell.py"), default_timeout=60)
    for name, said in asked.items():
        app.query_params[name] = said
    app.switch_page(str(file)).run()
    assert len(app.exception) == 0
    return app


# Each page, and of one with parts each part: what a reader has on the screen at a time.
SCREENS = [(page, part) for page in PAGE_FILES for part in parts_of(page)]


def screen_name(page: Path, part: str) -> str:
    """The name of a screen, for tests: `map`, `progress-days`."""
    return f"{page.stem}-{part}" if part else page.stem
