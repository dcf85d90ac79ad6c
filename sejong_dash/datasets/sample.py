"""At the end of which day does the sample stand?"""

from datetime import date

from .. import words
from ..errors import Problem, TableError
from ..paths import data_dir


def as_of() -> date:
    """The day that the sample is made to be looked at, from `data/sample/sample.toml`. Raises TableError."""
    path = data_dir() / "sample" / "sample.toml"
    if not path.is_file():
        raise TableError("sample", path.name, [Problem("file_missing", expected=str(path))])
    try:
        day = words.settings(path).get("as_of")
    except ValueError as error:  # TOML that cannot be parsed, or not UTF-8
        raise TableError("sample", path.name, [Problem("not_toml", found=str(error))]) from error
    if not isinstance(day, date):
        raise TableError("sample", path.name, [Problem("not_a_date", column="as_of", found=str(day))])
    return day
