"""Finds where one of the house's rules is broken.

Each rule takes the project's folder and yields a sentence for each breach, so that the same rule judges the house and the
small broken houses that prove it (test_layers.py).
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import source_trees
from repository_rules import files_are_short_and_described, no_machine_is_named

GROUND = {"words", "theme", "errors", "paths", "choices", "basis", "contents", "console", "latest", "border", "version"}
GROUND |= {"clock", "ending", "kept", "plotly_script", "prefecture_code", "temporary"}
SHOWN = {"charts", "maps", "cards"}
BELOW = {"measures", "layout", "datasets", "intake"} | GROUND
SERVER = {"serving"}
DOOR = {"access"}
TOGETHER = {"app", "shell", "startup", "main"}  # who puts the parts together and does nothing else
ALL = {"sejong_dash", "pages", "ui", "api", "exports", "exhibits", "store", "decks", "sample", "contracts", "watch", "?"}
ALL |= TOGETHER | SHOWN | BELOW | SERVER | DOOR
# What a room may import; "?" is a name that is put together when the program runs.
MAY_IMPORT = {
    **{room: ALL for room in TOGETHER},
    "pages": {"ui"} | SHOWN,
    "ui": {"access", "exports", "exhibits", "store", "decks", "contracts"} | BELOW,
    "api": {"exports", "exhibits", "store", "decks", "contracts"} | SHOWN | BELOW,
    **{room: {"contracts"} | BELOW - {"clock"} for room in SHOWN},
    "exports": {"exhibits", "contracts", "layout"} | GROUND,
    "exhibits": {"measures", "datasets", "store", "contracts"} | GROUND,
    "measures": {"layout"} | GROUND - {"words", "theme", "paths", "contents", "clock"},
    "layout": set(),
    "intake": {"datasets"} | GROUND,
    "store": {"datasets"} | GROUND,
    "access": {"words", "contents", "paths", "errors", "border"},
    "decks": {"words", "choices", "paths", "prefecture_code"},
    "datasets": GROUND - {"theme", "choices", "words"},
    **{room: SERVER | {"paths", "errors", "border", "ending"} for room in SERVER},
    "watch": {"exhibits", "store"} | SERVER | DOOR | BELOW,
    **{room: set() for room in GROUND - {"words"} | {"sejong_dash"}},
    "sample": BELOW,
    "words": {"contents", "sentence_forms"},  # which know of no words
    "sentence_forms": set(),
    "contracts": {"choices", "words", "datasets"},
}
_DRAWERS = {"plotly", "pydeck"}
_FILES = {"pathlib", "os", "io", "shutil", "glob", "tempfile", "open"}
_NETWORK = {"requests", "urllib", "http", "httpx", "socket", "aiohttp", "ftplib", "smtplib"}
_ASKS_NOBODY = "urllib.parse."  # writes and reads addresses
NEVER = {
    "pages": {"streamlit", "pandas", "numpy", "datetime"} | _DRAWERS | _FILES,
    "ui": {"numpy"},
    "api": {"streamlit", "pandas", "numpy"} | _DRAWERS | _FILES,
    **{room: {"streamlit"} | _FILES for room in SHOWN},
    "exports": {"streamlit"},
    "exhibits": {"streamlit"} | _FILES,
    "measures": {"streamlit"} | _DRAWERS | _FILES,
    "layout": {"streamlit"} | _DRAWERS | _FILES,
    "intake": {"streamlit"} | _DRAWERS,
    "store": {"streamlit"} | _DRAWERS,
    "datasets": {"streamlit"} | _DRAWERS,
    "contracts": {"streamlit"} | _FILES,
    **{room: {"streamlit"} for room in GROUND | {"sejong_dash", "sample", "decks", "main"}},
}
NO_TILES = {"choropleth", "scattergeo", "choroplethmapbox", "scattermapbox", "density_mapbox"}  # they ask another host


def python(root: Path) -> Iterator[tuple[Path, str, ast.Module]]:
    """Every module of the dashboard: path below the root, source, tree."""
    for path in sorted([root / "app.py", *root.glob("pages/*.py"), *root.rglob("sejong_dash/**/*.py")]):
        if path.is_file():
            source = path.read_text(encoding="utf-8")
            yield path.relative_to(root), source, source_trees.parsed(source)


def room_of(path: Path) -> str:
    """sejong_dash/charts/goal_bar.py -> charts"""
    parts = path.with_suffix("").parts
    if parts[-1] == "__main__":
        return "main"
    return (
        "app"
        if parts == ("app",)
        else parts[0]
        if parts[0] != "sejong_dash"
        else parts[1]
        if parts[1] != "__init__"
        else "sejong_dash"
    )


def imported(path: Path, source: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that is imported; `from a import b` is a.b."""
    package = path.parent.parts
    for node in source_trees.nodes(source):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, one.name) for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = (*package[: len(package) - node.level + 1],) if node.level else ()
            base += tuple(node.module.split(".")) if node.module else ()
            yield from ((node.lineno, ".".join((*base, one.name))) for one in node.names)
        elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__"):
            asked = node.args[0]
            own = ast.unparse(asked).startswith("f'{__name__}.")  # a package that looks up its own modules
            yield node.lineno, ".".join(package) if own else getattr(asked, "value", "sejong_dash.?")


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def imports_point_down(root: Path) -> Iterator[str]:
    for path, source, _ in python(root):
        room = room_of(path)
        for line, name in imported(path, source):
            top, *inside = name.split(".")
            where = f"{path}:{line}: {room} imports {name}"
            if top in ("sejong_dash", "pages", "app"):
                target = inside[0] if top == "sejong_dash" and inside else top
                package = target == room
                if room in SHOWN and target == room:
                    # its own package, but none of its neighbours
                    neighbour = len(inside) > 1 and (root / "sejong_dash" / room / f"{inside[1]}.py").exists()
                    if neighbour and not inside[1].startswith("_"):  # _layers.py is no chart: it is what several draw with
                        yield f"{where}: charts, maps and cards do not know each other"
                elif room in {"ui", "api"} and target in SHOWN:
                    if len(inside) > 1 and (root / "sejong_dash" / target / f"{inside[1]}.py").exists():
                        yield f"{where}: a page hands it to ui, api finds it by its name"
                elif not package and target not in MAY_IMPORT[room]:
                    yield where
            elif top in NEVER.get(room, set()) or (
                top in _NETWORK and not name.startswith(_ASKS_NOBODY) and room not in SERVER | {"startup"}
            ):
                yield where


