"""Texts that would do harm where text is taken for something else, and data in which every free text is one of them."""

import csv
import re
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

from sejong_dash.errors import TableError

TEXTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-' onmouseover=alert(1) x='",
    "</script><img src=x onerror=alert(1)>",
    "</style><img src=x onerror=alert(1)>",
    "<!--",
    "]]><a/>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "javascript:alert(1)",
    "![a](http://evil.example/a.png)",
    "[a](javascript:alert(1))",
    "$\\href{javascript:alert(1)}{a}$ :red[a] :material/home:",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example","a")',
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "＝1+1",
    "＠SUM(1+1)",
    "\u200b=1+1",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "file:" + "///etc/passwd",
    "{{7*7}}",
    "{%raw%}{0}{title}{",
    "${7*7} #{7*7} <%= 7*7 %>",
    "%s%n%(x)s",
    "'; DROP TABLE visitors;--",
    '" OR ""="',
    "a" * 500,
    "Ω≈ç√ 𝔘𝔫𝔦 👩‍👩‍👧 e\u0301",
)
UNSEEN = ("a\x00b", "a\x07b", "a\x1b[31mb", "a\x85b", "a\u202eb", "a\u2066b", "a\u2028b", "a\ufffeb")
_ALONE = re.compile(r"alert\(1\)|http://evil\.example")


class Markup(HTMLParser):
    """Finds in a document what a browser would run or fetch because of one of the texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._script: list[str] | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = [] if tag == "script" else None
        for name, value in attrs:
            target = (value or "").strip().lower()
            if name.startswith("on") or (name in ("href", "src", "action", "style") and _ALONE.search(target)):
                self.found.append(f"<{tag} {name}={value}>")
            if name in ("href", "src") and target.startswith(("javascript:", "file:")):
                self.found.append(f"<{tag} {name}={value}>")

    def handle_data(self, data: str) -> None:
        if self._script is not None and data.strip() == "alert(1)":
            self.found.append(f"<script>{data}")

    def handle_endtag(self, tag: str) -> None:
        self._script = None


def files(data: Path) -> list[Path]:
    """The tables of a folder."""
    return sorted([*data.glob("*.csv"), *data.glob("sample/*.csv")])


def rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.reader(opened))


def write(file: Path, rows: list[list[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(rows)


def load(file: Path) -> None:
    """Load the table of a file. Raises TableError."""
    table = import_module(f"sejong_dash.datasets.{file.stem}")
    if file.stem in ("visitors", "bookings"):
        table.load(file.parent.name == "sample")
    else:
        table.load()


def free_columns(file: Path) -> list[int]:
    """The columns of a table in which any text may stand; names by which rows are found are left as they are."""
    rows = rows_of(file)
    left = [place for place, name in enumerate(rows[0]) if not name.endswith("_id")]
    try:
        while left:  # in all of them at once, without those that are complained of
            write(file, [rows[0], ["any text" if place in left else cell for place, cell in enumerate(rows[1])], *rows[2:]])
            try:
                load(file)
            except TableError as error:
                refused = {problem.column for problem in error.problems}
                kept = [place for place in left if rows[0][place] not in refused]
                if kept == left:
                    raise
                left = kept
            else:
                break
    finally:
        write(file, rows)
    return left


def poison(data: Path) -> dict[str, list[str]]:
    """Write one of the texts into every free cell; return the free columns of each table by name."""
    poisoned: dict[str, list[str]] = {}
    turn = 0
    for file in files(data):
        rows = rows_of(file)
        if len(rows) < 2:
            continue
        tried = [columns] if (columns := free_columns(file)) else []
        while tried:
            columns = tried.pop(0)
            before = [list(row) for row in rows]
            for number in columns:
                for row in rows[1:]:
                    turn += 1
                    row[number] = TEXTS[turn % len(TEXTS)]
            write(file, rows)
            try:
                for each in files(data):
                    load(each)
            except TableError:  # of one of them each must be another, or others name it
                rows = before
                write(file, rows)
                half = len(columns) // 2
                tried = [part for part in (columns[:half], columns[half:]) if part and len(columns) > 1] + tried
            else:
                poisoned.setdefault(f"{file.parent.name}/{file.name}", []).extend(rows[0][number] for number in columns)
    return poisoned
