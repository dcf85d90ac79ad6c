"""Show how a file was understood."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from sejong_dash import intake
from sejong_dash import words as wording
from sejong_dash.intake import Finding, Intake
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.desk import count_tables, step_bar
from sejong_dash.ui.desk.step_bar import StepBar

from . import file_account, finding_text, other_readings

_MOST_NOTICES, _MOST_ROWS = 200, 1000


def show(read: Intake, now: Intake, notices: Iterable[Finding], file: str, bar: StepBar) -> None:
    """Show how the file was read, its rows beside what stood in it, and other sheets and encodings.

    `now` is the file since its rows were corrected, `notices` are those of both.
    """
    lang, words = bar.lang, wording.of(__file__, bar.lang)
    shown = {change.kind for change in read.changes}
    steps = [
        intake.describe_without_place(step, lang)
        for step in read.steps
        if step.code not in shown and not step.code.startswith("overlaps_")
    ]
    account = file_account.html(read if now is read else file_account.corrected(read, now), lang)
    st.html(step_bar.heading("read", lang, words("understood"), markup.message(words.sentences(steps), lang), account))
    other_readings.choose_sheet(read, file, lang)
    lines = _describe_rows(notices, lang)
    if not len(now.rows):
        return
    with st.expander(words("details", count=words.number(len(now.rows)))):
        count_tables.show(_with_source(now, lang), count_tables.words(lang), "desk-rows")
        if lines:
            st.html(markup.bullets(words("notices", count=words.number(len(lines))), lines[:_MOST_NOTICES], lang))
        if not other_readings.is_unsure(read):
            other_readings.choose_encoding(read, file, lang)


def _describe_rows(notices: Iterable[Finding], lang: str) -> list[str]:
    """The notices of single rows, but for those of cells that stand as the desk's own templates and menus write them."""
    rows = [notice for notice in notices if notice.row and notice.code != "channel_unknown"]  # of which there is a question
    return [finding_text.sentence(notice, lang) for notice in rows if not finding_text.is_own(notice, lang)]


def show_notices(notices: Iterable[Finding], lang: str) -> None:
    """Show the notices of rows that were typed."""
    lines = _describe_rows(notices, lang)
    if lines:
        words = wording.of(__file__, lang)
        with st.expander(words("notices", count=words.number(len(lines)))):
            st.html(markup.bullets("", lines[:_MOST_NOTICES], lang))


def _with_source(read: Intake, lang: str) -> pd.DataFrame:
    """The rows in the reader's words, and what stood in the file where that is not the same."""
    labels = count_tables.words(lang)
    after = count_tables.as_text(read.rows.head(_MOST_ROWS), lang)
    before = read.source.head(_MOST_ROWS).reset_index(drop=True)
    found = pd.Series("", index=after.index, dtype="str")
    for name in count_tables.COLUMNS:
        differs = (before[name].str.strip() != after[name]) & (before[name].str.strip() != "")
        cells = before[name].map(lambda cell, name=name: labels("colon", name=labels(f"columns.{name}"), value=cell))
        found = found.where(~differs, found + found.map(lambda text: labels("join") if text else "") + cells)
    numbers = read.rows["visitors"].head(_MOST_ROWS).reset_index(drop=True)
    return pd.concat([before["line"], after.assign(visitors=numbers, found=found)], axis="columns")
