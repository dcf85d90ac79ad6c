"""How does a report become slides that are edited further, in PowerPoint or Hancom, without a browser?"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .. import theme
from .. import words as wording
from ..exhibits import Exhibit
from ..words import Words
from . import _charted, _deck, _letters, _series, _sketched, _told
from ._canvas import Canvas, Said
from ._deck import HIGH, SIDE, WIDE
from ._plane import Box
from ._stated import stated
from .report import Report, Tell, each

_GUTTER, _FOOT = 28.0, 10.0  # points between two languages; of the footer's letters
_SIZES = (28, 26, 24, 22, 20)
_SMALL = (22, 20, 18, 16)  # of two languages


@dataclass(frozen=True)
class _Half:
    """One language's part of a slide."""

    exhibit: Exhibit
    left: float
    wide: float
    sizes: tuple[float, ...]
    number: int


def write(report: Report, tell: Tell) -> bytes:
    """A title slide, where it helps a list of what follows, and a slide or several for each exhibit: its message as the
    title, charts with their data inside, drawings and maps as shapes, the caption as footer, everything said in the notes.

    Two languages stand side by side. The same report gives the same bytes.
    """
    lang = report.languages[0]
    deck = _deck.new(lang)
    listed = None
    if not report.single:
        _cover(deck, report)
        listed = _deck.slide(deck) if len(report.parts) > 3 else None
    starts: list[int] = []

    def added(part: tuple[Exhibit, ...]) -> None:
        starts.append(len(deck.slides) + 1)
        _part(deck, report, part)

    each(report, tell, added)
    if listed is not None:
        _contents(listed, report, starts)
    _deck.stamp(deck, report.titles[0], lang, report.made_at)
    file = io.BytesIO()
    deck.save(file)
    return _alike(file)


def _alike(file: io.BytesIO) -> bytes:
    """The same archive without the time at which it was packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            new.writestr(zipfile.ZipInfo(one.filename), old.read(one), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _said(lang: str) -> Words:
    return wording.of(__file__, lang)


def _halves(part: Sequence[Exhibit]) -> list[_Half]:
    wide = (WIDE - 2 * SIDE - _GUTTER * (len(part) - 1)) / len(part)
    sizes = _SIZES if len(part) == 1 else _SMALL
    return [_Half(one, SIDE + number * (wide + _GUTTER), wide, sizes, number) for number, one in enumerate(part)]


def _part(deck: Any, report: Report, part: tuple[Exhibit, ...]) -> None:
    halves = _halves(part)
    titles = [_letters.fitting(half.exhibit.message, half.wide, 2 * half.sizes[0] * 1.25, half.sizes, True) for half in halves]
    titles = [min(titles)] * len(titles)
    high = max(_letters.height(one.exhibit.message, titles[0], one.wide, True) for one in halves)
    below = [_below(half, report) for half in halves]
    floor = HIGH - 16 - max(_letters.LINE * _FOOT * len(lines) for lines in below)
    top = 46 + high + 10
    boxes: list[Box] = [(half.left, top, half.wide, floor - 10 - top) for half in halves]
    pages = _pages(halves, boxes)
    for number, row in enumerate(pages):
        slide = _deck.slide(deck)
        canvas = Canvas(slide.shapes._spTree, part[0].choices.lang)
        told = []
        for half, size, page, lines in zip(halves, titles, row, below, strict=True):
            lang, words = half.exhibit.choices.lang, half.exhibit.words
            canvas.lang = lang
            over = (
                words("title") if len(pages) == 1 else _said(lang)("page", title=words("title"), number=number + 1, of=len(pages))
            )
            message = [Said(half.exhibit.message, size, theme.INK, True)]
            box = (half.left, 46.0, half.wide, high)
            if half.number == 0:
                _deck.write(slide.shapes.title, message, lang, box)
                slide.shapes.title.name = "title"
                _deck.foot(slide, [Said("\n".join(lines), _FOOT, theme.MUTED)], lang, _foot_box(half, floor))
            else:
                canvas.text(box, message, name="title")
                canvas.text(_foot_box(half, floor), [Said("\n".join(lines), _FOOT, theme.MUTED)], anchor="b", name="footer")
            _over(canvas, half, over)
            if page is not None:
                page.put(slide, canvas, half.exhibit.message)
            told.append(_notes(half, page, report, over))
            canvas.pour()
        _note(slide, "\n\n".join(told))


def _foot_box(half: _Half, floor: float) -> Box:
    last = half.left + half.wide > WIDE - SIDE - 1
    return (half.left, floor, half.wide - (56 if last else 0), HIGH - 14 - floor)


def _over(canvas: Canvas, half: _Half, over: str) -> None:
    """The exhibit's title small above its message, and on the right that its data are a sample."""
    sample, size = half.exhibit.words("sample"), 13.0
    room = _letters.ems(sample) * 12 * 1.05 + 14 if sample else 0
    fits = _letters.fitting(over, half.wide - room - 8, size * 1.3, (size, 12, 11, 10, 9, 8), True)
    canvas.text((half.left, 27, half.wide - room - 4, 18), [Said(over, fits, theme.DONE, True)], wrap=False, name="exhibit")
    if sample:
        box = (half.left + half.wide - room, 25.0, room, 19.0)
        look = {"fill": theme.MISSING_SOFT, "align": "ctr", "anchor": "ctr", "wrap": False, "name": "sample"}
        canvas.text(box, [Said(sample, 12, theme.MISSING, True)], **look)  # type: ignore[arg-type]


