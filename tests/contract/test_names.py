"""One noun, one class, one module name across the project; and docstrings that state."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from source_trees import nodes, parsed

from sejong_dash.paths import PROJECT

CODE = sorted((PROJECT / "sejong_dash").rglob("*.py"))
REGISTRIES = {"charts", "maps", "cards", "decks", "datasets"}  # what belongs to a table bears its name, and each has a Schema
RIDDLES = {"one", "said", "told", "tell", "tried", "wish", "ears", "rehearsal", "complaint", "whereabouts"}


def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _room(path: Path) -> str:
    return path.relative_to(PROJECT / "sejong_dash").parts[0]


def twice(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: places for name, places in found.items() if len(places) > 1}


def test_a_class_has_a_name_of_its_own() -> None:
    classes: dict[str, list[str]] = defaultdict(list)
    for path in CODE:
        for node in nodes(_source(path)):
            if isinstance(node, ast.ClassDef) and not (node.name == "Schema" and _room(path) == "datasets"):
                classes[node.name].append(path.name)
    assert twice(classes) == {}


def test_a_module_has_a_name_of_its_own() -> None:
    modules: dict[str, list[str]] = defaultdict(list)
    for path in CODE:
        if not path.stem.startswith("__") and _room(path) not in REGISTRIES:
            modules[path.stem].append(str(path.relative_to(PROJECT)))
    assert twice(modules) == {}


def glossary(text: str) -> list[tuple[str, list[str], str]]:
    """Return each word of the glossary with its classes and its module."""
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| ([^|]*)\| `([^`]+)` \|$", text.partition("## Glossary")[2], re.MULTILINE)
    return [(word.strip(), re.findall(r"`(\w+)`", classes), module) for word, classes, module in rows]


def test_each_word_of_the_glossary_is_what_the_code_calls_it() -> None:
    found = glossary((PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8"))
    assert len(found) > 30
    assert len({word for word, _, _ in found}) == len(found)
    wrong = []
    for word, classes, module in found:
        path = PROJECT / "sejong_dash" / module
        defined = {node.name for node in parsed(_source(path)).body if isinstance(node, ast.ClassDef)} if path.exists() else set()
        wrong += [f"{word}: {name} is not in {module}" for name in classes if name not in defined]
        wrong += [] if path.exists() else [f"{word}: there is no {module}"]
    assert wrong == []


def test_a_word_that_the_code_calls_otherwise_is_noticed() -> None:
    assert glossary("## Glossary\n| pace | where it stands | `Pace` | `a/b.py` |\n") == [("pace", ["Pace"], "a/b.py")]


def names(source: str) -> Iterator[str]:
    """Every name that a module gives to something."""
    for node in nodes(source):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


def questions(source: str) -> Iterator[str]:
    """The first line of every docstring that asks."""
    for node in nodes(source):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = (ast.get_docstring(node) or "").partition("\n")[0]
            if first.endswith("?"):
                yield first


def test_names_are_plain_and_docstrings_state() -> None:
    for path in CODE:
        source = _source(path)
        assert RIDDLES & {name.strip("_").lower() for name in names(source)} == set(), path
        assert list(questions(source)) == [], path
        assert ast.get_docstring(parsed(source)), path


def test_a_riddle_and_a_question_are_noticed() -> None:
    source = 'def _ears(said):\n    """What is heard?"""\n    for one in said:\n        pass\n'
    assert {"_ears", "said", "one"} <= set(names(source))
    assert list(questions(source)) == ["What is heard?"]


def test_a_module_is_short_and_a_folder_is_small() -> None:
    long = {path.name: lines for path in CODE if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 250}
    assert long == {}
    folders: dict[str, int] = defaultdict(int)
    for path in CODE:
        folders[str(path.parent.relative_to(PROJECT))] += path.stem != "__init__"
    reasons = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
    full = {folder for folder, count in folders.items() if count > 15}
    assert {folder for folder in full if f"`{folder.removeprefix('sejong_dash/')}/`" not in reasons} == set()
