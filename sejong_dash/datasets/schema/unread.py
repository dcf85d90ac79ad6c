"""Describe why a file of the data folder cannot be opened."""

from pathlib import Path

from sejong_dash.errors import Problem, TableError
from sejong_dash.paths import live_dir

from .table_files import shown_name


def unread(path: Path, name: str, error: OSError) -> TableError:
    """Return the error for a file that is missing or cannot be read; it never holds the path on the server."""
    if isinstance(error, FileNotFoundError) and shown_name(path) != path.name:
        problem = Problem("query_unanswered")
    elif isinstance(error, FileNotFoundError):
        place = path.relative_to(live_dir()).as_posix()
        problem = Problem("dangling_link", expected=place) if path.is_symlink() else Problem("file_missing", expected=place)
    elif isinstance(error, IsADirectoryError):
        problem = Problem("is_folder")
    else:  # another program holds the file, or the server may not read it
        problem = Problem("unreadable", found=error.strerror or type(error).__name__)
    return TableError(name, shown_name(path), [problem])
