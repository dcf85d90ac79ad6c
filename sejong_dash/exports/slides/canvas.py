"""Draw rectangles, lines, shapes, marks and texts onto a slide, in points, as PowerPoint's own.

The markup is written as text and read once for a slide: a map has thousands of corners.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pptx.oxml import parse_xml

from sejong_dash import theme
from sejong_dash.exports.model.plane import Box
from sejong_dash.exports.model.safe_text import escape
from sejong_dash.layout import text_width
from sejong_dash.layout.text_width import LINE_HEIGHT

EMU = 12700  # in a point
Point = tuple[float, float]
TAGS = {"ko": "ko-KR", "ja": "ja-JP", "en": "en-GB"}
FACES = {"ko": "Malgun Gothic", "ja": "Yu Gothic", "en": "Segoe UI"}
_ASIAN = FACES | {"en": FACES["ko"]}  # Han letters that stand in an English text
_NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_DASHES = {"dot": "sysDot", "dash": "dash", "dashdot": "dashDot", "longdash": "lgDash"}
_PRESETS = {"circle": "ellipse", "square": "rect", "diamond": "diamond", "star": "star5", "cross": "mathPlus"}
_TURNS = {"triangle-up": 0, "triangle-right": 90, "triangle-down": 180, "triangle-left": 270}


def fonts(lang: str) -> str:
    """Return the markup of a language's fonts."""
    return f'<a:latin typeface="{FACES[lang]}"/><a:ea typeface="{_ASIAN[lang]}"/><a:cs typeface="{FACES[lang]}"/>'


def filled(colour: str, clear: float = 0) -> str:
    """Return the markup of a fill; `clear` is the part of the ground that shines through."""
    if not colour or colour.startswith("rgba(0,0,0,0"):
        return "<a:noFill/>"
    alpha = f'<a:alpha val="{round(100_000 * (1 - clear))}"/>' if clear else ""
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#").upper()}">{alpha}</a:srgbClr></a:solidFill>'


def hatched(ground: str, stripes: str) -> str:
    """Return the markup of a fill with stripes."""
    colours = (("fgClr", stripes), ("bgClr", ground))
    inner = "".join(f'<a:{name}><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:{name}>' for name, colour in colours)
    return f'<a:pattFill prst="wdUpDiag">{inner}</a:pattFill>'


def stroke(colour: str, width: float, dash: str = "solid", end: str = "") -> str:
    """Return the markup of a line or an outline; `width` in points, none where there is no colour."""
    if not colour or not width:
        return "<a:ln><a:noFill/></a:ln>"
    dashed = f'<a:prstDash val="{_DASHES[dash]}"/>' if dash in _DASHES else ""
    return f'<a:ln w="{round(width * EMU)}">{filled(colour)}{dashed}<a:round/>{end}</a:ln>'


