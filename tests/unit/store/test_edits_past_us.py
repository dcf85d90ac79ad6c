"""An edit of the file by hand is noticed, kept, and undone like any other change."""

from pathlib import Path

import clerk
import pytest
from clerk import APRIL, HEADER, put, rows, store, visitors_of

from sejong_dash.errors import DashError, TableError
from sejong_dash.store import counts, history, journal


def test_edits_past_us_become_changes(data_copy: Path) -> None:
    file = put(data_copy, HEADER + APRIL)
    store(("2026-04-12", "13", "group", 9))
    good = file.read_bytes()
    assert counts.record_outside_edit() is None
    file.write_bytes(b"\xef\xbb\xbf" + good.replace(b",120,", b",121,").replace(b"\n", b"\r\n"))
    found = counts.record_outside_edit()
    assert found is not None
    assert (found.kind, found.changed, found.new) == ("outside", 1, 0)
    store(("2026-04-12", "13", "group", 10), when="2026-04-12")
    assert b",121," in file.read_bytes()
    counts.undo(found.number, who="Kim", why="not agreed")
    assert visitors_of(counts.figures())["2026-04-10", "13", "group"] == 120
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    clerk.assert_rebuilt(data_copy)


def test_a_file_broken_by_hand_can_be_put_back(data_copy: Path) -> None:
    file = put(data_copy, HEADER + APRIL)
    store(("2026-04-12", "", "group", 9))
    good = file.read_bytes()
    file.write_bytes("날짜,人数\n2026-04-10,12\n".encode("cp949", "replace") + b"\x81\xff\x00")
    with pytest.raises(TableError):
        counts.change_set(rows(("2026-04-12", "13", "group", 10)))
    found = counts.record_outside_edit()
    assert found is not None
    clerk.assert_rebuilt(data_copy)
    with pytest.raises(TableError):
        history.rebuild(found.number)
    file.write_bytes(good.replace(b",120,", b",119,"))
    mended = counts.record_outside_edit()
    assert mended is not None
    assert mended.changed == 1, "held against the last state that could be read"
    with pytest.raises(DashError) as refused:
        counts.undo(found.number, who="Kim", why="too late")
    assert refused.value.key == "store_undo_later"
    file.write_bytes(b"")
    emptied = counts.record_outside_edit()
    assert emptied is not None
    assert emptied.removed == 4
    counts.undo(emptied.number, who="Kim", why="lost")
    assert visitors_of(counts.figures())["2026-04-10", "13", "group"] == 119
    file.write_bytes(b"\xff\xfe")
    broken = counts.record_outside_edit()
    assert broken is not None
    counts.undo(broken.number, who="Kim", why="put back")
    assert visitors_of(counts.figures())["2026-04-10", "13", "group"] == 119
    clerk.assert_rebuilt(data_copy)


def test_rows_removed_by_hand_come_back_with_their_history(data_copy: Path) -> None:
    corrected = "2026-04-10,13,group,125,2026-04-11,reported,desk\n"
    first, rest = APRIL.split("\n", 1)
    file = put(data_copy, f"{HEADER}{first}\n{corrected}{rest}")
    before = file.read_bytes()
    counts.record_outside_edit()
    put(data_copy, f"{HEADER}{corrected}{rest}")  # the figure stays, its history goes
    found = counts.record_outside_edit()
    assert found is not None
    assert counts.undo(found.number, who="Kim", why="history") is not None
    assert file.read_bytes() == before


def test_a_journal_that_was_torn_goes_on(data_copy: Path) -> None:
    put(data_copy, HEADER + APRIL)
    store(("2026-04-12", "13", "group", 9))
    whole = journal.path().read_bytes()
    for torn in (b'{"change": 3, "ki', b"\x00" * 40, b"{}\n"):
        journal.path().write_bytes(whole + torn)
        assert len(history.history()) == 2
        assert store(("2026-04-12", "13", "group", 9)) is None
        assert journal.path().read_bytes() == whole, "mended by the next who writes"


def test_a_journal_that_is_damaged_is_reported_and_leaves_the_counts_alone(data_copy: Path) -> None:
    file = put(data_copy, HEADER + APRIL)
    changes = counts.change_set(rows(("2026-04-12", "13", "group", 9)))
    counts.record_outside_edit()
    counts.apply(changes, who="Kim", why="counted")
    lines = journal.path().read_bytes().split(b"\n")
    journal.path().write_bytes(b"\n".join([b"oops", *lines[1:]]))
    before = file.read_bytes()
    with pytest.raises(DashError) as refused:
        history.history()
    assert (refused.value.key, refused.value.fields["line"]) == ("store_journal_broken", 1)
    journal.path().write_bytes(b"\n".join([lines[0].replace(b",120,", b",120, "), *lines[1:]]))
    with pytest.raises(DashError, match="store_journal_broken"):
        history.rebuild(1)
    assert file.read_bytes() == before
    journal.path().rename(data_copy / "moved away")
    repaired = counts.record_outside_edit()
    assert repaired is not None
    assert (repaired.kind, repaired.new) == ("repaired", 4)
    assert file.read_bytes() == before


def test_what_cannot_be_read_is_reported_and_not_raised_bare(data_copy: Path) -> None:
    file = put(data_copy, HEADER + APRIL)
    changes = counts.change_set(rows(("2026-04-10", "13", "group", 125)))
    file.unlink()
    file.mkdir()
    with pytest.raises(DashError, match="store_unread"):
        counts.rows_after(changes)
