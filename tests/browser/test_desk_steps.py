"""The desk is one column of steps: their states and the button that stores stay in view, and a clean file takes few actions."""

from collections.abc import Callable
from pathlib import Path

import pytest
from clerking import bring, drop, expect_stored, own, stored
from playwright.sync_api import expect
from visiting import DESKTOP, PHONE, Visit

from sejong_dash import words
from sejong_dash.ui.desk import step_bar

Look = Callable[..., Visit]
MONTH = [f"2026-04-{day:02},도쿄도,개별,{day}" for day in range(10, 31)]
WRONG = [f"2026-05-{day:02},없는현,개별,10" for day in range(1, 9)]
MOST_ACTIONS = 5

# What has the focus is what lies at its place: neither the steps nor the bar cover it.
COVERED = """() => [...document.querySelectorAll('[data-testid=stMain] :is(button, input, summary, a[href])')]
  .filter(box => box.checkVisibility({ visibilityProperty: true }) && !box.disabled && !box.closest('.sj-frame, .sj-quiet'))
  .filter(box => {
    box.focus();
    if (document.activeElement !== box) return false;
    const { left, right, top, bottom } = box.getBoundingClientRect();
    const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const over = there?.closest(".st-key-desk-bar, .st-key-desk-steps");
    return over && !over.contains(box);
  })
  .map(box => box.outerHTML.slice(0, 120))"""


def steps(visit: Visit) -> dict[str, tuple[str, str]]:
    """Return the look of each step and what is said of it."""
    rows = visit.page.locator(".sj-steps li").evaluate_all(
        "all => all.map(row => [row.className, row.querySelector('small')?.innerText ?? ''])"
    )
    return dict(zip(step_bar.STEPS, map(tuple, rows), strict=True))


def test_a_clean_file_is_stored_in_few_actions_and_nothing_else_is_asked(look: Look, desk_server: str, data: Path) -> None:
    clerk = look(root=desk_server).open("data")
    actions = 0

    def act(do: Callable[[], object]) -> None:
        nonlocal actions
        actions += 1
        do()

    act(lambda: bring(clerk, *(row.replace("도쿄도", "나라현") for row in MONTH), encoding="utf-8-sig"))
    expect(clerk.page.locator(".st-key-desk-apply button")).to_be_visible()
    asked = clerk.still().page.locator("[data-testid=stMain] :is(input, select, [role=radiogroup])").filter(visible=True)
    fields = asked.evaluate_all(
        "all => all.filter(field => !field.closest('.sj-frame, .st-key-desk-head')).map(f => f.ariaLabel)"
    )
    own_words = own("signed_change")
    assert fields == [own_words("who"), own_words("why")]
    act(lambda: clerk.page.locator(".st-key-desk-who input").fill("김"))
    act(lambda: clerk.page.locator(".st-key-desk-why input").fill("확정"))
    act(lambda: clerk.page.locator(".st-key-desk-apply button").click())
    expect_stored(clerk)
    assert stored(data)["2026-04-30", "29"] == 30
    assert actions <= MOST_ACTIONS

    clerk.open("data")  # another day, the same browser
    drop(clerk, "2026-05-01,도쿄도,개별,5")
    expect(clerk.page.locator(".st-key-desk-who input")).to_have_value("김")
    clerk.page.locator(".st-key-desk-why input").fill("추가")
    clerk.page.locator(".st-key-desk-apply button").click()
    expect_stored(clerk)
    assert stored(data)["2026-05-01", "13"] == 5


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("rows", [MONTH, [*MONTH[:3], *WRONG]], ids=["clean", "wrong"])
def test_steps_and_the_button_stay_in_view(look: Look, desk_server: str, size: tuple[int, int], rows: list[str]) -> None:
    clerk = look(root=desk_server, size=size).open("data")
    drop(clerk, *rows)
    for share in (0, 0.3, 0.7, 1):
        clerk.page.locator("[data-testid=stMain]").evaluate(
            "(main, share) => main.scrollTo(0, share * (main.scrollHeight - main.clientHeight))", share
        )
        for place in (".sj-steps", ".st-key-desk-apply button", ".st-key-desk-who input"):
            expect(clerk.page.locator(place)).to_be_in_viewport(ratio=1)
    assert clerk.page.evaluate(COVERED) == []
    assert clerk.sideways == []


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_state_of_each_step_is_said_from_file_to_stored(look: Look, desk_server: str, lang: str) -> None:
    labels = own("step_bar", lang)
    clerk = look(root=desk_server).open("data", lang=lang)
    assert steps(clerk)["file"] == ("now", labels("state.choose"))
    drop(clerk, *MONTH[:2], WRONG[0])
    found = steps(clerk)
    assert [look for look, _ in found.values()] == ["done", "done", "wrong", "done", "waiting"]
    assert [text for _, text in found.values()] == [
        "집계.csv",
        labels("state.rows", count=2),
        labels("state.errors", count=1),
        labels("state.figures", count=2),
        labels("state.part"),
    ]
    current = clerk.page.locator(".sj-steps [aria-current=step]")
    expect(current).to_contain_text(labels("step.mend"))
    expect(current).to_contain_text(labels("look.wrong"))