def no_files_by_hand(root: Path) -> Iterator[str]:
    for path, source, _ in python(root):
        if room_of(path) in {"pages", "measures", "layout"} | SHOWN:
            for node in source_trees.nodes(source):
                if isinstance(node, ast.Call) and _called(node) in {"open", "read_csv", "read_text", "read_bytes", "write_text"}:
                    yield f"{path}:{node.lineno}: {room_of(path)} reads no files"


def pages_are_thin(root: Path) -> Iterator[str]:
    never = (
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.Lambda,
        ast.For,
        ast.While,
        ast.comprehension,
        ast.Try,
        ast.If,
    )
    for path, source, tree in python(root):
        if room_of(path) != "pages":
            continue
        if len(source.splitlines()) > 40:
            yield f"{path}: more than 40 lines"
        docstring = tree.body[0].value if tree.body and isinstance(tree.body[0], ast.Expr) else None
        for node in source_trees.nodes(source):
            if isinstance(node, never):
                yield f"{path}: {type(node).__name__}"
            if isinstance(node, ast.JoinedStr) or (
                isinstance(node, ast.Constant) and isinstance(node.value, str) and node is not docstring
            ):
                yield f"{path}:{node.lineno}: words in quotes"


def _docstrings(source: str) -> set[int]:
    """Lines' constants that are docstrings, by their object."""
    found = set()
    for node in source_trees.nodes(source):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(id(first.value))
    return found


_KANA = "[あいうえおか-ぢつ-もやゆよら-ろわをんアイウエオカ-ヂツ-モヤユヨラ-ロワヲン]"
_WORD = re.compile(f"[가-힣一-鿿]|{_KANA}.*{_KANA}")
_SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z]+ [A-Za-z]{2,}")


def words_stand_in_toml(root: Path) -> Iterator[str]:
    """No Korean or Japanese in code, and in what draws no English sentence either. Marks and single kana are no words."""
    for path, source, _ in python(root):
        room, docstrings = room_of(path), _docstrings(source)
        if room not in {"ui", "api", "measures", "layout", "exports", "shell"} | SHOWN:
            continue
        for node in source_trees.nodes(source):
            said = (
                node.value
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
                else ""
            )
            if _WORD.search(said) or (room in SHOWN and _SENTENCE.search(said)):
                yield f"{path}:{node.lineno}: reader's text in quotes: {said[:40]}"


def nothing_is_swallowed(root: Path) -> Iterator[str]:
    """Who catches everything must raise again or log it whole (`handleError` is how a handler of the log itself does)."""
    for path, source, _ in python(root):
        for node in source_trees.nodes(source):
            broad = {"Exception", "BaseException"}
            if isinstance(node, ast.ExceptHandler):
                caught = {ast.unparse(one) for one in ast.walk(node.type)} & broad if node.type else broad
                kept = any(
                    isinstance(n, ast.Raise) or (isinstance(n, ast.Call) and _called(n) in {"exception", "handleError"})
                    for n in ast.walk(node)
                )
                if caught and not kept:
                    yield f"{path}:{node.lineno}: catches everything and hides it"
            if isinstance(node, ast.Call) and _called(node) == "suppress" and {ast.unparse(one) for one in node.args} & broad:
                yield f"{path}:{node.lineno}: suppresses everything"


def tables_come_from_a_snapshot(root: Path) -> Iterator[str]:
    """What is shown reads no table by itself: a snapshot has its last good state."""
    for path, source, _ in python(root):
        if room_of(path) in SHOWN | {"measures"}:
            taken = {name.split(".")[2] for _, name in imported(path, source) if name.startswith("sejong_dash.datasets.")}
            for node in source_trees.nodes(source):
                owner = getattr(getattr(node, "func", None), "value", None)
                if isinstance(node, ast.Call) and _called(node) == "load" and getattr(owner, "id", "") in taken:
                    yield f"{path}:{node.lineno}: {owner.id}.load() knows no last good state: snapshot(version) does"


def no_tiles_from_elsewhere(root: Path) -> Iterator[str]:
    for path, source, _ in python(root):
        for node in source_trees.nodes(source):
            name = getattr(node, "attr", getattr(node, "id", getattr(node, "value", "")))
            if isinstance(name, str) and name.lower() in NO_TILES:
                yield f"{path}:{getattr(node, 'lineno', 0)}: {name} asks another host for shapes"


RULES = (
    imports_point_down,
    no_files_by_hand,
    pages_are_thin,
    words_stand_in_toml,
    nothing_is_swallowed,
    tables_come_from_a_snapshot,
    no_tiles_from_elsewhere,
    files_are_short_and_described,
    no_machine_is_named,
)
