"""Reads a file of counts that somebody brings into clean rows, row errors and notices."""

import gc
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sejong_dash.datasets import snapshot
from sejong_dash.errors import TableError

from .cells.spelling import strip_unseen
from .doubts.title_words import check_titles
from .files import delimited, file_kind, web_table, workbook_rows
from .files.encoding import EXPECTED, decode, rank_encodings
from .files.raw_sheet import MOST_BYTES, MOST_WEB_BYTES, ProgressCallback, RawSheet, ignore_progress
from .findings import Finding, Refused
from .intake_result import Candidate, Intake, build_empty_cells, build_empty_rows
from .reading_balance import list_changes
from .sheet_choice import choose_sheet, list_titles
from .table import headings
from .table.checked_table import check_table
from .table.overlap import find_overlaps

TABLES = ("visitors",)
_LOG = logging.getLogger(__name__)
_UNNAMED = "upload"
_LARGE = 1_000_000  # bytes
_NOT_WORTH_A_NOTICE = (EXPECTED, "utf-8-sig", None)
_CLOSE_SCORE = 12  # two encodings whose scores differ by less are reported as unsure
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_JAPANESE = re.compile(r"[ぁ-ヿ一-鿿]")


def read(
    content: bytes,
    filename: str,
    table: str,
    *,
    encoding: str | None = None,
    year: int | None = None,
    sheet: str | None = None,
    order: str | None = None,
    channels: Mapping[str, str] | None = None,
    readings: Mapping[str, str] | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> Intake:
    """Return all that a file holds, with its errors; nothing is stored, and no content raises an exception.

    `filename` is only shown; `table` is one of TABLES. The reader may choose the `encoding` (one of `encoding.OFFERED`), the
    `year` of days that are written without one, the `order` of 5/6/2026 (mdy or dmy), and the `sheet` of a workbook.
    `channels` maps names that nobody has used before to a known channel or to themselves. `readings` are answers to the questions
    of an earlier reading, by their key. `on_progress` is called with each
    step; what it raises ends the reading.
    """
    name = clean_filename(filename)
    try:
        if table not in TABLES:
            raise Refused("table_unknown", None, found=table)
        if len(content) > MOST_BYTES:
            raise Refused("too_large", None, most=MOST_BYTES // 1024 // 1024)
        if not content.strip(b" \t\r\n\xef\xbb\xbf"):
            raise Refused("empty_file")
        with pause_garbage_collection(len(content)):
            return _read(content, name, encoding, year, sheet, order, channels, readings or {}, on_progress)
    except Refused as refused:
        if content or filename:  # a grid without rows is no file
            log_refusal(name, len(content), refused.finding.code)
        others = _other_encodings(content) if refused.finding.code in ("encoding_broken", "header_missing") else ()
        rows, cells = build_empty_rows(), build_empty_cells()
        changes = list_changes([refused.finding], [])
        questions = refused.questions
        return Intake(
            name,
            rows,
            cells,
            cells.copy(),
            (refused.finding,),
            encoding=encoding,
            candidates=others,
            changes=changes,
            questions=questions,
            headings=refused.headings,
        )


@contextmanager
def pause_garbage_collection(size: int) -> Iterator[None]:
    """Pause the search for reference cycles: millions of cells have none, and to look for one takes a fifth of the time."""
    is_paused = size > _LARGE and gc.isenabled()
    if is_paused:
        gc.disable()
    try:
        yield
    finally:
        if is_paused:
            gc.enable()


def log_refusal(filename: str, size: int, code: str) -> None:
    """Write the only trace that a refused file leaves: a line of the log without any of its content."""
    _LOG.warning("refused %r, %d bytes: %s", clean_filename(filename), size, code)


def clean_filename(filename: str) -> str:
    """Return a file's name as it may be shown: no folders, no unseen characters, at most 100 long. It never is a path."""
    name = strip_unseen(re.split(r"[/\\]", filename)[-1]).strip(". ")
    return (name if len(name) <= 100 else f"{name[:80]}…{name[-19:]}") or _UNNAMED


def _other_encodings(content: bytes) -> tuple[Candidate, ...]:
    """Return the encodings to choose from where a text could not be understood."""
    return () if content.isascii() or b"\0" in content[:4000] or len(content) > MOST_BYTES else rank_encodings(content)


def _read(
    content: bytes,
    name: str,
    chosen_encoding: str | None,
    year: int | None,
    chosen_sheet: str | None,
    order: str | None,
    channels: Mapping[str, str] | None,
    readings: Mapping[str, str],
    on_progress: ProgressCallback,
) -> Intake:
    if file_kind.is_owner_file(content, name):
        raise Refused("owner_file", None)
    content, padding = file_kind.strip_padding(content)
    kind = file_kind.detect(content)
    encoding: str | None = None
    candidates: tuple[Candidate, ...] = ()
    if kind in ("workbook", "old_workbook"):
        sheets = workbook_rows.open_sheets(content, on_progress)
    else:
        if kind == "web_table" and len(content) > MOST_WEB_BYTES:
            raise Refused("too_large", None, most=MOST_WEB_BYTES // 1024 // 1024)
        on_progress("unpack", 0, 1)
        text, encoding, candidates = decode(content, chosen_encoding)
        sheets = [web_table.open_sheet(text) if kind == "web_table" else delimited.open_sheet(text)]
        if padding and not text.endswith(("\n", "\r")):
            sheets[0].torn_line = len(text.splitlines())
        if padding:
            sheets[0].notices.append(Finding(None, None, "nul_padding", {"count": padding}))
        del text  # as large as the file
    on_progress("unpack", 1, 1)
    (sheet, layout, head), left = choose_sheet(sheets, chosen_sheet, readings)
    years = likely_years(head[: layout.at + 1], sheet.name)
    try:
        checked = check_table(sheet, layout, head, year, years, order, channels, on_progress)
    except Refused as refused:
        refused.headings = tuple(layout.titles)
        raise
    file_notices = [*_suffix_notices(kind, name), *_file_notices(encoding, candidates, sheet, layout, head)]
    notices = [*file_notices, *find_overlaps(checked.rows), *checked.notices]
    titles, title_questions = check_titles(list_titles(sheet, layout, head, checked.notices), readings)
    errors = [Finding(None, None, "sheet_left", {"found": other, "read": sheet.name}) for other in left]
    errors += [*titles, *checked.errors]
    if not len(checked.rows) and not errors:
        raise Refused("no_data_rows", layout.line)
    sizes = {"rows": len(checked.rows), "wrong": checked.wrong["line"].nunique(), "header": layout.line}
    steps = (
        Finding(None, None, f"read_{kind}", {"found": encoding or sheet.name}),
        *(notice for notice in notices if notice.row is None),
        Finding(None, None, "rows_read", sizes),
    )
    return Intake(
        name,
        checked.rows,
        checked.source,
        checked.wrong,
        tuple(errors),
        tuple(notices),
        steps,
        encoding,
        candidates,
        tuple(sheet.name for sheet in sheets if sheet.name),
        checked.totals,
        list_changes(errors, notices),
        checked.checksum,
        (*title_questions, *checked.questions),
        tuple(layout.titles),
    )


def _suffix_notices(kind: str, name: str) -> list[Finding]:
    """Return a notice where the file's name says something else than its content, which decides."""
    suffix = name.rpartition(".")[2].lower()
    is_workbook_name = suffix in ("xlsx", "xlsm", "xls")
    fits = is_workbook_name if kind.endswith("workbook") else not is_workbook_name or kind == "web_table"
    return [] if fits or "." not in name else [Finding(None, None, "named_otherwise", {"found": suffix[:10]})]


def likely_years(head: headings.Head, sheet_name: str) -> tuple[int, ...]:
    """Return the years that a day without one may mean: those of the titles above, else those of the plans."""
    titles = " ".join([sheet_name, *(cell for _, row in head for cell in row)])
    if years := sorted({int(year) for year in _YEAR.findall(titles)}):
        return tuple(years[:4])
    try:
        return tuple(sorted({day.year for day in snapshot().plans()["opens_on"].dropna()}))
    except TableError:  # whoever shows the plan says what is wrong with it
        return ()


def _file_notices(
    encoding: str | None, candidates: Sequence[Candidate], sheet: RawSheet, layout: headings.TableLayout, head: headings.Head
) -> list[Finding]:
    """Return the notices about the file as a whole and its headings."""
    notices = []
    if encoding not in _NOT_WORTH_A_NOTICE:
        least = candidates[0].score - _CLOSE_SCORE if candidates else 0
        close = [other.encoding for other in candidates[1:] if other.encoding != encoding and other.score > least]
        fields = {"found": encoding, **({"others": ", ".join(close)} if close else {})}
        notices.append(Finding(None, None, "encoding_unsure" if close else "encoding", fields))
    notices += sheet.notices
    above = [line for line, row in head[: layout.at - layout.has_second_row] if any(cell.strip() for cell in row)]
    if above:
        notices.append(Finding(None, None, "skipped_preamble", {"count": len(above)}))
    if layout.has_second_row:
        notices.append(Finding(layout.line, None, "second_header"))
    used = {at for columns in layout.roles.values() for at in columns}
    if any(_JAPANESE.search(layout.titles[at]) for at in used):
        notices.append(Finding(layout.line, None, "headings_japanese"))
    if layout.wide:
        notices.append(Finding(None, None, "wide_table", {"columns": [layout.wide], "count": len(layout.across)}))
    notices += [
        Finding(layout.line, role, "column_understood", {"found": layout.titles[layout.roles[role][0]]})
        for role in layout.understood
    ]
    notices += [Finding(layout.line, None, "column_ignored", {"found": title.strip()[:60]}) for title in layout.ignored[:50]]
    return notices
