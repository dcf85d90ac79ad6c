"""Which rules do the columns of several tables share?"""

from collections.abc import Callable
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


def honest_start(table: pd.DataFrame, precision_column: str, start: str) -> "pd.Series[bool]":
    """A start known to the month, season or year is the first day of it, not one in between."""

    def fits(row: pd.Series) -> bool:
        first = row[start]
        if pd.isna(first):
            return True
        match row[precision_column]:
            case "month":
                return first.day == 1
            case "year":
                return first.is_year_start
            case "season":
                return (first.month, first.day) in _SEASONS
        return True

    return _row_by_row(table, fits)


def honest_end(table: pd.DataFrame, precision_column: str, start: str, end: str) -> "pd.Series[bool]":
    """An end known to the month, season or year is the last day of it; a season ends in the season in which it starts."""

    def fits(row: pd.Series) -> bool:
        first, last = row[start], row[end]
        if pd.isna(last):
            return True
        match row[precision_column]:
            case "month":
                return last.is_month_end
            case "year":
                return last.is_year_end
            case "season":
                seasons = [_SEASONS.get((first.month, first.day))] if pd.notna(first) else list(_SEASONS.values())
                return None in seasons or (last.month, last.day) in seasons  # None: the start is wrong and told by itself
        return True

    return _row_by_row(table, fits)


def _row_by_row(table: pd.DataFrame, fits: Callable[[pd.Series], bool]) -> "pd.Series[bool]":
    return table.apply(fits, axis=1).astype(bool) if len(table) else pd.Series([], dtype=bool)
