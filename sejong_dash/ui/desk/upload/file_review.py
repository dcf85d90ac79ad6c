"""Show a file that somebody dropped: how it was understood, what in it must be corrected, what is stored of it."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from sejong_dash import intake
from sejong_dash import words as wording
from sejong_dash.exports.sheets import template
from sejong_dash.intake import Finding, Intake
from sejong_dash.intake.any_file import MOST_FIGURES
from sejong_dash.store.counts import ChangeSet
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.desk import count_tables, step_bar
from sejong_dash.ui.desk.changes import change_preview
from sejong_dash.ui.desk.reading import (
    corrections,
    file_account,
    file_checks,
    gate_questions,
    interpretation,
    kept_answers,
    new_channels,
    other_readings,
    questions,
)
from sejong_dash.ui.desk.step_bar import StepBar
from sejong_dash.words import Words

from . import file_source, gate_review, reading_progress
from .file_source import IncomingFile

_DRAFT, _LOG, _ROUND = "_desk_draft", "_desk_log", "_desk_round"  # of a table, or of a log of the gates
_MOST_ERRORS = 30  # shown in a list; the sheet has them all


@dataclass
class Draft:
    """A file as it was read (`first`) and as it reads since its rows were corrected (`now`; `rows` are its rows then).

    `turn` is another one whenever the rows may be.
    """

    key: tuple[Any, ...]
    first: Intake
    now: Intake
    rows: corrections.Corrected | None = None
    turn: int = 0

    @property
    def notices(self) -> list[Finding]:
        """The notices of the file's cells as they stood, and of its rows as they are now."""
        if self.rows is None:
            return list(self.first.notices)
        kept = [notice for notice in self.first.notices if notice.code not in file_checks.CHECKED_AGAIN]
        return [*kept, *(notice for notice in self.now.notices if notice.code in file_checks.CHECKED_AGAIN)]

    def correct(self, rows: corrections.Corrected, channels: dict[str, str] | None) -> None:
        """Read the rows again as they were corrected; what is wrong with the whole file, or with rows that are left, stays."""
        corrected = count_tables.read_lines(rows.lines, self.first.filename, channels)
        of_rows, left = set(self.first.wrong["line"]), set(rows.left["line"])
        stay = [error for error in self.first.errors if error.row not in of_rows or error.row in left]
        wrong = pd.concat([corrected.wrong, rows.left], ignore_index=True)
        self.now = replace(corrected, wrong=wrong, errors=(*stay, *corrected.errors))
        self.rows, self.turn = rows, self.turn + 1


def show(bar: StepBar) -> None:
    """Show the field to drop a file, how the file was understood, its rows to correct, what it would change, and the button that
    stores it. Raises DashError where the file cannot be read."""
    lang, words = bar.lang, wording.of(__file__, bar.lang)
    source = file_source.chosen(st.session_state.get(_ROUND, 0), lang)
    if source is None:
        bar.set("file", step_bar.WAITING, "choose")
        _forget()
        return
    source = replace(source, key=kept_answers.key_of(source.key))
    bar.set("file", step_bar.DONE, "named", name=source.name)
    bar.set("read", step_bar.WAITING, "reading")
    choices = other_readings.choices(source.key)
    read = reading_progress.read(source, choices, lang)
    if read is None:
        return
    if read.error is not None:
        raise read.error
    if read.log is not None:
        if kept_answers.recall_log(read.log, source.key):
            st.rerun()
        st.session_state.pop(_DRAFT, None)
        st.session_state[_LOG] = (read.log, source)
        gate_review.show(read.log, source, (source.key, *sorted(gate_questions.answers(source.key).items())), bar)
    elif read.table is not None:
        if kept_answers.recall(read.table, source.key):
            st.rerun()
        st.session_state.pop(_LOG, None)
        _show_table(_draft(source.key, choices, read.table, read.change_set), source, words, bar)


