"""Return the texts of a prefecture or place on the map: label, value with unit, tooltip."""

from typing import Any

import pandas as pd

from sejong_dash import theme
from sejong_dash.datasets import places, snapshot
from sejong_dash.words import Words

from . import _class_looks, _sejong
from ._class_looks import HOST_SIGN, SIGNS


def value(row: Any, words: Words) -> str:
    """Return the value of a prefecture with its unit; blank where there is none."""
    return (
        words(f"amount_of.{row.measure}", value=_class_looks.amount(row.measure, row.value, words)) if pd.notna(row.value) else ""
    )


def label(row: Any, words: Words) -> str:
    """Return the label of a prefecture: the sign of its role, its name, its short value."""
    sign = SIGNS[row.role] if row.measure == "participation" or row.role == "garden" else ""
    value = short(row, words) if row.measure != "participation" else ""
    return " ".join(part for part in (sign, row.name, value) if part)


def short(row: Any, words: Words) -> str:
    """Return the value in as few letters as a label has room for; blank where there is none."""
    return words(f"short.{row.measure}", value=_class_looks.amount(row.measure, row.value, words)) if pd.notna(row.value) else ""


def host_label(place_id: str, words: Words, version: str) -> dict[str, Any]:
    """Return the label of the city or the venue, as `_views.lay` takes it, with its tooltip."""
    place = places.place(snapshot(version).places(), place_id)
    name = str(place[f"name_{words.lang}"])
    precision = words("approximate") if place["coordinates"] == "approximate" else ""
    role = words("host") if place_id == _sejong.CITY else words("venue")
    tip = {"name": name, "value": role, "place": precision, "role": "", "basis": _headed(words(f"basis.{place['basis']}"), words)}
    text = f"{HOST_SIGN} {name}"
    return {"text": text, "longest": text, "from": _sejong.at(place_id, version), "colour": theme.INK, "tip": tip}


def tip(row: Any, words: Words) -> dict[str, str]:
    """Return the lines of the tooltip as plain text, blank where there is nothing to show."""
    if row.measure == "participation":
        text = words("tip_projects", count=words.number(row.projects)) if row.projects else ""
        place = words("colon", name=words("columns.partners"), value=row.partners) if row.partners else ""
    else:
        text = value(row, words)
        place = words("tip_rank", rank=words.number(row.rank), number=words.number(row.number)) if text else ""
    return {
        "name": row.name,
        "value": text,
        "place": place,
        "role": words(f"role.{row.role}"),
        "basis": _headed(basis_name(row, words), words),
    }


def basis_name(row: Any, words: Words) -> str:
    """Return the name of a prefecture's basis; blank where nothing is reported, which is no general fact.

    Where projects are reported, what is general is the seat of a partner.
    """
    if row.measure != "participation":
        return words(f"basis.{row.basis}")
    if not row.projects:
        return ""
    return words("seat_general") if row.basis == "general" else words(f"basis.{row.basis}")


def _headed(name: str, words: Words) -> str:
    return words("colon", name=words("caption_label.basis_name"), value=name) if name else ""
