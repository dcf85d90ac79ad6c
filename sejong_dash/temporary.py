"""Gives a program a folder of its own for temporary files, so that nothing is left of what was ended in the middle.

A Chrome that is ended while it starts leaves the folder of its profile behind, whoever made it.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def own_folder() -> Iterator[None]:
    """Have this process and those that it begins make their temporary files in a folder that is removed at the end."""
    before, named = tempfile.tempdir, os.environ.get("TMPDIR")
    folder = tempfile.mkdtemp(prefix="sejong-")
    tempfile.tempdir = os.environ["TMPDIR"] = folder
    try:
        yield
    finally:
        tempfile.tempdir = before
        if named is None:
            os.environ.pop("TMPDIR", None)
        else:
            os.environ["TMPDIR"] = named
        shutil.rmtree(folder, ignore_errors=True)
