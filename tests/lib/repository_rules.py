"""Finds where a rule that holds for every file of the repository is broken, as house_rules.py does for the program."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import source_trees


def tracked(root: Path) -> list[Path]:
    """Every file that is, or is about to be, in the repository; without git, every file but those that were made."""
    try:
        said = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=root, capture_output=True, check=True
        ).stdout
        files = [root / name for name in said.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        files = [
            path
            for path in root.rglob("*")
            if not any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(root).parts)
        ]
    return [path for path in files if path.is_file()]


def files_are_short_and_described(root: Path) -> Iterator[str]:
    """At most 300 lines, and a statement of what the module does on top."""
    for path in tracked(root):
        if path.suffix == ".py":
            source = path.read_text(encoding="utf-8")
            if len(source.splitlines()) > 300:
                yield f"{path.relative_to(root)}: {len(source.splitlines())} lines"
            docstring = ast.get_docstring(source_trees.parsed(source))
            if not docstring:
                yield f"{path.relative_to(root)}: no docstring"
            elif docstring.splitlines()[0].endswith("?"):
                yield f"{path.relative_to(root)}: asks, and does not say what it does"


# In brackets, so that this file does not hold what it looks for.
_MACHINE = re.compile(
    r"(?<![\w.])/(?:tm[p]|wor[k]|hom[e]|roo[t]|op[t]|User[s])/\w|[A-Z]:\\\\?User[s]|file:/[/]/"
    r"|pyp[i]\.|pythonhoste[d]|npmj[s]|--(?:extra-)?index-ur[l]|--find-link[s] |--trusted-hos[t] "
)


def no_machine_is_named(root: Path) -> Iterator[str]:
    """No path of one machine and no address of a package registry."""
    for path in tracked(root):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        for number, line in enumerate(text.splitlines(), start=1):
            if found := _MACHINE.search(line):
                yield f"{path.relative_to(root)}:{number}: {found.group()}"
