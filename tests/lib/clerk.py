"""Give tests small tables of counts, and the steps of a clerk that they repeat."""

from datetime import date, datetime
from pathlib import Path

import pandas as pd

from sejong_dash import clock
from sejong_dash.store import counts, history, journal
from sejong_dash.store.history import Change

HEADER = "date,jis_code,channel,visitors,recorded_on,basis,source_id\n"
APRIL = (
    "2026-04-10,13,group,120,,reported,desk\n2026-04-10,13,individual,30,,reported,desk\n2026-04-11,27,group,80,,reported,desk\n"
)


def rows(*figures: tuple[str, str, str, int]) -> pd.DataFrame:
    """Return figures (date, jis_code, channel, visitors) as rows to store."""
    table = pd.DataFrame(figures, columns=["date", "jis_code", "channel", "visitors"])
    return table.assign(date=pd.to_datetime(table["date"]), jis_code=table["jis_code"].replace("", None))


def at(day: str, hour: int = 9) -> datetime:
    """Return a moment of a day, in Sejong's time."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), clock.ZONE).replace(hour=hour)


def store(*figures: tuple[str, str, str, int], who: str = "Kim", when: str = "2026-04-12") -> Change | None:
    """Store figures and return the change."""
    return counts.apply(counts.change_set(rows(*figures)), who=who, why="daily counts", file="counts.xlsx", when=at(when))


def put(data: Path, text: str) -> Path:
    """Write the file of counts past the dashboard and return its path."""
    file = data / "visitors.csv"
    file.write_bytes(text.encode("utf-8"))
    return file


def visitors_of(table: pd.DataFrame) -> dict[tuple[str, str, str], int]:
    """Return the visitors of each figure in a table; a blank part of a key is not known."""
    cells = zip(table["date"].dt.strftime("%Y-%m-%d"), table["jis_code"].fillna(""), table["channel"].fillna(""), strict=True)
    return dict(zip(cells, table["visitors"].astype(int), strict=True))


def assert_rebuilt(data: Path) -> None:
    """Assert that the last state that the journal builds is the file, byte for byte."""
    last = history.history()[0]
    assert last.version == counts.version()
    assert journal.Journal().content(last.number) == (data / "visitors.csv").read_bytes()
