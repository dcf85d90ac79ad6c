"""How does a CSV of counts change without touching what is not meant?

Every row keeps its text as it stands: quotes, line ends, the columns that we know nothing of. Rows that change are
written anew in the file's own way; new ones go where the file's order has them, or to its end if it has none.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

COLUMNS = ("date", "jis_code", "channel", "visitors", "recorded_on", "basis", "source_id")
KEY = ("date", "jis_code", "channel")
Key = tuple[str, str, str]  # blank: not known
Row = tuple[str, ...]  # cells, in the order of the sheet's columns
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class _Record:
    text: str
    row: Row | None  # None: a blank line


@dataclass(frozen=True)
class Sheet:
    """The text of a file of counts, row by row. Only of a file that the schema has let through, or an empty one."""

    begin: str  # byte order mark and header line
    columns: tuple[str, ...]
    records: tuple[_Record, ...]
    end: str  # how lines end

    @classmethod
    def read(cls, content: bytes) -> "Sheet":
        text = content.decode("utf-8-sig")
        bom = _BOM if content.startswith(_BOM.encode()) else ""
        if not text.strip():
            return cls(f"{bom}{','.join(COLUMNS)}\n", COLUMNS, (), "\n")
        lines = list(io.StringIO(text, newline=""))  # as reading counts them: \n, \r\n and \r
        rows = csv.reader(lines, strict=True)
        header = tuple(cell.strip() for cell in next(rows))
        first = "".join(lines[: rows.line_num])
        end = first[len(first.rstrip("\r\n")) :] or "\n"
        records, done = [], rows.line_num
        for cells in rows:
            row = tuple(cell.strip() for cell in cells)
            records.append(_Record("".join(lines[done : rows.line_num]), row if any(row) else None))
            done = rows.line_num
        return cls(bom + first, header, tuple(records), end)

    def write(self) -> bytes:
        """The file's content: unchanged, the very bytes that were read."""
        return (self.begin + "".join(record.text for record in self.records)).encode("utf-8")

    def rows(self) -> dict[Key, list[Row]]:
        """The rows of each figure, in the file's order."""
        found: dict[Key, list[Row]] = {}
        for record in self.records:
            if record.row is not None:
                found.setdefault(self.key(record.row), []).append(record.row)
        return found

    def key(self, row: Row) -> Key:
        day, jis_code, channel = self._places
        return row[day], row[jis_code], row[channel]

    @cached_property
    def _places(self) -> tuple[int, int, int]:
        day, jis_code, channel = (self.columns.index(name) for name in KEY)
        return day, jis_code, channel

    def cell(self, row: Row, column: str) -> str:
        return row[self.columns.index(column)] if column in self.columns else ""

    def with_column(self, column: str) -> "Sheet":
        """The same sheet with one more column, blank in every row."""
        if column in self.columns:
            return self
        records = [record if record.row is None else _Record(_longer(record.text), (*record.row, "")) for record in self.records]
        first = self.begin.rstrip("\r\n")
        return replace(
            self,
            begin=f"{first},{column}{self.begin[len(first) :]}",
            columns=(*self.columns, column),
            records=tuple(records),
        )

    def with_rows(self, wanted: Mapping[Key, Sequence[Row]]) -> "Sheet":
        """The same sheet where these figures have these rows, and no other; a row that stays keeps its text and place."""
        kept: list[tuple[Key, _Record]] = []
        missing = {key: list(rows) for key, rows in wanted.items()}
        place: dict[Key, int] = {}  # where the figure's first row stands, or stood
        stands: dict[tuple[Key, Row], int] = {}
        last: Key = ("", "", "")
        ordered = True
        for record in self.records:
            if record.row is None:
                kept.append((last, record))
                continue
            key = self.key(record.row)
            ordered, last = ordered and last <= key, key
            if key in missing:
                place.setdefault(key, len(kept))
                if record.row not in missing[key]:
                    continue
                missing[key].remove(record.row)
                stands[key, record.row] = len(kept)
            kept.append((key, record))
        inside: dict[int, list[tuple[Key, _Record]]] = {}
        for key, rows in wanted.items():
            at = place.get(key, len(kept))
            for row in rows:
                if (key, row) in stands:
                    at = stands[key, row] + 1
                else:
                    inside.setdefault(at, []).append((key, _Record(self._text(row), row)))
        records = []
        for number, pair in enumerate([*kept, None]):
            records += inside.get(number, ())
            records += [pair] if pair else []
        if ordered:
            records.sort(key=lambda pair: pair[0])  # stable: what was in order stays as it was
        return replace(self, begin=self._ended(self.begin), records=tuple(self._closed([one for _, one in records])))

    def _closed(self, records: list[_Record]) -> list[_Record]:
        """Every row but the last ends its line; the last may go without, as it did before."""
        for number, one in enumerate(records[:-1]):
            if not one.text.endswith(("\n", "\r")):
                records[number] = replace(one, text=one.text + self.end)
        return records

    def _ended(self, text: str) -> str:
        return text if text.endswith(("\n", "\r")) else text + self.end

    def _text(self, row: Row) -> str:
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator=self.end).writerow(row)
        return line.getvalue()


def fitted(row: Sequence[str], columns: Sequence[str], wanted: Sequence[str]) -> Row:
    """A row of a sheet with `columns` as one with the columns `wanted`."""
    if tuple(columns) == tuple(wanted):
        return tuple(row)
    cells = dict(zip(columns, row, strict=True))
    return tuple(cells.get(name, "") for name in wanted)


def _longer(text: str) -> str:
    line = text.rstrip("\r\n")
    return f"{line},{text[len(line) :]}"
