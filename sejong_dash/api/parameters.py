"""Describes the parameters of the addresses of files: what each may be, as a JSON schema, and what it decides."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sejong_dash import prefecture_code
from sejong_dash import words as wording
from sejong_dash.choices import LAST_WEEK, MEASURES, VIEWS, ZOOMS
from sejong_dash.datasets import snapshot
from sejong_dash.datasets.schema.columns import FIELDS
from sejong_dash.errors import TableError
from sejong_dash.exhibits import address
from sejong_dash.measures import partners

_PLACE = {"type": "string", "pattern": f"^({prefecture_code.PATTERN})$", "example": "29"}
_DAY = {"type": "string", "format": "date", "example": "2026-05-06"}
_PERCENT = {"type": "integer", "minimum": 0, "maximum": address.MOST_PERCENT}


@dataclass(frozen=True)
class Parameter:
    """A parameter of an address: its name, the JSON schema of its values, what it decides, whether it must be there."""

    name: str
    about: str
    schema: dict[str, Any] = field(default_factory=dict)
    is_required: bool = False

    @property
    def values(self) -> str:
        """What it may be, in short."""
        known = self.schema.get("enum") or [self.schema.get("example", "")]
        return ", ".join(str(value) for value in known if value != "")


def of_exhibits(lang: str) -> list[Parameter]:
    """Return the parameters of every exhibit, in the order in which addresses are written."""
    return _described(address.PARAMETERS, lang)


def of_sets(lang: str) -> list[Parameter]:
    """Return those that a set has besides."""
    return _described(("slides", "languages"), lang)


def of_receipts(lang: str) -> list[Parameter]:
    """Return those that a receipt has besides."""
    return _described(("receipt",), lang)


def _described(names: Iterable[str], lang: str) -> list[Parameter]:
    words, schemas = wording.of(__file__, lang), _schemas()
    return [Parameter(name, words(f"parameter.{name}"), schemas[name], name == "receipt") for name in names]


def _schemas() -> dict[str, dict[str, Any]]:
    return {
        "lang": _enum(wording.LANGUAGES),
        "plan": _enum(_plans()),
        "asof": _DAY,
        "sample": _enum(address.SWITCH),
        "prefecture": _PLACE,
        "day": _DAY,
        "channel": {"type": "string", "example": "group"},  # counts may name others
        "against": {"type": "string", "pattern": f"^({LAST_WEEK}|[0-9a-f]{{12}})$", "example": LAST_WEEK},
        "data": {"type": "string", "pattern": "^[0-9a-f]{12}$", "example": "0123456789ab"},
        "view": _enum([address.VIEW_TOTAL]),
        "measure": _enum(MEASURES),
        "view_map": _enum(VIEWS),
        "map_day": _DAY,
        "field": _enum(name for name in FIELDS if name != "all"),
        "partner": _enum(_partners()),
        "zoom": _enum(zoom for zoom in ZOOMS if zoom),
        "campaign": _PERCENT | {"example": 20},
        "campaign_from": _DAY | {"example": "2026-05-10"},
        "campaign_place": _PLACE,
        "golden_week": _PERCENT | {"example": 10},
        "capacity": {"type": "integer", "minimum": 1, "example": 6000},
        "slides": {"type": "string", "example": "goal_bar,prefecture_map.measure.gap"},
        "languages": {"type": "string", "example": "ko,ja"},
        "receipt": {"type": "string", "example": "2026-05-06.13.group"},
    }


def _enum(values: Iterable[str]) -> dict[str, Any]:
    """Return the schema of a text that is one of these, or of any text where none are known."""
    known = list(dict.fromkeys(values))
    return {"type": "string", "enum": known} if known else {"type": "string"}


def _plans() -> list[str]:
    try:
        return list(snapshot().plans()["plan_id"])
    except TableError:
        return []


def _partners() -> list[str]:
    try:
        return list(partners.codes(snapshot().programme()))
    except TableError:
        return []
