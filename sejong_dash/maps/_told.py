"""What is said of one prefecture or place on the map: its label, its value with the unit, what the pointer tells?"""

from typing import Any

import pandas as pd

from .. import theme
from ..datasets import places
from ..words import Words
from . import _classed, _sejong
from ._classed import HOST_SIGN, SIGNS


def value(row: Any, words: Words) -> str:
    return words(f"amount_of.{row.measure}", value=_classed.amount(row.measure, row.value, words)) if pd.notna(row.value) else ""


def label(row: Any, words: Words) -> str:
    mark = SIGNS[row.role] if row.measure == "participation" or row.role == "garden" else ""
    value = short(row, words) if row.measure != "participation" else ""
    return " ".join(part for part in (mark, row.name, value) if part)


def short(row: Any, words: Words) -> str:
    return words(f"short.{row.measure}", value=_classed.amount(row.measure, row.value, words)) if pd.notna(row.value) else ""


def host_label(place_id: str, words: Words) -> dict[str, Any]:
    place = places.place(place_id)
    name = str(place[f"name_{words.lang}"])
    said = words("approximate") if place["coordinates"] == "approximate" else ""
    role = words("host") if place_id == _sejong.CITY else words("venue")
    tip = {"name": name, "said": role, "place": said, "role": "", "basis": basis(place["basis"], words)}
    text = f"{HOST_SIGN} {name}"
    return {"text": text, "longest": text, "from": _sejong.at(place_id), "colour": theme.INK, "tip": tip}


def tip(row: Any, words: Words) -> dict[str, str]:
    """What the pointer tells, as plain text; a line is blank where there is nothing to say."""
    if row.measure == "participation":
        said = words("tip_projects", count=words.number(row.projects)) if row.projects else ""
        place = words("colon", name=words("columns.partners"), value=row.partners) if row.partners else ""
    else:
        said = value(row, words)
        place = words("tip_rank", rank=words.number(row.rank), number=words.number(row.number)) if said else ""
    return {
        "name": row.name,
        "said": said,
        "place": place,
        "role": words(f"role.{row.role}"),
        "basis": basis(row.basis, words),
    }


def basis(basis: str, words: Words) -> str:
    return words("colon", name=words("caption.basis"), value=words(f"basis.{basis}"))
