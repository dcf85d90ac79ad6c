"""What stands side by side ends together, numbers of neighbours stand on one line, and lists are not cut through letters."""

from collections.abc import Callable

import pytest
from visiting import DESKTOP, Visit

Look = Callable[..., Visit]
LANGS = pytest.mark.parametrize("lang", ["ko", "ja"])
KEPT = {"asof": "2026-05-06", "sample": "true"}
TOPS = "boxes => boxes.map(box => Math.round(box.getBoundingClientRect().top))"
ENDS = "boxes => boxes.map(box => box.getBoundingClientRect().bottom)"


@pytest.mark.parametrize(
    ("part", "left", "right", "apart"),
    [("channels", "channel_visitors", "booking_stages", 40), ("difficulty", "arrivals_share", "benchmarks", 80)],
)
@LANGS
def test_neighbours_end_together(look: Look, lang: str, part: str, left: str, right: str, apart: int) -> None:
    page = look(size=DESKTOP).open("progress", lang=lang, part=part, **KEPT).page
    ends = [page.locator(f".st-key-chart-{name}").evaluate_all(ENDS)[0] for name in (left, right)]
    assert abs(ends[0] - ends[1]) <= apart


@LANGS
def test_numbers_of_the_first_screen_stand_on_one_line(look: Look, lang: str) -> None:
    page = look(size=DESKTOP).open(lang=lang, **KEPT).page
    for part in (".sj-value", ".sj-picture"):
        tops = page.locator(f".st-key-chart-key_figures .sj-card > {part}").evaluate_all(TOPS)
        assert len(tops) == 4
        assert max(tops) - min(tops) <= (1 if part == ".sj-value" else 12), part


@LANGS
def test_the_plans_cards_stand_in_one_row(look: Look, lang: str) -> None:
    page = look(size=DESKTOP).open("timeline", lang=lang, **KEPT).page
    tops = page.locator(".st-key-chart-expo_plan .sj-card").evaluate_all(TOPS)
    assert len(tops) == 6
    assert len(set(tops)) == 1


def test_the_list_s_last_row_fades_and_can_be_read_at_its_end(look: Look) -> None:
    page = look(size=DESKTOP).open("map", **KEPT).page
    lasts = page.locator(".sj-list").evaluate("""list => {
      const fade = getComputedStyle(list, '::after'), end = (box) => box.getBoundingClientRect().bottom;
      list.scrollTop = list.scrollHeight;
      return [fade.position, parseFloat(fade.height), end(list) - end(list.querySelector('tbody tr:last-child'))];
    }""")
    assert lasts[0] == "sticky"
    assert 20 <= lasts[1] <= lasts[2] + 2


@LANGS
def test_the_key_of_projects_stands_in_two_rows_at_most(look: Look, lang: str) -> None:
    page = look(size=DESKTOP).open("programme", lang=lang, **KEPT).page
    tops = page.locator(".st-key-chart-programme_matrix .legend .traces").evaluate_all(TOPS)
    assert len(tops) >= 6
    assert len({top // 12 for top in tops}) <= 2
    key, plot = (page.locator(f".st-key-chart-programme_matrix {part}").first.bounding_box() for part in (".legend", ".main-svg"))
    assert key is not None
    assert plot is not None
    assert key["y"] + key["height"] <= plot["y"] + plot["height"]
