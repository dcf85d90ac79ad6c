"""Checks the columns of a wide table: headings that are not understood lose no numbers without a word, days to come are blank."""

import re

import pandas as pd

from sejong_dash.intake.cells import amounts, prefecture_names
from sejong_dash.intake.cells.amounts import shorten
from sejong_dash.intake.cells.spelling import load_words, narrow, simplify, simplify_heading, strip_footnotes
from sejong_dash.intake.findings import Finding
from sejong_dash.intake.reading_account import Question
from sejong_dash.intake.table.column_readings import Mask
from sejong_dash.intake.table.heading_words import IGNORE, has_doubt, load_headings, question_key
from sejong_dash.intake.table.headings import TableLayout, is_place
from sejong_dash.intake.table.total_words import is_average, is_total

_BRACKETS = re.compile(r"[(（\[【].*")
_DAY = re.compile(r"[0-9]{1,2}\s*[-./월月]\s*[0-9]{1,2}|[0-9]{1,2}\s*[일日]")


def find_lost(layout: TableLayout, side: pd.DataFrame) -> list[int]:
    """Return the columns that hold numbers below a heading that is neither understood nor known to be no count.

    `side` holds the other cells of each line, once.
    """
    if layout.wide is None:
        return []
    return [at for at in layout.free if at in side and _is_lost(layout, at) and _count_numbers(side[at])]


def report_lost(layout: TableLayout, lost: list[int], side: pd.DataFrame) -> list[Finding]:
    """Return an error for each lost column, with the prefecture that its heading resembles; `side` as for `find_lost`."""
    findings = []
    for at in lost:
        title = layout.titles[at].strip() if at < len(layout.titles) else ""
        fields: dict[str, object] = {"found": shorten(title) or str(at + 1), "count": _count_numbers(side[at])}
        if layout.wide == "prefecture" and title:
            reading = prefecture_names.read(strip_footnotes(title))
            fields |= {"proposal": reading.fields["proposal"]} if reading.fields.get("proposal") else {}
        findings.append(Finding(layout.line, layout.wide, "heading_not_understood", fields))
    return findings


def ask_lost(layout: TableLayout, lost: list[int]) -> list[Question]:
    """Return the question about each lost column, whether it may be left out."""
    titles = [layout.titles[at].strip() if at < len(layout.titles) else "" for at in lost]
    kind = "heading_not_understood"
    return [Question(question_key(title), kind, shorten(title), (IGNORE,), layout.line) for title in titles if title]


def flag_days_to_come(cells: pd.DataFrame, layout: TableLayout, days: pd.Series, is_none: Mask) -> Mask:
    """Return which blank cells are of days after the last day that has any number: nothing is missing there yet.

    `is_none`: the cell has a sign that the reader takes for 0, which no day to come has yet.
    """
    is_blank = (cells["visitors"].str.strip() == "").to_numpy(dtype=bool)
    has_number = ~is_blank & ~is_none
    if not has_number.any():
        return is_none
    is_later = (days > days[has_number].max()).fillna(False).to_numpy(dtype=bool)
    return is_later & (is_none | (is_blank & (layout.wide is not None)))


def _is_lost(layout: TableLayout, at: int) -> bool:
    title = layout.titles[at] if at < len(layout.titles) else ""
    if layout.answers.get(question_key(title)) == IGNORE:
        return False
    if is_place(_BRACKETS.sub("", title)) or _DAY.search(narrow(title)):
        return True  # a day or a prefecture with a word that is not understood: 도쿄도(누계)
    is_other = is_total(title) or is_average(title) or has_doubt(title) or "%" in title
    is_number = simplify(title) in load_words("headings", "number")
    return not is_other and not is_number and simplify_heading(title) not in load_headings("remark")


def _count_numbers(texts: pd.Series) -> int:
    return sum(amounts.read(text).error is None for text in map(str, texts) if text.strip())
