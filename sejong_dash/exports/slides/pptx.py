"""Write a report as slides that are edited further, in PowerPoint or Hancom, without a browser."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sejong_dash import theme
from sejong_dash import words as wording
from sejong_dash.exhibits import Exhibit, caption
from sejong_dash.exports.model import series
from sejong_dash.exports.model.figure_spec import read_spec
from sejong_dash.exports.model.plane import Box
from sejong_dash.exports.model.safe_text import visible
from sejong_dash.exports.report import Progress, Report, write_parts
from sejong_dash.layout import text_width
from sejong_dash.layout.text_width import LINE_HEIGHT
from sejong_dash.words import Words

from . import card_slides, chart_slide, drawing_slides, slide_master, step_chart
from .canvas import Canvas, Paragraph
from .slide_master import HIGH, SIDE, WIDE

_ORIGIN, _PLAN = ("unit", "basis_name", "sources"), ("plan", "state")  # of the caption; the report's stamp ends it
_GUTTER, _FOOT = 28.0, 10.0  # points between two languages; of the footer's letters
_SIZES = (28, 26, 24, 22, 20)
_SMALL = (22, 20, 18, 16)  # of two languages


@dataclass(frozen=True)
class _Half:
    """The part of a slide that one language has."""

    exhibit: Exhibit
    left: float
    wide: float
    sizes: tuple[float, ...]
    number: int


def write(report: Report, progress: Progress) -> bytes:
    """Return a presentation: a title slide, a list of contents where it helps, and a slide or several for each exhibit.

    An exhibit has its message as the title, charts with their data inside, drawings and maps as shapes, the caption as footer,
    all of its text in the notes. Two languages stand side by side. The same report gives the same bytes. Raises DashError
    naming the exhibit that cannot be written.
    """
    lang = report.languages[0]
    deck = slide_master.new(lang)
    listed = None
    if not report.single:
        _cover(deck, report)
        listed = slide_master.slide(deck) if len(report.parts) > 3 else None
    starts: list[int] = []

    def added(part: tuple[Exhibit, ...]) -> None:
        starts.append(len(deck.slides) + 1)
        _part(deck, report, part)

    write_parts(report, progress, added)
    if listed is not None:
        _contents(listed, report, starts)
    slide_master.stamp(deck, report.titles[0], lang, report.made_at, report.application())
    file = io.BytesIO()
    deck.save(file)
    return _without_times(file)


def _without_times(file: io.BytesIO) -> bytes:
    """Return the same archive without the time at which it was packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename), old.read(entry), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _own_words(lang: str) -> Words:
    return wording.of(__file__, lang)


def _halves(part: Sequence[Exhibit]) -> list[_Half]:
    wide = (WIDE - 2 * SIDE - _GUTTER * (len(part) - 1)) / len(part)
    sizes = _SIZES if len(part) == 1 else _SMALL
    return [_Half(exhibit, SIDE + number * (wide + _GUTTER), wide, sizes, number) for number, exhibit in enumerate(part)]


def _part(deck: Any, report: Report, part: tuple[Exhibit, ...]) -> None:
    halves = _halves(part)
    titles = [text_width.fit_size(half.exhibit.message, half.wide, 2 * half.sizes[0] * 1.25, half.sizes, True) for half in halves]
    titles = [min(titles)] * len(titles)
    high = max(text_width.height(half.exhibit.message, titles[0], half.wide, True) for half in halves)
    below = [_below(half, report) for half in halves]
    floor = HIGH - 16 - max(LINE_HEIGHT * _FOOT * len(lines) for lines in below)
    top = 46 + high + 10
    boxes: list[Box] = [(half.left, top, half.wide, floor - 10 - top) for half in halves]
    pages = _pages(halves, boxes)
    for number, row in enumerate(pages):
        slide = slide_master.slide(deck)
        canvas = Canvas(slide.shapes._spTree, part[0].choices.lang)
        notes = []
        for half, size, page, lines in zip(halves, titles, row, below, strict=True):
            lang, words = half.exhibit.choices.lang, half.exhibit.words
            canvas.lang = lang
            over = (
                words("title")
                if len(pages) == 1
                else _own_words(lang)("page", title=words("title"), number=number + 1, of=len(pages))
            )
            message = [Paragraph(half.exhibit.message, size, theme.INK, True)]
            box = (half.left, 46.0, half.wide, high)
            if half.number == 0:
                slide_master.write(slide.shapes.title, message, lang, box)
                slide.shapes.title.name = "title"
                slide_master.foot(slide, [Paragraph("\n".join(lines), _FOOT, theme.MUTED)], lang, _foot_box(half, floor))
            else:
                canvas.text(box, message, name="title")
                canvas.text(_foot_box(half, floor), [Paragraph("\n".join(lines), _FOOT, theme.MUTED)], anchor="b", name="footer")
            _over(canvas, half, over)
            if page is not None:
                page.put(slide, canvas, half.exhibit.message)
            notes.append(_notes(half, page, report, over))
            canvas.flush()
        _note(slide, "\n\n".join(notes))


