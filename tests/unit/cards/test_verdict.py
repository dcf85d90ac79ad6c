"""Tests of the verdict: judged by the forecast, held back where counts are missing, a scenario without alarm."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from discovery import BASE, tables_now

from sejong_dash import exhibits, words
from sejong_dash.cards import Card, day_sentence, pace_figures, verdict
from sejong_dash.charts import goal_bar

LONGEST = 60  # Korean letters of a statement


def row(**changes: object) -> pd.Series:
    return verdict.table(replace(BASE, **changes), tables_now()).iloc[0]


def card(lang: str = "ko", **changes: object) -> Card:
    (shown,) = exhibits.exhibit(verdict, replace(BASE, lang=lang, **changes), tables_now()).cards
    return shown


def test_it_is_late_by_the_forecast() -> None:
    found, figures = row(), pace_figures.table(BASE, tables_now()).set_index("figure")["value"]
    assert (found["verdict"], found["chance_pct"]) == ("late", 25)
    assert found["gap_goal"] == figures["forecast"] - 150_000 == -12_904
    assert found["gap"] == goal_bar.table(BASE, tables_now())["gap"].iloc[0] == -9_897
    assert (found["needed"], found["alike"], found["more_pct"]) == (3_679, 3_082, 19)


def test_the_row_says_it_in_few_words() -> None:
    shown = card()
    assert shown.value == "▼ 지연"
    assert shown.text == "예측상 목표 대비 12,904명 부족, 달성 가능성 낮음(10~35%)"
    assert shown.facts == (("하루 3,679명 필요", "최근 수준 하루 3,082명(필요 증가율 19%)"),)
    assert card("en").text == "Forecast: 12,904 short of the goal, chance low (10–35%)"


@pytest.mark.parametrize("day", [date(2026, 4, 1), date(2026, 4, 25), date(2026, 5, 6), date(2026, 5, 20), date(2026, 6, 10)])
@pytest.mark.parametrize("place", [None, "29"])
def test_no_statement_is_longer_than_a_line(day: date, place: str | None) -> None:
    statements = card(as_of=day, prefecture=place).text.split(" · ")
    assert len(statements) <= 2
    assert max(map(len, statements)) <= LONGEST


def test_the_gap_to_the_plan_is_said_where_it_points_the_other_way() -> None:
    table = verdict.table(replace(BASE, lang="en", as_of=date(2026, 4, 25)), tables_now())
    over = table.assign(verdict="on_pace", gap_goal=1_000)
    (shown,) = verdict.cards(over, words.of(str(verdict.__file__), "en"))
    assert (shown.value, shown.tone) == ("● On pace", "")
    assert shown.text.endswith("9,926 behind the plan now")
    assert "plan" not in card("en").text


@pytest.mark.parametrize(
    ("day", "tone"), [(date(2026, 4, 25), "missing"), (date(2026, 5, 6), "missing"), (date(2026, 6, 10), "missing")]
)
def test_a_plan_that_holds_warns(plan_that_holds: None, day: date, tone: str) -> None:
    assert not row(as_of=day)["is_scenario"]
    shown = card(as_of=day)
    assert (shown.tone, shown.badge) == (tone, "")


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("day", [date(2026, 5, 6), date(2026, 6, 10)])
def test_a_cancelled_plan_is_a_scenario_without_alarm(lang: str, day: date) -> None:
    shown = card(lang, as_of=day)
    assert row(as_of=day)["is_scenario"]
    assert shown.tone == ""
    own = words.of(str(verdict.__file__), lang)
    title = tables_now().plans().set_index("plan_id").loc[BASE.plan, f"title_{lang}"]
    assert shown.badge == own("mark")  # the title stands in the bar above it
    message = verdict.message(verdict.table(replace(BASE, lang=lang, as_of=day), tables_now()), own)
    assert message.count(str(title)) == 1


def test_before_the_cancellation_was_known_the_plan_held() -> None:
    """As-of decides what is known, of decisions too."""
    assert not row(as_of=date(2024, 12, 10))["is_scenario"]
    assert row(as_of=date(2024, 12, 11))["is_scenario"]


def test_at_the_end_it_is_reached_or_missed() -> None:
    over = row(as_of=date(2026, 6, 10))
    assert (over["verdict"], over["gap_goal"]) == ("missed", -7_274)
    assert pd.isna(over["chance_pct"])
    assert card("en", as_of=date(2026, 6, 10)).text == "142,726 counted · 7,274 short of the goal"


def test_a_goal_that_is_reached_before_the_end_is_reached(data_copy: Path) -> None:
    goals = data_copy / "goals.csv"
    goals.write_text(goals.read_text(encoding="utf-8").replace("150000", "80000"), encoding="utf-8")
    found = row()
    assert (found["verdict"], found["gap_goal"]) == ("reached", 3_787)
    assert found[["chance_pct", "needed"]].isna().all()


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_without_counts_there_is_no_verdict_and_nothing_is_zero(lang: str) -> None:
    found = row(sample=False)
    assert found["verdict"] == ""
    assert found[["counted", "forecast", "gap_goal", "chance_pct", "gap", "needed"]].isna().all()
    shown = card(lang, sample=False)
    assert shown.value.startswith("○")
    assert shown.tone == "muted"
    assert not re.search(r"(?<![\d,])0(?![\d,.])", shown.text)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_withheld_it_says_what_to_bring_in(lang: str, data_copy: Path) -> None:
    rows = [f"2026-04-{day},13,group,360,,reported,sejong-japan-2024" for day in range(10, 15)]
    head = "date,jis_code,channel,visitors,recorded_on,basis,source_id"
    (data_copy / "visitors.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    shown = card(lang, sample=False, as_of=date(2026, 5, 10))
    assert words.shared(lang).day_spans(pd.date_range("2026-04-15", "2026-05-10")) in shown.text
    assert "1,800" in shown.text
    assert (shown.tone, shown.facts) == ("muted", ())


def test_before_opening_it_says_when() -> None:
    shown = card("en", as_of=date(2026, 4, 1))
    assert shown.value == "○ Not open yet"
    assert shown.text == "Opens on 10 Apr, in 9 days · goal 150,000 or more"


def test_it_agrees_with_the_sentence_of_the_day() -> None:
    for day in (date(2026, 4, 25), date(2026, 5, 20)):
        sentence = day_sentence.table(replace(BASE, as_of=day), tables_now()).iloc[0]
        found = row(as_of=day)
        assert (found["forecast"], found["gap"], found["state"]) == (sentence["forecast"], sentence["gap"], sentence["state"])


def test_a_plan_without_a_goal_gives_nothing() -> None:
    assert verdict.table(replace(BASE, plan="2024-07-24"), tables_now()).empty
