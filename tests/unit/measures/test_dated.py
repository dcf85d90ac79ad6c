"""Tests of stages: behind, under way, ahead, or a plan alone, from any as-of date."""

from datetime import date

import pandas as pd
import pytest

from sejong_dash.datasets import milestones, plans, programme
from sejong_dash.datasets.schema.columns import FIELDS
from sejong_dash.measures import dated, plan

DAY = date(2026, 5, 6)


def rows(*spans: tuple[str | None, str | None]) -> pd.DataFrame:
    table = pd.DataFrame(spans, columns=["starts_on", "ends_on"])
    return table.apply(pd.to_datetime)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "only_planned", "expected"),
    [
        ("2023-11-02", "2023-11-02", False, "happened"),
        ("2026-04-29", "2026-05-06", False, "happened"),  # as-of is the end of the day
        ("2026-04-29", "2026-05-07", False, "under_way"),
        ("2026-05-07", "2026-05-07", False, "ahead"),
        ("2023-01-01", None, False, "under_way"),
        (None, "2023-10-31", False, "happened"),
        (None, "2027-12-31", False, "ahead"),
        ("2025-01-01", "2025-12-31", True, "planned"),  # nobody reported that it took place
        ("2026-04-10", "2026-05-24", True, "planned"),
        ("2028-01-01", "2028-12-31", True, "ahead"),
        (None, None, False, "undated"),
    ],
)
def test_stage(starts_on: str | None, ends_on: str | None, only_planned: bool, expected: str) -> None:
    table = rows((starts_on, ends_on))
    assert list(dated.stage(table, pd.Series([only_planned]), DAY)) == [expected]


@pytest.mark.parametrize("as_of", [date(2019, 1, 1), date(2023, 11, 1), DAY, date(2030, 1, 1)])
def test_nothing_after_as_of_is_done(as_of: date) -> None:
    told = dated.milestone_rows(milestones.load(), programme.load(), plan.chosen(plans.load(), "reports-2024"), "ko", as_of)
    done = told[told["stage"].isin(["happened", "under_way"])]
    assert not (done["starts_on"] > pd.Timestamp(as_of)).any()
    happened = told[told["stage"] == "happened"]
    assert (happened["ends_on"] <= pd.Timestamp(as_of)).all()


def test_a_wish_or_a_plan_never_happened() -> None:
    told = dated.milestone_rows(milestones.load(), programme.load(), None, "ko", date(2040, 1, 1))
    only_planned = told[told["status"].isin(dated.PLAN_ONLY)]
    assert len(only_planned)
    assert set(only_planned["stage"]) == {"planned"}


@pytest.mark.parametrize("lang", ["ko", "ja", "en"])
@pytest.mark.parametrize("plan_id", list(plans.load()["plan_id"]))
def test_every_milestone_is_told_once(lang: str, plan_id: str) -> None:
    chosen = plan.chosen(plans.load(), plan_id)
    told = dated.milestone_rows(milestones.load(), programme.load(), chosen, lang, DAY)
    assert sorted(told["milestone_id"].dropna()) == sorted(milestones.load()["milestone_id"])
    assert told["milestone_id"].isna().sum() == pd.notna(chosen["opens_on"])
    assert told["title"].notna().all()
    assert set(told["stage"]) <= set(dated.STAGES)


def test_a_project_gives_its_milestone_field_and_prefecture() -> None:
    told = dated.milestone_rows(milestones.load(), programme.load(), None, "ko", DAY).set_index("milestone_id")
    assert told.loc["chiba-governor-promise", "field"] == "digital;medical;garden"
    assert told.loc["riken-quantum-2024", "jis_code"] == "11"  # the milestone itself names none
    assert told.loc["golden-week-2026", "field"] == dated.EXPO


def test_inputs_stay_as_they_are() -> None:
    first, second, chosen = milestones.load(), programme.load(), plan.chosen(plans.load(), "reports-2024")
    before = first.copy(deep=True), second.copy(deep=True), chosen.copy(deep=True)
    dated.by_field(dated.narrowed(dated.milestone_rows(first, second, chosen, "ja", DAY), "garden", "12"), FIELDS)
    pd.testing.assert_frame_equal(first, before[0])
    pd.testing.assert_frame_equal(second, before[1])
    pd.testing.assert_series_equal(chosen, before[2])


def test_by_field_gives_each_field_its_row_in_order() -> None:
    table = pd.DataFrame({"field": ["medical;garden", "garden", "digital"], "name": ["a", "b", "c"]})
    each = dated.by_field(table, FIELDS)
    assert list(each["field"]) == ["garden", "garden", "digital", "medical"]
    assert list(each["name"]) == ["a", "b", "c", "a"]


def test_narrowed_keeps_what_concerns_every_field() -> None:
    table = pd.DataFrame({"field": ["medical;garden", "digital", "all"], "jis_code": ["12", None, None]})
    assert list(dated.narrowed(table, "garden", None)["field"]) == ["medical;garden", "all"]
    assert list(dated.narrowed(table, None, "12")["field"]) == ["medical;garden"]
    assert list(dated.narrowed(table, "garden", "29")["field"]) == []
    assert len(dated.narrowed(table, None, None)) == 3


def test_in_time_puts_open_starts_by_their_end_and_the_undated_last() -> None:
    table = rows((None, None), ("2024-01-01", None), (None, "2023-10-31"), ("2023-11-01", "2023-11-30"))
    ordered = dated.in_time(table.assign(name=list("abcd")))
    assert list(ordered["name"]) == ["c", "d", "b", "a"]


def test_status_is_not_said_before_it_is_so() -> None:
    early = dated.status(programme.load(), date(2020, 1, 1))
    assert set(early) <= {"ahead", *dated.PLAN_ONLY}
    today = dated.status(programme.load(), DAY)
    pd.testing.assert_series_equal(today, programme.load()["status"])


def test_a_milestone_without_a_prefecture_has_its_projects() -> None:
    table = dated.placed(milestones.load(), programme.load()).set_index("milestone_id")["jis_code"]
    assert table[["jetro-startup-2024", "riken-quantum-2024", "nara-medical-2024"]].tolist() == ["13", "11", "29"]
    assert table[["golden-week-2026", "toshiba-ess-2024"]].isna().all()
