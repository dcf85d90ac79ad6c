"""Describes one figure in words: value, formula, rows, file, version; and gives its rows for a file."""

from dataclasses import dataclass
from typing import Any

from sejong_dash import words as wording
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import receipt
from sejong_dash.measures.figure_codes import KINDS, FigureCode
from sejong_dash.measures.receipt import Receipt
from sejong_dash.words import Words

from . import Exhibit, caption

_COLUMNS = ["date", "jis_code", "channel", "visitors", "was", "recorded_on", "basis", "source_id"]
_PLACES = {"weight": 2, "all_weights": 2, "level": 1}  # digits behind the point; visitors have none


@dataclass(frozen=True)
class ReceiptText:
    """A receipt, and as an exhibit its rows (their `line` in the file first) with the words of its caption.

    `value_text` is the value with its unit, `file` the table and the version of the data.
    """

    receipt: Receipt
    exhibit: Exhibit
    value_text: str
    file: str

    @property
    def name(self) -> str:
        """The name of its files, of letters that every system takes."""
        code = self.receipt.figure.code().replace("*", "all").replace(":", "_").replace("~", "_")
        return "receipt_" + "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in code)


def kind_names(lang: str) -> dict[str, str]:
    """Return the kinds of figures with their names in the reader's language."""
    words = wording.of(__file__, lang)
    return {kind: words(f"kind.{kind}") for kind in KINDS}


def describe(figure: FigureCode, choices: Choices, version: str, tables: Tables) -> ReceiptText | None:
    """Return the receipt of a figure for these choices, None where the plan has no dates.

    `tables` are those of the version `choices.data`, `version` names their state.

    Raises DashError where a table that it needs cannot be used.
    """
    found = receipt.receipt(figure, choices, tables)
    if found is None:
        return None
    words = wording.of(__file__, choices.lang)
    rows = found.rows.reset_index(names="line")[["line", *_COLUMNS]]
    file = words("file_of", file="sample/visitors.csv" if choices.sample else "visitors.csv", version=version)
    message = words(f"formula.{found.formula}", **_numbers(found, words)) if found.numbers else words(f"formula.{found.formula}")
    entries = {
        "basis": found.basis,
        "basis_name": words(f"basis.{found.basis}"),
        "sources": caption.source_line(found.source_id, words, tables),
        "stamp": words("dots").join([caption.stamp(choices, words), file]),
        "sample": words("caption.sample") if found.basis == "sample" else "",
        **caption.plan_line(choices, words, tables),
    }
    value = words("none") if found.value is None else words("value", value=words.number(found.value))
    shown = Exhibit("exhibits.receipt", choices, rows, words.with_entries(message=message, **entries), message)
    return ReceiptText(found, shown, value, file)


def _numbers(found: Receipt, words: Words) -> dict[str, Any]:
    return {name: words.number(number, _PLACES.get(name, 0)) for name, number in found.numbers.items()}
