"""Leads a reader to the receipt of a number: from a press on a mark, or from the link below a drawing."""

from dataclasses import replace

import streamlit as st

from sejong_dash import errors
from sejong_dash import words as wording
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.errors import DashError
from sejong_dash.exhibits import Exhibit, narrowing
from sejong_dash.exhibits import receipt_text as receipts
from sejong_dash.exhibits.receipt_text import ReceiptText
from sejong_dash.kept import kept
from sejong_dash.measures import figure_codes
from sejong_dash.measures.figure_codes import FigureCode
from sejong_dash.store import history, journal, snapshots
from sejong_dash.ui.browser import selectors
from sejong_dash.ui.frame import filters, run_state
from sejong_dash.words import Words

from . import downloads, markup

_PRESSED = "_receipt_pressed"
_ROWS, _CHANGES = 100, 20  # at most so many are shown; a file has all
_FILES = ("csv", "xlsx")


def remember_press() -> None:
    """Narrow the page to what was pressed: a channel, a prefecture or a day. Where it is narrowed to that already, or the mark is
    of none of them, keep the mark, whose receipt is then opened."""
    code = run_state.component_value("frame", "figure")
    figure = figure_codes.parse(code) if isinstance(code, str) else None
    if figure is None:
        return
    for name, value in _filters(figure):
        if value and filters.chosen(name) != value:
            filters.choose(name, value)
            return
    st.session_state[_PRESSED] = code


def _filters(figure: FigureCode) -> list[tuple[str, str]]:
    """Return the choices by which a page is narrowed to a figure, the narrowest first; what has been counted alone has any."""
    if figure.kind not in ("counted", "due", "planned", "goal"):
        return []
    is_day = figure.kind == "counted" or (figure.kind == "planned" and figure.first == figure.last)
    return [
        ("channel", figure.channel or ""),
        ("prefecture", figure.place if figure.place not in (None, figure_codes.HERE) else ""),
        ("day", figure.last.isoformat() if figure.last and is_day and figure.last <= run_state.choices().as_of else ""),
    ]


def open_pressed(lang: str) -> None:
    """Show the receipt of the mark that was pressed in a dialog over the page; nothing where none was."""
    code = st.session_state.pop(_PRESSED, None)
    figure = figure_codes.parse(code) if isinstance(code, str) else None
    if figure is not None:
        st.dialog(wording.of(receipts.__file__, lang)("title"), width="large")(_pressed)(figure)


def link(drawn: Exhibit) -> str:
    """Return a link to the numbers of a drawing for readers without a pointer: the desk, where each can be chosen."""
    words, latest = wording.of(__file__, drawn.choices.lang), figure_codes.parse(drawn.latest_figure)
    address = ""
    if latest:
        place = drawn.choices.prefecture if latest.place == figure_codes.HERE else latest.place
        address = _address(replace(latest, place=place))
    return markup.link(address, words("label"), words("label_help"))


def _address(figure: FigureCode) -> str:
    query = {name: value for name, value in run_state.address().items() if name not in ("do", "receipt", "part")}
    return "data" + markup.address(query | {"receipt": figure.code()})


@kept(300)
def receipt_of(figure: FigureCode, choices: Choices, data: str, _tables: Tables) -> ReceiptText | None:
    """Return the receipt of a figure for this state of the data (`data` is its fingerprint); None where the plan has no dates.

    Raises DashError where a table that it needs cannot be used.
    """
    return receipts.describe(figure, choices, snapshots.version_of(data), _tables)


