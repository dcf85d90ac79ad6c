"""Every chart, map, card set and writer fulfils its protocol by signature, and a broken one does not."""

import inspect
from collections.abc import Iterator, Mapping
from functools import partial
from types import ModuleType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pandas as pd
import plotly.graph_objects as go
import pytest

from sejong_dash import cards, charts, contracts, exports, maps
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.exports import report
from sejong_dash.exports.report import Report
from sejong_dash.words import Words

KINDS = {charts: contracts.Chart, maps: contracts.Map, cards: contracts.CardSet}
OPTIONAL = {
    "items": contracts.ItemChart,
    "slide": contracts.HasSlide,
    "headline": contracts.HasHeadline,
    "SAYS_ITS_MESSAGE": contracts.ShowsItsMessage,
}
WRITERS = {
    **{f"format {name}": (kind.write, contracts.FormatWriter) for name, kind in exports.FORMATS.items()},
    **{f"report {name}": (kind.writer, contracts.ReportWriter) for name, kind in exports.REPORT_FORMATS.items()},
}
REPORT: Mapping[Any, Any] = {contracts.ReportT: Report}


def breaches(module: Any, protocol: type, types: Mapping[Any, Any] = REPORT) -> Iterator[str]:
    """Yield what a module lacks of a protocol; `types` stand for the protocol's type variables."""
    values = {name: hint for part in protocol.__mro__ for name, hint in inspect.get_annotations(part, eval_str=True).items()}
    for name, hint in values.items():
        if not name.startswith("_abc") and name not in ("_is_protocol", "_is_runtime_protocol"):
            value = getattr(module, name, None)
            if not isinstance(value, hint):
                yield f"{name} is {value!r}"
    for name, promised in inspect.getmembers(protocol, inspect.isfunction):
        if name == "__call__":
            yield from (f"{name}: {breach}" for breach in _signature_breaches(module, promised, types))
        elif not name.startswith("_"):
            offered = getattr(module, name, None)
            if not inspect.isfunction(offered):
                yield f"{name} is no function"
            else:
                yield from (f"{name}: {breach}" for breach in _signature_breaches(offered, promised, types))


def _signature_breaches(offered: Any, promised: Any, types: Mapping[Any, Any]) -> Iterator[str]:
    wanted = list(inspect.signature(promised).parameters.values())[1:]
    found = inspect.signature(offered)
    try:
        found.bind(*wanted)
    except TypeError as error:
        yield str(error)
        return
    hints = get_type_hints(offered.func if isinstance(offered, partial) else offered)
    promises = get_type_hints(promised)
    for parameter, own in zip(wanted, found.parameters.values(), strict=False):
        accepted, given = hints.get(own.name), promises[parameter.name]
        if not _is_of(types.get(given, given), accepted):
            yield f"{own.name} is {accepted}, not {given}"
    if not _is_of(hints.get("return"), promises["return"]):
        yield f"returns {hints.get('return')}, not {promises['return']}"


def _is_of(narrow: Any, wide: Any) -> bool:
    """Whether a value of one type may stand where the other is asked for."""
    if narrow == wide or Any in (narrow, wide):
        return True
    if get_origin(wide) is Union or type(wide).__name__ == "UnionType":
        return any(_is_of(narrow, part) for part in get_args(wide))
    low, high = get_origin(narrow) or narrow, get_origin(wide) or wide
    if not isinstance(low, type) or not isinstance(high, type):
        return False
    is_protocol = getattr(high, "_is_protocol", False)  # which knows its subclasses by their ancestors alone
    if not (high in low.__mro__ if is_protocol else issubclass(low, high)):
        return False
    return len(get_args(narrow)) != len(get_args(wide)) or all(map(_is_of, get_args(narrow), get_args(wide)))


@pytest.mark.parametrize(
    ("registry", "name"), [(registry, name) for registry in KINDS for name in registry.names()], ids=lambda one: str(one)
)
def test_what_a_page_may_show_fulfils_its_protocol(registry: ModuleType, name: str) -> None:
    module = registry.named(name)
    assert list(breaches(module, KINDS[registry])) == []
    for member, protocol in OPTIONAL.items():
        if hasattr(module, member):
            assert list(breaches(module, protocol)) == []


