"""Everything says something true when the counts are odd: none, one day, nobody, days outside, a goal of zero."""

import shutil
from collections import defaultdict
from datetime import date
from pathlib import Path

import discovery
import looking
import pandas as pd
import pytest
from discovery import BASE, NAMES

from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables, snapshot

pytestmark = pytest.mark.dear

HEAD = "date,jis_code,channel,visitors,recorded_on,basis,source_id\n"
DAYS = [f"2026-04-{day}" for day in range(10, 31)]
COUNTS = {
    "none": "",
    "one day": "2026-04-10,13,group,120,2026-04-10,reported,seoul-20240328500040\n",
    "nobody on any day": "".join(f"{day},13,group,0,{day},reported,seoul-20240328500040\n" for day in DAYS),
    "one visitor": "2026-04-10,13,group,1,,reported,seoul-20240328500040\n2026-04-11,13,group,0,,reported,seoul-20240328500040\n",
    "before and after alone": "2026-04-01,13,group,50,,reported,seoul-20240328500040\n"
    "2026-06-01,13,group,70,,reported,seoul-20240328500040\n",
    "prefecture not known": "".join(f"{day},,group,900,,reported,seoul-20240328500040\n" for day in DAYS),
    "every second day": "".join(f"{day},40,group,900,,reported,seoul-20240328500040\n" for day in DAYS[::2]),
    "far more than the goal": "".join(f"{day},40,group,90000,,reported,seoul-20240328500040\n" for day in DAYS),
}
AS_OF = [date(2026, 4, 1), date(2026, 4, 10), date(2026, 4, 30), date(2026, 5, 24), date(2026, 7, 1)]


OtherData = tuple[Path, Tables]  # a folder, and its tables: for one who has set SEJONG_DATA, since they are read when asked for


@pytest.fixture(scope="module")
def seasons(tmp_path_factory: pytest.TempPathFactory) -> dict[str, OtherData]:
    """A data folder for each odd season. What is derived from its tables is made once for all charts."""
    found = {}
    for season, rows in COUNTS.items():
        data = Path(shutil.copytree(discovery.DATA, tmp_path_factory.mktemp("odd") / "data"))
        (data / "visitors.csv").write_text(HEAD + rows, encoding="utf-8")
        found[season] = data, snapshot()
    return found


@pytest.fixture(scope="module")
def goal_of_zero(tmp_path_factory: pytest.TempPathFactory) -> OtherData:
    data = Path(shutil.copytree(discovery.DATA, tmp_path_factory.mktemp("zero") / "data"))
    goals = (data / "goals.csv").read_text(encoding="utf-8")
    assert "japan,,150000" in goals
    (data / "goals.csv").write_text(goals.replace("japan,,150000", "japan,,0"), encoding="utf-8")
    return data, snapshot()


class Charted:
    """One chart's tables, drawings and messages, which hold no figure that is none.

    Drawing depends on table and words alone: most charts of the programme have the same table in every odd season.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.seen: defaultdict[str, list[pd.DataFrame]] = defaultdict(list)

    def check(self, choices: Choices, tables: Tables, season: str = "") -> None:
        shown, words = discovery.module(self.name), discovery.words_of(self.name, choices.lang)
        table, case = shown.table(choices, tables), f"{season} {discovery.label(choices)}"
        if any(table.equals(other) and table.attrs == other.attrs for other in self.seen[choices.lang]):
            return
        self.seen[choices.lang].append(table)
        if table.empty:
            assert words("empty")
            return
        numbers = table.select_dtypes("number").astype("float64")
        assert not (numbers.abs() == float("inf")).any(axis=None), f"{case}: an infinity"
        message = shown.message(table, words)
        assert message.strip(), case
        for text in (message, *looking.texts(discovery.draw(self.name, table, words))):
            assert not looking.NOT_SAID.search(text) or "%{" in text, f"{case}: {text}"


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("maps.")])
def test_an_odd_season_is_told_without_a_wrong_number(
    name: str, seasons: dict[str, OtherData], monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = Charted(name)
    for season, (data, tables) in seasons.items():
        monkeypatch.setenv("SEJONG_DATA", str(data))
        for as_of in AS_OF[1::2]:
            chart.check(Choices("en", BASE.plan, as_of, sample=False), tables, season)
        chart.check(Choices("ja", BASE.plan, AS_OF[2], sample=False, prefecture="47"), tables, season)


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("maps.")])
def test_a_goal_of_zero_and_a_plan_without_dates(name: str, goal_of_zero: OtherData, monkeypatch: pytest.MonkeyPatch) -> None:
    data, tables = goal_of_zero
    monkeypatch.setenv("SEJONG_DATA", str(data))
    chart = Charted(name)
    for as_of in AS_OF[::2]:
        chart.check(Choices("en", BASE.plan, as_of, sample=True), tables)
    for plan_id in discovery.PLANS[1:]:
        chart.check(Choices("ko", plan_id, AS_OF[2], sample=True), tables)
