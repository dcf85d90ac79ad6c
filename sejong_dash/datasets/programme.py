"""Read the programme with Japan, a row for each project."""

import pandas as pd
import pandera.pandas as pa

from sejong_dash.basis import STRENGTH

from . import prefectures, sources
from .schema import columns, csv_reading

_FIELD = f"({'|'.join(columns.FIELDS)})"
STATUSES = ("campaign_planned", "proposed", "promised", "agreed", "planned", "in_progress", "held")
_FORMER = {"sought": "campaign_planned"}  # the name in snapshots that were made before it was renamed


class Schema(csv_reading.Table):
    """A row is a project with Japan; `field` holds one or several fields joined by `;`."""

    project_id: str = pa.Field(unique=True)
    field: str = pa.Field(str_matches=f"^{_FIELD}(;{_FIELD})*$", description="; ".join(columns.FIELDS))
    partner_ko: str = columns.text()
    partner_ja: str = columns.text()
    partner_en: str = columns.text()
    jis_code: str = columns.jis_code()
    place_ko: str = columns.text(nullable=True)
    place_ja: str = columns.text(nullable=True)
    place_en: str = columns.text(nullable=True)
    place_basis: str = pa.Field(isin=list(STRENGTH), nullable=True)
    summary_ko: str = columns.text()
    summary_ja: str = columns.text()
    summary_en: str = columns.text()
    status: str = pa.Field(isin=[*STATUSES, *_FORMER])
    starts_on: pd.Timestamp = columns.day(nullable=True)
    ends_on: pd.Timestamp = columns.day(nullable=True)
    precision: str = columns.precision(nullable=True)
    amount_krw: pd.Int64Dtype = pa.Field(ge=0, nullable=True)
    amount_kind: str = pa.Field(isin=["estimate"], nullable=True)
    basis: str = columns.basis()
    source_id: str = columns.text()

    @pa.dataframe_check(name="ends_before_start:ends_on")
    def _in_order(cls, table: pd.DataFrame) -> pd.Series:
        return columns.in_order(table, "starts_on", "ends_on")

    @pa.dataframe_check(name="precision_missing:precision")
    def _has_precision(cls, table: pd.DataFrame) -> pd.Series:
        return columns.has_precision(table, "precision", "starts_on", "ends_on")

    @pa.dataframe_check(name="precision_broken:starts_on")
    def _start_fits_precision(cls, table: pd.DataFrame) -> pd.Series:
        return columns.start_fits_precision(table, "precision", "starts_on")

    @pa.dataframe_check(name="precision_broken:ends_on")
    def _end_fits_precision(cls, table: pd.DataFrame) -> pd.Series:
        return columns.end_fits_precision(table, "precision", "starts_on", "ends_on")


def load(version: str = "") -> pd.DataFrame:
    """Return the projects in the order of the file, columns as Schema, `status` one of STATUSES. Raises TableError."""
    table = csv_reading.load(
        "programme", Schema, version=version, references={"source_id": sources.ids, "jis_code": prefectures.codes}
    )
    return table.assign(status=table["status"].replace(_FORMER))


def gardens(version: str = "") -> pd.DataFrame:
    """Return the projects that plan to campaign for a garden. Raises TableError."""
    return gardens_of(load(version))


def gardens_of(projects: pd.DataFrame) -> pd.DataFrame:
    """Return those of the projects that plan to campaign for a garden."""
    return projects[(projects["status"] == "campaign_planned") & projects["field"].str.contains("garden")]


def ids(version: str = "") -> pd.Series:
    """Return the values that `project_id` of another table may have. Raises TableError."""
    return load(version)["project_id"]
