"""Numbers of neighbours stand on one line, rows take one line, and lists are not cut through letters."""

from cold_pages import Cold, pages
from discovery import parts_of
from visiting import DESKTOP

from sejong_dash import theme
from sejong_dash.paths import PAGES

TOPS = "boxes => boxes.map(box => Math.round(box.getBoundingClientRect().top))"
COLOURS = """() => [...document.querySelectorAll('.st-key-first-screen :is(.sj-card, .sj-drawing), '
    + '.st-key-first-screen :is(.sj-card, .sj-drawing) *')].flatMap(box => {
  const { color, backgroundColor, borderTopColor, fill, stroke } = getComputedStyle(box);
  return [color, backgroundColor, borderTopColor, fill, stroke];
})"""
WARNING = (theme.MISSING, theme.PAGE["MISSING_TEXT"][0])


@pages(["overview"])
def test_numbers_of_the_first_screen_stand_on_one_line(cold: Cold) -> None:
    for part in (".sj-value", ".sj-picture"):
        tops = cold.visit.page.locator(f".st-key-chart-key_figures .sj-card > {part}").evaluate_all(TOPS)
        assert len(tops) == 4
        assert max(tops) - min(tops) <= (1 if part == ".sj-value" else 12), part


@pages(["overview"])
def test_verdict_figures_and_chart_follow_each_other(cold: Cold) -> None:
    names = ("verdict", "key_figures", "visitor_progress")
    boxes = [cold.visit.page.locator(f".st-key-chart-{name}").bounding_box() for name in names]
    tops = [box["y"] for box in boxes if box is not None]
    assert len(tops) == 3
    assert tops == sorted(tops)


@pages(["overview"], ["ko"])
def test_a_cancelled_plan_shows_no_colour_of_a_warning(cold: Cold) -> None:
    shown = set(cold.visit.page.evaluate(COLOURS))
    assert len(shown) > 5
    assert {"rgb({}, {}, {})".format(*theme.rgb(colour)[:3]) for colour in WARNING} & shown == set()


@pages(["timeline"])
def test_the_plans_cards_stand_in_one_row(cold: Cold) -> None:
    tops = cold.visit.page.locator(".st-key-chart-expo_plan .sj-card").evaluate_all(TOPS)
    assert len(tops) == 6
    assert len(set(tops)) == 1


@pages(["map"])
def test_the_list_s_last_row_fades_and_can_be_read_at_its_end(cold: Cold) -> None:
    position, height, room = cold.visit.page.locator(".sj-list").evaluate("""list => {
      const fade = getComputedStyle(list, '::after'), end = (box) => box.getBoundingClientRect().bottom;
      list.scrollTop = list.scrollHeight;
      return [fade.position, parseFloat(fade.height), end(list) - end(list.querySelector('tbody tr:last-child'))];
    }""")
    assert position == "sticky"
    assert 20 <= height <= room + 2


@pages(["programme"])
def test_the_key_of_projects_stands_in_two_rows_at_most(cold: Cold) -> None:
    page = cold.visit.page
    tops = page.locator(".st-key-chart-programme_matrix .legend .traces").evaluate_all(TOPS)
    assert len(tops) >= 6
    assert len({top // 12 for top in tops}) <= 2
    key, plot = (page.locator(f".st-key-chart-programme_matrix {part}").first.bounding_box() for part in (".legend", ".main-svg"))
    assert key is not None
    assert plot is not None
    assert key["y"] + key["height"] <= plot["y"] + plot["height"]


@pages(["progress"])
def test_the_row_of_parts_takes_one_line(cold: Cold) -> None:
    pills = cold.visit.page.locator(".st-key-part-menu").get_by_role("radio").all()
    assert len(pills) == len(parts_of(PAGES / "progress.py"))
    tops = [pill.locator("xpath=ancestor-or-self::*[1]").bounding_box() for pill in pills]
    assert len({round(box["y"]) for box in tops if box}) == 1


@pages(["progress"])
def test_the_first_part_answers_on_its_first_screen(cold: Cold) -> None:
    for name in ("goal_bar", "pace_figures", "visitor_progress", "required_rate"):
        box = cold.visit.page.locator(f".st-key-chart-{name}").bounding_box()
        assert box is not None
        if name in ("goal_bar", "pace_figures"):
            assert box["y"] + box["height"] < 0.7 * DESKTOP[1], name
        else:
            assert box["y"] < 0.7 * DESKTOP[1], name
            assert box["y"] + box["height"] < 1.25 * DESKTOP[1], name
