"""Hold the tables that people keep: one module a table, with its schema and a `load()` that reads and checks it.

`snapshot(version)` hands them out together.
"""

from .tables import Tables, snapshot

__all__ = ["Tables", "snapshot"]
