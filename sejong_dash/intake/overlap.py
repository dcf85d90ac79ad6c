"""Which of the rows that come in are counted already?

A figure with the same day, prefecture and channel is replaced when the rows are stored. One of the same day and
prefecture of which only one of the two names a channel is not replaced: both would be added up, so that is said.
"""

import pandas as pd

from ..datasets import visitors
from ..errors import TableError
from .intake import Finding

_KEY = ["date", "jis_code", "channel"]


def overlaps(rows: pd.DataFrame) -> list[Finding]:
    """What is to be said of these rows (date, jis_code, channel, visitors) beside the figures that stand."""
    try:
        stored = visitors.load(False)
    except TableError:  # whoever stores says what is wrong with the table
        return []
    if not len(rows) or not len(stored):
        return []
    stands = stored.sort_values("recorded_on", kind="stable")[[*_KEY, "visitors"]].fillna({"jis_code": "", "channel": ""})
    stands = stands.drop_duplicates(_KEY, keep="last")
    given = rows[[*_KEY, "visitors"]].fillna({"jis_code": "", "channel": ""})
    same = given.merge(stands, on=_KEY, suffixes=("", "_stored"))
    told = []
    if len(same):
        differ = int((same["visitors"] != same["visitors_stored"]).sum())
        told.append(Finding(None, None, "overlaps_stored", {"count": len(same), "differ": differ}))
    beside = given.merge(stands, on=_KEY[:2], suffixes=("", "_stored"))
    beside = beside[(beside["channel"] == "") != (beside["channel_stored"] == "")]
    if len(beside):
        pairs = beside.drop_duplicates(_KEY[:2])
        told.append(
            Finding(None, None, "overlaps_channel", {"count": len(pairs), "stored": int(_once(beside)["visitors_stored"].sum())})
        )
    return told


def _once(beside: pd.DataFrame) -> pd.DataFrame:
    """Each stored figure one time, however many rows stand beside it."""
    return beside.drop_duplicates([*_KEY[:2], "channel_stored"])
