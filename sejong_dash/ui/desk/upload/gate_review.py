"""Show a log of the gates: its sums, the rows that could not be counted, and what its counts would change."""

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st
from babel import Locale

from sejong_dash import intake
from sejong_dash import words as wording
from sejong_dash.exports.sheets import template, xlsx
from sejong_dash.intake.gate_log import gate_errors
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.desk import count_tables, step_bar
from sejong_dash.ui.desk.changes import change_preview
from sejong_dash.ui.desk.reading import file_checks, gate_questions, kept_answers
from sejong_dash.ui.desk.step_bar import StepBar
from sejong_dash.words import Words

from .file_source import IncomingFile

if TYPE_CHECKING:
    from sejong_dash.intake.gate_log.gate_counts import GateCounts

_MOST_VALUES = 5  # of a column that was not used
_MOST_WRONG = 12  # shown in a list; the sheet has more
_COLUMNS = ("japan", "elsewhere", "gate", "country", "column")
_UNKNOWN = "ZZ"


def show(log: "GateCounts", source: IncomingFile, key: tuple[Any, ...], bar: StepBar) -> None:
    """Show where every entry was counted, day by day, and offer to store the visitors from Japan."""
    lang, words, labels = bar.lang, wording.of(__file__, bar.lang), _labels(bar.lang)
    bar.set("read", step_bar.DONE if log.from_japan else step_bar.WRONG, "entries", count=log.rows_read)
    steps = markup.bullets("", _steps(log, source.name, source.key, words), lang)
    st.html(step_bar.heading("read", lang, words("understood"), steps))
    kept_answers.show(source.key, lang)
    gate_questions.ask(log, source.key, lang)
    days = log.sum_by_day()
    if len(days):
        with st.expander(words("apart")):
            count_tables.show(days.assign(date=days["date"].dt.strftime("%Y-%m-%d")), labels, "desk-gate-days")
            _show_breakdown(log, labels)
    if log.wrong_total:
        bar.set("mend", step_bar.WRONG, "errors", count=log.wrong_total)
        _show_wrong(log, source.name, words)
    else:
        bar.set("mend", step_bar.DONE, "clean")
    if log.from_japan:
        change_preview.offer(log.counts, source.name, key, bar, caveats=_caveats(log, words))


def _caveats(log: "GateCounts", words: Words) -> change_preview.Caveats:
    """What a reader should know before the counts of a log are stored."""
    warnings, label = file_checks.warnings(intake.find_overlaps(log.counts), words.lang), ""
    if log.wrong_total:
        parts = {"some": words.number(log.rows_read - log.wrong_total), "all": words.number(log.rows_read)}
        warnings, label = [words("left", count=words.number(log.wrong_total)), *warnings], words("apply_part", **parts)
    return change_preview.Caveats(warnings, (), label)


def _steps(log: "GateCounts", name: str, key: str, words: Words) -> list[str]:
    """How the log was read, step by step, with its sums; it is answered under `key`."""
    counted = {"read": log.rows_read, "japan": log.from_japan, "elsewhere": log.from_elsewhere, "wrong": log.wrong_total}
    japan, country = log.unnamed
    if log.no_entry_total:
        counted["no_entry"] = log.no_entry_total
    total = words("sum_no_entry" if log.no_entry_total else "sum", **{name: words.number(rows) for name, rows in counted.items()})
    steps = [words("log", file=name), total]
    days = log.sum_by_day()["date"]
    if len(days):
        first, last = (f"{day:%Y-%m-%d}" for day in (days.min(), days.max()))
        steps.append(words("period", first=first, last=last, count=words.number(len(days))))
    steps += [
        words(key, count=words.number(number))
        for key, number in (
            ("no_prefecture", japan),
            ("no_country", country),
            ("blank", log.blank_lines),
            ("headings", log.headings),
        )
        if number
    ]
    if log.is_day_before:
        steps.append(words("day_before"))
    if log.tickets:
        asked = [*log.questions, *((what.column, what.found) for what in log.no_entry), *gate_questions.answers(key)]
        is_asked = any(gate_questions.is_repeated(question) for question in asked)
        steps.append(words("tickets" if is_asked else "tickets_once", column=log.tickets[0]))
    if log.unused:
        steps.append(words("unused", columns=", ".join(_describe_unused(log, title, words) for title in log.unused)))
    if log.encoding != "utf-8":
        steps.append(words("encoding", found=log.encoding))
    steps.append(words("channel"))
    return steps


def _describe_unused(log: "GateCounts", title: str, words: Words) -> str:
    """The title of a column that was not used, with what stands in it most often."""
    values = [(found, rows) for (column, found), rows in log.values.items() if column == title and found][:_MOST_VALUES]
    listed = ", ".join(words("unused_value", found=found, count=words.number(rows)) for found, rows in values)
    return words("unused_values", column=title, values=listed) if listed else title


def _show_breakdown(log: "GateCounts", labels: Words) -> None:
    """Show all entries by gate, and those from elsewhere than Japan by country."""
    blank = count_tables.prefecture_names(labels.lang)[""]
    names = dict(Locale(labels.lang).territories) | {_UNKNOWN: blank, "": blank}
    for column, group in zip(st.columns(2), ("gate", "country"), strict=True):
        table = log.rank_by(group)
        named = table[group].map(lambda code, names=names: names.get(code, code)) if group == "country" else table[group]
        with column:
            count_tables.show(table.assign(**{group: named.replace("", names[""])}), labels, f"desk-gate-{group}")


def _show_wrong(log: "GateCounts", name: str, words: Words) -> None:
    """Show the first rows that could not be counted, and a button for the sheet with more of them."""
    rows = [gate_errors.describe_with_line(error, words.lang) for error in log.wrong[:_MOST_WRONG]]
    listed = markup.bullets("", rows, words.lang, wrong=True)
    st.html(step_bar.heading("mend", words.lang, words("wrong", count=words.number(log.wrong_total)), listed))
    if log.wrong_total > _MOST_WRONG:
        st.caption(words("more_wrong", count=words.number(log.wrong_total - _MOST_WRONG), sheet=words.number(len(log.wrong))))
    st.download_button(
        words("sheet"),
        partial(sheet, log, name, words),
        f"{words('sheet_name')}.xlsx",
        template.MIMES["xlsx"],
        icon=":material/download:",
        type="primary",
        on_click="ignore",
        key="desk-gate-sheet",
    )


def sheet(log: "GateCounts", name: str, words: Words) -> bytes:
    """Return a workbook of the rows that could not be counted: line, column, what was found and why, to send to whoever keeps
    the gates."""
    rows = [(error.row, error.column or "", error.found, gate_errors.describe(error, words.lang)) for error in log.wrong]
    table = pd.DataFrame(rows, columns=["line", "column", "found", "trouble"])
    return xlsx.write(None, table, _labels(words.lang).with_entries(title=words("sheet_name"), message=name))


def _labels(lang: str) -> Words:
    """The texts of the desk's tables, with the names of the log's columns."""
    words = wording.of(__file__, lang)
    return count_tables.words(lang).with_entries(**{f"columns.{name}": words(f"columns.{name}") for name in _COLUMNS})
