"""Find the parameters of an address that the dashboard reads, from its source.

A parameter is read by a function `read_choice`, whose first argument names it. Most names are handed down through a few
functions, so each call of such a function is followed up to where the name is written.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import source_trees

READER = "read_choice"
UNKNOWN = "*"  # the part of a name that is put together when the program runs


@dataclass(frozen=True)
class Module:
    """A module's functions, and what its imported names stand for, by dotted name."""

    functions: dict[str, ast.FunctionDef]
    imports: dict[str, str]


@cache
def read_parameters(project: Path) -> frozenset[str]:
    """Return the name of every parameter that is read; `show_*` for names of which only the beginning is written."""
    modules = {name: module for name, module in _modules(project)}
    functions = {f"{name}.{key}": (name, node) for name, module in modules.items() for key, node in module.functions.items()}
    found: set[str] = set()
    readers: dict[str, set[tuple[str, str]]] = {}  # function -> its arguments that name a parameter, each with a prefix
    is_new = True
    while is_new:
        is_new = False
        for function, (module, node) in functions.items():
            for expression, prefix in _names_read(node, module, modules, functions, readers):
                argument, text = _origin(expression, node)
                if argument is None:
                    found.add(prefix + text)
                elif (entry := (argument, prefix + text)) not in readers.setdefault(function, set()):
                    readers[function].add(entry)
                    is_new = True
    return frozenset(found)


def _modules(project: Path) -> Iterator[tuple[str, Module]]:
    for path in sorted((project / "sejong_dash").rglob("*.py")):
        relative = path.relative_to(project).with_suffix("")
        package = relative.parts[:-1]
        name = ".".join(package if path.stem == "__init__" else relative.parts)
        source = path.read_text("utf-8")
        tree = source_trees.parsed(source)
        bodies = (tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef)))
        functions = {node.name: node for body in bodies for node in body if isinstance(node, ast.FunctionDef)}
        imports: dict[str, str] = {}
        for node in source_trees.nodes(source):
            if isinstance(node, ast.ImportFrom):
                base = package[: len(package) - node.level + 1] if node.level else ()
                base += tuple(node.module.split(".")) if node.module else ()
                imports |= {alias.asname or alias.name: ".".join((*base, alias.name)) for alias in node.names}
        yield name, Module(functions, imports)


def _names_read(
    function: ast.FunctionDef,
    module: str,
    modules: dict[str, Module],
    functions: dict[str, tuple[str, ast.FunctionDef]],
    readers: dict[str, set[tuple[str, str]]],
) -> Iterator[tuple[ast.expr, str]]:
    """Each expression in a function that names a parameter, and what stands before it in the name."""
    yield from ((node, "") for node in _asked_directly(function))
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        keywords = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
        target = _resolve(call.func, module, modules)
        if target.rpartition(".")[2] == READER and call.args:
            yield call.args[0], ""
        for argument, prefix in tuple(readers.get(target, ())):
            named = _given(call, keywords, argument, functions[target][1])
            if named is not None:
                yield named, prefix


def _asked_directly(function: ast.FunctionDef) -> Iterator[ast.Constant]:
    """The names in `st.query_params["name"]` and `st.query_params.get("name")`."""
    for node in ast.walk(function):
        if isinstance(node, ast.Subscript):
            holder, names = node.value, [node.slice]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
            holder, names = node.func.value, node.args[:1]
        else:
            continue
        if isinstance(holder, ast.Attribute) and holder.attr == "query_params":
            yield from (name for name in names if isinstance(name, ast.Constant))


def _resolve(called: ast.expr, module: str, modules: dict[str, Module]) -> str:
    """The dotted name of what is called; blank where it is not a function of the project."""
    if isinstance(called, ast.Name):
        if called.id in modules[module].functions:
            return f"{module}.{called.id}"
        return _follow(modules[module].imports.get(called.id, ""), modules)
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        home = modules[module].imports.get(called.value.id, "")
        return _follow(f"{home}.{called.attr}", modules) if home else ""
    return ""


def _follow(name: str, modules: dict[str, Module]) -> str:
    """The function behind a name that a package hands on from one of its modules."""
    home, _, last = name.rpartition(".")
    handed_on = modules[home].imports.get(last) if home in modules and last not in modules[home].functions else None
    return _follow(handed_on, modules) if handed_on and handed_on != name else name


def _given(call: ast.Call, keywords: dict[str, ast.expr], argument: str, function: ast.FunctionDef) -> ast.expr | None:
    """What a call gives for an argument, or its default."""
    names = [each.arg for each in function.args.args]
    place = names.index(argument) if argument in names else len(call.args)
    if place < len(call.args):
        return call.args[place]
    if argument in keywords:
        return keywords[argument]
    defaults = dict(zip(reversed(names), reversed(function.args.defaults), strict=False))
    return defaults.get(argument)


def _origin(expression: ast.expr, function: ast.FunctionDef) -> tuple[str | None, str]:
    """The function's argument that an expression is made of (None: none) and the text before it."""
    if isinstance(expression, ast.Name):
        assigned = [
            node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign)
            and any(isinstance(goal, ast.Name) and goal.id == expression.id for goal in node.targets)
        ]
        expression = assigned[-1] if assigned else expression
    before = ""
    if isinstance(expression, ast.JoinedStr) and isinstance(expression.values[0], ast.Constant):
        before = str(expression.values[0].value)
        inner = expression.values[1] if len(expression.values) == 2 else None
        expression = inner.value if isinstance(inner, ast.FormattedValue) else expression
    if isinstance(expression, ast.Constant):
        return None, before + str(expression.value)
    arguments = {each.arg for each in (*function.args.args, *function.args.kwonlyargs)}
    if isinstance(expression, ast.Name) and expression.id in arguments:
        return expression.id, before
    return None, before + UNKNOWN
