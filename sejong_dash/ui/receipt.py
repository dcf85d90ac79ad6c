"""How does a reader come to the receipt of a number: from a press on a mark, from the link below a drawing?"""

from dataclasses import replace
from functools import partial

import streamlit as st

from .. import errors, exports
from .. import words as wording
from ..choices import Choices
from ..errors import DashError
from ..exhibits import Exhibit
from ..exhibits import receipt as receipts
from ..exhibits.receipt import Told
from ..measures import figures
from ..measures.figures import Figure
from ..store import frozen, history
from ..words import Words
from . import desk_tables, html, state

_ASKED = "_receipt_asked"
_ROWS, _CHANGES = 100, 20  # that are shown; a file has all
_FILES = ("csv", "xlsx")


def ask() -> None:
    """The browser says which mark was pressed."""
    st.session_state[_ASKED] = st.session_state["frame"].figure


def open_asked(lang: str) -> None:
    """The receipt of the mark that was pressed, over the page."""
    code = st.session_state.pop(_ASKED, None)
    figure = figures.parse(code) if isinstance(code, str) else None
    if figure is not None:
        st.dialog(wording.of(receipts.__file__, lang)("title"), width="large")(_pressed)(figure)


def link(drawn: Exhibit) -> str:
    """The way to the numbers of a drawing for whoever has no pointer: the desk, where any of them can be chosen."""
    words, asked = wording.of(__file__, drawn.choices.lang), figures.parse(drawn.asked)
    address = (
        _address(replace(asked, place=drawn.choices.prefecture if asked.place == figures.HERE else asked.place)) if asked else ""
    )
    return html.link(address, words("label"), words("label_help"))


def _address(figure: Figure) -> str:
    query = {name: said for name, said in state.address().items() if name not in ("do", "receipt")}
    return "data" + html.address(query | {"receipt": figure.code()})


@st.cache_resource(max_entries=300, show_spinner=False)
def told(figure: Figure, choices: Choices, data: str) -> Told | None:
    """A receipt for this state of the data (`data` is its fingerprint)."""
    return receipts.told(figure, choices, frozen.version_of(data))


def show(figure: Figure, choices: Choices) -> Told | None:
    """All that there is to tell of a figure; what was told, or None."""
    words, lang = wording.of(__file__, choices.lang), choices.lang
    try:
        found = told(figure, choices, state.data())
    except DashError as trouble:
        st.html(html.error(trouble, wording.of(errors.__file__, lang)))
        return None
    if found is None:
        st.html(html.note(words("undated"), lang))
        return None
    made, shown = found.receipt, found.exhibit
    st.html(html.line(_named(made.figure, words), lang))
    st.html(html.headline(found.said, lang))
    st.html(html.line(shown.message, lang))
    st.html(html.caption(shown.words, True))
    if len(made.rows):
        _rows(found, words)
    if not choices.sample and not choices.data:
        _changes(made.figure, words)
    return found


def _pressed(figure: Figure) -> None:
    """What the dialog holds: the receipt, and the way to the desk."""
    choices = replace(state.choices(), what_if=state.supposed())
    # a dialog stands beside the page, which alone says whether it is dark
    st.html(f"<style>[data-testid=stDialog] {{ color-scheme: {'dark' if state.dark() else 'light'}; }}</style>")
    found = show(figure, choices)
    if found and found.receipt.figure.kind != "scenario":  # what is supposed stands on its own page alone
        words = wording.of(__file__, choices.lang)
        st.html(html.wrap(html.link(_address(found.receipt.figure), words("desk")), choices.lang))


def _named(figure: Figure, words: Words) -> str:
    """Kind, days, prefecture and channel in the reader's words."""
    places, tables = desk_tables.places(words.lang), desk_tables.words(words.lang)
    place = words("prefecture.all") if figure.place is None else places.get(figure.place, figure.place)
    days = words.span(figure.first, figure.last, "day")
    told = words("plain", kind=receipts.kinds(words.lang)[figure.kind], days=days, place=place)
    if figure.channel is None:
        return told
    return words("by", said=told, channel=desk_tables.channel(figure.channel, tables) or tables("unknown"))


def _rows(found: Told, words: Words) -> None:
    """The rows with their lines in the file, and all of them to take away."""
    table, shown = found.exhibit.table, found.exhibit
    rows = desk_tables.readable(table[["line", "date", "jis_code", "channel", "visitors"]], words.lang)
    counted = {"count": words.number(len(rows)), "sum": words.number(int(table["visitors"].sum()))}
    st.html(html.line(words("rows", **counted), words.lang))
    columns = ["line", "date", "prefecture", "visitors", "channel"]  # a phone shows the first ones
    desk_tables.show(rows[columns], desk_tables.words(words.lang), "receipt-rows", _ROWS)
    with st.container(horizontal=True, gap="small"):
        for kind in _FILES:
            one = exports.FORMATS[kind]
            st.download_button(
                words("download", kind=kind.upper()),
                partial(_written, kind, shown),
                f"{found.name}.{kind}",
                one.mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"receipt-{kind}",
            )


def _written(kind: str, shown: Exhibit) -> bytes:
    return exports.FORMATS[kind].module().write(None, shown.table, shown.words)


def _changes(figure: Figure, words: Words) -> None:
    """Who stored the counts that a figure is the sum of, when, why, and what they were before."""
    if figure.kind != "counted" or figure.first is None or figure.last is None:
        return
    table = history.changes_of(figure.first, figure.last, figure.place, figure.channel)
    if not len(table):
        return
    st.html(html.heading(words("changes"), words.lang))
    told = table.assign(when=table["when"].map(lambda at: f"{at:%Y-%m-%d %H:%M}").astype("str"))
    columns = ["change", "when", "who", "why", "file", "before", "after", "version"]
    desk_tables.show(told[columns].head(_CHANGES), desk_tables.words(words.lang), "receipt-changes")
    if len(table) > _CHANGES:
        st.caption(words("more_changes", shown=words.number(_CHANGES), count=words.number(len(table))))
