"""Parses a source text once for all tests that look at it."""

import ast
from functools import cache


@cache
def parsed(source: str) -> ast.Module:
    """Return the tree of a source text; callers must not change it."""
    return ast.parse(source)


@cache
def nodes(source: str) -> tuple[ast.AST, ...]:
    """Return every node of the tree of a source text, as `ast.walk` yields them."""
    return tuple(ast.walk(parsed(source)))
