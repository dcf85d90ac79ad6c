"""How do the pictures or the tables of a report become one archive, and how does one know what is in it?"""

import csv
import io
import zipfile

from .. import words as wording
from ..exhibits import Exhibit
from . import csv as table
from . import plain, png, svg
from .report import Report, Tell, each

_WRITERS = {"csv": table.write, "png": png.write, "svg": svg.write}
_LISTED = ("file", "title", "message", "unit", "basis_name", "sources", "stamp", "plan", "state", "sample")


def write(report: Report, tell: Tell, kind: str) -> bytes:
    """A file of this `kind` (png, svg, csv) for each exhibit in each language, and a table of contents that opens anywhere.

    Cards have no picture, so an archive of pictures has none of them. The same report gives the same archive. Raises DashError
    naming the exhibit that cannot be written.
    """
    writer = _WRITERS[kind]
    numbers = iter(range(1, len(report.parts) + 1))

    def files(part: tuple[Exhibit, ...]) -> list[tuple[str, Exhibit, bytes]]:
        number, made = next(numbers), []
        for place, shown in enumerate(part):
            if place:  # the second picture of a part is as slow as the first
                tell(number - 1, len(report.parts), shown.words("title"))
            if kind == "csv" or shown.paper:
                name = f"{number:02}_{shown.name.rpartition('.')[2]}_{shown.words.lang}.{kind}"
                made.append((name, shown, writer(shown.paper() if shown.paper else None, shown.table, shown.words)))
        return made

    written = [one for part in each(report, tell, files) for one in part]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [("00_contents.csv", _contents(report, written)), *((name, said) for name, _, said in written)]:
            archive.writestr(_entry(name, report), content)
    return held.getvalue()


def _entry(name: str, report: Report) -> zipfile.ZipInfo:
    """An entry that bears the report's moment, not the clock's."""
    entry = zipfile.ZipInfo(name, report.made_at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _contents(report: Report, written: list[tuple[str, Exhibit, bytes]]) -> bytes:
    """The report's titles and stamps, then what each file shows, in the words of its own language."""
    words = wording.of(__file__, report.languages[0])
    rows = [[title] for title in report.titles]
    rows += [[report.stamp(number)] for number in range(len(report.languages))]
    rows.append([report.told_left_out()])
    rows.append([words(f"listed.{name}" if name in ("file", "title") else f"sheet.{name}") for name in _LISTED])
    for name, shown, _ in written:
        rows.append([name, *(shown.words(entry) if shown.words.has(entry) else "" for entry in _LISTED[1:])])
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[plain.safe(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")
