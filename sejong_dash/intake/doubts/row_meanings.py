"""Checks the columns that are not used: some say that a row is no count of visitors (예상, 취소), or divide a count (남, 여)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sejong_dash.intake.cells import channels
from sejong_dash.intake.cells.amounts import shorten
from sejong_dash.intake.cells.spelling import load_words, simplify, simplify_heading
from sejong_dash.intake.findings import Finding
from sejong_dash.intake.reading_account import Question
from sejong_dash.intake.table.column_readings import MOST_LISTED, Mask
from sejong_dash.intake.table.heading_words import IGNORE, has_doubt, is_doubtful_value, load_headings
from sejong_dash.intake.table.headings import TableLayout

SUM, ONLY = "sum", "only"
_KEY = ["date", "jis_code", "channel"]
_FLAG_WORDS = ("여부", "유무", "有無", "可否", "フラグ", "flag")
_MOST_OPTIONS = 12


@dataclass
class RowMeanings:
    """What the unused columns say of the rows: errors, questions, rows to leave out by the reader's answer, columns to add up."""

    errors: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    left_out: Mask = field(default_factory=lambda: np.zeros(0, dtype=bool))
    summed: list[int] = field(default_factory=list)
    ignored: list[int] = field(default_factory=list)


def question_key(title: str) -> str:
    """Return the key of the question what a column of a sheet does to its rows."""
    return f"column:{simplify(title)}"


def _is_answered(answer: str, kind: str, names: list[str]) -> bool:
    """Return whether an answer is of a kind and knows every value of the column: one that is new is asked about again."""
    given, _, values = answer.partition(":")
    known = set(values.split("|"))
    return given == kind and (not values or all(simplify(name) in known for name in names if name.strip()))


