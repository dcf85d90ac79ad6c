"""Make the city's plain set of slides: paper, rule, title, footer, number, fonts of its language.

python-pptx's own template with another size, colours and letters, and the two layouts that are used.
"""

from datetime import UTC, datetime
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.util import Emu

from sejong_dash import theme
from sejong_dash.exports.model.plane import Box
from sejong_dash.exports.model.safe_text import visible

from .canvas import _NAMES, EMU, FACES, TAGS, Paragraph, filled, paragraph_markup

WIDE, HIGH, SIDE = 960.0, 540.0, 36.0  # points
_COVER, _PLAIN = "Title Slide", "Title Only"
_COLOURS = {
    "dk1": theme.INK, "lt1": theme.PAPER, "dk2": theme.PLAN, "lt2": theme.SHADE, "accent1": theme.DONE, "accent2": theme.MISSING,
    "accent3": theme.BLUE, "accent4": theme.ORANGE, "accent5": theme.REST, "accent6": theme.PURPLE,
}  # fmt: skip
_PLACES: dict[str, Box] = {
    "title": (SIDE, 46, WIDE - 2 * SIDE, 64),
    "ctrTitle": (SIDE + 20, 150, WIDE - 2 * SIDE - 40, 110),
    "subTitle": (SIDE + 20, 272, WIDE - 2 * SIDE - 40, 120),
    "body": (SIDE, 120, WIDE - 2 * SIDE, 340),
    "ftr": (SIDE, 484, WIDE - 2 * SIDE - 60, 40),
    "sldNum": (WIDE - SIDE - 50, 508, 50, 18),
    "dt": (WIDE - SIDE - 200, 508, 140, 18),
}


def new(lang: str) -> Any:
    """Return an empty presentation in the fonts of a language."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(round(WIDE * EMU)), Emu(round(HIGH * EMU))
    master = deck.slide_master
    for layout in list(deck.slide_layouts):
        if layout.name in (_COVER, _PLAIN):
            _place(layout)
        else:
            deck.slide_layouts.remove(layout)
    _place(master)
    _rule(master)
    _styles(master, lang)
    theme_part = master.part.part_related_by(RT.THEME)
    theme_part._blob = _theme(theme_part.blob, lang)
    return deck


def _place(sheet: Any) -> None:
    for shape in list(sheet.placeholders):
        kind = shape._element.ph.get("type", "body")
        if kind == "dt":
            shape._element.getparent().remove(shape._element)
        else:
            move(shape, _PLACES[kind])


def move(shape: Any, box: Box) -> None:
    """Move a shape into a box, in points."""
    shape.left, shape.top, shape.width, shape.height = (Emu(round(value * EMU)) for value in box)


def _rule(master: Any) -> None:
    """Draw a short green bar above the title."""
    for number, (box, colour) in enumerate((((SIDE, 20.0, 44.0, 4.0), theme.DONE),)):
        left, top, wide, high = (round(value * EMU) for value in box)
        bar = (
            f'<p:sp {_NAMES}><p:nvSpPr><p:cNvPr id="{90 + number}" name="rule"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
            f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{filled(colour)}<a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
        )
        master.shapes._spTree.append(parse_xml(bar))


def _styles(master: Any, lang: str) -> None:
    """Set titles from the left, bold and of a size to be read from the back of a room."""
    styles = master._element.find("{http://schemas.openxmlformats.org/presentationml/2006/main}txStyles")
    main = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    level = styles[0].find(f"{main}lvl1pPr")
    level.set("algn", "l")
    level.find(f"{main}defRPr").set("sz", "2400")
    level.find(f"{main}defRPr").set("b", "1")
    for run in master._element.iter(f"{main}defRPr"):
        run.set("lang", TAGS[lang])


def _theme(blob: bytes, lang: str) -> bytes:
    tree = parse_xml(blob)
    main = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    for name, colour in _COLOURS.items():
        held = tree.find(f".//{main}clrScheme/{main}{name}")
        for child in list(held):
            held.remove(child)
        held.append(parse_xml(f'<a:srgbClr {_NAMES} val="{colour.lstrip("#").upper()}"/>'))
    for kind in ("majorFont", "minorFont"):
        fonts = tree.find(f".//{main}{kind}")
        fonts.find(f"{main}latin").set("typeface", FACES[lang])
        fonts.find(f"{main}ea").set("typeface", FACES[lang])
        for script, face in (("Hang", FACES["ko"]), ("Jpan", FACES["ja"])):
            for font in fonts.findall(f"{main}font[@script='{script}']"):
                font.set("typeface", face)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def cover(deck: Any) -> Any:
    """Add a title slide and return it."""
    return deck.slides.add_slide(deck.slide_layouts.get_by_name(_COVER))


def slide(deck: Any) -> Any:
    """Add a slide with a title alone and return it."""
    return deck.slides.add_slide(deck.slide_layouts.get_by_name(_PLAIN))


def write(shape: Any, texts: list[Paragraph], lang: str, box: Box | None = None, anchor: str = "t", align: str = "l") -> None:
    """Write text into a placeholder, in the fonts of its language."""
    if box is not None:
        move(shape, box)
    body = shape.text_frame._txBody
    for paragraph in list(body.p_lst):
        body.remove(paragraph)
    held = parse_xml(f"<p:txBody {_NAMES}><a:bodyPr/>{paragraph_markup(texts, lang, align)}</p:txBody>")
    body.extend(list(held)[1:])
    properties = body.bodyPr
    for side in ("lIns", "rIns", "tIns", "bIns"):
        properties.set(side, "0")
    properties.set("anchor", anchor)


def foot(page: Any, texts: list[Paragraph], lang: str, box: Box) -> None:
    """Add the footer and the slide's number as placeholders, which python-pptx leaves to the layout."""
    kinds = (("ftr", 11, box, paragraph_markup(texts, lang)), ("sldNum", 12, _PLACES["sldNum"], _number(lang)))
    for kind, index, place, inner in kinds:
        left, top, wide, high = (round(value * EMU) for value in place)
        page.shapes._spTree.append(
            parse_xml(
                f'<p:sp {_NAMES}><p:nvSpPr><p:cNvPr id="{index + 60}" name="{kind}"/>'
                f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
                f'<p:nvPr><p:ph type="{kind}" sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr>'
                f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm></p:spPr>'
                f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/><a:lstStyle/>{inner}</p:txBody></p:sp>'
            )
        )


def _number(lang: str) -> str:
    look = f'lang="{TAGS[lang]}" sz="1100"'
    field = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
    field += f"<a:rPr {look}>{filled(theme.MUTED)}</a:rPr><a:t>‹#›</a:t></a:fld>"
    return f'<a:p><a:pPr algn="r"/>{field}</a:p>'


def stamp(deck: Any, title: str, lang: str, made_at: datetime, application: str) -> None:
    """Set the properties that a file manager shows, from the report alone."""
    moment = made_at.astimezone(UTC).replace(tzinfo=None) if made_at.tzinfo else made_at
    about = deck.core_properties
    about.title, about.language, about.subject, about.keywords = visible(title), TAGS[lang], "", ""
    about.author = about.last_modified_by = about.category = ""
    about.comments = application
    about.created = about.modified = about.last_printed = moment
    about.revision = 1
