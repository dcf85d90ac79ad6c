"""Define the columns and the rules that several tables share."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pandera.pandas as pa

from sejong_dash import prefecture_code
from sejong_dash.basis import STRENGTH

PRECISIONS = ("day", "month", "season", "year")
FIELDS = ("garden", "digital", "medical", "quantum", "hydrogen", "smart_city", "startup", "trade", "city_brand", "all")
_SEASONS = {(3, 1): (5, 31), (9, 1): (11, 30)}


def basis() -> Any:
    return pa.Field(isin=list(STRENGTH))


def precision(nullable: bool = False) -> Any:
    return pa.Field(isin=list(PRECISIONS), nullable=nullable)


def jis_code(**more: Any) -> Any:
    return pa.Field(str_matches=f"^({prefecture_code.PATTERN})$", **({"nullable": True} | more))


def text(nullable: bool = False) -> Any:
    return pa.Field(nullable=nullable)


def day(nullable: bool = False) -> Any:
    return pa.Field(nullable=nullable)


def in_order(table: pd.DataFrame, start: str, end: str) -> "pd.Series[bool]":
    """Return for each row whether `end` is not before `start`; a blank passes."""
    return table[start].isna() | table[end].isna() | (table[start] <= table[end])


def has_precision(table: pd.DataFrame, precision_column: str, *dates: str) -> "pd.Series[bool]":
    """Return for each row whether a precision is given where any of `dates` is."""
    return table[precision_column].notna() | table[list(dates)].isna().all(axis=1)


def start_fits_precision(table: pd.DataFrame, precision_column: str, start: str) -> "pd.Series[bool]":
    """Return for each row whether a start known to the month, season or year is the first day of it."""

    def fits(row: pd.Series) -> bool:
        first = row[start]
        if pd.isna(first):
            return True
        match row[precision_column]:
            case "month":
                return bool(first.day == 1)
            case "year":
                return bool(first.is_year_start)
            case "season":
                return (first.month, first.day) in _SEASONS
        return True

    return _row_by_row(table, fits)


def end_fits_precision(table: pd.DataFrame, precision_column: str, start: str, end: str) -> "pd.Series[bool]":
    """Return for each row whether an end known to the month, season or year is the last day of it.

    A season ends in the season in which it starts.
    """

    def fits(row: pd.Series) -> bool:
        first, last = row[start], row[end]
        if pd.isna(last):
            return True
        match row[precision_column]:
            case "month":
                return bool(last.is_month_end)
            case "year":
                return bool(last.is_year_end)
            case "season":
                seasons = [_SEASONS.get((first.month, first.day))] if pd.notna(first) else list(_SEASONS.values())
                # None: the start is wrong, which start_fits_precision reports
                return None in seasons or (last.month, last.day) in seasons
        return True

    return _row_by_row(table, fits)


def _row_by_row(table: pd.DataFrame, fits: Callable[[pd.Series], bool]) -> "pd.Series[bool]":
    return table.apply(fits, axis=1).astype(bool) if len(table) else pd.Series([], dtype=bool)
