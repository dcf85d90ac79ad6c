"""Check that what the documents name exists: commands, paths, addresses, variables, tables.

Each rule takes the documents and the project's folder, and yields a sentence for each breach, so that the same rule judges
the project's documents and the broken ones that prove it (test_documents.py).
"""

import ast
import csv
import importlib.util
import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

import source_trees
from address_parameters import UNKNOWN, read_parameters
from repository_rules import tracked

from sejong_dash import words
from sejong_dash.api import asked_file, catalogue
from sejong_dash.api.problem_document import RequestError
from sejong_dash.errors import AddressError

LONGEST_README = 120  # lines
_SHELLS = {"sh", "powershell"}
_TABLE_HEADINGS = {"table", "표", "表"}
_PLACEHOLDER = "NAME"
_READERS = {"environ", "environ.get", "getenv"}
Places = Iterator[tuple[Path, int, str]]  # document, line, what stands there


def documents(project: Path) -> list[Path]:
    """Return the documents that are checked."""
    return [*sorted(project.glob("README*.md")), project / "CONTRIBUTING.md", *sorted((project / "docs").glob("*.md"))]


def spans(files: Sequence[Path]) -> Places:
    """Whatever stands in backticks, outside of blocks."""
    for file in files:
        is_block = False
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
            is_block ^= line.startswith("```")
            if not is_block:
                yield from ((file, number, span) for span in re.findall(r"`([^`]+)`", line))


def commands(files: Sequence[Path]) -> Places:
    """The spans, and the lines of blocks that a shell would run, without their comments."""
    yield from spans(files)
    for file in files:
        language = ""
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
            if line.startswith("```"):
                language = "" if language else line.removeprefix("```").strip() or "text"
            elif language in _SHELLS:
                yield file, number, line.partition(" #")[0].strip()


def make_targets_exist(files: Sequence[Path], project: Path) -> Iterator[str]:
    """Every target of make that is named is in the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (project / "Makefile").read_text("utf-8"), re.MULTILINE))
    for file, number, command in commands(files):
        if found := re.match(r"(?:[A-Z_]+=\S+ )*make\b(.*)", command):
            words = re.sub(r'[A-Z_]+=("[^"]*"|\S+)', "", found.group(1)).split()
            yield from (f"{file.name}:{number}: make {word} is no target" for word in words if word not in targets)


def modules_exist(files: Sequence[Path], project: Path) -> Iterator[str]:
    """Every `python -m` names a module of the project, or one that is installed."""
    for file, number, command in commands(files):
        for name in re.findall(r"\b(?:python[\d.]*|py(?: -[\d.]+)?) -m ([\w.]+)", command):
            place = project.joinpath(*name.split("."))
            if (project / name.partition(".")[0]).is_dir():
                is_there = place.with_suffix(".py").is_file() or (place / "__main__.py").is_file()
            else:
                is_there = importlib.util.find_spec(name) is not None
            if not is_there:
                yield f"{file.name}:{number}: python -m {name} is no module"


def links_exist(files: Sequence[Path], project: Path) -> Iterator[str]:
    """Every relative link leads to a file or a folder."""
    for file in files:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
            for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", line):
                if not re.match(r"[a-z]+:", target) and not (file.parent / target).exists():
                    yield f"{file.name}:{number}: the link to {target} leads nowhere"


def paths_exist(files: Sequence[Path], project: Path) -> Iterator[str]:
    """Every path below a folder of the project, those that it makes when it runs, and patterns such as pages/NAME.py."""
    folders = _folders(project)
    for file, number, command in commands(files):
        for word in command.replace("\\", "/").split():
            top, slash, rest = word.partition("/")
            if not slash or top not in folders:
                continue
            pattern = word.rstrip("/").replace(_PLACEHOLDER, "*")
            texts = _texts_in_code(project)
            is_made = word in texts or (top == "data" and rest.partition("/")[0] in texts)
            if not (is_made or any(project.glob(pattern))):
                yield f"{file.name}:{number}: the path {word} does not exist"


@cache
def _folders(project: Path) -> set[str]:
    """The names of the folders in the project's own."""
    return {path.relative_to(project).parts[0] for path in tracked(project) if path.parent != project}