def show(figure: FigureCode, choices: Choices) -> ReceiptText | None:
    """Show the receipt of a figure and return it; None where there is none, which the page then says."""
    words, lang = wording.of(__file__, choices.lang), choices.lang
    try:
        found = receipt_of(figure, choices, run_state.data(), run_state.tables())
    except DashError as error:
        st.html(markup.error(error, wording.of(errors.__file__, lang)))
        return None
    if found is None:
        st.html(markup.note(words("undated"), lang))
        return None
    receipt, shown = found.receipt, found.exhibit
    st.html(markup.line(_named(receipt.figure, words), lang))
    st.html(markup.headline(found.value_text, lang))
    st.html(markup.line(shown.message, lang))
    st.html(markup.caption(shown.words, True))
    if len(receipt.rows):
        _rows(found, words)
    if not choices.sample and not choices.data:
        _changes(receipt.figure, words)
    return found


def _pressed(figure: FigureCode) -> None:
    """Show the content of the dialog: the receipt, and a link to the desk."""
    choices = replace(run_state.choices(), what_if=run_state.supposed())
    # a dialog stands beside the page, which alone says whether it is dark
    scheme = "dark" if run_state.is_dark() else "light"
    st.html(f"<style>{selectors.css('dialog')} {{ color-scheme: {scheme}; }}</style>")
    found = show(figure, choices)
    if found and found.receipt.figure.kind != "scenario":  # a scenario is on its own page alone
        words = wording.of(__file__, choices.lang)
        st.html(markup.wrap(markup.link(_address(found.receipt.figure), words("desk")), choices.lang))


def _named(figure: FigureCode, words: Words) -> str:
    """Return kind, days, prefecture and channel of a figure in the reader's language."""
    from sejong_dash.ui.desk import count_tables  # with it comes what reads files, and no first page needs that

    places, tables = count_tables.prefecture_names(words.lang), count_tables.words(words.lang)
    place = words("prefecture.all") if figure.place is None else places.get(figure.place, figure.place)
    days = words.span(figure.first, figure.last, "day")
    text = words("plain", kind=receipts.kind_names(words.lang)[figure.kind], days=days, place=place)
    if figure.channel is None:
        return text
    return words("by", said=text, channel=narrowing.channel_name(figure.channel, tables) or tables("unknown"))


def _rows(found: ReceiptText, words: Words) -> None:
    """Show the rows with their lines in the file, and links to files with all of them."""
    from sejong_dash.ui.desk import count_tables

    table, shown = found.exhibit.table, found.exhibit
    rows = count_tables.readable(table[["line", "date", "jis_code", "channel", "visitors"]], words.lang)
    counted = {"count": words.number(len(rows)), "sum": words.number(int(table["visitors"].sum()))}
    st.html(markup.line(words("rows", **counted), words.lang))
    columns = ["line", "date", "prefecture", "visitors", "channel"]  # a phone shows the first ones
    count_tables.show(rows[columns], count_tables.words(words.lang), "receipt-rows", _ROWS)
    code = {"receipt": found.receipt.figure.code()}
    files = [
        (downloads.file_address(f"receipt.{kind}", shown.choices, code), words("download", kind=kind.upper())) for kind in _FILES
    ]
    st.html(downloads.links(files, words))


def _changes(figure: FigureCode, words: Words) -> None:
    """Show who stored the counts that a figure is the sum of, when, why, and what they were before."""
    from sejong_dash.ui.desk import count_tables

    if figure.kind != "counted" or figure.first is None or figure.last is None:
        return
    table = history.changes_of(figure.first, figure.last, figure.place, figure.channel)
    if not len(table):
        return
    st.html(markup.heading(words("changes"), words.lang))
    changes = table.assign(
        when=table["when"].map(lambda at: f"{at:%Y-%m-%d %H:%M}").astype("str"),
        change=table["change"].map(lambda number: str(journal.ordinal(number) or "")).astype("str"),
    )
    columns = ["change", "when", "who", "why", "file", "before", "after", "version"]
    count_tables.show(changes[columns].head(_CHANGES), count_tables.words(words.lang), "receipt-changes")
    if len(table) > _CHANGES:
        st.caption(words("more_changes", shown=words.number(_CHANGES), count=words.number(len(table))))
