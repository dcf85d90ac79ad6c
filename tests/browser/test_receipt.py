"""A press on a bar shows how its number came about, and the link leads to the same at the desk."""

import csv
from collections.abc import Callable

from playwright.sync_api import expect
from visiting import Visit

from sejong_dash.paths import PROJECT
from sejong_dash.words import shared

Look = Callable[..., Visit]
BAR = """plot => {
  plot.scrollIntoView({ block: 'center' });
  const trace = plot.querySelectorAll('.trace.bars')[0], ids = plot.data.filter(one => one.type === 'bar')[0].ids;
  return new Promise(done => setTimeout(() => {
    const box = trace.querySelectorAll('.point')[0].getBoundingClientRect();
    done([ids[0], box.x + box.width / 2, box.y + box.height / 2]);
  }, 500));
}"""


def test_a_press_on_a_bar_shows_its_receipt_and_leads_to_the_desk(look: Look) -> None:
    visit = look().open("progress", part="days", asof="2026-05-06", sample="true")
    page = visit.page
    code, x, y = visit.draw_all().page.locator(".st-key-chart-daily_visitors .sj-plot").evaluate(BAR)
    with (PROJECT / "data" / "sample" / "visitors.csv").open(encoding="utf-8") as file:
        lines = [(number, row) for number, row in enumerate(csv.DictReader(file), start=2) if row["date"] == code]
    total = shared("ko")("amount.visitors", value=f"{sum(int(row['visitors']) for _, row in lines):,}")
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
    assert visit.query == {"part": "days", "asof": "2026-05-06", "sample": "true"}
    page.mouse.move(x, y - 2)
    page.mouse.click(x, y)  # the same again: no mark stays pressed
    receipt.locator("a.sj-receipt").click()
    visit.is_on("data")
    expect(visit.still().page.locator("[data-testid=stMain] .sj-headline")).to_have_text(total)
    assert visit.query["receipt"] == f"{code}.*"


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
