"""Whatever counts are kept in, files or a database: nothing is lost, and every machine sees the same."""

import io
import json
import threading
import zipfile
from datetime import date
from pathlib import Path

import pytest
from clerk import APRIL, HEADER, assert_rebuilt, at, put, rows, store, visitors_of

from sejong_dash.errors import DashError
from sejong_dash.store import backends, counts, edits, history, journal, snapshots
from sejong_dash.store.backends import backup_file, folder_files, store_copy
from sejong_dash.store.change_set import Conflict

from .conftest import Machines

pytestmark = pytest.mark.thorough


def seen(machines: Machines, machine: int) -> dict[tuple[str, str, str], int]:
    """The figures that a machine's pages show."""
    folder = machines.use(machine)
    assert_rebuilt(folder)
    return visitors_of(counts.figures())


def test_what_is_stored_is_seen_on_every_machine(machines: Machines) -> None:
    assert store(("2026-04-10", "13", "group", 120)) is not None
    assert seen(machines, 1) == {("2026-04-10", "13", "group"): 120}
    store(("2026-04-10", "27", "group", 7), ("2026-04-11", "", "late", 0))
    assert len(seen(machines, 0)) == len(seen(machines, 1)) == 3
    assert [change.ordinal for change in history.history()] == [2, 1, 0]


def test_a_correction_leaves_what_was_known_then(machines: Machines) -> None:
    store(("2026-04-10", "13", "group", 120))
    machines.use(1)
    store(("2026-04-10", "13", "group", 125), when="2026-04-13")
    folder = machines.use(0)
    text = (folder / "visitors.csv").read_text("utf-8")
    assert text == HEADER + "2026-04-10,13,group,120,,reported,\n2026-04-10,13,group,125,2026-04-13,reported,\n"
    story = history.figure_history(date(2026, 4, 10), "13", "group")
    assert story[["who", "before", "after"]].to_numpy().tolist()[0] == ["Kim", 120, 125]


def test_nothing_left_to_do_is_no_change(machines: Machines) -> None:
    store(("2026-04-10", "13", "group", 120))
    assert store(("2026-04-10", "13", "group", 120)) is None
    assert len(history.history()) == 2


def test_nobody_stores_unsigned(machines: Machines) -> None:
    with pytest.raises(DashError, match="store_unsigned"):
        counts.apply(counts.change_set(rows(("2026-04-10", "13", "group", 1))), who=" ", why="x")
    assert history.history() == []


def test_different_figures_of_two_machines_merge(machines: Machines) -> None:
    store(("2026-04-10", "13", "group", 120), ("2026-04-11", "27", "group", 80))
    mine = counts.change_set(rows(("2026-04-10", "13", "group", 125)))
    machines.use(1)
    store(("2026-04-11", "27", "group", 90), who="Lee")
    machines.use(0)
    assert counts.apply(mine, who="Kim", why="recount", when=at("2026-04-12")) is not None
    assert seen(machines, 1) == {("2026-04-10", "13", "group"): 125, ("2026-04-11", "27", "group"): 90}


def test_the_same_figure_of_two_machines_is_a_conflict(machines: Machines) -> None:
    store(("2026-04-10", "13", "group", 120))
    mine = counts.change_set(rows(("2026-04-10", "13", "group", 125)))
    machines.use(1)
    store(("2026-04-10", "13", "group", 130), who="Lee")
    machines.use(0)
    with pytest.raises(Conflict) as refused:
        counts.apply(mine, who="Kim", why="recount", when=at("2026-04-12"))
    assert refused.value.figures[["theirs", "mine", "who"]].to_numpy().tolist() == [[130, 125, "Lee"]]
    assert seen(machines, 1) == {("2026-04-10", "13", "group"): 130}, "nothing was stored"
    machines.use(0)
    resolved = refused.value.resolved([("2026-04-10", "13", "group")])
    assert counts.apply(resolved, who="Kim", why="recount", when=at("2026-04-12")) is not None
    assert seen(machines, 1) == {("2026-04-10", "13", "group"): 125}


def test_a_change_is_undone_on_another_machine(machines: Machines) -> None:
    store(("2026-04-10", "13", "group", 120))
    store(("2026-04-10", "13", "group", 125), ("2026-04-12", "27", "group", 9), when="2026-04-13")
    machines.use(1)
    undone = counts.undo(3, who="Lee", why="slip", when=at("2026-04-13", 10))
    assert undone is not None
    assert (undone.kind, undone.undoes) == ("undone", 3)
    assert seen(machines, 0) == {("2026-04-10", "13", "group"): 120}
    assert history.history()[1].undone_by == 4


