"""Tests that each row of the shipped tables is shown on some page.

Shown means: it stands, by its id or by its own text, in the table of a chart, a map or cards that a page puts on the screen.
"""

from functools import cache

import discovery
import pandas as pd
import pytest
from discovery import BASE, PAGE_FILES, PLANS

from sejong_dash import words
from sejong_dash.choices import Choices
from sejong_dash.datasets import (
    benchmarks,
    bookings,
    goals,
    milestones,
    places,
    plans,
    prefectures,
    programme,
    reference_seasons,
    sources,
    visitors,
)
from sejong_dash.measures import plan
from sejong_dash.measures.season import counts_as_of

pytestmark = pytest.mark.dear

ON_PAGES = sorted({name for page in PAGE_FILES for name in discovery.on_page(page)})
LAST_DAY = plans.load()["closes_on"].iloc[0].date()
END = Choices(BASE.lang, BASE.plan, LAST_DAY, sample=True)


def shown(choices: Choices) -> list[pd.DataFrame]:
    return [discovery.table_of(name, choices) for name in ON_PAGES]


@cache
def cells(choices: Choices) -> frozenset[str]:
    """Every cell of the tables on the pages as text."""
    tables = shown(choices)
    return frozenset(str(cell) for table in tables for column in table.columns for cell in table[column].dropna().unique())


def test_everything_that_is_made_is_on_a_page() -> None:
    assert set(discovery.NAMES) - set(ON_PAGES) == set()
    assert set(ON_PAGES) - set(discovery.NAMES) == set()


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize(
    ("load", "key", "text"),
    [
        (plans.load, "plan_id", "title_{}"),
        (prefectures.load, "jis_code", "name_{}"),
        (programme.load, "project_id", "partner_{}"),
        (programme.load, "project_id", "summary_{}"),
        (milestones.load, "milestone_id", "title_{}"),
        (sources.load, "source_id", "note_{}"),
        (places.load, "place_id", "name_{}"),
        (places.load, "place_id", "note_{}"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__module__.rpartition(".")[2],
)
def test_each_row_is_shown_in_its_own_words(load, key: str, text: str, lang: str) -> None:
    there = cells(Choices(lang, BASE.plan, BASE.as_of, True))
    rows = load()
    unseen = [row for row, said in zip(rows[key], rows[text.format(lang)], strict=True) if said not in there]
    assert unseen == []


def test_each_benchmark_is_shown_with_its_figure() -> None:
    table = next(t for t in shown(BASE) if "benchmark_id" in t)
    merged = benchmarks.load().merge(table, on=["benchmark_id", "value", "unit", "period"], how="left", indicator=True)
    assert (merged["_merge"] == "both").all()


@pytest.mark.parametrize("plan_id", PLANS)
def test_each_goal_is_shown_with_its_plan(plan_id: str) -> None:
    stated = goals.load().query("plan_id == @plan_id")
    there = cells(Choices("ko", plan_id, BASE.as_of, True))
    assert [row.scope for row in stated.itertuples() if str(row.visitors) not in there] == []


@pytest.mark.parametrize("plan_id", PLANS)
def test_each_plan_is_shown_with_its_dates(plan_id: str) -> None:
    row = plan.chosen(plans.load(), plan_id)
    there = cells(Choices("ko", plan_id, BASE.as_of, True))
    for day in (row["opens_on"], row["closes_on"], row["decided_on"]):
        assert pd.isna(day) or str(day) in there or str(day.date()) in there


def test_each_project_is_shown_with_its_status_dates_amount_and_source() -> None:
    rows = programme.load().set_index("project_id")
    tables = [t.drop_duplicates("project_id").set_index("project_id") for t in shown(BASE) if "project_id" in t and "status" in t]
    for column in ("status", "starts_on", "ends_on", "precision", "source_id", "basis", "amount_krw"):
        stated = rows[column].dropna()
        seen = [t[column].reindex(stated.index) for t in tables if column in t]
        assert seen, column
        wrong = [project for project, value in stated.items() if not any(str(one.get(project)) == str(value) for one in seen)]
        assert wrong == [], column


def test_the_four_gardens_are_shown_as_a_plan_to_campaign_not_as_confirmed() -> None:
    table = discovery.table_of("cards.gardens", BASE)
    assert set(table["jis_code"]) == {"21", "22", "25", "29"}
    assert set(table["status"]) == {"campaign_planned"}


def _sums(column: str, value: str = "visitors") -> list[dict[str, int]]:
    """What the tables on the pages say by a column, where they say it once for each of its values."""
    tables = [t for t in shown(END) if {column, value} <= set(t.columns) and not t[column].duplicated().any()]
    return [{str(key): int(n) for key, n in zip(t[column], t[value], strict=True) if pd.notna(n)} for t in tables]


@pytest.mark.parametrize("column", ["date", "jis_code", "channel"])
def test_every_counted_visitor_is_in_the_sums(column: str) -> None:
    days = plan.days(plan.chosen(plans.load(), BASE.plan))
    counted = counts_as_of.known(visitors.load(sample=True), LAST_DAY)
    expected = counted[counted["date"].isin(days)].groupby(column, dropna=False)["visitors"].sum()
    assert {str(key): int(n) for key, n in expected.items()} in _sums(column)
    assert int(expected.sum()) == int(discovery.table_of("charts.goal_bar", END)["visitors"].iloc[0])


def test_every_booking_is_in_the_sums() -> None:
    expected = bookings.load(sample=True).groupby("stage")["visitors"].sum()
    assert {str(key): int(n) for key, n in expected.items()} in _sums("stage")


def test_every_source_is_named_under_something() -> None:
    """A source that no row names is a source of nothing."""
    loads = (benchmarks, plans, goals, prefectures, programme, milestones, places, reference_seasons)
    named = {one for dataset in loads for cell in dataset.load()["source_id"] for one in cell.split(";")}
    assert set(sources.ids()) - named == set()