def _foot_box(half: _Half, floor: float) -> Box:
    last = half.left + half.wide > WIDE - SIDE - 1
    return (half.left, floor, half.wide - (56 if last else 0), HIGH - 14 - floor)


def _over(canvas: Canvas, half: _Half, over: str) -> None:
    """Write the exhibit's title small above its message, and on the right that its data are a sample."""
    sample, size = half.exhibit.words("sample"), 13.0
    room = text_width.width(sample) * 12 * 1.05 + 14 if sample else 0
    fits = text_width.fit_size(over, half.wide - room - 8, size * 1.3, (size, 12, 11, 10, 9, 8), True)
    canvas.text((half.left, 27, half.wide - room - 4, 18), [Paragraph(over, fits, theme.DONE, True)], wrap=False, name="exhibit")
    if sample:
        box = (half.left + half.wide - room, 25.0, room, 19.0)
        look = {"fill": theme.MISSING_SOFT, "align": "ctr", "anchor": "ctr", "wrap": False, "name": "sample"}
        canvas.text(box, [Paragraph(sample, 12, theme.MISSING, True)], **look)  # type: ignore[arg-type]


def _pages(halves: Sequence[_Half], boxes: Sequence[Box]) -> list[list[Any]]:
    """Return for each slide what stands on it in each language; None where a language needs fewer slides."""
    exhibits = [half.exhibit for half in halves]
    if exhibits[0].cards:
        return [list(row) for row in card_slides.pages(exhibits, boxes)]
    size = 14.0 if len(halves) == 1 else 11.5
    found = [_shown(exhibit, box, size) for exhibit, box in zip(exhibits, boxes, strict=True)]
    most = max(len(some) for some in found)
    return [[some[number] if number < len(some) else None for some in found] for number in range(most)]


def _shown(exhibit: Exhibit, box: Box, size: float) -> list[Any]:
    assert exhibit.paper is not None  # what has no cards has a figure
    figure = read_spec(exhibit.paper())
    plot = series.read(figure, exhibit.words("title"))
    if plot is None:
        return list(drawing_slides.pages(exhibit, figure, box))
    return list(chart_slide.pages(exhibit, figure, plot, box, _own_words(exhibit.choices.lang), size))


def _parts(half: _Half, report: Report) -> list[str]:
    """Return the lines of a caption: unit, basis, sources; plan and its state; the report's stamp."""
    return [*caption.lines(half.exhibit.words, (*_ORIGIN, *_PLAN)).values(), report.stamp(half.number)]


def _below(half: _Half, report: Report) -> list[str]:
    """Return the caption in a few lines; sources whose titles are too long for a slide have these in its notes."""
    room = (half.wide - 60) / _FOOT * 0.97
    most = 2 if len(report.languages) == 1 else 3

    def origin(words: Words) -> list[str]:
        return text_width.break_lines("   ".join(caption.lines(words, _ORIGIN).values()), room)

    words = caption.with_short_sources(half.exhibit.words, lambda words: len(origin(words)) <= most)
    plan = "   ".join([*caption.lines(words, _PLAN).values(), report.stamp(half.number)])
    return [*origin(words), *text_width.break_lines(plan, room)]


