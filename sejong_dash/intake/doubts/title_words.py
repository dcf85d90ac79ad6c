"""Checks titles, remarks and the sheet's name for words that make all its numbers something else."""

from collections.abc import Iterable

from sejong_dash.intake.cells.amounts import shorten
from sejong_dash.intake.findings import Finding
from sejong_dash.intake.reading_account import Question
from sejong_dash.intake.table.heading_words import Answers, has_doubt
from sejong_dash.intake.table.total_words import is_total

QUESTION = "title"
COUNTS = "counts"


def check_titles(texts: Iterable[tuple[int | None, str]], answers: Answers) -> tuple[list[Finding], list[Question]]:
    """Return an error for each title (its line, its text) with such a word, and the question whether the numbers are counts."""
    if answers.get(QUESTION) == COUNTS:
        return [], []
    doubtful = [(line, text, word) for line, text in texts if text.strip() and not is_total(text) and (word := has_doubt(text))]
    findings = [
        Finding(line, None, "title_doubtful", {"found": shorten(text), "word": word}) for line, text, word in doubtful[:20]
    ]
    questions = [Question(QUESTION, "title_doubtful", shorten(text), (COUNTS,), line) for line, text, _ in doubtful[:1]]
    return findings, questions
