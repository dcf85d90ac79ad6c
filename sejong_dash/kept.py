"""Keeps what functions return, so that a run of a page makes nothing anew whose inputs did not change.

Streamlit's own cache writes every argument as bytes and hashes them at each call, which was a fifth of a run of the overview
(docs/performance.md); here equal arguments are found by their own hash.
"""

import inspect
from collections.abc import Callable, Hashable
from threading import Condition
from typing import Any, ParamSpec, TypeVar

from cachetools import LRUCache, cached

P = ParamSpec("P")
T = TypeVar("T")
_CLEAR: list[Callable[[], None]] = []


def kept(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a decorator that keeps the `most` results that were asked for last.

    Arguments are compared by value and must be hashable; those whose names begin with `_` are not compared. Who asks for a result
    that is being made waits for it. What is raised is not kept.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        compared = [not name.startswith("_") for name in inspect.signature(function).parameters]

        def key(*given: Any, **named: Any) -> Hashable:
            own = tuple(value for value, is_compared in zip(given, compared, strict=False) if is_compared)
            return (own, tuple((name, named[name]) for name in sorted(named) if name[0] != "_")) if named else own

        keeping = cached(LRUCache[Hashable, T](most), key=key, condition=Condition())(function)
        _CLEAR.append(keeping.cache_clear)
        return keeping

    return decorate


def also_clear(forget: Callable[[], None]) -> None:
    """Have `clear` empty another cache as well."""
    _CLEAR.append(forget)


def clear() -> None:
    """Forget all that is kept, for tests that put something else in the place of what makes it."""
    for forget in _CLEAR:
        forget()
