"""Which rules do the columns of several tables share?"""

from typing import Any

import pandas as pd
import pandera.pandas as pa

from ..basis import STRENGTH

PRECISIONS = ("day", "month", "season", "year")
FIELDS = ("garden", "digital", "medical", "quantum", "hydrogen", "smart_city", "startup", "trade", "city_brand", "all")
_JIS_CODE = r"^(0[1-9]|[1-3]\d|4[0-7])$"
_SEASONS = {(3, 1): (5, 31), (9, 1): (11, 30)}


def basis() -> Any:
    return pa.Field(isin=list(STRENGTH))


def precision(nullable: bool = False) -> Any:
    return pa.Field(isin=list(PRECISIONS), nullable=nullable)


def jis_code(**more: Any) -> Any:
    return pa.Field(str_matches=_JIS_CODE, **({"nullable": True} | more))


def text(nullable: bool = False) -> Any:
    return pa.Field(nullable=nullable)


def day(nullable: bool = False) -> Any:
    return pa.Field(nullable=nullable)


def in_order(table: pd.DataFrame, start: str, end: str) -> "pd.Series[bool]":
    """No end before its start."""
    return table[start].isna() | table[end].isna() | (table[start] <= table[end])


def stated(table: pd.DataFrame, precision_column: str, *dates: str) -> "pd.Series[bool]":
    """Where a date stands, its precision stands too."""
    return table[precision_column].notna() | table[list(dates)].isna().all(axis=1)


def honest(table: pd.DataFrame, precision_column: str, start: str, end: str | None = None) -> "pd.Series[bool]":
    """A date known to the month, season or year is the first (start) or last day (end) of it, not one in between."""

    def fits(row: pd.Series) -> bool:
        first, last = row[start], row[end] if end else None
        match row[precision_column]:
            case "month":
                return (pd.isna(first) or first.day == 1) and (pd.isna(last) or last.is_month_end)
            case "year":
                return (pd.isna(first) or first.is_year_start) and (pd.isna(last) or last.is_year_end)
            case "season":
                same = pd.isna(last) or pd.isna(first) or _SEASONS.get((first.month, first.day)) == (last.month, last.day)
                return (pd.isna(first) or (first.month, first.day) in _SEASONS) and same
        return True

    return table.apply(fits, axis=1).astype(bool) if len(table) else pd.Series([], dtype=bool)