@pytest.mark.parametrize("registry", KINDS, ids=lambda registry: registry.__name__)
def test_a_module_is_of_one_kind(registry: ModuleType) -> None:
    """Which kind an exhibit is made as is asked in this order: cards, map, chart."""
    for name in registry.names():
        module = registry.named(name)
        kinds = (contracts.CardSet, contracts.Map, contracts.Chart)
        assert next(kind for kind in kinds if isinstance(module, kind)) is KINDS[registry]


@pytest.mark.parametrize("registry", KINDS, ids=lambda registry: registry.__name__)
def test_a_registry_fulfils_its_protocol(registry: ModuleType) -> None:
    assert list(breaches(registry, contracts.Registry)) == []
    with pytest.raises(ModuleNotFoundError):
        registry.named("no_such_name")


@pytest.mark.parametrize("name", WRITERS)
def test_a_writer_fulfils_its_protocol(name: str) -> None:
    assert list(breaches(*WRITERS[name])) == []


def _table(choices: Choices, tables: Tables) -> pd.DataFrame:
    return tables.plans().assign(lang=choices.lang)


def _table_found(choices: Choices) -> pd.DataFrame:
    return pd.DataFrame({"lang": [choices.lang]})


def _message(table: pd.DataFrame, words: Words) -> str:
    return words("title")


def _draw(table: pd.DataFrame, words: Words) -> go.Figure:
    return go.Figure()


def _draw_without_words(table: pd.DataFrame) -> go.Figure:
    return go.Figure()


def _draw_with_more(table: pd.DataFrame, words: Words, width: int) -> go.Figure:
    return go.Figure()


def _draw_by_name(table: pd.DataFrame, *, words: Words) -> go.Figure:
    return go.Figure()


def _draw_text(table: pd.DataFrame, words: Words) -> str:
    return ""


def _draw_of_rows(table: list[str], words: Words) -> go.Figure:
    return go.Figure()


def _cards_of_text(table: pd.DataFrame, words: Words) -> list[str]:
    return []


def _cards(table: pd.DataFrame, words: Words) -> list[contracts.Card]:
    return []


def _write(bound: Report, progress: report.Progress) -> bytes:
    return b""


def _write_exhibit(bound: pd.DataFrame, progress: report.Progress) -> bytes:
    return b""


CHART = {"table": _table, "draw": _draw, "message": _message}
CARDS = {"table": _table, "cards": _cards, "message": _message, "WIDTH": "13rem"}
SOUND = [(CHART, contracts.Chart), (CARDS, contracts.CardSet)]
BROKEN = [
    (CHART | {"message": None}, contracts.Chart, "message"),
    (CHART | {"table": _message}, contracts.Chart, "table"),
    (CHART | {"table": _table_found}, contracts.Chart, "table"),
    (CHART | {"draw": _draw_without_words}, contracts.Chart, "draw"),
    (CHART | {"draw": _draw_with_more}, contracts.Chart, "draw"),
    (CHART | {"draw": _draw_by_name}, contracts.Chart, "draw"),
    (CHART | {"draw": _draw_text}, contracts.Chart, "draw"),
    (CHART | {"draw": _draw_of_rows}, contracts.Chart, "draw"),
    (CHART, contracts.Map, "paper"),
    (CHART, contracts.ItemChart, "items"),
    (CHART | {"__file__": 1}, contracts.Chart, "__file__"),
    (CARDS | {"cards": _cards_of_text}, contracts.CardSet, "cards"),
    (CARDS | {"WIDTH": 13}, contracts.CardSet, "WIDTH"),
]


def _module(members: Mapping[str, Any]) -> ModuleType:
    module = ModuleType("example")
    vars(module).update({"__file__": "example.py"} | members)
    return module


@pytest.mark.parametrize(("members", "protocol"), SOUND, ids=[protocol.__name__ for _, protocol in SOUND])
def test_a_sound_module_has_no_breach(members: Mapping[str, Any], protocol: type) -> None:
    assert list(breaches(_module(members), protocol)) == []


@pytest.mark.parametrize(("members", "protocol", "name"), BROKEN, ids=[f"{kind.__name__}-{name}" for _, kind, name in BROKEN])
def test_a_broken_module_is_noticed(members: Mapping[str, Any], protocol: type, name: str) -> None:
    found = list(breaches(_module(members), protocol))
    assert [breach for breach in found if breach.startswith(name)]


def test_a_broken_writer_is_noticed() -> None:
    assert list(breaches(_write, contracts.ReportWriter)) == []
    assert list(breaches(_write, contracts.FormatWriter)) != []
    assert list(breaches(_write_exhibit, contracts.ReportWriter)) != []
