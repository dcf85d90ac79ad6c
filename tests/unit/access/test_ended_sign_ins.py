"""A sign-in that was ended stays ended: for other servers of the same tables, after a start, while the folder is away."""

from pathlib import Path

import pytest

from sejong_dash.access import ended_sign_ins, policy
from sejong_dash.access.ended_sign_ins import EndedSignIns


@pytest.fixture(autouse=True)
def look_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ended_sign_ins, "_FRESH", 0.0)


def test_others_know_it_and_so_does_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "access" / "ended.txt"
    mine, theirs = EndedSignIns(file), EndedSignIns(file)
    assert "a" not in theirs
    mine.add("a", 100.0, now=0.0)
    assert "a" in mine
    assert "a" in theirs
    assert "a" in EndedSignIns(file)
    assert "b" not in theirs


def test_what_is_over_by_itself_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "ended.txt"
    EndedSignIns(file).add("a", 100.0, now=0.0)
    EndedSignIns(file).add("b", 300.0, now=200.0)
    assert file.read_text("utf-8") == "b 300\n"


def test_it_holds_though_it_cannot_be_written(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    ended = EndedSignIns(tmp_path / "file" / "ended.txt")
    ended.add("a", 100.0, now=0.0)
    assert "a" in ended
    assert "cannot be written" in caplog.text


def test_it_holds_though_the_file_is_gone_or_damaged(tmp_path: Path) -> None:
    file = tmp_path / "ended.txt"
    ended = EndedSignIns(file)
    ended.add("a", 100.0, now=0.0)
    file.write_text("\x00 nonsense\nb\n", "utf-8")
    assert "a" in ended
    file.unlink()
    assert "a" in ended


def test_a_file_that_cannot_be_read_for_a_moment_loses_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "ended.txt"
    EndedSignIns(file).add("a", 100.0, now=0.0)
    ended = EndedSignIns(file)
    with monkeypatch.context() as away:
        away.setattr(Path, "read_text", lambda *given, **named: (_ for _ in ()).throw(PermissionError(13, "no")))
        assert "a" not in ended, "it cannot be known"
        ended.add("b", 100.0, now=0.0)
    assert "a" in ended, "the next look reads it"
    assert "b" in ended
    ended.add("c", 100.0, now=0.0)
    assert {line.split()[0] for line in file.read_text("utf-8").splitlines()} == {"a", "b", "c"}


def test_servers_with_folders_of_their_own_share_one_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEJONG_ACCESS", str(tmp_path / "access"))
    assert policy.ended_file() == tmp_path / "access" / "ended_sign_ins.txt"
