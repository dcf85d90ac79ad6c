"""Read out of native charts what tests compare: parts of a file, where a plot lies, its scale."""

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def parts(content: bytes, pattern: str) -> dict[str, ElementTree.Element]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist() if re.search(pattern, name)}


def inner(frame: Any) -> tuple[float, float, float, float]:
    """Where a chart's plot lies on its slide: left, top, width and height."""
    layout = frame.chart._chartSpace.find(f".//{C}plotArea/{C}layout/{C}manualLayout")
    x, y, w, h = (float(layout.find(f"{C}{side}").get("val")) for side in "xywh")
    return frame.left + x * frame.width, frame.top + y * frame.height, w * frame.width, h * frame.height


def ends(frame: Any) -> tuple[float, float]:
    """The range of a chart's axis of values."""
    axis = frame.chart._chartSpace.findall(f".//{C}valAx")[-1]
    return tuple(float(axis.find(f"{C}scaling/{C}{end}").get("val")) for end in ("min", "max"))


def height_of(frame: Any, value: float) -> float:
    """How far down a slide a value of a chart stands."""
    (low, high), (_, top, _, tall) = ends(frame), inner(frame)
    return top + (1 - (value - low) / (high - low)) * tall


def scale_of(chart: ElementTree.Element) -> list[tuple[str, str]]:
    axes = chart.iter(f"{C}valAx")
    return [tuple(one.find(f"{C}scaling/{C}{end}").get("val") for end in ("min", "max")) for one in axes]