@pytest.mark.thorough
def test_writers_at_once_lose_nothing(machines: Machines) -> None:
    """One process, two threads: what belongs to a machine is its folder, so both work on the first."""
    store(("2026-04-01", "13", "group", 1))
    failures: list[BaseException] = []

    def write(prefecture: str) -> None:
        try:
            for day in range(1, 11):
                assert store((f"2026-05-{day:02}", prefecture, "group", day), who=prefecture, when="2026-05-20") is not None
        except BaseException as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=write, args=(code,)) for code in ("14", "27")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(seen(machines, 0)) == len(seen(machines, 1)) == 21
    assert len(history.history()) == 22


def test_a_change_that_fails_half_way_has_not_happened(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    store(("2026-04-10", "13", "group", 120))

    class Torn(Exception):
        pass

    def torn(*_: object) -> None:
        raise Torn

    with monkeypatch.context() as patch:
        # files: the write of the journal; database: the notice, which is the last step before the transaction ends
        patch.setattr(journal, "append", torn)
        if backends.database_url():
            from sejong_dash.store.backends import database_backend

            patch.setattr(database_backend, "notify", torn)
        with pytest.raises(Torn):
            store(("2026-04-11", "13", "group", 80))
    counts.record_outside_edit()  # takes away what a killed process left
    assert seen(machines, 1) == {("2026-04-10", "13", "group"): 120}
    assert store(("2026-04-11", "13", "group", 80)) is not None
    assert len(seen(machines, 0)) == 2


@pytest.mark.parametrize("text", [HEADER + APRIL, "\ufeff" + HEADER.replace("\n", "\r\n") + APRIL.replace("\n", "\r\n")])
def test_counts_and_history_are_equal_wherever_they_are_copied(
    machines: Machines, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin = tmp_path / "origin"
    origin.mkdir()
    url = backends.database_url()
    monkeypatch.setenv("SEJONG_DATA", str(origin))
    monkeypatch.delenv("SEJONG_DATABASE", raising=False)
    put(origin, text)
    store(("2026-04-10", "13", "group", 125), ("2026-04-12", "", 'a "b", c', 9))
    counts.undo(2, who="Lee", why="slip", when=at("2026-04-12"))
    store(("2026-04-10", "13", "group", 126), when="2026-04-14")
    (origin / "letterhead.toml").write_text('contact = "Sejong"\n', encoding="utf-8")
    version = snapshots.create()
    if url:
        monkeypatch.setenv("SEJONG_DATABASE", url)
    folder = machines.use(0)
    target = "database" if url else "files"
    copied = store_copy.copy(str(origin), target)
    assert (len(copied.journal), list(copied.snapshots), list(copied.settings)) == (4, [version], ["letterhead.toml"])
    backends.refresh()
    for name in ("visitors.csv", ".journal/visitors.jsonl", "letterhead.toml", f".frozen/{version}/visitors.csv"):
        assert (folder / name).read_bytes() == (origin / name).read_bytes(), name
    assert_rebuilt(folder)
    with pytest.raises(DashError, match="store_not_empty"):
        store_copy.copy(str(origin), target)
    store(("2026-04-15", "13", "group", 4), when="2026-04-15")
    back = tmp_path / "back"
    store_copy.copy(target, str(back))
    for name in ("visitors.csv", ".journal/visitors.jsonl"):
        assert (back / name).read_bytes() == (folder / name).read_bytes(), name
    assert (back / ".journal" / "visitors.jsonl").read_bytes().startswith((origin / ".journal" / "visitors.jsonl").read_bytes())


def test_a_history_that_was_changed_is_not_copied(machines: Machines, tmp_path: Path) -> None:
    store(("2026-04-10", "13", "group", 120))
    contents = backends.current().contents()
    changed = json.loads(contents.journal[-1])
    changed["patch"][-1][2] = ["2026-04-10,13,group,999,,reported,\n"]
    lines = (*contents.journal[:-1], json.dumps(changed, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    with pytest.raises(DashError, match="store_journal_broken"):
        store_copy.put(backends.StoreContents(contents.counts, lines), str(tmp_path / "copy"))
    with pytest.raises(DashError, match="store_journal_broken"):
        store_copy.put(backends.StoreContents(contents.counts, contents.journal[1:]), str(tmp_path / "copy"))


@pytest.mark.parametrize(("version", "path"), [("../elsewhere", "a.csv"), ("0123456789ab", "../../a.csv")])
def test_a_name_that_leads_out_of_the_folder_is_not_written(machines: Machines, version: str, path: str, tmp_path: Path) -> None:
    contents = backends.StoreContents(snapshots={version: {path: b"x", "frozen_at.txt": b"2026-04-10T09:00+09:00"}})
    with pytest.raises(DashError, match="store_path_outside"):
        store_copy.put(contents, str(tmp_path / "inner" / "copy"))
    assert [file for file in tmp_path.rglob("*") if file.name in {"a.csv", "elsewhere"}] == []


def test_snapshots_are_kept_and_let_go_of_on_every_machine(machines: Machines) -> None:
    store(("2026-04-10", "13", "group", 120))
    version = snapshots.create()
    store(("2026-04-11", "13", "group", 80))
    machines.use(1)
    assert snapshots.versions() == [version]
    assert len(folder_files.snapshot_files(version)) == 2
    folder_files.remove_snapshot(version)
    backends.current().keep_snapshot(version)
    machines.use(0)
    assert snapshots.versions() == []


def test_settings_are_the_same_on_every_machine(machines: Machines) -> None:
    folder = machines.use(0)
    (folder / "letterhead.toml").write_text('contact = "Sejong"\n', encoding="utf-8")
    backends.current().keep_setting("letterhead.toml")
    other = machines.use(1)
    assert (other / "letterhead.toml").read_text("utf-8") == 'contact = "Sejong"\n'
    with pytest.raises(DashError, match="store_no_setting"):
        backends.current().keep_setting("../visitors.csv")


def test_a_backup_brings_everything_back(machines: Machines, tmp_path: Path) -> None:
    folder = machines.use(0)
    (folder / "plans.csv").write_text("plan_id\nfirst\n", encoding="utf-8")
    store(("2026-04-10", "13", "group", 120))
    version = snapshots.create()
    place = "database" if backends.database_url() else "files"
    backup_file.write(tmp_path / "all.zip", place)
    before = backends.current().contents()
    store(("2026-04-10", "13", "group", 5), when="2026-04-14")
    (folder / "plans.csv").write_text("plan_id\nother\n", encoding="utf-8")
    with pytest.raises(DashError, match="store_not_empty"):
        backup_file.restore(tmp_path / "all.zip", place)
    backup_file.restore(tmp_path / "all.zip", place, is_replacing=True)
    assert backends.current().contents() == before
    assert seen(machines, 1) == seen(machines, 0) == {("2026-04-10", "13", "group"): 120}
    assert (folder / "plans.csv").read_text("utf-8") == "plan_id\nfirst\n"
    backup_file.restore(tmp_path / "all.zip", str(tmp_path / "new"))
    for name in ("visitors.csv", ".journal/visitors.jsonl", "plans.csv", f".frozen/{version}/plans.csv"):
        assert (tmp_path / "new" / name).read_bytes() == (folder / name).read_bytes(), name


def test_a_backup_that_was_cut_or_changed_restores_nothing(machines: Machines, tmp_path: Path) -> None:
    store(("2026-04-10", "13", "group", 120))
    place = "database" if backends.database_url() else "files"
    file = tmp_path / "all.zip"
    backup_file.write(file, place)
    whole = file.read_bytes()
    for broken in (whole[: len(whole) // 2], _with_other_counts(file), b""):
        file.write_bytes(broken)
        with pytest.raises(DashError, match="backup_broken"):
            backup_file.restore(file, place, is_replacing=True)
    assert seen(machines, 0) == {("2026-04-10", "13", "group"): 120}


def _with_other_counts(file: Path) -> bytes:
    """An archive whose checksums are its own, with counts that were changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(made, "w") as changed:
        for name in archive.namelist():
            changed.writestr(name, archive.read(name).replace(b"group,120", b"group,121"))
    return made.getvalue()


def test_rows_that_hold_a_default_are_the_same_in_both(machines: Machines) -> None:
    store(("2026-04-10", "13", "group", 0))
    assert backends.current().contents().counts.decode() == HEADER + "2026-04-10,13,group,0,,reported,\n"
    assert edits.RECORDED in HEADER
