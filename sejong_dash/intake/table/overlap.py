"""Compares rows that come in with the counts that are stored.

A count with the same day, prefecture and channel is replaced when the rows are stored. Where
only one of two counts of the same day and prefecture names a channel, both would be added up, which is worth a notice.
"""

import pandas as pd

from sejong_dash.datasets import visitors
from sejong_dash.errors import TableError
from sejong_dash.intake.findings import Finding
from sejong_dash.latest import latest

_KEY = ["date", "jis_code", "channel"]


def find_overlaps(rows: pd.DataFrame) -> list[Finding]:
    """Return notices of the rows (date, jis_code, channel, visitors) that would replace stored counts or be added to them."""
    try:
        stored = visitors.load(False)
    except TableError:  # whoever stores counts reports what is wrong with the table
        return []
    if not len(rows) or not len(stored):
        return []
    current = latest(stored, _KEY, "recorded_on")[[*_KEY, "visitors"]].fillna({"jis_code": "", "channel": ""})
    given = rows[[*_KEY, "visitors"]].fillna({"jis_code": "", "channel": ""})
    same = given.merge(current, on=_KEY, suffixes=("", "_stored"))
    notices = []
    if len(same):
        differ = int((same["visitors"] != same["visitors_stored"]).sum())
        notices.append(Finding(None, None, "overlaps_stored", {"count": len(same), "differ": differ}))
    beside = given.merge(current, on=_KEY[:2], suffixes=("", "_stored"))
    beside = beside[(beside["channel"] == "") != (beside["channel_stored"] == "")]
    if len(beside):
        pairs = beside.drop_duplicates(_KEY[:2])
        counts = beside.drop_duplicates([*_KEY[:2], "channel_stored"])  # each once, however many rows stand beside it
        notices.append(
            Finding(None, None, "overlaps_channel", {"count": len(pairs), "stored": int(counts["visitors_stored"].sum())})
        )
    return notices
