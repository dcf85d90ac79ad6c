"""A campaign can be tried, its outcome is shown, and the trial can be sent to a colleague."""

import re
from collections.abc import Callable

from playwright.sync_api import expect
from visiting import Visit

Look = Callable[..., Visit]
PACE = ".st-key-chart-pace_figures .sj-value"


def said(visit: Visit, name: str) -> str:
    return visit.page.locator(f".st-key-chart-{name} .sj-message").inner_text()


def test_a_trial_redraws_the_forecast_and_is_kept_in_the_address(look: Look) -> None:
    visit = look().open("progress", lang="en")
    pace = visit.texts(PACE)
    assert len(pace) > 4
    visit.show_part("progress", "planner", "en")
    before = said(visit, "catch_up")
    assert "No measures entered yet" in before
    visit.page.get_by_role("slider").first.focus()
    for _ in range(4):
        visit.page.keyboard.press("ArrowRight")
    expect(visit.page.locator(".st-key-chart-catch_up .sj-message")).to_contain_text("With these measures")
    visit.still().has_query(lang="en", part="planner", campaign="20")
    more, plain = (
        int(re.search(pattern, said(visit, "catch_up"))[1].replace(",", ""))
        for pattern in (r"closing is ([\d,]+)", r"more than ([\d,]+)")
    )
    assert more > plain
    colleague = look().open("progress", lang="en", part="planner", campaign="20")
    assert said(colleague, "catch_up") == said(visit, "catch_up")
    assert said(colleague, "what_it_takes") == said(visit, "what_it_takes")
    visit.show_part("progress", "now", "en").has_query(lang="en")
    assert visit.texts(PACE) == pace  # what was counted is not touched by a trial
    visit.show_part("progress", "planner", "en").has_query(lang="en", part="planner", campaign="20")


def test_a_goal_that_no_full_day_reaches_is_said_to_be_out_of_reach(look: Look) -> None:
    visit = look().open("progress", lang="ko", part="planner", capacity="2000")
    assert "하루 최대 2,000명으로는 목표를 달성할 수 없습니다" in said(visit, "what_it_takes")


def test_days_and_running_totals_change_with_their_number(look: Look) -> None:
    visit = look().open("progress", lang="en", part="days")
    headline = visit.page.locator(".st-key-chart-daily_visitors .sj-headline")
    by_day = headline.inner_text()
    visit.page.get_by_role("radio", name="Cumulative").locator("xpath=ancestor-or-self::*[1]").click(force=True)
    expect(headline).not_to_have_text(by_day)
    visit.still().has_query(lang="en", part="days", view="total")
    assert "83,787" in headline.inner_text()
