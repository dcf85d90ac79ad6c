"""Tests of receipts: the number on a receipt is the number that the chart draws, for every mark of every chart."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import discovery
import pandas as pd
import pytest
from discovery import BASE, tables_now
from page_html import html_of
from streamlit.testing.v1 import AppTest

from sejong_dash import exhibits
from sejong_dash.charts import names
from sejong_dash.choices import Choices, WhatIf
from sejong_dash.datasets import visitors
from sejong_dash.exhibits import Exhibit, receipt_text
from sejong_dash.exports import FORMATS
from sejong_dash.measures import figure_codes
from sejong_dash.measures import receipt as measured
from sejong_dash.measures.figure_codes import FigureCode
from sejong_dash.paths import PAGES
from sejong_dash.store import counts
from sejong_dash.words import LANGUAGES

pytestmark = pytest.mark.dear

COUNTED = {
    "daily_visitors",
    "visitor_progress",
    "calendar_heatmap",
    "prefecture_visitors",
    "prefecture_days",
    "recent_days",
    "goal_bar",
    "channel_visitors",
    "required_rate",
    "catch_up",
}
PANELS = "prefecture_days"
LIFTED = WhatIf(campaign_pct=20, campaign_from=date(2026, 5, 10))


def marks(drawn: Exhibit) -> Iterator[tuple[str, float]]:
    """The code of each mark, and the number that is drawn there."""
    goals = drawn.table.groupby("jis_code")["goal"].first() if "cumulative_pct" in drawn.table else {}
    for trace in drawn.figure.data:
        lying = getattr(trace, "orientation", None) == "h" or (
            drawn.name.endswith("prefecture_visitors") and trace.type == "scatter"
        )
        for place, code in enumerate(() if trace.ids is None else trace.ids):
            if not code:
                continue
            value = (trace.x if lying else trace.y)[place]
            if drawn.name.endswith("calendar_heatmap"):  # its cells bear the number as text
                said = re.sub("<.*?>", "", trace.text[place].partition("<br>")[2].partition("<br>")[0]).replace(",", "")
                value = float(said) if said.isdigit() else 0.0
            elif drawn.name.endswith("prefecture_days"):
                value = value * goals[figure_codes.parse(code).place] / 100
            yield code, float(value)


CASES = {
    "day": BASE,
    "total": replace(BASE, running=True, what_if=LIFTED),
    "prefecture": replace(BASE, prefecture="29", lang="ja"),
    "over": replace(BASE, as_of=date(2026, 6, 30), lang="en"),
}
EMPTY = {("booking_stages", "prefecture"), ("catch_up", "over")}
# Forty-seven panels take long, and are the same with a running total and in another language.
TRIED = [(name, case) for name in names() for case in CASES if (name, case) not in {(PANELS, "total"), (PANELS, "over")}]


@pytest.mark.parametrize(("name", "case"), TRIED)
def test_a_receipt_has_the_number_that_is_drawn(name: str, case: str) -> None:
    choices = CASES[case]
    drawn = exhibits.exhibit(discovery.module(f"charts.{name}"), choices, tables_now())
    assert drawn.empty == ((name, case) in EMPTY)
    if drawn.empty:
        return
    found = dict.fromkeys(code for code, _ in marks(drawn))
    assert bool(found) == (name in COUNTED)
    checked(drawn, choices)


def checked(drawn: Exhibit, choices: Choices) -> None:
    worked_out, tables = 0, discovery.tables_now()
    some = 30 if drawn.name.endswith("_days") else 9
    for code, value in marks(drawn):
        figure = figure_codes.parse(code)
        assert figure is not None, code
        if figure.kind != "counted":
            worked_out += 1
            if worked_out % some > 1:  # each is worked out anew: a part of them will do
                continue
        told = measured.receipt(figure, choices, tables)
        assert told is not None, code
        near = 20 if drawn.name.endswith("prefecture_days") else 0.06  # of what is rounded to hundredths of a percent
        assert (told.value or 0) == pytest.approx(value, abs=near), code
        if figure.kind == "counted":
            assert told.rows["visitors"].sum() == (told.value or 0), code


@pytest.mark.parametrize("name", sorted(COUNTED - {"catch_up"}))
def test_so_has_one_of_counts_that_were_stored(name: str, data_copy: Path) -> None:
    rows = visitors.load(sample=True).assign(basis="reported", source_id="")
    rows = rows.drop_duplicates(["date", "jis_code", "channel"], keep="last")
    counts.apply(counts.change_set(rows[rows["date"] != pd.Timestamp(2026, 4, 20)]), who="김", why="확정")
    choices = replace(BASE, sample=False, as_of=date(2027, 1, 1) if name == "goal_bar" else BASE.as_of)
    drawn = exhibits.exhibit(discovery.module(f"charts.{name}"), choices, tables_now())
    assert not drawn.empty
    checked(drawn, choices)


@pytest.mark.parametrize("sample", [True, False])
def test_the_rows_name_their_line_in_the_file(sample: bool, data_copy: Path) -> None:
    if not sample:
        counts.apply(counts.change_set(visitors.load(sample=True).head(200).assign(basis="reported")), who="김", why="확정")
    told = receipt_text.describe(
        FigureCode(first=date(2026, 4, 10), last=date(2026, 4, 11), place="13"), replace(BASE, sample=sample), "abc", tables_now()
    )
    assert told is not None
    assert len(told.exhibit.table)
    lines = (data_copy / ("sample" if sample else "") / "visitors.csv").read_text("utf-8").splitlines()
    for row in told.exhibit.table.itertuples():
        assert lines[row.line - 1].split(",")[:4] == [f"{row.date:%Y-%m-%d}", row.jis_code, row.channel, str(row.visitors)]
    assert told.file.startswith("sample/" * sample + "visitors.csv")
    assert "abc" in told.file


@pytest.mark.parametrize(
    ("code", "figure"),
    [
        ("2026-05-06.13.group", FigureCode("counted", date(2026, 5, 6), date(2026, 5, 6), "13", "group")),
        ("2026-05-06..group", FigureCode("counted", date(2026, 5, 6), date(2026, 5, 6), "", "group")),
        ("2026-05-06.13.", FigureCode("counted", date(2026, 5, 6), date(2026, 5, 6), "13", "")),
        ("2026-05-06", FigureCode("counted", date(2026, 5, 6), date(2026, 5, 6))),
        ("2026-05-06.*", FigureCode("counted", date(2026, 5, 6), date(2026, 5, 6), None)),
        ("2026-04-10~2026-05-06.13", FigureCode("counted", date(2026, 4, 10), date(2026, 5, 6), "13")),
        ("*.here.group", FigureCode("counted", channel="group")),
        ("due:*.13", FigureCode("due", place="13")),
        ("needed:2026-05-10", FigureCode("needed", date(2026, 5, 10), date(2026, 5, 10))),
    ],
)
def test_a_code_names_a_figure_and_a_figure_its_code(code: str, figure: FigureCode) -> None:
    assert figure_codes.parse(code) == figure
    assert figure.code() == code


@pytest.mark.parametrize(
    "code",
    [
        *("", "x", "2026-02-30", "2026-05-06.48", "2026-05-06.00", "2026-05-06~2026-05-01", "0000-01-01", "9999-12-31"),
        *("<b>", "2026-05-06;13", "pace:2026-05-06", "goal:*.", "goal:*.13.group", "needed:*", "2026-05-06~", "~2026-05-06"),
    ],
)
def test_nonsense_names_none(code: str) -> None:
    assert figure_codes.parse(code) is None


def test_a_missing_day_is_not_nobody() -> None:
    told = receipt_text.describe(FigureCode(first=date(2026, 5, 20), last=date(2026, 5, 20), place=None), BASE, "0", tables_now())
    assert told is not None
    assert told.receipt.value is None


@pytest.mark.thorough
def test_the_files_of_charts_know_nothing_of_codes() -> None:
    for name in sorted(COUNTED):
        drawn = exhibits.exhibit(discovery.module(f"charts.{name}"), BASE, tables_now())
        sheet = FORMATS["csv"].write(None, drawn.table, drawn.words).decode("utf-8-sig")
        codes = {code for code, _ in marks(drawn) if "~" in code or "*" in code}
        assert not codes & set(re.split(r"[,\r\n]", sheet))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_desk_tells_a_running_total_and_refuses_nonsense(lang: str) -> None:
    asked = {"lang": lang, "asof": "2026-05-06", "sample": "true"}
    app = discovery.opened(PAGES / "data.py", {**asked, "receipt": "2026-04-10~2026-05-06.13"})
    told = receipt_text.describe(
        FigureCode(first=date(2026, 4, 10), last=date(2026, 5, 6), place="13"), replace(BASE, lang=lang), "0", tables_now()
    )
    assert told is not None
    assert told.value_text in shown(app)
    assert told.exhibit.message in shown(app)
    app = discovery.opened(PAGES / "data.py", {**asked, "receipt": "2026-02-30.13"})
    assert "2026-02-30.13" in shown(app)
    assert "sj-headline" not in shown(app)


def shown(app: AppTest) -> str:
    return unescape(" ".join(html_of(app)))
