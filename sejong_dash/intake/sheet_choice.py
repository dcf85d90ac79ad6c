"""Chooses the sheet of a file whose headings are understood, or asks what its headings mean."""

from collections.abc import Mapping, Sequence

from .cells.spelling import load_words, simplify
from .files.raw_sheet import RawSheet
from .findings import Finding, Refused
from .reading_account import Question
from .table import heading_doubts, headings
from .table.heading_words import IGNORE, question_key

OpenedSheet = tuple[RawSheet, headings.TableLayout, headings.Head]


def choose_sheet(sheets: list[RawSheet], chosen: str | None, readings: Mapping[str, str]) -> tuple[OpenedSheet, list[str]]:
    """Return the chosen sheet, or the first whose headings are understood, and the names of others that hold counts too."""
    understood: list[OpenedSheet] = []
    nearest: tuple[int, list[str], list[str]] | None = None
    is_empty = True
    doubtful: Refused | None = None
    for sheet in sorted(sheets, key=lambda sheet: simplify(sheet.name) in load_words("doubt", "example_sheets")):
        if chosen is not None and sheet.name != chosen:
            continue
        head = sheet.head()
        is_empty = is_empty and not any(cell.strip() for _, row in head for cell in row)
        layout = headings.find_layout(head, readings)
        if layout is not None and (title := heading_doubts.find_doubt_below(head, layout)):
            doubtful = doubtful or _ask(layout.line + 1, [(title, "visitors")], layout.titles)
        elif layout is not None:
            understood.append((sheet, layout, head))
            continue
        doubtful = doubtful or _ask_headings(head, readings)
        lacking = heading_doubts.find_missing(head)
        nearest = lacking if nearest is None or len(lacking[1]) > len(nearest[1]) else nearest
    if understood:
        return understood[0], [sheet.name for sheet, layout, head in understood[1:] if len(head) > layout.at + 1]
    if doubtful is not None:
        raise doubtful
    if is_empty or nearest is None:
        raise Refused("empty_file")
    raise Refused("header_missing", nearest[0], columns=nearest[2])


def _ask_headings(head: headings.Head, readings: Mapping[str, str]) -> Refused | None:
    """Return the error of headings that are in doubt, with a question for each; None where there are none."""
    found = heading_doubts.find_doubtful(head, readings)
    if found is None:
        return None
    line, titles = found
    return _ask(line, titles, next(row for at, row in head if at == line))


def _ask(line: int, titles: list[tuple[str, str]], row: Sequence[str]) -> Refused:
    """Return the error of headings in doubt, each with the role that it may have."""
    refused = Refused(
        "heading_doubtful", line, columns=[role for _, role in titles], found=", ".join(title.strip() for title, _ in titles)
    )
    refused.headings = tuple(row)
    refused.questions = tuple(
        Question(question_key(title), "heading_doubtful", title.strip(), (role, IGNORE), line) for title, role in titles
    )
    return refused


def list_titles(
    sheet: RawSheet, layout: headings.TableLayout, head: headings.Head, notices: Sequence[Finding]
) -> list[tuple[int | None, str]]:
    """Return what may say something of all numbers: the sheet's name, the titles above the headings, the remarks below."""
    above = [(line, cell) for line, row in head[: layout.at - layout.has_second_row] for cell in row if cell.strip()]
    notes = [(notice.row, str(notice.fields["found"])) for notice in notices if notice.code == "note_skipped"]
    outside = [(None, text) for text in sheet.marks.texts]
    return [(None, sheet.name), *outside, *above, *notes]
