"""Snapshots of meetings are listed, named, deleted, and kept within a quota."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from page_html import html_of
from streamlit.testing.v1 import AppTest

from sejong_dash import clock, paths
from sejong_dash.errors import DashError
from sejong_dash.paths import PROJECT
from sejong_dash.store import snapshot_list, snapshots


@pytest.fixture
def moments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each look at the clock be a minute later."""
    times = (datetime(2026, 5, 1, 9, tzinfo=clock.ZONE) + timedelta(minutes=minute) for minute in range(10_000))
    monkeypatch.setattr(clock, "now", lambda: next(times))


def another(data: Path, number: int) -> str:
    """Return the version of a snapshot of tables that are like no others."""
    (data / "note.toml").write_text(f"number = {number}\n", encoding="utf-8")
    return snapshot_list.create()


def test_they_are_listed_the_newest_first(data_copy: Path, moments: None) -> None:
    versions = [another(data_copy, number) for number in range(3)]
    kept = snapshot_list.kept()
    assert [each.version for each in kept] == versions[::-1]
    assert all(each.size > 100_000 and each.name == "" for each in kept)


def test_the_panel_lists_them_by_their_names(data_copy: Path) -> None:
    version = another(data_copy, 1)
    snapshot_list.rename(version, "5월 회의 <b>")
    app = AppTest.from_file(str(PROJECT / "sejong_dash" / "shell.py"), default_timeout=120).run()
    assert len(app.exception) == 0
    text = " ".join(html_of(app))
    assert "5월 회의 &lt;b&gt;" in text
    assert f"data={version}" in text


def test_a_name_is_kept_and_leaves_the_version_as_it_is(data_copy: Path, moments: None) -> None:
    version = another(data_copy, 1)
    snapshot_list.rename(version, "  5월\n주간 \x07회의  " + "x" * 200)
    (kept,) = snapshot_list.kept()
    assert kept.name.startswith("5월 주간 회의 x")
    assert len(kept.name) == snapshot_list.LONGEST
    assert snapshots.versions() == [version]
    assert snapshot_list.create() == version
    snapshot_list.rename(version, "")
    assert snapshot_list.kept()[0].name == ""


def test_a_snapshot_is_deleted_whole(data_copy: Path, moments: None) -> None:
    version = another(data_copy, 1)
    snapshot_list.delete(version)
    assert snapshots.versions() == []
    assert not paths.frozen_dir(version).exists()


@pytest.mark.parametrize("version", ["", "..", "../../data", "0123456789ab", "last_good"])
def test_what_is_no_snapshot_is_neither_deleted_nor_named(version: str, data_copy: Path) -> None:
    for act in (lambda: snapshot_list.delete(version), lambda: snapshot_list.rename(version, "x")):
        with pytest.raises(DashError, match="frozen_gone"):
            act()
    assert (data_copy / "plans.csv").exists()


def test_the_oldest_without_a_name_make_room(data_copy: Path, moments: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEJONG_SNAPSHOTS", "3")
    first, second, third = (another(data_copy, number) for number in range(3))
    snapshot_list.rename(first, "opening")
    fourth = another(data_copy, 4)
    assert {each.version for each in snapshot_list.kept()} == {first, third, fourth}
    assert second not in snapshots.versions()
    monkeypatch.setenv("SEJONG_SNAPSHOTS", "1")
    fifth = another(data_copy, 5)
    assert snapshots.versions() == [fifth], "the newest is always kept"


def test_what_another_removes_meanwhile_does_not_end_freezing(
    data_copy: Path, moments: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = another(data_copy, 1)
    (listed,) = snapshot_list.kept()
    snapshot_list.delete(first)
    monkeypatch.setenv("SEJONG_SNAPSHOTS", "1")
    monkeypatch.setattr(snapshot_list, "kept", lambda: [listed])
    second = another(data_copy, 2)
    assert snapshots.versions() == [second]


def test_the_size_of_what_is_being_deleted_is_none(data_copy: Path, moments: None, monkeypatch: pytest.MonkeyPatch) -> None:
    another(data_copy, 1)
    (kept,) = snapshot_list.kept()
    assert kept.size
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    monkeypatch.setattr(Path, "rglob", lambda folder, _: [folder / "deleted since it was listed"])
    assert kept.size == 0
