"""Finds where a table ends: at the headings, or the title, of another table below it."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sejong_dash.intake.cells import amounts, prefecture_names
from sejong_dash.intake.cells.amounts import shorten
from sejong_dash.intake.cells.days import is_day
from sejong_dash.intake.cells.spelling import load_words, simplify
from sejong_dash.intake.files.raw_sheet import RawSheet
from sejong_dash.intake.findings import Finding
from sejong_dash.intake.table import count_unit
from sejong_dash.intake.table.heading_words import has_doubt, load_headings, read_heading, role_of
from sejong_dash.intake.table.headings import TableLayout
from sejong_dash.intake.table.row_cells import RowCells
from sejong_dash.intake.table.total_words import is_total

READ = "read"


@dataclass
class TableEnd:
    """The line at which another table begins (None: the sheet holds one), and the lines of headings that are repeated."""

    line: int | None = None
    found: str = ""
    repeated: set[int] = field(default_factory=set)


def find_end(collected: RowCells, layout: TableLayout, sheet: RawSheet) -> TableEnd:
    """Return where the table ends. An answer of the reader goes on with the rows below other headings.

    Remarks at the end of the sheet are taken out of the rows of `collected`.
    """
    _take_remarks(collected)
    cells = collected.cells
    if not len(cells):
        return TableEnd()
    end = TableEnd()
    others: list[tuple[int, str]] = []
    for at in np.flatnonzero(_flag_headings(cells, layout)):
        line = int(cells.at[at, "line"])
        if _is_repeated(cells, int(at), layout):
            end.repeated.add(line)
        else:
            others.append((line, " ".join(_texts(cells, int(at)))))
    last = int(cells["line"].max())
    alone = [(line, texts[0]) for line, row in collected.whole_rows.items() if len(texts := _filled(row)) == 1]
    alone += _list_lone_keys(cells, layout)
    others += [(line, text) for line, text in alone if line < last and _is_title(text)]
    notes = [(line, text) for line, text in collected.notes if line < last]
    others += [(line, text) for line, text in notes if has_doubt(text) or count_unit.names_unit(text)]
    first = int(cells["line"].min())
    starts = [int(cells["line"][cells["line"] >= line].min()) for line in sheet.breaks if first < line <= last]
    others += [(line, "") for line in starts]
    end.repeated |= {line for line, found in others if layout.answers.get(question_key(found)) == READ}
    others = [(line, found) for line, found in others if layout.answers.get(question_key(found)) != READ]
    if others:
        end.line, end.found = min(others)
    return end


def question_key(found: str) -> str:
    """Return the key of the question whether the rows below other headings belong to the table."""
    return f"second_table:{simplify(found)[:80]}"


def _list_lone_keys(cells: pd.DataFrame, layout: TableLayout) -> list[tuple[int, str]]:
    """Return the rows of a wide table with a word in doubt in place of their day or prefecture, and no number."""
    found: dict[int, str] = {}
    for name in ("date", "prefecture"):
        if layout.wide is None or name == layout.wide or name not in layout.roles:
            continue
        texts = {str(text) for text in cells[name].unique()}
        odd = {text for text in texts if _is_title(text) and not _is_key(name, text)}
        rows = cells[cells[name].isin(odd)]
        is_blank = rows["visitors"].str.strip().eq("").groupby(rows["line"]).transform("all")
        found |= dict(zip(rows["line"][is_blank].astype(int), rows[name][is_blank], strict=True))
    return list(found.items())


def _take_remarks(collected: RowCells) -> None:
    """Move rows at the end that hold nothing but a sentence from the cells to the notes: 작성자: 관광과."""
    taken: list[tuple[int, str]] = []
    for line in collected.cells["line"].to_numpy()[::-1]:
        if taken and taken[-1][0] == line:
            continue  # another number of the same row
        texts = _filled(collected.whole_rows.get(int(line), ()))
        if len(texts) != 1 or not _is_sentence(texts[0]):
            break
        taken.append((int(line), texts[0]))
    if taken:
        is_kept = ~collected.cells["line"].isin([line for line, _ in taken]).to_numpy(dtype=bool)
        keep_rows(collected, is_kept)
        collected.notes += reversed(taken)


def keep_rows(collected: RowCells, is_kept: np.ndarray) -> pd.DataFrame:
    """Keep some rows of cells, with all that stands beside them, and return the others."""
    others = collected.cells[~is_kept].reset_index(drop=True)
    lines = set(others["line"].tolist())
    collected.cells = collected.cells[is_kept].reset_index(drop=True)
    collected.side = collected.side[is_kept].reset_index(drop=True)
    if collected.codes is not None:
        collected.codes = collected.codes[is_kept].reset_index(drop=True)
    collected.whole_rows = {line: row for line, row in collected.whole_rows.items() if line not in lines}
    collected.sums = {line: text for line, text in collected.sums.items() if line not in lines}
    return others


def _is_sentence(text: str) -> bool:
    """Return whether a text alone in its row can be no part of a count: no day, no place, no number, no total."""
    is_part = is_day(text) or prefecture_names.read(text, propose=False).error is None or is_total(text)
    is_word = sum(sign.isalpha() for sign in text) > 1 and simplify(text) not in load_words("prefecture", "other")
    return is_word and not is_part and amounts.read(text).error == "not_a_number" and not read_heading(text).role


def report_end(end: TableEnd, below: pd.DataFrame) -> list[Finding]:
    """Return the error of another table below, with the number of its rows."""
    if end.line is None:
        return []
    count = below["line"].nunique()
    return [Finding(end.line, None, "second_table", {"found": shorten(end.found), "count": int(count)})]


def _flag_headings(cells: pd.DataFrame, layout: TableLayout) -> np.ndarray:
    """Return which rows name columns in the places of day and prefecture, where neither stands."""
    keys = [name for name in ("date", "prefecture") if name != layout.wide and name in layout.roles]
    named, fitting = np.zeros(len(cells), dtype=bool), np.zeros(len(cells), dtype=bool)
    for name in keys:
        which, different = pd.factorize(cells[name])
        texts = [str(text) for text in different]
        named |= np.array([*map(_names_column, texts), False])[which]
        fitting |= np.array([*(_is_key(name, text) for text in texts), False])[which]
    return named & ~fitting


def _names_column(text: str) -> bool:
    reading = read_heading(text)
    return bool(text.strip()) and bool(reading.role or reading.doubtful_role or simplify(text) in load_headings("other_day"))


def _is_key(name: str, text: str) -> bool:
    return is_day(text) if name == "date" else prefecture_names.read(text, propose=False).error is None


def _is_repeated(cells: pd.DataFrame, at: int, layout: TableLayout) -> bool:
    """Return whether a row of headings says what those of the table say, in the same places."""
    for name in ("date", "prefecture"):
        if name != layout.wide and role_of(str(cells.at[at, name]), layout.answers) != name and not layout.is_date_split:
            return False
    title = layout.titles[int(cells.at[at, "at"])]
    text = str(cells.at[at, "visitors"])
    if layout.wide is None and count_unit.is_same_unit(text, title):
        return role_of(text, layout.answers) == "visitors" or simplify(text) == simplify(title)
    return simplify(text) == simplify(title)


def _is_title(text: str) -> bool:
    """Return whether a text alone in its row says that other numbers follow: [예약 현황], 前年."""
    return len(text) < 100 and bool(has_doubt(text)) and simplify(text) not in load_words("number", "missing")


def _filled(row: object) -> list[str]:
    return [str(cell).strip() for cell in row if str(cell).strip()]  # type: ignore[attr-defined]


def _texts(cells: pd.DataFrame, at: int) -> list[str]:
    return [str(cells.at[at, name]) for name in ("date", "prefecture", "visitors") if str(cells.at[at, name]).strip()]
