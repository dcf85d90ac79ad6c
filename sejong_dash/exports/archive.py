"""Write the pictures or the tables of a report as one archive, with a table of its contents."""

import csv
import io
import zipfile
from typing import Literal

from sejong_dash import words as wording
from sejong_dash.exhibits import Exhibit, caption

from .formats import FORMATS
from .model import safe_text
from .report import Progress, Report, write_parts

_LISTED = ("file", "title", "message", *caption.PARTS, "sample")


def write(report: Report, progress: Progress, kind: Literal["png", "svg", "csv"]) -> bytes:
    """Return an archive of a file of this `kind` for each exhibit in each language, and a list of them that opens anywhere.

    Cards have no picture, so an archive of pictures has none of them. The same report gives the same archive. Raises DashError
    naming the exhibit that cannot be written.
    """
    numbers = iter(range(1, len(report.parts) + 1))

    def write_part(part: tuple[Exhibit, ...]) -> list[tuple[str, Exhibit, bytes]]:
        number, files = next(numbers), []
        for place, exhibit in enumerate(part):
            if place:  # the second picture of a part is as slow as the first
                progress(number - 1, len(report.parts), exhibit.words("title"))
            if kind == "csv" or exhibit.paper:
                name = f"{number:02}_{exhibit.name.rpartition('.')[2]}_{exhibit.words.lang}.{kind}"
                figure = exhibit.paper() if exhibit.paper else None
                files.append((name, exhibit, FORMATS[kind].write(figure, exhibit.table, exhibit.words)))
        return files

    written = [file for files in write_parts(report, progress, write_part) for file in files]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [("00_contents.csv", _contents(report, written)), *((name, file) for name, _, file in written)]:
            archive.writestr(_entry(name, report), content)
    return packed.getvalue()


def _entry(name: str, report: Report) -> zipfile.ZipInfo:
    """Return an entry that bears the report's moment, not the clock's."""
    entry = zipfile.ZipInfo(name, report.made_at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _contents(report: Report, written: list[tuple[str, Exhibit, bytes]]) -> bytes:
    """Return the report's titles and stamps, then what each file shows, in the words of its own language."""
    words = wording.of(__file__, report.languages[0])
    rows = [[title] for title in report.titles]
    rows += [[report.stamp(number)] for number in range(len(report.languages))]
    rows.append([report.application()])
    rows.append([report.left_out_sentence()])
    rows.append([words(f"listed.{name}" if name in ("file", "title") else f"caption_label.{name}") for name in _LISTED])
    for name, exhibit, _ in written:
        rows.append([name, *(exhibit.words(entry) if exhibit.words.has(entry) else "" for entry in _LISTED[1:])])
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[safe_text.safe(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")
