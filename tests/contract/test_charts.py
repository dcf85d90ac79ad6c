"""Every chart, map and set of cards holds in every language, theme, plan and on every day."""

import pickle
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import discovery
import looking
import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk
import pytest
from discovery import AS_OF, BASE, CASES, DRAWN, NAMES, label

from sejong_dash import basis, theme
from sejong_dash import words as wording
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables, snapshot, sources
from sejong_dash.paths import PROJECT
from sejong_dash.ui.browser.finished_deck import finish

STYLE = (PROJECT / "sejong_dash" / "ui" / "browser" / "style.css").read_text(encoding="utf-8")
OtherData = tuple[Path, Tables]  # a folder, and its tables: for one who has set SEJONG_DATA, since they are read when asked for
each = pytest.mark.parametrize("name", NAMES)


@each
@pytest.mark.parametrize("choices", CASES, ids=label)
def test_table_and_message(name: str, choices: Choices) -> None:
    table, words = discovery.table_of(name, choices), discovery.words_of(name, choices.lang)
    assert words("title")
    if table.empty:
        assert words("empty")
        return
    assert {"basis", "source_id"} <= set(table.columns)
    assert not table.columns.duplicated().any()
    assert set(table["basis"]) <= set(basis.STRENGTH)
    unknown = set(basis.sources(table["source_id"])) - set(sources.ids()) - {"sample", "bookings"}
    assert unknown == set()
    traced = table[table["basis"].isin(["reported", "general"])]
    assert traced["source_id"].fillna("").ne("").all(), "a reported row without its source"
    said = discovery.module(name).message(table, words)
    assert said.strip()
    assert not looking.NOT_SAID.search(said), said
    assert not looking.foreign(said, choices.lang), said


@each
@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_drawing(name: str, lang: str) -> None:
    table = discovery.table_of(name, discovery.told(name, replace(BASE, lang=lang)))
    assert len(table), "there is always something to draw"
    _holds_in_every_theme(name, table, discovery.words_of(name, lang))


@pytest.mark.thorough
@each
@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_drawing_of_other_choices(name: str, lang: str) -> None:
    """A drawing depends on its table and the words alone: what several choices have in common is drawn once."""
    words = discovery.words_of(name, lang)
    drawn = {discovery.table_of(name, discovery.told(name, replace(BASE, lang=lang))).to_json(date_format="iso")}
    for choices in (one for one in DRAWN if one.lang == lang):
        table = discovery.table_of(name, choices)
        content = table.to_json(date_format="iso")
        if len(table) and content not in drawn:
            drawn.add(content)
            print(label(choices))  # shown where it fails
            _holds_in_every_theme(name, table, words)


def _holds_in_every_theme(name: str, table: pd.DataFrame, words: wording.Words) -> None:
    before = table.copy(deep=True)
    drawn = discovery.draw(name, table, words)
    pd.testing.assert_frame_equal(table, before)
    _says_something(drawn, words.lang)
    if not isinstance(drawn, list):
        _wears_every_theme(drawn)
    if isinstance(drawn, go.Figure):
        assert list(looking.holes(drawn)) == []
    if isinstance(drawn, pdk.Deck):
        shown = discovery.module(name)
        paper, legend = shown.paper(table, words), shown.legend(table, words)
        pd.testing.assert_frame_equal(table, before)
        _says_something(paper, words.lang)
        _wears_every_theme(paper)
        assert legend
        assert all(colour in looking.LIGHT and said.strip() for colour, said in legend)


def _says_something(drawn: Any, lang: str) -> None:
    texts = looking.texts(drawn)
    assert texts, "nothing drawn"
    for said in texts:
        assert not looking.NOT_SAID.search(said) or "%{" in said, said
        assert not looking.foreign(said, lang), said
    for card in looking.cards_only(drawn):
        assert card.title or card.value
        assert card.basis in (*basis.STRENGTH, "")
        assert not card.tone or f".sj-card.{card.tone}" in STYLE, "a tone that nothing dresses"


def _wears_every_theme(drawn: go.Figure | pdk.Deck) -> None:
    plain = looking.plain(drawn)
    before = pickle.dumps(plain)
    stray = looking.colours(plain) - set(looking.LIGHT) - {"rgba(0,0,0,0)"}
    assert stray == set(), "colours that are not the theme's"
    dark = theme.dress(plain, dark=True)
    left = looking.colours(dark) & set(looking.LIGHT) - looking.DARK
    assert left == set(), "light colours in the dark"
    assert pickle.dumps(plain) == before, "dressing changed what it was given"
    if isinstance(drawn, go.Figure):
        go.Figure(dark)
    else:
        assert "carto" not in finish(drawn, dark=True).spec.lower()


@pytest.mark.thorough
@each
def test_the_same_choices_give_the_same(name: str) -> None:
    shown, words = discovery.module(name), discovery.words_of(name, "ko")
    choices = discovery.told(name, BASE)
    first, again = discovery.table_of(name, choices), shown.table(choices, discovery.tables_now())
    pd.testing.assert_frame_equal(first, again)
    assert str(looking.plain(discovery.draw(name, first, words))) == str(looking.plain(discovery.draw(name, again, words)))
    assert shown.message(first, words) == shown.message(again, words)