def run(text: str, lang: str, size: float, colour: str, bold: bool = False) -> str:
    """Return the markup of a run of text; `size` in points."""
    look = f'lang="{TAGS[lang]}" sz="{round(size * 100)}" b="{int(bold)}" dirty="0"'
    return f"<a:r><a:rPr {look}>{filled(colour)}{fonts(lang)}</a:rPr><a:t>{escape(text)}</a:t></a:r>"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its text, size in points, colour; `after` is the room below it in points."""

    text: str
    size: float
    colour: str = theme.INK
    bold: bool = False
    after: float = 0


def paragraph_markup(texts: Sequence[Paragraph], lang: str, align: str = "l") -> str:
    """Return the markup of these paragraphs, aligned to the left (l), middle (ctr) or right (r)."""
    made = []
    for paragraph in texts:
        room = f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="{round(paragraph.after * 100)}"/></a:spcAft>'
        lines = f'<a:br><a:rPr lang="{TAGS[lang]}" sz="{round(paragraph.size * 100)}"/></a:br>'.join(
            run(line, lang, paragraph.size, paragraph.colour, paragraph.bold) for line in paragraph.text.split("\n")
        )
        made.append(f'<a:p><a:pPr algn="{align}">{room}<a:buNone/></a:pPr>{lines}</a:p>')
    return "".join(made)


@dataclass
class Canvas:
    """Shapes for a slide, from below to above; `flush` puts them there."""

    tree: Any
    lang: str
    number: int = 100
    _made: list[str] = field(default_factory=list)

    def flush(self) -> None:
        """Put all that was drawn since the last time onto the slide, above what is there."""
        if self._made:
            held = parse_xml(f"<p:spTree {_NAMES}>{''.join(self._made)}</p:spTree>")
            self.tree.extend(list(held))
            self._made.clear()

    def group(self, name: str, description: str, box: Box, drawn: "Canvas") -> None:
        """Add all of another canvas as a group, with a `description` for readers who do not see it."""
        left, top, wide, high = (round(value * EMU) for value in box)
        at = f'<a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/>'
        inner = at.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
        self._made.append(
            f"<p:grpSp><p:nvGrpSpPr>{self._named(name, description)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
            f"<p:grpSpPr><a:xfrm>{at}{inner}</a:xfrm></p:grpSpPr>{''.join(drawn._made)}</p:grpSp>"
        )
        self.number = drawn.number

    def within(self) -> "Canvas":
        """Return a canvas for a group of this one."""
        return Canvas(self.tree, self.lang, self.number + 1)

    def rect(
        self, box: Box, fill: str, edge: str = "", width: float = 0, *, shape: str = "rect",
        turn: float = 0, clear: float = 0, dash: str = "solid", hatch: str = "",
    ) -> None:  # fmt: skip
        """Add a rectangle, or another of PowerPoint's shapes (`shape`) in that box; `hatch` is the colour of stripes."""
        form = f'<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>'
        ground = hatched(fill, hatch) if hatch else filled(fill, clear)
        self._shape(shape, box, form + ground + stroke(edge, width, dash), turn)

    def line(self, start: Point, end: Point, colour: str, width: float, dash: str = "solid", arrow: bool = False) -> None:
        """Add a line between two points, with an arrow's head at its end where asked for."""
        left, top = min(start[0], end[0]), min(start[1], end[1])
        flips = (' flipH="1"' if end[0] < start[0] else "") + (' flipV="1"' if end[1] < start[1] else "")
        head = '<a:tailEnd type="triangle"/>' if arrow else ""
        at = _place((left, top, abs(end[0] - start[0]), abs(end[1] - start[1])), flips)
        self._made.append(
            f"<p:cxnSp><p:nvCxnSpPr>{self._named('line')}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
            f'<p:spPr>{at}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>{stroke(colour, width, dash, head)}</p:spPr></p:cxnSp>'
        )

    def path(
        self, rings: Iterable[Sequence[Point]], fill: str, edge: str = "", width: float = 0, *, dash: str = "solid",
        closed: bool = True, clear: float = 0,
    ) -> None:  # fmt: skip
        """Add rings (or, open, lines) as a single freeform."""
        some = [[(round(x * EMU), round(y * EMU)) for x, y in ring] for ring in rings if len(ring) > 1]
        if not some:
            return
        xs, ys = [x for ring in some for x, _ in ring], [y for ring in some for _, y in ring]
        left, top, wide, high = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
        end = "<a:close/>" if closed else ""
        steps = []
        for ring in some:
            dots = [f'<a:pt x="{x - left}" y="{y - top}"/>' for x, y in ring]
            steps.append(f"<a:moveTo>{dots[0]}</a:moveTo>" + "".join(f"<a:lnTo>{dot}</a:lnTo>" for dot in dots[1:]) + end)
        room = f'w="{max(wide, 1)}" h="{max(high, 1)}"'
        of = "" if closed else ' fill="none"'
        form = (
            '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
            f"<a:pathLst><a:path {room}{of}>{''.join(steps)}</a:path></a:pathLst></a:custGeom>"
        )
        box = (left / EMU, top / EMU, wide / EMU, high / EMU)
        self._shape("freeform", box, form + filled(fill if closed else "", clear) + stroke(edge, width, dash))

    def mark(self, symbol: str, at: Point, size: float, colour: str, edge: str = "", width: float = 1) -> None:
        """Add one of Plotly's symbols; an open symbol is drawn in its colour alone."""
        name, hollow = symbol.removesuffix("-open"), symbol.endswith("-open")
        (x, y), half = at, size / 2
        if name.startswith(("x", "line")):
            tint, width = edge or colour, max(width, 1.5)
            ends: list[Point] = {"line-ns": [(0.0, half)], "line-ew": [(half, 0.0)]}.get(
                name, [(half * 0.8, half * 0.8), (half * 0.8, -half * 0.8)]
            )
            for across, down in ends:
                self.line((x - across, y - down), (x + across, y + down), tint, width)
            return
        fill, edge = (theme.PAPER, colour) if hollow else (colour, edge)
        box = (x - half, y - half, size, size)
        self.rect(box, fill, edge, width if edge else 0, shape=_PRESETS.get(name, "triangle"), turn=_TURNS.get(name, 0))

    def text(
        self, box: Box, texts: Sequence[Paragraph], *, align: str = "l", anchor: str = "t", fill: str = "",
        edge: str = "", pad: float = 0, wrap: bool = True, lang: str = "", width: float = 1, name: str = "text",
    ) -> None:  # fmt: skip
        """Add a box of text; `pad` is the points between its edge and the text."""
        inset = " ".join(f'{side}Ins="{round(pad * EMU)}"' for side in ("l", "t", "r", "b"))
        body = f'<a:bodyPr wrap="{"square" if wrap else "none"}" {inset} anchor="{anchor}" rtlCol="0"><a:noAutofit/></a:bodyPr>'
        drawn = f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{filled(fill)}{stroke(edge, width)}'
        self._made.append(
            f'<p:sp><p:nvSpPr>{self._named(name)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>{_place(box)}{drawn}</p:spPr>'
            f"<p:txBody>{body}<a:lstStyle/>{paragraph_markup(texts, lang or self.lang, align)}</p:txBody></p:sp>"
        )

    def label(self, at: Point, texts: Sequence[Paragraph], across: str, up: str, bounds: tuple[float, float], **look: Any) -> Box:
        """Add text at a point and return its box; `across` and `up` are Plotly's anchors, `bounds` the edges to keep within."""
        pad = look.get("pad", 0.0)
        longest = max((text_width.width(line) * part.size for part in texts for line in part.text.split("\n")), default=0)
        wide = longest * 1.04 + 2 * pad + 2
        high = sum(len(paragraph.text.split("\n")) * paragraph.size * LINE_HEIGHT for paragraph in texts) + 2 * pad
        left = at[0] - {"left": 0.0, "right": 1.0}.get(across, 0.5) * wide
        left = max(bounds[0], min(left, bounds[1] - wide))
        top = at[1] - {"top": 0.0, "bottom": 1.0}.get(up, 0.5) * high
        align = {"left": "l", "right": "r"}.get(across, "ctr")
        self.text((left, top, wide, high), texts, align=align, anchor="ctr", wrap=False, **look)
        return left, top, wide, high

    def take(self) -> int:
        """Return a number that no other shape of the slide has."""
        self.number += 1
        return self.number

    def _named(self, name: str, description: str = "") -> str:
        number = self.take()
        return (
            f'<p:cNvPr id="{number}" name="{escape(name)} {number}"'
            + (f' descr="{escape(description)}"' if description else "")
            + "/>"
        )

    def _shape(self, name: str, box: Box, form: str, turn: float = 0, description: str = "") -> None:
        turned = f' rot="{round(turn * 60_000)}"' if turn else ""
        self._made.append(
            f"<p:sp><p:nvSpPr>{self._named(name, description)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f"<p:spPr>{_place(box, turned)}{form}</p:spPr></p:sp>"
        )


def _place(box: Box, turned: str = "") -> str:
    left, top, wide, high = (round(value * EMU) for value in box)
    return f'<a:xfrm{turned}><a:off x="{left}" y="{top}"/><a:ext cx="{max(wide, 0)}" cy="{max(high, 0)}"/></a:xfrm>'
