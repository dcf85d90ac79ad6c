"""Name the file that a table is read from: `NAME.csv`, or the last good answer of the query in `NAME.sql`."""

from pathlib import Path

from sejong_dash.errors import Problem, TableError
from sejong_dash.paths import data_dir

ANSWERS = "queried"  # the folder of answers, beside the queries: whoever looks at it sees what the pages see


def table_file(name: str, folder: str = "", version: str = "") -> Path:
    """Return the file from which a table of a version is read; it may be missing. Raises TableError where there is a query and
    a file beside it, since nobody could know which of them counts."""
    place = data_dir(version) / folder
    query = place / f"{name}.sql"
    if not query.is_file():
        return place / f"{name}.csv"
    if (place / f"{name}.csv").is_file():
        raise TableError(name, query.name, [Problem("two_sources", expected=f"{name}.csv")])
    return answer_file(query)


def answer_file(query: Path) -> Path:
    """Return the file of a query's last good answer."""
    return query.parent / ANSWERS / f"{query.stem}.csv"


def shown_name(file: Path) -> str:
    """Return the name under which problems of a table's file are reported: that of the query whose answer it is."""
    return f"{file.stem}.sql" if file.parent.name == ANSWERS else file.name
