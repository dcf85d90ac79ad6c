"""Test that a figure has one value wherever it is named: on every page, on every slide and in every file of a set.

A figure is found by the sentences that name it: the templates of the words files become patterns, and whatever stands where a
template has the figure's field must be the value that its one definition gives.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from html import unescape

import discovery
import pytest
from discovery import BASE, tables_now
from looking import texts
from page_html import html_of

from sejong_dash import cards, charts, clock, decks, exhibits, words
from sejong_dash.cards import expo_plan
from sejong_dash.charts import prefecture_visitors
from sejong_dash.choices import Choices
from sejong_dash.datasets import reference_seasons
from sejong_dash.exports import REPORT_FORMATS, report
from sejong_dash.measures.season.outlook import outlook
from sejong_dash.measures.season.season import Season, season_of
from sejong_dash.ui.present import slide_view

pytestmark = pytest.mark.dear

RUNNING = replace(BASE, lang="en")
PLACE = replace(BASE, lang="en", prefecture="14")
OVER = replace(BASE, lang="en", as_of=date(2026, 6, 1))
CASES = {"running": RUNNING, "late": replace(RUNNING, as_of=date(2026, 5, 20)), "place": PLACE, "over": OVER}

# figure: (room.name, entry, field) of each sentence that names it
NAMED = {
    "counted": [
        ("cards.day_sentence", "late", "counted"),
        ("cards.day_sentence", "over", "counted"),
        ("cards.pace_figures", "message_behind", "counted"),
        ("cards.pace_figures", "message_short", "counted"),
        ("charts.goal_bar", "message", "done"),
        ("charts.goal_bar", "message_over_short", "done"),
        ("charts.goal_bar", "part.counted", "value"),
        ("charts.visitor_progress", "message.behind", "total"),
        ("charts.visitor_progress", "result.behind", "total"),
        ("charts.required_rate", "closed_missed", "counted"),
    ],
    "share_pct": [
        ("cards.day_sentence", "late", "share"),
        ("cards.day_sentence", "over", "share"),
        ("charts.goal_bar", "message", "share"),
        ("charts.goal_bar", "message_over_short", "share"),
        ("charts.goal_bar", "part.counted", "share"),
        ("charts.visitor_progress", "message.behind", "share"),
        ("charts.required_rate", "closed_missed", "share"),
    ],
    "due": [("charts.goal_bar", "due", "value"), ("charts.prefecture_visitors", "message_one_behind", "due")],
    "gap": [
        ("cards.day_sentence", "verdict.running_behind", "gap"),
        ("cards.pace_figures", "message_behind", "gap"),
        ("charts.visitor_progress", "message.behind", "gap"),
        ("charts.prefecture_visitors", "message_one_behind", "gap"),
    ],
    "gap_days": [
        ("cards.key_figures", "text.behind", "days"),
        ("cards.day_sentence", "late", "days"),
        ("cards.pace_figures", "text.gap_behind", "days"),
    ],
    "gap_goal": [
        ("cards.verdict", "result_short", "gap"),
        ("cards.day_sentence", "verdict.over_behind", "gap"),
        ("cards.pace_figures", "message_short", "gap"),
        ("charts.visitor_progress", "result.behind", "gap"),
        ("charts.required_rate", "closed_missed", "gap"),
        ("charts.goal_bar", "message_over_short", "left"),
        ("charts.goal_bar", "part.short", "value"),
    ],
    "left": [("charts.goal_bar", "message", "left"), ("charts.goal_bar", "part.left", "value")],
    "needed": [
        ("cards.verdict", "needed", "needed"),
        ("cards.pace_figures", "message_behind", "needed"),
        ("charts.required_rate", "needed_each", "needed"),
        ("cards.what_it_takes", "message_forecast", "needed"),
    ],
    "alike": [
        ("cards.verdict", "alike", "alike"),
        ("cards.pace_figures", "text.needed_ratio", "alike"),
        ("charts.required_rate", "compared", "like"),
    ],
    "forecast": [
        ("cards.day_sentence", "forecast", "forecast"),
        ("cards.pace_figures", "message_missed", "total"),
        ("charts.visitor_progress", "forecast_open", "total"),
        ("charts.visitor_progress", "forecast_short", "total"),
        ("charts.visitor_progress", "forecast_end", "value"),
        ("charts.catch_up", "message_same", "total"),
    ],
    "low": [
        ("cards.key_figures", "text.interval", "low"),
        ("cards.day_sentence", "forecast", "low"),
        ("cards.pace_figures", "text.forecast", "low"),
        ("charts.visitor_progress", "forecast_open", "low"),
        ("charts.visitor_progress", "forecast_short", "low"),
    ],
    "high": [
        ("cards.key_figures", "text.interval", "high"),
        ("cards.day_sentence", "forecast", "high"),
        ("cards.pace_figures", "text.forecast", "high"),
        ("charts.visitor_progress", "forecast_open", "high"),
    ],
    "short_by": [
        ("cards.verdict", "forecast_short", "gap"),
        ("charts.required_rate", "missed", "gap"),
        ("charts.catch_up", "message_short", "gap"),
    ],
}


_LABELS = {"forecast_end"}  # stand by themselves: other sentences begin like them
_HOLE = r"[^\n]{1,60}?"  # what stands where a template has another field


@cache
def now(choices: Choices) -> Season:
    return season_of(tables_now(), choices)


@cache
def defined(choices: Choices) -> dict[str, str]:
    """Each figure from its one definition, as it is written."""
    stands, seen, own = now(choices).pace, outlook(now(choices), reference_seasons.load()), words.shared(choices.lang)
    found = {"counted": stands.counted, "due": stands.due, "gap": stands.gap, "gap_goal": stands.gap_goal}
    found |= {"needed": stands.needed, "alike": stands.alike, "left": max((stands.goal or 0) - stands.counted, 0)}
    if stands.days_left:
        found |= {"forecast": seen.total, "low": seen.low, "high": seen.high, "short_by": (stands.goal or 0) - seen.total}
    told = {name: own.number(abs(value)) for name, value in found.items() if value is not None}
    told |= {"share_pct": own.percent((stands.share_pct or 0) / 100), "gap_days": own.number(abs(stands.gap_days or 0), 1)}
    return told


def pattern(name: str, entry: str, field: str, lang: str) -> re.Pattern[str]:
    """A sentence of the words files as a pattern, with one of its fields as a group."""
    room, module = name.split(".")
    text = words.of(str({"cards": cards, "charts": charts}[room].named(module).__file__), lang)(entry).strip()
    parts = re.split(r"\{([^{}]+)\}", text)
    number = r"(?<![\d,.])[\d,]+(?:\.\d+)?%?"
    fields = [f"({number})" if part == field else _hole(part) for part in parts[1::2]]
    holes = [re.escape(part) if n % 2 == 0 else fields[n // 2] for n, part in enumerate(parts)]
    text = "".join(holes).removesuffix(_HOLE) if not parts[-1] and parts[-2] != field else "".join(holes)
    return re.compile(f"^{text}$" if entry in _LABELS else text, re.MULTILINE)


def _hole(part: str) -> str:
    """What another field of a sentence may be filled with; a plural is one of its two words."""
    _, _, form = part.partition(":")
    return f"(?:{'|'.join(form.split('/'))})" if "/" in form else _HOLE


@cache
def shown(choices: Choices) -> dict[str, tuple[str, ...]]:
    """Every text of every chart, card, page, slide and (in English) file, by where it stands."""
    found: dict[str, list[str]] = {}
    modules = {f"{room.__name__}.{name}": room.named(name) for room in (charts, cards) for name in room.names()}
    for name, module in modules.items():
        drawn = exhibits.exhibit(module, choices, tables_now())
        if drawn.empty:
            continue
        told = [drawn.message, *(text for card in drawn.cards for text in (card.value, card.text, f"{card.title} {card.value}"))]
        found[name] = [*told, *(texts(drawn.figure) if drawn.figure is not None else [])]
        slide = slide_view.lay_out(drawn, "1/9", dark=False)
        found[f"slide {name}"] = [plain(slide.body)]
    asked = {"lang": choices.lang, "asof": choices.as_of.isoformat(), "sample": "true"}
    asked |= {"prefecture": choices.prefecture} if choices.prefecture else {}
    for page, part in (screen for screen in discovery.SCREENS if screen[0] in discovery.FRAMED):
        app = discovery.opened(page, asked | {"part": part})
        found[f"page {discovery.screen_name(page, part)}"] = [plain(text) for text in html_of(app)]
    if choices.lang == RUNNING.lang:  # in each language files say what the screen says: test_same_everywhere
        for kind, content in files(choices):
            found[f"file {kind}"] = content
    return {where: tuple(said) for where, said in found.items()}


def plain(markup: str) -> str:
    """The text of a piece of markup; what stands in elements of its own stands in lines of its own."""
    inline = re.sub(r"</?(?:b|i|span|strong|a|a:r|a:t|a:rPr|r|t)\b[^>]*>", "", markup)
    lines = unescape(re.sub("<[^>]*>", "\n", inline)).splitlines()
    return "\n".join(re.sub(r"[ \t]+", " ", line).strip() for line in lines if line.strip())


def files(choices: Choices) -> Iterator[tuple[str, list[str]]]:
    """The texts of the weekly set as slides, workbook and web page."""
    known = {name: room for room in (charts, cards) for name in room.names()}
    deck = decks.decks()["weekly"]
    slides = [(known[one.name].named(one.name), dict(one.changes)) for code in deck.slides if (one := decks.parse(code, known))]
    made = datetime(2026, 5, 7, 9, tzinfo=clock.ZONE)
    bound = report.gather_report("weekly", deck.titles, slides, choices, [choices.lang], "abc", made, report.ignore_progress)
    for kind in ("pptx", "xlsx", "html"):
        content = REPORT_FORMATS[kind].write(bound, report.ignore_progress)
        if kind == "html":
            page = re.sub(r"<(script|style)\b.*?</\1>", "", content.decode("utf-8"), flags=re.DOTALL)
            yield kind, [plain(page)]
            continue
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml")]
        yield kind, [plain(part) for part in parts]


def values(figure: str, choices: Choices) -> dict[str, set[str]]:
    """The values of a figure by where they are written."""
    found: dict[str, set[str]] = {}
    for template in NAMED[figure]:
        wanted = pattern(*template, choices.lang)
        for where, said in shown(choices).items():
            for text in said:
                for match in wanted.finditer(text):
                    found.setdefault(f"{where}: {template[0]} {template[1]}", set()).add(match[1])
    return found


APPLIES = {
    "over": {"counted", "share_pct", "gap_goal"},
    "running": set(NAMED) - {"gap_goal"},
    "late": set(NAMED) - {"gap_goal"},
    "place": set(NAMED) - {"gap_goal"},
}


@pytest.mark.thorough
@pytest.mark.parametrize(("case", "figure"), [(case, figure) for case in CASES for figure in sorted(APPLIES[case])])
def test_a_figure_is_the_same_wherever_it_is_named(case: str, figure: str) -> None:
    choices = CASES[case]
    found = values(figure, choices)
    wanted = defined(choices)[figure]
    assert found, f"{figure} is named nowhere"
    assert {where: told for where, told in found.items() if told != {wanted}} == {}
    if figure in ("counted", "gap", "gap_goal", "forecast"):  # what every medium tells
        media = {where.partition(" ")[0] for where in found}
        assert {"slide", "page", "file"} <= media, media


@pytest.mark.thorough
@pytest.mark.parametrize("lang", ["ko", "ja"])
@pytest.mark.parametrize("figure", ["counted", "gap", "forecast", "needed"])
def test_so_it_is_in_the_other_languages(figure: str, lang: str) -> None:
    choices = replace(RUNNING, lang=lang)
    found = values(figure, choices)
    assert found
    assert set().union(*found.values()) == {defined(choices)[figure]}


@pytest.mark.thorough
def test_a_prefecture_s_gap_is_the_same_on_its_own_page_as_beside_all_others() -> None:
    beside = prefecture_visitors.table(RUNNING, tables_now()).dropna(subset="jis_code").set_index("jis_code")
    for code in beside.index:
        stands = now(replace(RUNNING, prefecture=code)).pace
        assert (stands.counted, stands.due, stands.gap) == tuple(beside.loc[code, ["visitors", "due", "gap"]]), code
    assert beside.loc["14", "gap"] == -2956
    assert beside["due"].sum() == now(RUNNING).pace.due


def test_what_each_day_must_bring_is_rounded_once() -> None:
    before = replace(RUNNING, as_of=date(2026, 4, 1))
    rows = expo_plan.table(before, tables_now()).set_index("figure")["value"]
    assert int(rows["mean"]) == now(before).pace.needed == 3334


@pytest.mark.thorough
def test_after_closing_the_goal_and_the_plan_are_two_figures() -> None:
    stands = now(OVER).pace
    assert (stands.goal, stands.counted, stands.due) == (150_000, 142_726, 147_368)  # 22 April was not counted
    assert (stands.gap_goal, stands.gap) == (-7274, -4642)
    behind_plan = re.compile(r"7,274[^.\n]{0,80}plan|plan[^.\n]{0,80}7,274")
    assert [text for said in shown(OVER).values() for text in said if behind_plan.search(text)] == []