@pytest.mark.thorough
@pytest.mark.dear
@pytest.mark.parametrize(
    "choices", [replace(BASE, prefecture="29", running=True, measure="gap"), BASE], ids=["place and gap", "all"]
)
def test_charts_that_share_a_snapshot_leave_it_as_it_is(choices: Choices) -> None:
    """What several derive from the tables is made once: none may change it for the others."""
    tables = snapshot()
    alone = {name: discovery.module(name).table(choices, snapshot()) for name in NAMES}
    for name in [*NAMES, *reversed(NAMES)]:
        shared = discovery.module(name).table(choices, tables)
        pd.testing.assert_frame_equal(shared, alone[name], obj=name)


@each
def test_a_row_says_the_same_in_every_language(name: str) -> None:
    """Names are translated; rows, figures, dates, basis and sources are not."""
    choices = discovery.told(name, BASE)
    ko, *others = [discovery.table_of(name, replace(choices, lang=lang)) for lang in wording.LANGUAGES]
    for other in others:
        assert list(other.columns) == list(ko.columns)
        assert len(other) == len(ko)
        for column in ("basis", "source_id", *ko.select_dtypes(["number", "datetime"]).columns):
            pd.testing.assert_series_equal(other[column], ko[column])


@pytest.fixture(scope="module")
def later_rewritten(tmp_path_factory: pytest.TempPathFactory) -> OtherData:
    """The sample with everything after 6 May 2026 changed: more visitors, new corrections, other bookings, new decisions."""
    copy_ = tmp_path_factory.mktemp("later") / "data"
    shutil.copytree(discovery.DATA, copy_)
    end = BASE.as_of.isoformat()
    counts = pd.read_csv(copy_ / "sample" / "visitors.csv", dtype=str, keep_default_na=False)
    later = (counts["date"] > end) | (counts["recorded_on"] > end)
    counts.loc[later, "visitors"] = "99999"
    corrected = (
        counts[counts["date"] <= end]
        .drop_duplicates(["date", "jis_code", "channel"])
        .head(200)
        .assign(visitors="88888", recorded_on="2026-05-07")
    )
    pd.concat([counts, corrected]).to_csv(copy_ / "sample" / "visitors.csv", index=False)
    booked = pd.read_csv(copy_ / "sample" / "bookings.csv", dtype=str, keep_default_na=False)
    booked = booked[booked["recorded_on"] <= end]
    booked = pd.concat(
        [booked, booked[booked["visit_on"] > end].assign(recorded_on="2026-05-07", visitors="77777").drop_duplicates()]
    )
    booked.to_csv(copy_ / "sample" / "bookings.csv", index=False)
    return copy_, snapshot()


@pytest.mark.thorough
@each
def test_nothing_later_than_as_of_is_shown(name: str, later_rewritten: OtherData, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, tables = later_rewritten
    for prefecture in (None, "27"):
        choices = Choices("ko", BASE.plan, BASE.as_of, True, prefecture)
        before = discovery.table_of(name, choices)
        with monkeypatch.context() as patched:
            patched.setenv("SEJONG_DATA", str(folder))
            pd.testing.assert_frame_equal(discovery.module(name).table(choices, tables), before)


@pytest.mark.thorough
def test_what_is_after_as_of_would_have_been_noticed(later_rewritten: OtherData, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rewriting is not lost on those that show counts: on a later day all of them show it.

    Things to do are days that were counted or not, however many came.
    """
    folder, tables = later_rewritten
    later = replace(BASE, as_of=date(2026, 5, 20))
    readers = [name for name in NAMES if {"sample/visitors.csv", "sample/bookings.csv"} & discovery.read_by(name, BASE)[0]]
    readers.remove("cards.to_do")
    before = {name: discovery.table_of(name, later) for name in readers}
    monkeypatch.setenv("SEJONG_DATA", str(folder))
    assert [name for name in readers if discovery.module(name).table(later, tables).equals(before[name])] == []


@pytest.fixture(scope="module")
def first_counts(tmp_path_factory: pytest.TempPathFactory) -> OtherData:
    """A first table by hand: no recorded_on, channels and prefectures that nobody wrote down, a channel of one's own."""
    copy_ = tmp_path_factory.mktemp("first") / "data"
    shutil.copytree(discovery.DATA, copy_)
    counts = [
        "date,jis_code,channel,visitors,basis,source_id",
        "2026-04-10,,,12,reported,",
        "2026-04-10,29,가족,3,reported,daejeon-2023",
    ]
    (copy_ / "visitors.csv").write_text("\n".join(counts), encoding="utf-8")
    booked = ["recorded_on,visit_on,jis_code,channel,stage,visitors", "2026-04-01,2026-04-12,,,lead,40"]
    (copy_ / "bookings.csv").write_text("\n".join(booked), encoding="utf-8")
    return copy_, snapshot()


@pytest.mark.thorough
@each
@pytest.mark.parametrize("as_of", [AS_OF[1], date(2026, 4, 11)], ids=str)
def test_the_first_real_counts(name: str, as_of: date, first_counts: OtherData, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, tables = first_counts
    monkeypatch.setenv("SEJONG_DATA", str(folder))
    words = discovery.words_of(name, "ko")
    counts = {"visitors.csv", "bookings.csv"} & discovery.read_by(name, replace(BASE, sample=False))[0]
    for prefecture in (None, "29", "02") if counts else ():
        table = discovery.module(name).table(Choices("ko", BASE.plan, as_of, False, prefecture), tables)
        if len(table):
            said = [discovery.module(name).message(table, words), *looking.texts(discovery.draw(name, table, words))]
            assert [one for one in said if looking.NOT_SAID.search(one) and "%{" not in one] == []
