"""What is there to tell and to take away of one figure: value, formula, rows, file, version?"""

from dataclasses import dataclass
from typing import Any

from .. import paths
from .. import words as wording
from ..choices import Choices
from ..datasets import day_weights, goals, plans, prefectures, reference_seasons, visitors
from ..measures import receipt
from ..measures.figures import KINDS, Figure
from ..measures.receipt import Receipt, Tables
from ..words import Words
from . import Exhibit, caption

_COLUMNS = ["date", "jis_code", "channel", "visitors", "was", "recorded_on", "basis", "source_id"]
_PLACES = {"weight": 2, "all_weights": 2, "level": 1}  # digits behind the point; visitors have none


@dataclass(frozen=True)
class Told:
    """A receipt, and as an exhibit its rows (their `line` in the file first) with the words of its caption.

    `said` is the value with its unit, `file` the table and the version of the data.
    """

    receipt: Receipt
    exhibit: Exhibit
    said: str
    file: str

    @property
    def name(self) -> str:
        """A name for files, of letters that every system takes."""
        code = self.receipt.figure.code().replace("*", "all").replace(":", "_").replace("~", "_")
        return "receipt_" + "".join(one if one.isalnum() or one in "-_." else "-" for one in code)


def kinds(lang: str) -> dict[str, str]:
    """What is told of a figure, in the reader's words."""
    words = wording.of(__file__, lang)
    return {kind: words(f"kind.{kind}") for kind in KINDS}


def told(figure: Figure, choices: Choices, version: str) -> Told | None:
    """The receipt of a figure for these choices; `version` names the state of the data. None where the plan has no dates.

    Raises DashError where a table that it needs cannot be used.
    """
    with paths.frozen(choices.data):
        found = receipt.receipt(figure, choices, tables(choices))
        if found is None:
            return None
        words = wording.of(__file__, choices.lang)
        rows = found.rows.reset_index(names="line")[["line", *_COLUMNS]]
        file = words("file_of", file="sample/visitors.csv" if choices.sample else "visitors.csv", version=version)
        message = (
            words(f"formula.{found.formula}", **_numbers(found, words)) if found.numbers else words(f"formula.{found.formula}")
        )
        entries = {
            "basis": found.basis,
            "basis_name": words(f"basis.{found.basis}"),
            "sources": caption.source_line(found.source_id, words),
            "stamp": words("dots").join([caption.stamp(choices, words), file]),
            "sample": words("caption.sample") if found.basis == "sample" else "",
            **caption.plan_line(choices, words),
        }
    value = words("none") if found.value is None else words("value", value=words.number(found.value))
    shown = Exhibit("exhibits.receipt", choices, rows, words.with_entries(message=message, **entries), message)
    return Told(found, shown, value, file)


def tables(choices: Choices) -> Tables:
    """What figures are made of, for these choices. Raises TableError where one cannot be used."""
    return Tables(
        plans.load(),
        goals.load(),
        prefectures.load(),
        visitors.load(choices.sample),
        day_weights.load(),
        reference_seasons.load(),
    )


def _numbers(found: Receipt, words: Words) -> dict[str, Any]:
    return {name: words.number(number, _PLACES.get(name, 0)) for name, number in found.numbers.items()}
