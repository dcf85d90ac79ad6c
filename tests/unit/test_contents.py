"""No edit of a file goes unseen, however coarse the clock is that stamps it."""

import os
from pathlib import Path
from unittest import mock

import pytest

from sejong_dash import contents, words
from sejong_dash.datasets import goals
from sejong_dash.datasets.schema import data_files


def edit(file: Path, old: str, new: str) -> None:
    """An edit of the same size that leaves the file's time as it was, as some tools and coarse clocks do."""
    stamp = file.stat()
    text = file.read_bytes().decode()
    assert old in text
    assert len(old) == len(new)
    file.write_bytes(text.replace(old, new, 1).encode())
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


def test_an_edit_that_keeps_size_and_time_is_seen(data_copy: Path) -> None:
    before = data_files.fingerprint()
    assert goals.load()["visitors"].iloc[0] == 150_000
    edit(data_copy / "goals.csv", "150000", "150001")
    assert data_files.fingerprint() != before
    assert goals.load()["visitors"].iloc[0] == 150_001


def test_a_stamp_is_trusted_once_its_clock_has_surely_ticked(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that stamps so coarsely that two edits have one stamp, as FAT does."""
    now = [100.0]
    monkeypatch.setattr(contents, "monotonic", lambda: now[0])
    monkeypatch.setattr(contents, "time", lambda: 0.0)
    monkeypatch.setattr(contents, "_stamp_of", lambda found: (0, 0, found.st_size, 0))
    file = data_copy / "goals.csv"
    seen = {data_files.fingerprint()}
    for number in range(5):
        edit(file, f"15000{number}", f"15000{number + 1}")
        seen.add(data_files.fingerprint())
        assert goals.load()["visitors"].iloc[0] == 150_001 + number
        now[0] += contents.TICK / 8
    assert len(seen) == 6
    now[0] += 2 * contents.TICK
    found = contents.digest(file)
    assert found == contents.digest_of(file.read_bytes())
    monkeypatch.setattr(Path, "open", mock.Mock(side_effect=AssertionError("read again")))
    assert contents.digest(file) == found


def test_an_old_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"a\n")
    monkeypatch.setattr(contents, "time", lambda: file.stat().st_ctime + 3600)
    made: list[bytes] = []
    lines = contents.Derived(lambda content: made.append(content) or len(content), 2)
    assert [lines(file), lines(file)] == [2, 2]
    monkeypatch.setattr(Path, "open", mock.Mock(side_effect=AssertionError("read again")))
    assert lines(file) == 2
    assert made == [b"a\n"]


def test_what_is_replaced_between_two_looks_is_not_kept_under_the_wrong_stamp(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = tmp_path / "a.csv", tmp_path / "b.csv"
    file.write_bytes(b"old")
    other.write_bytes(b"new")
    plain = contents._stamp

    def replaced(path: Path) -> contents.Stamp:
        stamp = plain(path)
        if other.exists():
            other.replace(file)  # after it was looked at, before it is opened
        return stamp

    monkeypatch.setattr(contents, "_stamp", replaced)
    monkeypatch.setattr(contents, "time", lambda: file.stat().st_ctime + 3600)
    assert contents.digest(file) == contents.digest_of(b"new")
    assert contents.digest(file) == contents.digest_of(b"new")


@pytest.mark.parametrize("trouble", [FileNotFoundError(2, "gone"), ValueError("half a file")], ids=["gone", "half"])
def test_words_that_are_being_replaced_stay_as_they_were(trouble: Exception, tmp_path: Path) -> None:
    file = tmp_path / "page.toml"
    file.write_text('order = 2\n[title]\nko = "가"\nja = "あ"\nen = "a"\n', encoding="utf-8")
    assert (words.entries(file, "en"), words.settings(file)) == ({"title": "a"}, {"order": 2})
    if isinstance(trouble, ValueError):
        file.write_text("[title", encoding="utf-8")
    else:
        file.unlink()
    assert (words.entries(file, "en"), words.settings(file)) == ({"title": "a"}, {"order": 2})
    with pytest.raises(type(trouble)):
        words.entries(file, "ja")  # which nobody has read yet
