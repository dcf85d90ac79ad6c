"""Checks titles, remarks and the sheet's name for words that make all its numbers something else."""

import re
from collections.abc import Iterable

from sejong_dash.intake.cells.amounts import shorten
from sejong_dash.intake.cells.spelling import simplify
from sejong_dash.intake.findings import Finding
from sejong_dash.intake.reading_account import Question
from sejong_dash.intake.table.heading_words import Answers, has_doubt
from sejong_dash.intake.table.total_words import is_total

COUNTS = "counts"


def check_titles(texts: Iterable[tuple[int | None, str]], answers: Answers) -> tuple[list[Finding], list[Question]]:
    """Return an error for each title (its line, its text) with such a word, and the question whether the numbers are counts."""
    doubtful = [(line, text, word) for line, text in texts if text.strip() and not is_total(text) and (word := has_doubt(text))]
    doubtful = [(line, text, word) for line, text, word in doubtful if answers.get(_question_key(text)) != COUNTS]
    findings = [
        Finding(line, None, "title_doubtful", {"found": shorten(text), "word": word}) for line, text, word in doubtful[:20]
    ]
    asked = {_question_key(text): (line, text) for line, text, _ in reversed(doubtful[:20])}
    questions = [Question(key, "title_doubtful", shorten(text), (COUNTS,), line) for key, (line, text) in asked.items()]
    return findings, questions[::-1]


def _question_key(text: str) -> str:
    """Return the key of the question about a title; its digits do not count, so that next month's title is the same."""
    return f"title:{re.sub('[0-9]+', '#', simplify(text))[:80]}"