def _show_table(draft: Draft, source: IncomingFile, words: Words, bar: StepBar) -> None:
    lang = words.lang
    interpretation.show(draft.first, draft.now, draft.notices, source.key, bar)
    asked = len(draft.now.unknown_channels) + other_readings.open_questions(draft.first, source.key)
    _set_states(draft, asked, bar)
    if asked or draft.now.errors:
        st.html(step_bar.heading("mend", lang, words("mend")))
    kept_answers.show(source.key, lang)
    other_readings.ask(draft.first, source.key, lang)
    is_known = new_channels.ask(draft.now.unknown_channels, source.key, lang)
    is_answered = questions.is_answered(draft.first, source.key)
    if len(draft.now.errors):
        _show_errors(draft, words)
        corrected = corrections.show(draft.now, f"{source.key}-{draft.turn}", lang)
        if corrected is not None:
            draft.correct(corrected, new_channels.answers(source.key))
            st.rerun()
    if not is_known or not is_answered:
        (questions if is_known else new_channels).waiting(lang)
    elif len(draft.now.rows):
        if len(draft.now.rows) > MOST_FIGURES:
            many = {"count": words.number(len(draft.now.rows)), "most": words.number(MOST_FIGURES)}
            st.html(markup.note(words("too_many", **many), lang))
            bar.set("change", step_bar.WRONG, "too_many")
            return
        key = (*draft.key, draft.turn)
        change_preview.offer(draft.now.rows, draft.first.filename, key, bar, caveats=_caveats(draft, words))


def _set_states(draft: Draft, asked: int, bar: StepBar) -> None:
    """Set the states of reading and of mending, where so many questions are open."""
    rows = len(draft.now.rows)
    bar.set("read", step_bar.DONE if rows else step_bar.WRONG, *(("rows",) if rows else ("unread",)), count=rows)
    if asked:
        bar.set("mend", step_bar.WRONG, "asked", count=asked)
    elif draft.now.errors:
        bar.set("mend", step_bar.WRONG, "errors", count=len(draft.now.errors))
    else:
        bar.set("mend", step_bar.DONE, "clean")


def _caveats(draft: Draft, words: Words) -> change_preview.Caveats:
    """What a reader should know before the rows are stored; where some are left out, correcting them is the better way."""
    warnings, facts = file_checks.warnings(draft.notices, words.lang), file_checks.facts(draft.notices, words.lang)
    account = draft.now if draft.rows is None else file_account.corrected(draft.first, draft.now)
    facts = [*filter(None, [file_account.sums(account.checksum, words.lang) if account.checksum else ""]), *facts]
    left, good = len(draft.now.wrong), len(draft.now.rows)
    if not left:
        return change_preview.Caveats(warnings, facts)
    label = words("apply_part", some=words.number(good), all=words.number(good + left))
    return change_preview.Caveats([words("left", count=words.number(left)), *warnings], facts, label)


def keep_answers() -> None:
    """Keep what was answered about the file whose counts were stored."""
    draft: Draft | None = st.session_state.get(_DRAFT)
    if draft is not None:
        kept_answers.keep(draft.first, draft.key[0])
    if _LOG in st.session_state:
        log, source = st.session_state[_LOG]
        kept_answers.keep_log(log, source.key, source.name)


def start_over() -> None:
    """Empty the field, so that the next file can be dropped."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    _forget()


def _forget() -> None:
    for key in (_DRAFT, _LOG):
        st.session_state.pop(key, None)
    reading_progress.forget()


def _draft(file: str, choices: dict[str, Any], read: Intake, change_set: ChangeSet | None) -> Draft:
    """The draft of this file, with its corrections until the reader reads the file otherwise; an answer to which channel a name
    is keeps them."""
    key = (file, *(str(value) for name, value in choices.items() if name != "channels"))
    draft: Draft | None = st.session_state.get(_DRAFT)
    if draft is not None and draft.key == key and draft.first is read:
        return draft
    if draft is not None and draft.key == key and draft.rows is not None:
        draft.first = read
        draft.correct(draft.rows, choices["channels"])
        return draft
    turn = draft.turn + 1 if draft is not None else 0
    draft = st.session_state[_DRAFT] = Draft(key, read, read, turn=turn)
    if change_set is not None:
        change_preview.hold((*key, turn), change_set)
    return draft


def _show_errors(draft: Draft, words: Words) -> None:
    read, lang = draft.now, words.lang
    errors = [intake.describe(error, "" if error.row else read.filename, lang).strip() for error in read.errors]
    listed = markup.bullets("", errors[:_MOST_ERRORS], lang, wrong=True)
    title = words("errors", count=words.number(len(errors)))
    if len(read.rows) and all(error.row for error in read.errors):  # each stands beside its row, and what they come to above
        st.html(markup.folded(title, listed, lang))
    else:
        st.html(markup.bullets(title, errors[:_MOST_ERRORS], lang, wrong=True))
    if len(errors) > _MOST_ERRORS:
        st.caption(words("more_errors", count=words.number(len(errors) - _MOST_ERRORS)))
    st.download_button(
        words("error_sheet"),
        partial(corrections.sheet, read, lang),
        f"{words('error_sheet_name')}.xlsx",
        template.MIMES["xlsx"],
        icon=":material/download:",
        on_click="ignore",
        key="desk-error-sheet",
    )