@cache
def _texts_in_code(project: Path) -> set[str]:
    """Every text that stands in the dashboard's code."""
    return {
        node.value
        for path in sorted((project / "sejong_dash").rglob("*.py"))
        for node in source_trees.nodes(path.read_text("utf-8"))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def pages_exist(files: Sequence[Path], project: Path) -> Iterator[str]:
    """Every address leads to a page by parameters that are read; and a README that names pages names all of them."""
    pages = words.in_order((project / "pages").glob("*.toml"))
    paths = {"" if page == pages[0] else page.stem for page in pages}
    read = read_parameters(project)
    named: dict[Path, set[str]] = {}
    for file, number, span in spans(files):
        if not (found := re.fullmatch(r"/([a-z_]*)(?:\?(.*))?", span)):
            continue
        named.setdefault(file, set()).add(found.group(1))
        if found.group(1) not in paths:
            yield f"{file.name}:{number}: there is no page {span}"
        for name, _ in parse_qsl(found.group(2) or ""):
            if not _is_read(name, read, project):
                yield f"{file.name}:{number}: no page reads {name}"
    for file in files:
        if file.name.startswith("README"):
            yield from (f"{file.name}: the page /{page} is not named" for page in sorted(paths - named.get(file, set())))


def files_are_there(files: Sequence[Path], project: Path) -> Iterator[str]:
    """Every address below `/export/` is that of a file, with parameters that it takes; capitals stand for any name."""
    for file in files:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
            for path, query in re.findall(r"/export/([\w/.-]*)(?:\?([^\s\"`]*))?", line):
                if path in ("", catalogue.OPENAPI) or re.fullmatch(
                    r"(?:[a-z]+/)?[A-Za-z]+\.[A-Z]+|(?:[a-z]+/)?[A-Z]+\.[a-z]+", path
                ):
                    continue
                try:
                    asked_file.find(path, parse_qsl(query, keep_blank_values=True))
                except (RequestError, AddressError):
                    yield f"{file.name}:{number}: there is no file /export/{path} with {query or 'no parameters'}"


def _is_read(name: str, read: Collection[str], project: Path) -> bool:
    """Whether a parameter is read. One such as show_NAME is, where NAME is a module of the dashboard."""
    beginnings = [each.removesuffix(UNKNOWN) for each in read if each.endswith(UNKNOWN)]
    rests = [name.removeprefix(beginning) for beginning in beginnings if name.startswith(beginning)]
    return name in read or any(any((project / "sejong_dash").rglob(f"{rest}.py")) for rest in rests if rest)


def parameters_are_described(files: Sequence[Path], project: Path) -> Iterator[str]:
    """addresses.md describes the parameters that the dashboard reads, and no others."""
    read = read_parameters(project)
    for file in files:
        if file.name == "addresses.md":
            described = first_cells(file, {"parameter"})
            yield from (f"{file.name}: no page reads {name}" for name in sorted(described) if not _is_read(name, read, project))
            for name in sorted(read):
                if not any(each.startswith(name[:-1]) if name.endswith(UNKNOWN) else each == name for each in described):
                    yield f"{file.name}: {name} is read and not described"


def first_cells(file: Path, headings: set[str]) -> set[str]:
    """What stands in backticks in the first column of each table whose first heading is one of these."""
    found: set[str] = set()
    is_header, is_wanted = True, False
    for line in file.read_text("utf-8").splitlines():
        if not line.startswith("|"):
            is_header = True
            continue
        first = line.split("|")[1].strip()
        is_wanted = first in headings if is_header else is_wanted
        is_header = False
        if is_wanted:
            found.update(re.findall(r"`([^`]+)`", first))
    return found


def variables_are_read(files: Sequence[Path], project: Path) -> Iterator[str]:
    """Every SEJONG_* variable that documents name is read by the dashboard or its tests, and the other way round."""
    read = _variables(project / "sejong_dash") | _variables(project / "tests")
    named: set[str] = set()
    for file in files:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
            names = set(re.findall(r"\bSEJONG_[A-Z_]+", line))
            named |= names
            yield from (f"{file.name}:{number}: nothing reads {name}" for name in sorted(names - read))
    yield from (f"{name} is read and no document names it" for name in sorted(read - named))


@cache
def _variables(folder: Path) -> set[str]:
    """The SEJONG_* variables of the environment that modules below a folder read."""
    found: set[str] = set()
    for path in sorted(folder.rglob("*.py")):
        source = path.read_text("utf-8")
        for node in source_trees.nodes(source) if "environ" in source or "getenv" in source else ():
            if isinstance(node, ast.Subscript):
                reader, name = ast.unparse(node.value), node.slice
            elif isinstance(node, ast.Call) and node.args:
                reader, name = ast.unparse(node.func), node.args[0]
            else:
                continue
            if reader.removeprefix("os.") in _READERS and isinstance(name, ast.Constant):
                found.update(re.findall(r"^SEJONG_[A-Z_]+$", str(name.value)))
    return found


def tables_are_described(files: Sequence[Path], project: Path) -> Iterator[str]:
    """Each manual describes the tables of data/, and no others."""
    tables = {path.stem for path in (project / "data").glob("*.csv")}
    for file in files:
        if file.name.startswith("manual"):
            described = first_cells(file, _TABLE_HEADINGS)
            yield from (f"{file.name}: there is no table {name}" for name in sorted(described - tables))
            yield from (f"{file.name}: the table {name} is not described" for name in sorted(tables - described))


def columns_exist(files: Sequence[Path], project: Path) -> Iterator[str]:
    """A row of headings, such as plan_id,scope,visitors, is that of a table."""
    headings = set()
    for path in (project / "data").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as table:
            headings.add(",".join(next(csv.reader(table))))
    for file, number, span in spans(files):
        if re.fullmatch(r"[a-z_]+(,[a-z_]+){2,}", span) and span not in headings:
            yield f"{file.name}:{number}: no table has the columns {span}"


def readme_is_short(files: Sequence[Path], project: Path) -> Iterator[str]:
    """A README is read in one reading."""
    for file in files:
        lines = len(file.read_text("utf-8").splitlines())
        if file.name.startswith("README") and lines > LONGEST_README:
            yield f"{file.name}: {lines} lines, more than {LONGEST_README}"


RULES = (
    make_targets_exist,
    modules_exist,
    links_exist,
    paths_exist,
    pages_exist,
    files_are_there,
    parameters_are_described,
    variables_are_read,
    tables_are_described,
    columns_exist,
    readme_is_short,
)
