"""Finds which headings a sheet lacks, and which have a word that puts their role in doubt."""

from collections.abc import Sequence

from sejong_dash.intake.cells.days import is_day
from sejong_dash.intake.cells.spelling import load_words, simplify, simplify_heading

from . import count_unit
from .heading_words import NEEDED, Answers, load_headings, read_heading, role_of
from .headings import SAMPLE_ROWS, Head, TableLayout, is_prefecture
from .total_words import is_total


def find_doubtful(head: Head, answers: Answers | None = None) -> tuple[int, list[tuple[str, str]]] | None:
    """Return the line of the headings that lack nothing but a role in doubt, with each such heading and the role it may have."""
    for number, (line, row) in enumerate(head):
        readings = [(cell, read_heading(cell, answers)) for cell in row if cell.strip()]
        clear = {reading.role for _, reading in readings} | ({"date"} if any(is_day(cell) for cell in row) else set())
        if {"year", "month", "day"} <= clear:
            clear.add("date")
        doubtful = [(cell, str(reading.doubtful_role)) for cell, reading in readings if reading.doubtful_role]
        open_roles = {role for _, role in doubtful} - clear
        below = [cells for _, cells in head[number + 1 :]]
        lacking = set(NEEDED) - clear - open_roles
        if open_roles and clear & set(NEEDED) and all(_is_role_below(role, row, below) for role in lacking):
            return line, [(cell, role) for cell, role in doubtful if role in open_roles]
    return None


def find_doubt_below(head: Head, layout: TableLayout) -> str:
    """Return the heading of the counts with a word in the row below it that puts it in doubt (방문객수 above 누계), or ""."""
    if layout.wide is not None or layout.at + 1 >= len(head):
        return ""
    below = head[layout.at + 1][1]
    at = layout.roles["visitors"][0]
    keys = [*layout.roles["date"], *layout.roles["prefecture"]]
    word = below[at] if at < len(below) else ""
    if not word.strip() or any(is_day(below[key]) or is_prefecture(below[key]) for key in keys if key < len(below)):
        return ""
    if any(sign.isdigit() for sign in word) or count_unit.is_unit(word) or role_of(word, layout.answers) == "visitors":
        return ""
    title = f"{layout.titles[at].strip()}({word.strip()})"
    if is_total(word) and any(cell.strip() for key, cell in enumerate(below) if key in keys):
        return ""
    return title if read_heading(title, layout.answers).role != "visitors" and not _is_missing(word) else ""


def _is_missing(text: str) -> bool:
    """Return whether a cell says that it holds no value."""
    return simplify(text) in load_words("number", "missing")


def _is_role_below(role: str, row: Sequence[str], below: list[Sequence[str]]) -> bool:
    """Return whether days, or prefectures, stand in the rows below headings, or run across."""
    if role == "visitors":
        return any(is_prefecture(cell) or is_day(cell) for cell in row)
    is_fit = is_day if role == "date" else is_prefecture
    return any(is_fit(cell) for cells in [row, *below[:SAMPLE_ROWS]] for cell in cells)


def find_missing(head: Head) -> tuple[int, list[str], list[str]]:
    """Return the line of the row that is nearest to headings, the roles that it has and those that it lacks."""
    best: tuple[int, list[str]] = (1, [])
    for line, row in head:
        present = [role for role in NEEDED if any(simplify_heading(cell) in load_headings(role) for cell in row)]
        if len(present) > len(best[1]):
            best = (line, present)
    return best[0], best[1], [role for role in NEEDED if role not in best[1]]