def _list_options(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the answers about a column: to add its parts up or to ignore it, with the values seen, or one value alone."""
    values = list(dict.fromkeys(simplify(text) for text in texts if text.strip()))
    if not 0 < len(values) <= _MOST_OPTIONS or any("|" in value or ":" in value for value in values):
        return SUM, IGNORE
    seen = "|".join(values)
    return (f"{SUM}:{seen}", f"{IGNORE}:{seen}", *(f"{ONLY}:{value}" for value in values))


def check_side_columns(layout: TableLayout, side: pd.DataFrame, lines: np.ndarray, is_count: Mask, is_bad: Mask) -> RowMeanings:
    """Return what the columns without a role say of the rows, and mark in `is_bad` those that may be no counts."""
    meanings = RowMeanings(left_out=np.zeros(len(lines), dtype=bool))
    for at in side.columns:
        title = layout.titles[at].strip() if at < len(layout.titles) else ""
        texts = side[at]
        answer = layout.answers.get(question_key(title), "")
        which, different = pd.factorize(texts)
        names = [str(text) for text in different]
        if _is_answered(answer, IGNORE, names):
            meanings.ignored.append(at)
            continue
        if _is_answered(answer, SUM, names):
            meanings.summed.append(at)
            continue
        if answer.startswith(f"{ONLY}:"):
            wanted = np.array([*(simplify(name) == answer.removeprefix(f"{ONLY}:") for name in names), False])
            meanings.left_out |= ~wanted[which] & is_count
            continue
        odd = np.array([*(_is_odd(title, name) for name in names), False])[which] & is_count
        if odd.any():
            _report(meanings, title, names, which, odd, lines)
            is_bad |= odd
    return meanings


def check_channels(texts: pd.Series, lines: np.ndarray, known: Iterable[str], is_count: Mask, is_bad: Mask) -> list[Finding]:
    """Return an error for each row whose channel is a word in doubt (예약, 취소) and not a known channel; mark it in `is_bad`."""
    names = {simplify(name) for name in (*known, *channels.list_channels())}
    which, different = pd.factorize(texts)
    odd = [is_doubtful_value(str(text)) and simplify(str(text)) not in names for text in different]
    flags = np.array([*odd, False])[which] & is_count
    is_bad |= flags
    marked = np.flatnonzero(flags)[:MOST_LISTED]
    return [
        Finding(int(lines[at]), "channel", "channel_doubtful", {"found": shorten(str(different[which[at]]))}) for at in marked
    ]


def check_split_rows(
    layout: TableLayout, side: pd.DataFrame, meanings: RowMeanings, rows: pd.DataFrame, lines: np.ndarray
) -> tuple[Mask, list[Finding], list[Question]]:
    """Return which rows share day, prefecture and channel and differ in an unused column, their errors, and what to ask.

    `rows` are the good rows, `side` the unused columns beside them. Such rows are no duplicates: they may be parts of a count.
    """
    drop = np.zeros(len(rows), dtype=bool)
    columns = [at for at in side.columns if at not in meanings.ignored and at not in meanings.summed]
    repeated = rows.duplicated(_KEY, keep=False).to_numpy()
    if not repeated.any() or not columns:
        return drop, [], []
    at_rows = np.flatnonzero(repeated)
    table = rows.iloc[at_rows].fillna({"jis_code": "", "channel": ""}).assign(line=lines[at_rows], at=at_rows)
    findings: list[Finding] = []
    titles: dict[str, int] = {}
    for _, group in table.groupby(_KEY, sort=False):
        beside = side.iloc[group["at"]]
        different = [at for at in columns if beside[at].str.strip().nunique() > 1]
        if not different:
            continue
        drop[group["at"]] = True
        title = layout.titles[different[0]].strip() if different[0] < len(layout.titles) else ""
        titles[title] = different[0]
        fields = {
            "rows": " ".join(map(str, group["line"].head(20))),
            "total": int(group["visitors"].sum()),
            "heading": shorten(title),
        }
        findings += [Finding(int(line), None, "rows_split", fields) for line in group["line"] if len(findings) < MOST_LISTED]
    questions = [
        Question(question_key(title), "rows_split", title, _list_options(side[at].unique())[:2], layout.line)
        for title, at in titles.items()
    ]
    return drop, findings, questions


def add_up(rows: pd.DataFrame, lines: np.ndarray, side: pd.DataFrame, summed: list[int]) -> tuple[pd.DataFrame, Mask]:
    """Return the rows with the parts of a count added to its first row, and which rows were added to another.

    Only rows that differ in a column which the reader chose to add up are parts of a count.
    """
    added = np.zeros(len(rows), dtype=bool)
    if not summed or not rows.duplicated(_KEY).any():
        return rows, added
    parts = rows.fillna({"jis_code": "", "channel": ""}).assign(at=np.arange(len(rows)))
    result = rows.copy()
    for _, group in parts[parts.duplicated(_KEY, keep=False)].groupby(_KEY, sort=False):
        beside = side.iloc[group["at"]][summed]
        if beside.duplicated().any():
            continue  # the same part twice
        first, *rest = group["at"]
        result.loc[first, "visitors"] = group["visitors"].sum()
        added[rest] = True
    return result, added


def _is_odd(title: str, text: str) -> bool:
    """Return whether a cell may say that its row is no count of visitors from Japan."""
    simple = simplify(text)
    if not simple or simple in load_words("number", "missing"):
        return False
    if is_doubtful_value(text):
        return True
    if simple in load_words("doubt", "flags"):  # 취소여부: Y; a number may be one of people: 예약자수: 1
        return any(word in simplify(title) for word in _FLAG_WORDS) or (bool(has_doubt(title)) and not simple.isdigit())
    if simplify_heading(title) not in load_words("doubt", "meaning"):
        return False
    return simple not in load_words("doubt", "neutral") and not channels.is_known(text)


def _report(meanings: RowMeanings, title: str, names: list[str], which: np.ndarray, odd: Mask, lines: np.ndarray) -> None:
    marked = np.flatnonzero(odd)
    for at in marked[:MOST_LISTED]:
        fields = {"found": shorten(names[which[at]]), "heading": shorten(title)}
        if meanings.errors and meanings.errors[-1].row == lines[at] and meanings.errors[-1].fields == fields:
            continue  # another number of the same row
        meanings.errors.append(Finding(int(lines[at]), None, "row_meaning", fields))
    if len(marked) > MOST_LISTED:
        rest = {"count": len(marked) - MOST_LISTED, "first": int(lines[marked[MOST_LISTED]]), "code": "row_meaning"}
        meanings.errors.append(Finding(int(lines[marked[-1]]), None, "more_errors", rest))
    if simplify_heading(title) not in load_headings("remark"):
        question = Question(question_key(title), "row_meaning", title, _list_options(names), int(lines[marked[0]]))
        meanings.questions.append(question)
