"""Counts that stood once keep the sample off, and every page and file says that they are gone and since when."""

import itertools
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import discovery
import pandas as pd
import pytest
from discovery import FRAMED
from page_html import html_of

from sejong_dash import clock, exhibits, paths, words
from sejong_dash.charts import goal_bar
from sejong_dash.datasets import snapshot
from sejong_dash.datasets.schema import last_good
from sejong_dash.exhibits import caption, defaults, gone_counts
from sejong_dash.exports import __main__ as shell
from sejong_dash.paths import PROJECT
from sejong_dash.store import counts, journal, missing_counts, snapshots
from sejong_dash.ui.frame import available_choices

DESK, OVERVIEW = PROJECT / "pages" / "data.py", PROJECT / "pages" / "overview.py"
STORED = datetime(2026, 5, 6, 14, 2, tzinfo=clock.ZONE)
CUT = datetime(2026, 5, 7, 9, 11, tzinfo=clock.ZONE)
TWO = pd.DataFrame(
    {
        "date": pd.to_datetime(["2026-04-10", "2026-04-11"]),
        "jis_code": ["13", "27"],
        "channel": ["group"] * 2,
        "visitors": [120, 30],
    }
)


@pytest.fixture
def stored(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two figures that came in by the desk on 6 May; today is 8 May."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 5, 8, 12, tzinfo=clock.ZONE))
    counts.apply(counts.change_set(TWO), who="Kim", why="agreed", when=STORED)
    assert missing_counts.find() is None
    return data_copy


def cut(data: Path) -> Path:
    """The table loses all but its header, past the dashboard."""
    file = data / "visitors.csv"
    file.write_text(file.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    os.utime(file, (CUT.timestamp(), CUT.timestamp()))
    return file


def empty(data: Path) -> None:
    cut(data).write_bytes(b"")
    os.utime(data / "visitors.csv", (CUT.timestamp(), CUT.timestamp()))


def remove(data: Path) -> None:
    (data / "visitors.csv").unlink()


def dangle(data: Path) -> None:
    remove(data)
    (data / "visitors.csv").symlink_to(data / "nowhere.csv")


def become_a_folder(data: Path) -> None:
    remove(data)
    (data / "visitors.csv").mkdir()


def garble(data: Path) -> None:
    cut(data).write_bytes(b"\xff\xfe\x00")


LOSSES = [(cut, "empty"), (empty, "empty"), (remove, "missing"), (dangle, "missing")]
LOSSES += [(become_a_folder, "unreadable"), (garble, "unreadable")]


def shown(page: Path, **asked: str) -> str:
    return " ".join(html_of(discovery.opened(page, asked)))


def test_without_counts_the_sample_is_on(data_copy: Path) -> None:
    assert missing_counts.find() is None
    assert not defaults.has_counts(snapshot())
    assert defaults.choices("ko").sample


@pytest.mark.parametrize(("lose", "how"), LOSSES, ids=lambda case: getattr(case, "__name__", case))
def test_counts_that_are_gone_keep_the_sample_off(lose: Callable[[Path], object], how: str, stored: Path) -> None:
    lose(stored)
    found = missing_counts.find()
    assert found is not None
    assert (found.how, found.figures, found.stood_at, found.change) == (how, 2, STORED, None)
    assert defaults.has_counts(snapshot())
    assert not defaults.choices("ko").sample
    assert defaults.choices("ko", with_sample=True).sample, "unless somebody turns it on"
    assert not available_choices.unchosen("ko")[0].sample


# The frame says it, which is one for all pages: each page is opened in one of the languages in turn.
@pytest.mark.dear
@pytest.mark.parametrize(
    ("page", "lang"), zip(FRAMED, itertools.cycle(words.LANGUAGES), strict=False), ids=lambda value: getattr(value, "stem", value)
)
def test_every_page_says_so(page: Path, lang: str, stored: Path) -> None:
    cut(stored)
    own, house = words.of(gone_counts.__file__, lang), words.shared(lang)
    sentences = [
        own("how.empty"),
        own("stood", count="2", date=house.date(STORED.date()), time="14:02"),
        own("written", date=house.date(CUT.date()), time="09:11"),
    ]
    text = shown(page, lang=lang)
    assert house.sentences([*sentences, house("gone.not_invented")]) in text
    assert house("sample_band") not in text
    assert "83,787" not in text
    assert own("stamp.since", date=house.date(CUT.date())) in text or page.stem in ("data", "report")
    text = shown(page, lang=lang, sample="true")
    assert house.sentences(sentences) in text
    assert house("sample_band") in text
    assert house("gone.not_invented") not in text


def test_a_page_that_was_seen_before_the_counts_came_is_not_shown_again(stored: Path) -> None:
    """The table has the same bytes as before the first count, which everything was kept for."""
    away = journal.folder().rename(stored.parent / "journal")
    cut(stored)
    assert words.shared("ko")("sample_band") in shown(DESK)
    shown(OVERVIEW, sample="false")
    away.rename(journal.folder())
    assert words.shared("ko")("sample_band") not in shown(DESK)
    assert words.of(gone_counts.__file__, "ko")("how.empty") in shown(OVERVIEW, sample="false")
    assert words.of(gone_counts.__file__, "ko")("stamp.since", date="2026년 5월 7일") in shown(OVERVIEW, sample="false")


@pytest.mark.dear
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_desk_brings_them_back(lang: str, stored: Path) -> None:
    before = (stored / "visitors.csv").read_bytes()
    cut(stored)
    app = discovery.opened(DESK, {"lang": lang})
    app.button(key="desk-bring-back").click().run()
    assert len(app.exception) == 0
    assert app.selectbox(key="desk-change").value == 3
    app.text_input(key="desk-who").set_value("Lee")
    app.button(key="desk-undo").click().run()
    assert len(app.exception) == 0
    assert (stored / "visitors.csv").read_bytes() == before
    assert missing_counts.find() is None
    assert words.of(gone_counts.__file__, lang)("how.empty") not in shown(DESK, lang=lang)


def test_a_table_that_is_missing_is_brought_back_as_well(stored: Path) -> None:
    before = (stored / "visitors.csv").read_bytes()
    remove(stored)
    found = counts.record_outside_edit()
    assert found is not None
    counts.undo(found.number, who="Lee", why="lost")
    assert (stored / "visitors.csv").read_bytes() == before


def test_what_was_taken_out_here_is_known_to_the_minute(stored: Path) -> None:
    counts.undo(2, who="Lee", why="not agreed", when=CUT)
    found = missing_counts.find()
    assert found is not None
    assert (found.change, found.taken_at, found.who, found.since) == (3, CUT, "Lee", CUT)
    assert not defaults.choices("ko").sample
    own = words.of(gone_counts.__file__, "en")
    taken = own("taken", number="3", who=own("by", who="Lee"), date="7 May 2026", time="09:11")
    assert gone_counts.describe(found, "en")[-1] == taken == "Change 3 (Lee) deleted all of them on 7 May 2026, 09:11."


def test_a_copy_with_an_old_time_says_only_when_they_stood(stored: Path) -> None:
    file = cut(stored)
    old = datetime(2026, 1, 1, tzinfo=clock.ZONE).timestamp()
    os.utime(file, (old, old))
    found = missing_counts.find()
    assert found is not None
    assert found.since is None
    assert gone_counts.stamp(found, "en") == "real counts missing since some time after 6 May 2026"


def test_a_journal_that_cannot_be_read_is_one(stored: Path) -> None:
    cut(stored)
    journal.path().write_bytes(b"?\n")
    found = missing_counts.find()
    assert found == missing_counts.GoneCounts("empty")
    assert not defaults.choices("ko").sample
    assert gone_counts.describe(found, "en")[-1] == words.of(gone_counts.__file__, "en")("unknown")


def test_a_count_that_is_half_stored_has_not_been(data_copy: Path) -> None:
    """Killed between the journal's line and the table."""
    counts.apply(counts.change_set(TWO), who="Kim", why="agreed", when=STORED)
    cut(data_copy)
    (data_copy / ".visitors.csv.2.tmp").write_bytes(b"")
    assert missing_counts.find() is None
    (data_copy / ".visitors.csv.2.tmp").unlink()
    assert missing_counts.find() is not None


def test_the_day_stays_where_it_was(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 1, 12, tzinfo=clock.ZONE))
    before = defaults.choices("ko").as_of
    assert before == date(2026, 4, 11)
    for lose in (cut, remove):
        lose(stored)
        assert defaults.choices("ko").as_of == before
    shutil.rmtree(journal.folder())
    last_good.forget("visitors.csv")
    assert defaults.choices("ko").as_of == date(2026, 11, 1)


def test_a_frozen_version_says_what_held_when_it_was_frozen(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = (stored / "visitors.csv").read_bytes()
    cut(stored)
    version = snapshots.create()
    (stored / "visitors.csv").write_bytes(whole)
    found = missing_counts.find(version)
    assert found is not None
    assert (found.how, found.stood_at, found.written_at) == ("empty", STORED, None)
    assert defaults.has_counts(snapshot(version))
    assert missing_counts.find() is None
    text = shown(OVERVIEW, data=version, sample="false")
    assert words.of(gone_counts.__file__, "ko")("how.empty") in text
    assert words.shared("ko")("gone.way", page=words.of(DESK, "ko")("title")) not in text, "a frozen version stays as it is"
    note = paths.frozen_dir(version) / "frozen_at.txt"
    note.write_text("2026-05-01T10:00+09:00", encoding="utf-8")  # before the counts came
    assert missing_counts.find(version) is None
    assert not defaults.has_counts(snapshot(version))


@pytest.mark.dear
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_files_say_so_too(lang: str, stored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cut(stored)
    chosen = defaults.choices(lang)
    stamp = words.of(gone_counts.__file__, lang)("stamp.since", date=words.shared(lang).date(CUT.date()))
    assert stamp in caption.stamp(chosen, words.shared(lang))
    assert stamp not in caption.stamp(replace(chosen, sample=True), words.shared(lang))
    drawn = exhibits.exhibit(goal_bar, chosen, snapshot())
    assert drawn.empty or stamp in drawn.words("stamp")
    code = shell.main(["--slides", "required_rate,milestones", "--format", "html", "--lang", lang, "--to", str(tmp_path / "out")])
    printed = capsys.readouterr()
    assert words.of(gone_counts.__file__, lang)("how.empty") in printed.err
    assert code == 0
    assert "sample" not in printed.out
    assert stamp in Path(printed.out.strip()).read_text(encoding="utf-8")
