"""Everything is said in all three languages, and everything that is said is needed."""

import ast
import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import discovery
import pytest
import source_trees

from sejong_dash import words
from sejong_dash.paths import PROJECT

CODE = sorted([PROJECT / "app.py", *PROJECT.glob("pages/*.py"), *PROJECT.rglob("sejong_dash/**/*.py")])
TOMLS = sorted(
    [
        *PROJECT.rglob("sejong_dash/**/*.toml"),
        *PROJECT.glob("pages/*.toml"),
        *PROJECT.glob("data/[!.]*.toml"),
        *PROJECT.glob("data/[!.]*/*.toml"),
    ]
)
SHARED = PROJECT / "sejong_dash" / "words.toml"
ERRORS = PROJECT / "sejong_dash" / "errors.toml"
HANGUL, KANA, HAN = r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]", r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]", r"[\u3400-\u9fff]"
FOREIGN = {"ko": KANA, "ja": HANGUL, "en": f"{HANGUL}|{KANA}|{HAN}"}
CALLED = {"words", "said", "own"}  # what a set of words is called where it is asked


def _place(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def _leaves(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, below in tree.items():
        if isinstance(below, Mapping):
            if any(isinstance(value, str) for value in below.values()):
                yield prefix + name, below
            else:
                yield from _leaves(below, f"{prefix}{name}.")


@cache
def leaves(path: Path) -> Mapping[str, Mapping[str, Any]]:
    return dict(_leaves(tomllib.loads(path.read_text(encoding="utf-8"))))


def _fields(sentence: str) -> set[str]:
    """The fields of a sentence, without the forms that one language has alone: a Korean particle, an English plural."""
    found = [(name, form or "") for _, name, form, _ in Formatter().parse(sentence) if name is not None]
    return {f"{name}:{'' if '/' in form or re.fullmatch('[가-힣]+', form) else form}" for name, form in found}


def _entries() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every entry of every file: where it stands, and its texts by language."""
    for path in TOMLS:
        for key, texts in leaves(path).items():
            yield f"{_place(path)}: {key}", texts


def test_every_entry_is_said_in_three_languages() -> None:
    for place, texts in _entries():
        assert set(texts) == set(words.LANGUAGES), place
        assert all(isinstance(text, str) and text.strip() for text in texts.values()), f"{place} is blank"
        # a template of Plotly's says %{y:,d}: its fields must agree too, down to how a number is written
        fields = {lang: _fields(text) for lang, text in texts.items()}
        assert fields["ko"] == fields["ja"] == fields["en"], f"{place}: {fields}"


def test_no_language_stands_in_another() -> None:
    for place, texts in _entries():
        for lang, foreign in FOREIGN.items():
            assert not re.search(foreign, texts[lang]), f"{place}.{lang}: {texts[lang]}"


def _constants(node: ast.AST, function: ast.AST) -> Iterator[ast.AST]:
    """The texts that an expression may be: itself, either side of an if, what a name was set to in the same function."""
    if isinstance(node, ast.IfExp):
        yield from _constants(node.body, function)
        yield from _constants(node.orelse, function)
    elif isinstance(node, ast.Name):
        for one in ast.walk(function):
            if isinstance(one, ast.Assign) and any(isinstance(t, ast.Name) and t.id == node.id for t in one.targets):
                yield from _constants(one.value, function)
    elif isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        yield node


def _pattern(node: ast.AST) -> str:
    """A text or an f-string as a regular expression."""
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value))
    return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in getattr(node, "values", []))


def _asked(source: str) -> Iterator[tuple[int, str]]:
    """Line and pattern of every key that a module asks its words for."""
    found = source_trees.nodes(source)
    functions = [node for node in found if isinstance(node, ast.FunctionDef)] or [source_trees.parsed(source)]
    for function in functions:
        for node in ast.walk(function):
            if (
                isinstance(node, ast.Call)
                and node.args
                and (getattr(node.func, "id", "") in CALLED or getattr(node.func, "attr", "") == "words")
            ):
                yield from ((node.lineno, _pattern(one)) for one in _constants(node.args[0], function))


def _drawn_with(path: Path) -> set[Path]:
    """The modules of its own room that a chart draws with: they speak with the words of the chart."""
    found = source_trees.nodes(path.read_text(encoding="utf-8"))
    froms = [node for node in found if isinstance(node, ast.ImportFrom) and node.level == 1]
    names = {name for node in froms for name in (node.module, *(one.name for one in node.names)) if name}
    return {path.with_name(f"{name}.py") for name in names if name.startswith("_") and path.with_name(f"{name}.py").exists()}


@cache
def _of_every_chart() -> set[str]:
    """The keys that the words of every chart, map and set of cards have."""
    files = [Path(str(discovery.module(name).__file__)).with_suffix(".toml") for name in discovery.NAMES]
    return set.intersection(*(set(leaves(file)) for file in files))


def _known(path: Path) -> set[str]:
    """Every key that the words of this module may hold."""
    own = path.with_suffix(".toml")
    keys = set(leaves(SHARED)) | (set(leaves(own)) if own.exists() else set())
    if path.stem.startswith("_") and path.parent.name in discovery.ROOMS:
        charts = [one for one in path.parent.glob("[!_]*.py") if path in _drawn_with(one)]
        keys |= set.intersection(*(set(leaves(one.with_suffix(".toml"))) for one in charts)) if charts else set()
    room = path.relative_to(PROJECT / "sejong_dash").parts[0] if PROJECT / "sejong_dash" in path.parents else ""
    if room == "exports":  # what a writer is made of uses the writer's words
        keys |= {key for file in path.parent.glob("*.toml") for key in leaves(file)}
    if room in ("ui", "api", "exports", "exhibits"):
        keys |= _of_every_chart() | {"unit", "message", "credit"}  # what a chart says of itself, always or if it can
        keys |= {"basis", "basis_name", "sources", "stamp", "sample", "plan", "state"}  # what its caption adds
        keys |= set(leaves(ERRORS))
    if path.name == "shell.py":
        keys |= set.intersection(*(set(leaves(page.with_suffix(".toml"))) for page in discovery.PAGE_FILES))
    return keys


def test_every_key_that_is_asked_for_exists() -> None:
    for path in CODE:
        asked = list(_asked(path.read_text(encoding="utf-8")))
        known = _known(path) if asked else set()
        for line, pattern in asked:
            found = any(re.fullmatch(pattern, key) for key in known) or pattern == r"columns\..+"
            assert found, f"{_place(path)}, line {line}: {pattern} is said nowhere"


@cache
def _used(path: Path) -> tuple[set[str], list[str]]:
    """Texts of a module that may be keys, and the patterns of those that are put together."""
    found = source_trees.nodes(path.read_text(encoding="utf-8"))
    exact = {node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    joined = [_pattern(node) for node in found if isinstance(node, ast.JoinedStr)]
    return exact, [one for one in joined if re.match(r"[a-z_]{2,}(\\\.|_)", one)]


def _unused(keys: set[str], files: list[Path]) -> set[str]:
    exact = set().union(*(_used(file)[0] for file in files))
    patterns = [one for file in files for one in _used(file)[1]]
    return {key for key in keys - exact if not any(re.fullmatch(one, key) for one in patterns)}


def test_every_shared_word_is_used() -> None:
    assert _unused(set(leaves(SHARED)), CODE) == set()


@pytest.mark.parametrize("name", discovery.NAMES)
def test_every_word_of_a_chart_is_used(name: str) -> None:
    file = Path(str(discovery.module(name).__file__))
    own = {key for key in leaves(file.with_suffix(".toml")) if not key.startswith("columns.")}
    assert _unused(own - {"title", "message", "empty", "unit", "credit"}, [file, *_drawn_with(file)]) == set()
    assert {"title", "empty"} <= own


def test_every_problem_of_a_table_has_its_sentence_and_every_sentence_its_problem() -> None:
    files = sorted((PROJECT / "sejong_dash" / "datasets").rglob("*.py"))
    files.append(PROJECT / "sejong_dash" / "intake" / "gate_log" / "gate_counts.py")  # a log is refused as a table is
    named = set()
    for file in files:
        for node in source_trees.nodes(file.read_text(encoding="utf-8")):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "Problem"
                and isinstance(node.args[0], ast.Constant)
            ):
                named.add(node.args[0].value)
            if isinstance(node, ast.keyword) and node.arg == "name" and isinstance(node.value, ast.Constant):
                named.add(str(node.value.value).partition(":")[0])  # a rule over whole rows
            if isinstance(node, ast.keyword) and node.arg == "problem" and isinstance(node.value, ast.Constant):
                named.add(str(node.value.value))  # of a reader of cells
            if isinstance(node, ast.FunctionDef) and node.name == "_problem_of":
                named |= {str(one.value) for one in ast.walk(node) if isinstance(one, ast.Constant)} & _problems()
    assert named == _problems()


def _problems() -> set[str]:
    return {key.removeprefix("problem.") for key in leaves(ERRORS) if key.startswith("problem.")}


def _columns(path: Path) -> set[str]:
    return {key.removeprefix("columns.") for key in leaves(path) if key.startswith("columns.")}


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


@pytest.mark.parametrize("path", sorted(discovery.DATA.glob("*.csv")), ids=lambda path: path.stem)
def test_the_words_of_a_table_are_those_of_its_columns(path: Path) -> None:
    header = _header(path)
    assert len(set(header)) == len(header)
    assert _columns(path.with_suffix(".toml")) == set(header)
    assert {"title", "about"} <= set(leaves(path.with_suffix(".toml")))
    sample = path.parent / "sample" / path.name
    assert not sample.exists() or _header(sample) == header


@pytest.mark.dear
@pytest.mark.parametrize("name", discovery.NAMES)
def test_the_words_of_a_chart_are_those_of_its_columns(name: str) -> None:
    tables = [discovery.table_of(name, choices) for choices in discovery.CASES]
    there = {str(column) for table in tables if len(table) for column in table.columns}
    shared = {key.removeprefix("columns.") for key in leaves(SHARED) if key.startswith("columns.")}
    own = _columns(Path(str(discovery.module(name).__file__)).with_suffix(".toml"))
    assert there - shared <= own, "columns without words"
    assert own <= there, "words for columns that are not there"


def test_no_file_repeats_what_the_shared_words_have() -> None:
    """The files of `data/` are not asked: whoever keeps a table reads all of its columns in one place."""
    shared, own = leaves(SHARED), [path for path in TOMLS if discovery.DATA not in path.parents and path != SHARED]
    assert [(_place(path), key) for path in own for key, texts in leaves(path).items() if shared.get(key) == texts] == []


def test_every_shared_column_is_one_of_a_chart_without_words_of_its_own_for_it() -> None:
    without: set[str] = set()
    for name in discovery.NAMES:
        own = _columns(Path(str(discovery.module(name).__file__)).with_suffix(".toml"))
        without |= {*discovery.table_of(name, discovery.told(name, discovery.BASE)).columns} - own
    assert _columns(SHARED) - without == set()


def test_words_write_numbers_and_dates_as_their_language_does() -> None:
    ko, ja, en = (words.shared(lang) for lang in words.LANGUAGES)
    assert [one.number(1234567) for one in (ko, ja, en)] == ["1,234,567"] * 3
    assert (ko.percent(0.5586), en.signed(-1200), en.signed(0)) == ("55.9%", "−1,200", "0")
    day = date(2026, 5, 6)
    assert [one.date(day) for one in (ko, ja, en)] == ["2026년 5월 6일", "2026年5月6日", "6 May 2026"]
    assert [one.short_date(day) for one in (ko, ja, en)] == ["5월 6일(수)", "5月6日（水）", "Wed 6 May"]
    assert [one.date(day, "year") for one in (ko, ja, en)] == ["2026년", "2026年", "2026"]
    assert [one.date(date(2026, 3, 1), "season") for one in (ko, ja, en)] == ["2026년 봄", "2026年春", "spring 2026"]
    assert "2026년 5월 6일" in ko.span(None, day, "day")
    assert ko.span(None, day, "day") != ko.span(day, None, "day")
    assert en.span(date(2026, 1, 1), date(2026, 12, 31), "year") == "2026"
    assert en.span(None, None, "day") == ""
    with pytest.raises(KeyError):
        en("no such word")
