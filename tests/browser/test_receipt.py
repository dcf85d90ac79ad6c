"""A press on a bar chooses its day or channel, and a second shows how its number came about; links lead to the same."""

import csv
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from visiting import DESKTOP, Visit

from sejong_dash.paths import PROJECT
from sejong_dash.words import shared

Look = Callable[..., Visit]
PLACES = """() => [...document.querySelectorAll('.sj-card, .sj-drawing, .sj-plot, .sj-slide-foot')].map(box => {
  const { x, y, width, height } = box.getBoundingClientRect();
  return [x, y, width, height].map(Math.round);
})"""
FILTER = ".sj-frame .sj-filter"
BAR = """plot => {
  plot.scrollIntoView({ block: 'center' });
  const trace = plot.querySelectorAll('.trace.bars')[0], ids = plot.data.filter(one => one.type === 'bar')[0].ids;
  return new Promise(done => setTimeout(() => {
    const box = trace.querySelectorAll('.point')[0].getBoundingClientRect();
    done([ids[0], box.x + box.width / 2, box.y + box.height / 2]);
  }, 500));
}"""


def test_a_press_on_a_bar_chooses_its_day_and_a_second_shows_its_receipt(look: Look) -> None:
    visit = look().open("progress", part="days", asof="2026-05-06", sample="true")
    page, plot = visit.page, visit.page.locator(".st-key-chart-daily_visitors .sj-plot")
    code, x, y = visit.draw_all().page.locator(".st-key-chart-daily_visitors .sj-plot").evaluate(BAR)
    with (PROJECT / "data" / "sample" / "visitors.csv").open(encoding="utf-8") as file:
        lines = [(number, row) for number, row in enumerate(csv.DictReader(file), start=2) if row["date"] == code]
    total = shared("ko")("amount.visitors", value=f"{sum(int(row['visitors']) for _, row in lines):,}")
    page.mouse.move(x - 2, y)
    page.mouse.click(x, y)
    visit.has_query(part="days", asof="2026-05-06", sample="true", day=code)
    expect(page.locator(FILTER)).to_have_text(["4월 10일(금)"])
    expect(page.locator(".st-key-chart-channel_visitors .sj-scope")).to_have_text(["4월 10일(금)"])
    expect(page.locator(".st-key-chart-daily_visitors .sj-scope")).to_have_text([shared("ko")("narrowed.all_on")])
    code, x, y = visit.still().page.locator(".st-key-chart-daily_visitors .sj-plot").evaluate(BAR)
    page.mouse.move(x - 2, y)
    page.mouse.click(x, y)
    receipt = page.get_by_role("dialog")
    expect(receipt.locator(".sj-headline")).to_have_text(total)
    expect(receipt).to_contain_text("sample/visitors.csv")
    expect(receipt.locator("[data-testid=stDataFrame] table tbody tr").first.locator("td").first).to_contain_text(
        str(lines[0][0])
    )
    page.keyboard.press("Escape")
    expect(receipt).to_have_count(0)
    page.mouse.move(x, y - 2)
    page.mouse.click(x, y)  # the same again: no mark stays pressed
    expect(receipt.locator(".sj-headline")).to_have_text(total)
    page.keyboard.press("Escape")
    expect(receipt).to_have_count(0)
    page.go_back()
    visit.has_query(part="days", asof="2026-05-06", sample="true")
    expect(page.locator(FILTER)).to_have_count(0)
    code, x, y = visit.still().page.locator(".st-key-chart-daily_visitors .sj-plot").evaluate(BAR)
    page.mouse.click(x, y)
    visit.has_query(part="days", asof="2026-05-06", sample="true", day=code)
    expect(plot).to_have_count(1)
    visit.still().page.mouse.click(x, y)
    receipt.locator("a.sj-receipt").click()
    visit.is_on("data")
    expect(visit.still().page.locator("[data-testid=stMain] .sj-headline")).to_have_text(total)
    assert visit.query["receipt"] == f"{code}.*"


@pytest.mark.parametrize(("name", "query"), [("overview", {}), ("present", {"slides": "visitor_progress", "day": "2026-04-18"})])
def test_the_page_behind_a_receipt_stays_as_it_is(look: Look, name: str, query: dict[str, str]) -> None:
    visit = look(size=DESKTOP).open(name, asof="2026-05-06", sample="true", **query)
    page, receipt = visit.page, visit.page.get_by_role("dialog")
    before = page.evaluate(PLACES)
    assert len(before) > 1
    box = page.locator(".sj-plot .nsewdrag").first.bounding_box()
    assert box is not None
    at = box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.6  # a day before as-of: the nearest mark is pressed
    page.mouse.move(at[0] - 2, at[1])
    page.mouse.click(*at)
    expect(receipt).to_be_visible()
    assert visit.still().page.evaluate(PLACES) == before
    page.keyboard.press("Escape")
    expect(receipt).to_have_count(0)
    assert visit.still().page.evaluate(PLACES) == before


def test_a_press_on_a_channel_narrows_the_days_and_its_chip_takes_that_away(look: Look) -> None:
    visit = look().open("progress", lang="en", part="channels", asof="2026-05-06", sample="true")
    page = visit.page
    code, x, y = visit.draw_all().page.locator(".st-key-chart-channel_visitors .sj-plot").evaluate(BAR)
    channel = code.rpartition(".")[2]
    page.mouse.move(x - 2, y)
    page.mouse.click(x, y)
    visit.has_query(lang="en", part="channels", asof="2026-05-06", sample="true", channel=channel)
    visit.open("progress", lang="en", part="days", asof="2026-05-06", sample="true", channel=channel)
    chip, scope = page.locator(FILTER), page.locator(".st-key-chart-daily_visitors .sj-scope")
    name = shared("en")(f"channel.{channel}")
    expect(chip).to_have_text([name])
    expect(scope).to_have_text([name])
    chip.click()
    visit.has_query(lang="en", part="days", asof="2026-05-06", sample="true")
    expect(scope).to_have_count(0)


def test_the_keyboard_finds_the_receipt_below_the_chart(look: Look) -> None:
    visit = look().open("progress", lang="ja", asof="2026-05-06", sample="true")
    chart = visit.page.locator(".st-key-chart-visitor_progress")
    chart.locator("summary").focus()
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")
    expect(chart.locator("a.sj-receipt")).to_be_focused()
    visit.page.keyboard.press("Enter")
    visit.is_on("data", "ja")
    assert visit.still().query["receipt"] == "2026-04-10~2026-05-06.*"
    expect(visit.page.locator("[data-testid=stMain] .sj-headline")).to_be_visible()
