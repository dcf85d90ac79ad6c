"""What is kept beside counts and journal agrees with them on every machine: hashes, names of snapshots, last good states."""

from pathlib import Path

import pytest
from clerk import store

from sejong_dash import paths
from sejong_dash.datasets.schema import last_good
from sejong_dash.store import backends, counts, history, journal, journal_check, snapshot_list

from .conftest import Machines

pytestmark = pytest.mark.thorough


def _hashes() -> int:
    return len(journal_check.chain_path().read_bytes().splitlines())


def test_the_journal_is_sound_on_every_machine(machines: Machines) -> None:
    store(("2026-04-10", "13", "group", 120))
    for machine in (1, 0, 1):
        machines.use(machine)
        assert journal_check.find() is None
        store(("2026-04-11", "13", "group", 7 + machine))
        assert _hashes() == len(journal.Journal())
    contents = backends.current().contents()
    backends.current().fill(contents, is_replacing=True)
    machines.use(0)
    assert journal_check.find() is None
    assert {change.kind for change in history.history()} == {"begun", "applied"}


def test_hashes_of_something_else_beside_a_database_are_made_anew(
    folders: list[Path], database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEJONG_DATABASE", database)
    machines = Machines(folders, monkeypatch)
    machines.use(0)
    store(("2026-04-10", "13", "group", 120))
    journal_check.chain_path().write_bytes(b"0123456789abcdef\n")
    assert journal_check.find() is not None
    assert counts.record_outside_edit() is None
    assert journal_check.find() is None
    journal_check.chain_path().write_bytes(b"0123456789abcdef\n")
    store(("2026-04-11", "13", "group", 7))
    assert journal_check.find() is None
    assert [change.kind for change in history.history()] == ["applied", "applied", "begun"]


def test_a_name_of_a_snapshot_and_its_end_are_seen_on_every_machine(machines: Machines) -> None:
    store(("2026-04-10", "13", "group", 120))
    version = snapshot_list.create()
    snapshot_list.rename(version, "April")
    machines.use(0)  # a server looks every second
    machines.use(1)
    assert [(each.version, each.name) for each in snapshot_list.kept()] == [(version, "April")]
    snapshot_list.delete(version)
    machines.use(0)
    assert snapshot_list.kept() == []


def test_counts_that_are_taken_out_on_purpose_are_not_shown_instead(machines: Machines) -> None:
    store(("2026-04-10", "13", "group", 120))
    for machine in (0, 1):
        folder = machines.use(machine)
        kept = paths.frozen_dir(last_good.VERSION) / "visitors.csv"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes((folder / "visitors.csv").read_bytes())
    machines.use(0)
    counts.undo(2, who="Kim", why="test")
    for machine in (0, 1):
        machines.use(machine)
        assert not (paths.frozen_dir(last_good.VERSION) / "visitors.csv").exists()