def _pages(halves: Sequence[_Half], boxes: Sequence[Box]) -> list[list[Any]]:
    """For each slide what stands on it in each language; where one language needs fewer, it leaves room."""
    exhibits = [half.exhibit for half in halves]
    if exhibits[0].cards:
        return [list(row) for row in _told.pages(exhibits, boxes)]
    size = 14.0 if len(halves) == 1 else 11.5
    found = [_shown(exhibit, box, size) for exhibit, box in zip(exhibits, boxes, strict=True)]
    most = max(len(some) for some in found)
    return [[some[number] if number < len(some) else None for some in found] for number in range(most)]


def _shown(exhibit: Exhibit, box: Box, size: float) -> list[Any]:
    assert exhibit.paper is not None  # what has no cards has a figure
    figure = stated(exhibit.paper())
    plot = _series.read(figure, exhibit.words("title"))
    if plot is None:
        return list(_sketched.pages(exhibit, figure, box))
    return list(_charted.pages(exhibit, figure, plot, box, _said(exhibit.choices.lang), size))


def _parts(half: _Half, report: Report) -> list[str]:
    """All that a caption says: unit, basis, sources; plan and its state; the report's stamp."""
    words = half.exhibit.words
    pairs = [("caption.unit", "unit"), ("caption.basis", "basis_name"), ("caption.sources", "sources")]
    said = [words("colon", name=words(name), value=words(value)) for name, value in pairs if words.has(value) and words(value)]
    plan = words("colon", name=words("caption.plan"), value=words("plan"))
    return [*said, plan, *([words("state")] if words("state") else []), report.stamp(half.number)]


def _below(half: _Half, report: Report) -> list[str]:
    """The caption in a few lines; sources that are too many for a slide stand in its notes."""
    wide = half.wide - 60
    *first, stamp = _parts(half, report)
    plan = "   ".join(first[-2:] if half.exhibit.words("state") else first[-1:])
    origin = "   ".join(first[: -2 if half.exhibit.words("state") else -1])
    most = 2 if len(report.languages) == 1 else 3
    kept = [_letters.cut(origin, _FOOT, wide, most), _letters.cut(f"{plan}   {stamp}", _FOOT, wide, most)]
    return [line for said in kept for line in _letters.lines(said, wide / _FOOT * 0.97)]


def _notes(half: _Half, page: Any, report: Report, over: str) -> str:
    said = _said(half.exhibit.choices.lang)
    kind = {"Charted": "notes.chart", "Sketched": "notes.drawing"}.get(type(page).__name__, "notes.cards")
    sample = half.exhibit.words("sample")
    return "\n".join([over, half.exhibit.message, *([sample] if sample else []), *_parts(half, report), said(kind)])


def _note(slide: Any, text: str) -> None:
    slide.notes_slide.notes_text_frame.text = text


def _cover(deck: Any, report: Report) -> None:
    slide = _deck.cover(deck)
    lang = report.languages[0]
    titles = [Said(title, 40 if number == 0 else 28, theme.INK, True) for number, title in enumerate(report.titles)]
    below = []
    for number in range(len(report.languages)):
        first = report.parts[0][number].words
        plan = first("colon", name=first("caption.plan"), value=first("plan"))
        below += [Said(plan, 18, theme.INK), *([Said(first("state"), 16, theme.MISSING)] if first("state") else [])]
        below.append(Said(report.stamp(number), 16, theme.MUTED, after=8))
    title, sub = slide.shapes.title, slide.placeholders[1]
    _deck.write(title, titles, lang, anchor="b")
    _deck.write(sub, below, lang)
    title.name, sub.name = "title", "stamp"
    canvas = Canvas(slide.shapes._spTree, lang)
    if report.left_out:
        left = _said(lang)("left_out", titles=report.parts[0][0].words("comma").join(report.left_out))
        canvas.text((SIDE + 20, 440, WIDE - 2 * SIDE - 40, 60), [Said(left, 14, theme.MUTED)], anchor="b", name="left out")
    sample = next((part[0].words("sample") for part in report.parts if part[0].words("sample")), "")
    if sample:
        canvas.text((SIDE + 20, 100, 500, 24), [Said(sample, 16, theme.MISSING, True)], anchor="ctr", name="sample")
    canvas.pour()
    _note(slide, "\n".join([*report.titles, *(one.text for one in below)]))


def _contents(slide: Any, report: Report, starts: Sequence[int]) -> None:
    """What follows and on which slide."""
    lang, canvas = report.languages[0], Canvas(slide.shapes._spTree, report.languages[0])
    heading = " / ".join(_said(one)("contents") for one in report.languages)
    _deck.write(slide.shapes.title, [Said(heading, 28, theme.INK, True)], lang, (SIDE, 46, WIDE - 2 * SIDE, 40))
    slide.shapes.title.name = "title"
    entries = [" / ".join(one.words("title") for one in part) for part in report.parts]
    across = 1 if len(entries) <= 10 else 2
    rows = -(-len(entries) // across)
    wide, row = (WIDE - 2 * SIDE - _GUTTER * (across - 1)) / across, min(36.0, 380 / rows)
    size = min(_letters.fitting(entry, wide - 50, row, (18, 16, 14, 12, 11, 10, 9)) for entry in entries)
    for number, (entry, start) in enumerate(zip(entries, starts, strict=True)):
        left, top = SIDE + number // rows * (wide + _GUTTER), 104 + number % rows * row
        canvas.text((left, top, wide - 44, row), [Said(entry, size)], anchor="ctr", name="entry")
        canvas.text(
            (left + wide - 40, top, 40, row), [Said(str(start), size, theme.MUTED)], align="r", anchor="ctr", name="number"
        )
    _deck.foot(slide, [Said(report.stamp(), _FOOT, theme.MUTED)], lang, (SIDE, 500, WIDE - 2 * SIDE - 60, 26))
    canvas.pour()
    _note(slide, "\n".join([heading, *entries, report.stamp()]))
