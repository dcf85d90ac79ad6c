"""Change the rows of a CSV of counts and leave the rest of the file as it is.

Every row keeps its text as it stands: quotes, line ends, the columns that are not ours. Rows that change are written anew in
the file's own style; new ones go where the file's order has them, or to its end if it has none.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

COLUMNS = ("date", "jis_code", "channel", "visitors", "recorded_on", "basis", "source_id")
KEY = ("date", "jis_code", "channel")
FigureKey = tuple[str, str, str]  # date, jis_code, channel; blank: not known
Row = tuple[str, ...]  # cells, in the order of the file's columns
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class _CsvRecord:
    text: str
    row: Row | None  # None: a blank line


@dataclass(frozen=True)
class CountsCsv:
    """The text of a file of counts, row by row. Only for a file that the schema accepts, or an empty one."""

    header: str  # byte order mark and header line
    columns: tuple[str, ...]
    records: tuple[_CsvRecord, ...]
    line_end: str

    @classmethod
    def read(cls, content: bytes) -> "CountsCsv":
        """Return the rows of a file; of an empty one, the usual header without rows."""
        text = content.decode("utf-8-sig")
        bom = _BOM if content.startswith(_BOM.encode()) else ""
        if not text.strip():
            return cls(f"{bom}{','.join(COLUMNS)}\n", COLUMNS, (), "\n")
        lines = list(io.StringIO(text, newline=""))  # as the csv module counts them: \n, \r\n and \r
        rows = csv.reader(lines, strict=True)
        columns = tuple(cell.strip() for cell in next(rows))
        header = "".join(lines[: rows.line_num])
        line_end = header[len(header.rstrip("\r\n")) :] or "\n"
        records, end = [], rows.line_num
        for cells in rows:
            row = tuple(cell.strip() for cell in cells)
            records.append(_CsvRecord("".join(lines[end : rows.line_num]), row if any(row) else None))
            end = rows.line_num
        return cls(bom + header, columns, tuple(records), line_end)

    @classmethod
    def without_rows(cls, columns: Sequence[str]) -> "CountsCsv":
        """Return a file of these columns in which no row stands, to look up cells of rows that are kept elsewhere."""
        return cls("", tuple(columns), (), "")

    def write(self) -> bytes:
        """Return the file's content: where nothing was changed, the very bytes that were read."""
        return (self.header + "".join(record.text for record in self.records)).encode("utf-8")

    def rows(self) -> dict[FigureKey, list[Row]]:
        """Return the rows of each figure, in the file's order."""
        found: dict[FigureKey, list[Row]] = {}
        for record in self.records:
            if record.row is not None:
                found.setdefault(self.key(record.row), []).append(record.row)
        return found

    def key(self, row: Row) -> FigureKey:
        """Return the key of the figure whose row this is."""
        date, jis_code, channel = self._key_places
        return row[date], row[jis_code], row[channel]

    @cached_property
    def _key_places(self) -> tuple[int, int, int]:
        date, jis_code, channel = (self.columns.index(name) for name in KEY)
        return date, jis_code, channel

    def cell(self, row: Row, column: str) -> str:
        """Return a row's cell in this column; blank where the file has no such column."""
        return row[self.columns.index(column)] if column in self.columns else ""

    def with_column(self, column: str) -> "CountsCsv":
        """Return the same file with one more column, blank in every row."""
        if column in self.columns:
            return self
        records = [
            record if record.row is None else _CsvRecord(_with_blank_cell(record.text), (*record.row, ""))
            for record in self.records
        ]
        line = self.header.rstrip("\r\n")
        return replace(
            self,
            header=f"{line},{column}{self.header[len(line) :]}",
            columns=(*self.columns, column),
            records=tuple(records),
        )

    def with_rows(self, wanted: Mapping[FigureKey, Sequence[Row]]) -> "CountsCsv":
        """Return the same file where these figures have these rows and no other; a row that stays keeps its text and place."""
        kept: list[tuple[FigureKey, _CsvRecord]] = []
        missing = {key: list(rows) for key, rows in wanted.items()}
        first_places: dict[FigureKey, int] = {}  # where the figure's first row stands, or stood
        row_places: dict[tuple[FigureKey, Row], int] = {}
        last_key: FigureKey = ("", "", "")
        is_ordered = True
        for record in self.records:
            if record.row is None:
                kept.append((last_key, record))
                continue
            key = self.key(record.row)
            is_ordered, last_key = is_ordered and last_key <= key, key
            if key in missing:
                first_places.setdefault(key, len(kept))
                if record.row not in missing[key]:
                    continue
                missing[key].remove(record.row)
                row_places[key, record.row] = len(kept)
            kept.append((key, record))
        added: dict[int, list[tuple[FigureKey, _CsvRecord]]] = {}
        for key, rows in wanted.items():
            place = first_places.get(key, len(kept))
            for row in rows:
                if (key, row) in row_places:
                    place = row_places[key, row] + 1
                else:
                    added.setdefault(place, []).append((key, _CsvRecord(self._text(row), row)))
        records: list[tuple[FigureKey, _CsvRecord]] = []
        for place, keyed_record in enumerate(kept):
            records += [*added.get(place, ()), keyed_record]
        records += added.get(len(kept), ())
        if is_ordered:
            records.sort(key=lambda keyed_record: keyed_record[0])  # stable: what was in order stays as it was
        ended = self._with_line_ends([record for _, record in records])
        return replace(self, header=self._with_line_end(self.header), records=tuple(ended))

    def _with_line_ends(self, records: list[_CsvRecord]) -> list[_CsvRecord]:
        """Every record but the last ends its line; the last may go without, as it did before."""
        for place, record in enumerate(records[:-1]):
            if not record.text.endswith(("\n", "\r")):
                records[place] = replace(record, text=record.text + self.line_end)
        return records

    def _with_line_end(self, text: str) -> str:
        return text if text.endswith(("\n", "\r")) else text + self.line_end

    def _text(self, row: Row) -> str:
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator=self.line_end).writerow(row)
        return line.getvalue()


def fit_row(row: Sequence[str], columns: Sequence[str], wanted: Sequence[str]) -> Row:
    """Return a row that has these `columns` as a row of the columns `wanted`; cells that it has not are blank."""
    if tuple(columns) == tuple(wanted):
        return tuple(row)
    cells = dict(zip(columns, row, strict=True))
    return tuple(cells.get(name, "") for name in wanted)


def _with_blank_cell(text: str) -> str:
    line = text.rstrip("\r\n")
    return f"{line},{text[len(line) :]}"