def _notes(half: _Half, page: Any, report: Report, over: str) -> str:
    own = _own_words(half.exhibit.choices.lang)
    kinds = {chart_slide.ChartPage: "notes.chart", drawing_slides.DrawingPage: "notes.drawing"}
    kind = kinds.get(type(page), "notes.cards")
    sample = half.exhibit.words("sample")
    steps = [own("notes.steps")] if isinstance(page, chart_slide.ChartPage) and step_chart.stepped(page.plot) else []
    return "\n".join([over, half.exhibit.message, *([sample] if sample else []), *_parts(half, report), own(kind), *steps])


def _note(slide: Any, text: str) -> None:
    slide.notes_slide.notes_text_frame.text = visible(text)


def _cover(deck: Any, report: Report) -> None:
    slide = slide_master.cover(deck)
    lang = report.languages[0]
    titles = [Paragraph(title, 40 if number == 0 else 28, theme.INK, True) for number, title in enumerate(report.titles)]
    below = []
    for number in range(len(report.languages)):
        for name, line in caption.lines(report.parts[0][number].words, _PLAN).items():
            below.append(Paragraph(line, *((16, theme.MISSING) if name == "state" else (18, theme.INK))))
        below.append(Paragraph(report.stamp(number), 16, theme.MUTED, after=8))
    title, sub = slide.shapes.title, slide.placeholders[1]
    slide_master.write(title, titles, lang, anchor="b")
    slide_master.write(sub, below, lang)
    title.name, sub.name = "title", "stamp"
    canvas = Canvas(slide.shapes._spTree, lang)
    if report.left_out:
        left = _own_words(lang)("left_out", titles=report.parts[0][0].words("comma").join(report.left_out))
        canvas.text((SIDE + 20, 440, WIDE - 2 * SIDE - 40, 60), [Paragraph(left, 14, theme.MUTED)], anchor="b", name="left out")
    sample = next((part[0].words("sample") for part in report.parts if part[0].words("sample")), "")
    if sample:
        canvas.text((SIDE + 20, 100, 500, 24), [Paragraph(sample, 16, theme.MISSING, True)], anchor="ctr", name="sample")
    canvas.flush()
    _note(slide, "\n".join([*report.titles, *(paragraph.text for paragraph in below)]))


def _contents(slide: Any, report: Report, starts: Sequence[int]) -> None:
    """List what follows and on which slide."""
    lang, canvas = report.languages[0], Canvas(slide.shapes._spTree, report.languages[0])
    heading = " / ".join(_own_words(language)("contents") for language in report.languages)
    slide_master.write(slide.shapes.title, [Paragraph(heading, 28, theme.INK, True)], lang, (SIDE, 46, WIDE - 2 * SIDE, 40))
    slide.shapes.title.name = "title"
    entries = [" / ".join(exhibit.words("title") for exhibit in part) for part in report.parts]
    across = 1 if len(entries) <= 10 else 2
    rows = -(-len(entries) // across)
    wide, row = (WIDE - 2 * SIDE - _GUTTER * (across - 1)) / across, min(36.0, 380 / rows)
    size = min(text_width.fit_size(entry, wide - 50, row, (18, 16, 14, 12, 11, 10, 9)) for entry in entries)
    for number, (entry, start) in enumerate(zip(entries, starts, strict=True)):
        left, top = SIDE + number // rows * (wide + _GUTTER), 104 + number % rows * row
        canvas.text((left, top, wide - 44, row), [Paragraph(entry, size)], anchor="ctr", name="entry")
        canvas.text(
            (left + wide - 40, top, 40, row), [Paragraph(str(start), size, theme.MUTED)], align="r", anchor="ctr", name="number"
        )
    slide_master.foot(slide, [Paragraph(report.stamp(), _FOOT, theme.MUTED)], lang, (SIDE, 500, WIDE - 2 * SIDE - 60, 26))
    canvas.flush()
    _note(slide, "\n".join([heading, *entries, report.stamp()]))
