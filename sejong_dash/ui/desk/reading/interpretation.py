"""Show how a file was understood."""

from collections.abc import Iterable
from dataclasses import replace
from unicodedata import normalize

import pandas as pd
import streamlit as st

from sejong_dash import intake
from sejong_dash import words as wording
from sejong_dash.intake import Finding, Intake
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.desk import count_tables, step_bar
from sejong_dash.ui.desk.step_bar import StepBar

from . import other_readings

_MOST_NOTICES, _MOST_ROWS = 200, 1000


def show(read: Intake, now: Intake, notices: Iterable[Finding], file: str, bar: StepBar) -> None:
    """Show how the file was read, its rows beside what stood in it, and other sheets and encodings.

    `now` is the file since its rows were corrected, `notices` are those of both.
    """
    lang, words = bar.lang, wording.of(__file__, bar.lang)
    steps = [intake.describe_without_place(step, lang) for step in read.steps if not step.code.startswith("overlaps_")]
    st.html(step_bar.heading("read", lang, words("understood"), markup.bullets("", steps, lang)))
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
    return [sentence(notice, lang) for notice in rows if not is_own(notice, lang)]


def show_notices(notices: Iterable[Finding], lang: str) -> None:
    """Show the notices of rows that were typed."""
    lines = _describe_rows(notices, lang)
    if lines:
        words = wording.of(__file__, lang)
        with st.expander(words("notices", count=words.number(len(lines)))):
            st.html(markup.bullets("", lines[:_MOST_NOTICES], lang))


def sentence(finding: Finding, lang: str) -> str:
    """Return a finding for a reader who has the file before them: its row, if it is of a row, and what it is."""
    if finding.row is None:
        return intake.describe_without_place(finding, lang)
    return intake.describe(_with_channel_name(finding, lang), "", lang).strip()


def _with_channel_name(finding: Finding, lang: str) -> Finding:
    """A finding with the channel's name in the desk's tables, not its code."""
    if finding.code != "channel_named":
        return finding
    name = count_tables.channel_name(str(finding.fields["value"]), count_tables.words(lang))
    return replace(finding, fields={**finding.fields, "value": name})


def is_own(finding: Finding, lang: str) -> bool:
    """Return whether a cell, or a heading, stands as the desk itself writes it."""
    labels_by_lang = {code: count_tables.words(code) for code in wording.LANGUAGES}
    if finding.code == "headings_japanese":
        return lang == "ja"
    if finding.code == "column_ignored":  # of the sheet with the rows to correct
        own = {labels(f"columns.{name}") for labels in labels_by_lang.values() for name in ("line", "trouble")}
        return str(finding.fields["found"]) in own
    if finding.code not in ("channel_named", "prefecture_not_known"):
        return False
    key = f"channel.{finding.fields['value']}" if finding.code == "channel_named" else "unknown"
    own = {normalize("NFKC", labels(key)) for labels in labels_by_lang.values() if labels.has(key)}
    return normalize("NFKC", str(finding.fields["found"])) in own


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
