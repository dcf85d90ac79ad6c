"""The small panels say the same as the bullets, all to one scale."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from discovery import tables_now

from sejong_dash import words
from sejong_dash.charts import prefecture_days as chart
from sejong_dash.charts import prefecture_visitors
from sejong_dash.choices import Choices

BASE = Choices("ko", "reports-2024", date(2026, 5, 6), sample=True)
LANGS = pytest.mark.parametrize("lang", words.LANGUAGES)


def test_the_largest_goals_and_the_gardens_have_every_day_of_the_plan() -> None:
    table = chart.table(BASE, tables_now())
    goals = prefecture_visitors.table(BASE, tables_now()).dropna(subset="goal").sort_values("goal", ascending=False)
    assert set(table["jis_code"]) == {*goals["jis_code"].head(12), "21", "22", "25", "29"}
    assert set(table.groupby("jis_code").size()) == {45}
    later = table["date"] > pd.Timestamp(BASE.as_of)
    assert table.loc[later, ["visitors", "cumulative", "cumulative_pct", "gap"]].isna().all().all()
    assert table.loc[~later, ["cumulative", "due", "gap"]].notna().all().all()
    assert table["due"].notna().all()


@pytest.mark.dear
@pytest.mark.parametrize("as_of", [date(2026, 4, 10), date(2026, 4, 22), date(2026, 5, 6), date(2026, 6, 30)])
def test_the_last_day_says_what_the_bullets_say(as_of: date) -> None:
    choices = replace(BASE, as_of=as_of)
    ends = chart.table(choices, tables_now()).dropna(subset="cumulative").groupby("jis_code").last()
    bullets = prefecture_visitors.table(choices, tables_now()).set_index("jis_code").loc[ends.index]
    for mine, theirs in (("cumulative", "visitors"), ("due", "due"), ("gap", "gap"), ("goal", "goal")):
        assert ends[mine].tolist() == bullets[theirs].tolist(), mine


def test_a_day_not_counted_is_missing_and_a_day_without_anybody_is_zero() -> None:
    table = chart.table(replace(BASE, prefecture="31"), tables_now())
    missing = table[table["date"] == "2026-04-22"].iloc[0]
    before = table[table["date"] == "2026-04-21"].iloc[0]
    assert pd.isna(missing["visitors"])
    assert (missing["cumulative"], missing["due"]) == (before["cumulative"], before["due"])
    counted = table[(table["date"] <= "2026-05-06") & (table["date"] != "2026-04-22")]
    assert counted["visitors"].notna().all()
    assert (counted["visitors"].cumsum() == counted["cumulative"]).all()


def test_furthest_behind_stands_first() -> None:
    ends = chart.table(BASE, tables_now()).dropna(subset="cumulative").groupby("jis_code", sort=False).last()
    assert (ends["cumulative_pct"] - ends["due_pct"]).is_monotonic_increasing


@pytest.mark.dear
@LANGS
def test_one_panel_each_to_one_scale_with_name_and_gap(lang: str) -> None:
    table = chart.table(replace(BASE, lang=lang), tables_now())
    figure = chart.draw(table, words.of(chart.__file__, lang))
    panels = table["jis_code"].nunique()
    scales = {figure.layout[f"yaxis{n or ''}"].range for n in [0, *range(2, panels + 1)]}
    assert len(scales) == 1
    assert scales.pop()[1] >= table["cumulative_pct"].max()
    texts = " ".join(note.text for note in figure.layout.annotations)
    ends = table.dropna(subset="cumulative").groupby("jis_code").last()
    assert all(row.name_ in texts for row in ends.rename(columns={"name": "name_"}).itertuples())
    assert all(words.shared(lang).signed(gap) in texts for gap in ends["gap"])
    assert texts.count("★") == 4
    assert len([trace for trace in figure.data if trace.showlegend]) == 2


def test_panels_do_not_overlap() -> None:
    layout = chart.draw(chart.table(BASE, tables_now()), words.of(chart.__file__, "ko")).layout
    boxes = [(layout[f"xaxis{n or ''}"].domain, layout[f"yaxis{n or ''}"].domain) for n in [0, *range(2, 16)]]
    assert all(0 <= low < high <= 1 for box in boxes for low, high in box)
    for one in range(len(boxes)):
        for other in range(one):
            (a, b), (c, d) = boxes[one], boxes[other]
            assert a[1] <= c[0] or c[1] <= a[0] or b[1] <= d[0] or d[1] <= b[0]


@LANGS
def test_messages(lang: str) -> None:
    own = words.of(chart.__file__, lang)
    table = chart.table(replace(BASE, lang=lang), tables_now())
    assert table["name"].iloc[0] in chart.message(table, own)
    assert str(table["jis_code"].nunique()) in chart.message(table.assign(gap=table["gap"].abs()), own)
    one = chart.table(replace(BASE, lang=lang, prefecture="29"), tables_now())
    assert one["jis_code"].unique().tolist() == ["29"]
    assert one["name"].iloc[0] in chart.message(one, own)


@pytest.mark.parametrize(
    "choices", [replace(BASE, as_of=date(2026, 4, 1)), replace(BASE, sample=False), replace(BASE, plan="2024-03-28")], ids=str
)
def test_without_counts_or_goal_there_is_nothing(choices: Choices) -> None:
    assert chart.table(choices, tables_now()).empty
