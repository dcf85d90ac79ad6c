"""What does somebody's file say, and what in it must be mended?"""

import gc
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from ..datasets import plans
from ..errors import TableError
from . import delimited, headings, kind, web_table, workbook
from .encoding import SILENT, candidates, decode
from .intake import Candidate, Finding, Intake, Refused, empty_cells, empty_rows
from .overlap import overlaps
from .plain import seen
from .sheet import MOST_BYTES, MOST_WEB_BYTES, Sheet, Tell, silent
from .understand import understand

TABLES = ("visitors",)
_LOG = logging.getLogger(__name__)
_UNNAMED = "upload"
_LARGE = 1_000_000
_QUIET = (SILENT, "utf-8-sig", None)
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_JAPANESE = re.compile(r"[ぁ-ヿ一-鿿]")
Opened = tuple[Sheet, headings.Layout, list[tuple[int, list[str]]]]


def read(
    content: bytes,
    filename: str,
    table: str,
    *,
    encoding: str | None = None,
    year: int | None = None,
    sheet: str | None = None,
    order: str | None = None,
    tell: Tell = silent,
) -> Intake:
    """Everything that the file says, with its errors; nothing of it is stored, and no content raises an exception.

    `filename` is only shown. The reader may choose the `encoding` (one of `encoding.OFFERED`), the `year` of days that are
    written without one, the `order` of 5/6/2026 (mdy or dmy), and the `sheet` of a workbook. `tell` hears how far the reading
    is; what it raises ends it.
    """
    name = shown_name(filename)
    try:
        if table not in TABLES:
            raise Refused("table_unknown", None, found=table)
        if len(content) > MOST_BYTES:
            raise Refused("too_large", None, most=MOST_BYTES // 1024 // 1024)
        if not content.strip(b" \t\r\n\xef\xbb\xbf"):
            raise Refused("empty_file")
        with _unswept(len(content)):
            return _read(content, name, encoding, year, sheet, order, tell)
    except Refused as refused:
        if content or filename:  # a grid without rows is no file
            log_refused(name, len(content), refused.finding.code)
        told = _other_ways(content) if refused.finding.code in ("encoding_broken", "header_missing") else ()
        return Intake(name, empty_rows(), empty_cells(), empty_cells(), (refused.finding,), encoding=encoding, candidates=told)


@contextmanager
def _unswept(size: int) -> Iterator[None]:
    """Millions of cells come and go without a circle among them; to look for one takes a fifth of the time."""
    paused = size > _LARGE and gc.isenabled()
    if paused:
        gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


def log_refused(filename: str, size: int, code: str) -> None:
    """The one trace that a refused file leaves: a line without anything that stood in it."""
    _LOG.warning("refused %r, %d bytes: %s", shown_name(filename), size, code)


def shown_name(filename: str) -> str:
    """A file's name as it may be shown: no folders, no unseen signs, not too long. It is never used as a path."""
    name = seen(re.split(r"[/\\]", filename)[-1]).strip(". ")
    return (name if len(name) <= 100 else f"{name[:80]}…{name[-19:]}") or _UNNAMED


def _other_ways(content: bytes) -> tuple[Candidate, ...]:
    """The encodings to choose from where a text could not be understood."""
    return () if content.isascii() or b"\0" in content[:4000] or len(content) > MOST_BYTES else candidates(content)


def _read(
    content: bytes, name: str, chosen: str | None, year: int | None, wanted: str | None, order: str | None, tell: Tell
) -> Intake:
    what = kind.of(content)
    used: str | None = None
    others: tuple[Candidate, ...] = ()
    if what in ("workbook", "old_workbook"):
        sheets = workbook.open_sheets(content, tell)
    else:
        if what == "web_table" and len(content) > MOST_WEB_BYTES:
            raise Refused("too_large", None, most=MOST_WEB_BYTES // 1024 // 1024)
        tell("unpack", 0, 1)
        text, used, others = decode(content, chosen)
        sheets = [web_table.open_sheet(text) if what == "web_table" else delimited.open_sheet(text)]
        del text  # as large as the file
    tell("unpack", 1, 1)
    (page, layout, head), left = _chosen(sheets, wanted)
    made = understand(page, layout, head, year, _years(head[: layout.at + 1], page.name), order, tell)
    notices = [*_named_otherwise(what, name), *_opening(used, others, page, layout, head), *overlaps(made.rows), *made.notices]
    errors = [*(Finding(None, None, "sheet_left", {"found": one, "read": page.name}) for one in left), *made.errors]
    if not len(made.rows) and not errors:
        raise Refused("no_data_rows", layout.line)
    fields = {"rows": len(made.rows), "wrong": made.wrong["line"].nunique(), "header": layout.line}
    done = (
        Finding(None, None, f"read_{what}", {"found": used or page.name}),
        *notices_of_file(notices),
        Finding(None, None, "rows_read", fields),
    )
    names = tuple(one.name for one in sheets if one.name)
    return Intake(name, made.rows, made.source, made.wrong, tuple(errors), tuple(notices), done, used, others, names)


def notices_of_file(notices: Sequence[Finding]) -> list[Finding]:
    return [one for one in notices if one.row is None]


def _chosen(sheets: list[Sheet], wanted: str | None) -> tuple[Opened, list[str]]:
    """The sheet asked for, or the first whose headings are understood, and the names of others that hold counts too."""
    found: list[Opened] = []
    nearest: tuple[int, list[str], list[str]] | None = None
    empty = True
    for sheet in sheets:
        if wanted is not None and sheet.name != wanted:
            continue
        head = sheet.head()
        empty = empty and not any(cell.strip() for _, row in head for cell in row)
        layout = headings.find(head)
        if layout is not None:
            found.append((sheet, layout, head))
            continue
        lacking = headings.missing(head)
        nearest = lacking if nearest is None or len(lacking[1]) > len(nearest[1]) else nearest
    if found:
        return found[0], [sheet.name for sheet, layout, head in found[1:] if len(head) > layout.at + 1]
    if empty or nearest is None:
        raise Refused("empty_file")
    raise Refused("header_missing", nearest[0], columns=nearest[2])


def _named_otherwise(what: str, name: str) -> list[Finding]:
    """The content decides what a file is; a name that says something else is mentioned."""
    suffix = name.rpartition(".")[2].lower()
    workbook_name = suffix in ("xlsx", "xlsm", "xls")
    fits = workbook_name if what.endswith("workbook") else not workbook_name or what == "web_table"
    return [] if fits or "." not in name else [Finding(None, None, "named_otherwise", {"found": suffix[:10]})]


def _years(head: Sequence[tuple[int, Sequence[str]]], sheet: str) -> tuple[int, ...]:
    """The years that a day without one may mean: those of the titles above, else those of the plan."""
    titles = " ".join([sheet, *(cell for _, row in head for cell in row)])
    if said := sorted({int(one) for one in _YEAR.findall(titles)}):
        return tuple(said[:4])
    try:
        return tuple(sorted({day.year for day in plans.load()["opens_on"].dropna()}))
    except TableError:  # whoever shows the plan says what is wrong with it
        return ()


def _opening(
    used: str | None, others: Sequence[Candidate], page: Sheet, layout: headings.Layout, head: Sequence[tuple[int, Sequence[str]]]
) -> list[Finding]:
    """What is to be said of the file as a whole."""
    told = []
    if used not in _QUIET:
        close = [one.encoding for one in others[1:] if one.encoding != used and one.score > others[0].score - 12]
        told.append(
            Finding(
                None,
                None,
                "encoding_unsure" if close else "encoding",
                {"found": used, **({"others": ", ".join(close)} if close else {})},
            )
        )
    told += page.notices
    above = [line for line, row in head[: layout.at - layout.second] if any(cell.strip() for cell in row)]
    if above:
        told.append(Finding(None, None, "skipped_preamble", {"count": len(above)}))
    if layout.second:
        told.append(Finding(layout.line, None, "second_header"))
    named = [layout.titles[at] for at in {one for several in layout.roles.values() for one in several}]
    if any(_JAPANESE.search(title) for title in named):
        told.append(Finding(layout.line, None, "headings_japanese"))
    if layout.wide:
        told.append(Finding(None, None, "wide_table", {"columns": [layout.wide], "count": len(layout.across)}))
    told += [
        Finding(layout.line, role, "column_understood", {"found": layout.titles[layout.roles[role][0]]})
        for role in layout.understood
    ]
    told += [Finding(layout.line, None, "column_ignored", {"found": title.strip()[:60]}) for title in layout.ignored[:50]]
    return told
