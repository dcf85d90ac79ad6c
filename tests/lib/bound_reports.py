"""Reports that several tests write: of everything that there is, from the shipped data, in one language or in two."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from types import SimpleNamespace

import discovery
import pandas as pd
import plotly.graph_objects as go
import pytest

from sejong_dash import exhibits
from sejong_dash import words as wording
from sejong_dash.errors import DashError
from sejong_dash.exhibits import Exhibit
from sejong_dash.exports import REPORT_FORMATS
from sejong_dash.exports.report import Report, bind_report, ignore_progress

MADE_AT = datetime(2026, 5, 7, 9, 30)
LANGUAGES_OF_REPORTS = (("ko",), ("ja",), ("en",), ("ja", "ko"))
FEW = ("charts.goal_bar", "charts.visitor_progress", "cards.expo_plan")
ENTRIES = ("title", "basis_name", "sources", "stamp", "plan", "state", "sample")
NASTY = ("=1+1", "+82 44", "-3", "@x", "\t=2", "</script><b>&amp;", "plain")


@cache
def shown(name: str, lang: str) -> Exhibit:
    return exhibits.exhibit(
        discovery.module(name), discovery.told(name, replace(discovery.BASE, lang=lang)), discovery.tables_now()
    )


def of(*langs: str, names: tuple[str, ...] = tuple(discovery.NAMES), single: bool = False) -> Report:
    parts = [[shown(name, lang) for lang in langs] for name in names]
    return bind_report(
        "weekly", [f"Report <{lang}> & 報告 보고" for lang in langs], parts, "0123456789abcdef", MADE_AT, single=single
    )


def nasty(lang: str = "ko") -> Report:
    """Return a report of one table and figure whose every text looks like a formula or a tag."""
    n = len(NASTY)
    table = pd.DataFrame({"said": NASTY, "visitors": [-5, 0, 7, *[1] * (n - 3)], "date": [pd.Timestamp(2026, 5, 6)] * n})
    entries = dict.fromkeys(("title", "message", "unit", "basis_name", "sources", "stamp", "plan", "state", "sample"), "=1+1<i>")
    named = {"columns.said": "=said", "columns.visitors": "<b>visitors", "columns.date": "@date"}
    words = wording.shared(lang).with_entries(**entries, **named, basis="sample")
    figure = go.Figure(go.Bar(x=list(table["visitors"]), y=list(NASTY), text=list(NASTY), orientation="h", name="=name"))
    choices = replace(discovery.BASE, lang=lang)
    exhibit = Exhibit("charts.nasty", choices, table, words, "=1+1<i>", figure, lambda: figure)
    return bind_report("nasty", ["=1+1<i>"], [[exhibit]], "0123456789abcdef", MADE_AT)


def unwritable() -> Report:
    """Return a report whose second exhibit cannot be drawn."""

    def fails() -> go.Figure:
        raise ZeroDivisionError

    broken = replace(shown("charts.visitor_progress", "ko"), paper=fails)
    return bind_report("broken", ["x"], [[shown("charts.goal_bar", "ko")], [broken]], "0123456789abcdef", MADE_AT)


class Cancelled(Exception):
    """Raised by the progress of a reader who cancels."""


def assert_failure_names_exhibit(kind: str) -> None:
    """Check that a failure names the exhibit, in a file of this kind."""
    with pytest.raises(DashError) as raised:
        REPORT_FORMATS[kind].write(unwritable(), ignore_progress)
    assert raised.value.key == "export_failed"
    assert raised.value.fields == {"chart": shown("charts.visitor_progress", "ko").words("title"), "what": "ZeroDivisionError"}


def assert_progress_and_cancel(kind: str) -> None:
    """Check that progress is called before each part is written, and that a cancel ends the writing there and then."""
    report, calls = of("ko", names=FEW), []

    def progress(done: int, total: int, title: str) -> None:
        calls.append(SimpleNamespace(done=done, total=total, title=title))
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        REPORT_FORMATS[kind].write(report, progress)
    assert [(call.done, call.total, call.title) for call in calls] == [
        (0, 3, shown(FEW[0], "ko").words("title")),
        (1, 3, shown(FEW[1], "ko").words("title")),
    ]
