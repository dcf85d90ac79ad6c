"""A journal that was cut, changed or deleted is found, said and repaired, and neither counts nor lines are lost."""

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from clerk import APRIL, HEADER, assert_rebuilt, at, put, rows, store
from page_html import html_of
from streamlit.testing.v1 import AppTest

from sejong_dash import words
from sejong_dash.paths import PROJECT
from sejong_dash.store import counts, history, journal, journal_check


def cut(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def change_a_figure(path: Path) -> None:
    content = path.read_bytes()
    assert b'"9"' in content
    path.write_bytes(content.replace(b'"9"', b'"8"'))  # which is still a journal that can be read


def garble(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b"\x00\x00oops\n" + b"".join(lines[2:]))


def delete(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("harm", "kind", "sound"),
    [(cut, "cut", 2), (change_a_figure, "damaged", 1), (garble, "damaged", 1), (delete, "deleted", 0)],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_damaged_journal_is_found_and_repaired(folder: Path, harm: Callable[[Path], None], kind: str, sound: int) -> None:
    store(("2026-04-12", "13", "group", 9))
    store(("2026-04-13", "13", "group", 7))
    table = (folder / "visitors.csv").read_bytes()
    assert journal_check.find() is None
    harm(journal.path())
    found = journal_check.find()
    assert found is not None
    assert (found.kind, found.sound, found.known) == (kind, sound, 3)
    harmed = journal.path().read_bytes() if journal.path().exists() else None
    repaired = counts.record_outside_edit()
    assert repaired is not None
    assert (repaired.kind, repaired.number) == ("repaired", sound + 1)
    assert (folder / "visitors.csv").read_bytes() == table, "no count is lost"
    if harmed is not None:
        assert (journal.folder() / repaired.file).read_bytes() == harmed, "no line is lost"
    assert journal_check.find() is None
    assert_rebuilt(folder)
    store(("2026-04-14", "13", "group", 5))
    assert counts.undo(len(journal.Journal()), who="Kim", why="and back") is not None
    assert journal_check.find() is None


def test_a_deleted_folder_of_the_journal_is_noticed(folder: Path) -> None:
    for file in journal.folder().iterdir():
        file.unlink()
    journal.folder().rmdir()
    found = journal_check.find()
    assert found is not None
    assert found.kind == "deleted"


def test_the_first_change_after_damage_repairs_it(folder: Path) -> None:
    store(("2026-04-12", "13", "group", 9))
    changes = counts.change_set(rows(("2026-04-13", "13", "group", 7)))
    cut(journal.path())
    made = counts.apply(changes, who="Kim", why="counted", when=at("2026-04-14"))
    assert made is not None
    assert [change.kind for change in history.history()] == ["applied", "repaired", "begun"]
    assert_rebuilt(folder)


def test_a_journal_from_before_there_were_hashes_gets_them(folder: Path) -> None:
    journal_check.chain_path().unlink()
    assert journal_check.find() is None
    store(("2026-04-12", "13", "group", 9))
    cut(journal.path())
    assert journal_check.find() is not None


def test_a_line_that_was_being_written_is_no_damage(folder: Path) -> None:
    with journal.path().open("ab") as file:
        file.write(b'{"change":2,"kind"')
    assert journal_check.find() is None
    put(folder, HEADER + APRIL)
    assert counts.record_outside_edit() is None
    assert journal.path().read_bytes().endswith(b"\n")


@pytest.mark.thorough
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_pages_say_so_until_it_is_repaired(lang: str, data_copy: Path) -> None:
    put(data_copy, HEADER + APRIL)
    counts.record_outside_edit()
    store(("2026-04-12", "13", "group", 9))
    sentence = words.shared(lang)("journal.damaged")
    assert sentence not in shown(lang)
    cut(journal.path())
    assert sentence in shown(lang)
    counts.record_outside_edit()
    assert sentence not in shown(lang)


def shown(lang: str) -> str:
    """Return what the first page shows."""
    app = AppTest.from_file(str(PROJECT / "sejong_dash" / "shell.py"), default_timeout=120)
    app.query_params["lang"] = lang
    app.run()
    assert len(app.exception) == 0
    return unescape(" ".join(html_of(app)))
