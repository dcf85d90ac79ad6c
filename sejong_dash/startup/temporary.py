"""Gives the server a folder of its own for temporary files, so that nothing is left of what was ended in the middle."""

import shutil
import tempfile
from collections.abc import Callable
from functools import partial


def own_temporary_folder() -> Callable[[], None]:
    """Have temporary files of this process made in a folder of its own, and return a function that removes it.

    A Chrome that is ended while it starts leaves the folder of its profile behind, whoever made it.
    """
    before = tempfile.tempdir
    folder = tempfile.mkdtemp(prefix="sejong-")
    tempfile.tempdir = folder
    return partial(_remove, folder, before)


def _remove(folder: str, before: str | None) -> None:
    tempfile.tempdir = before
    shutil.rmtree(folder, ignore_errors=True)
