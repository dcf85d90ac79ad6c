"""No race of files takes a page down, no edit goes unseen, and no message says where on the server a table lies."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from unittest import mock

import discovery
import plotly.graph_objects as go
import pytest
from discovery import DATA, NAMES, PAGE_FILES, SCREENS
from page_html import html_of
from streamlit.testing.v1 import AppTest

from sejong_dash import contents, errors, exhibits, kept, words
from sejong_dash.contracts import CardSet
from sejong_dash.datasets import sample, shapes, snapshot
from sejong_dash.datasets.schema import data_files
from sejong_dash.errors import DashError, TableError
from sejong_dash.exhibits import defaults
from sejong_dash.exhibits.error_text import describe_error
from sejong_dash.paths import PROJECT
from sejong_dash.store import counts, journal, snapshots

pytestmark = [pytest.mark.dear, pytest.mark.thorough]

FILES = sorted(
    file.relative_to(DATA).as_posix()
    for pattern in ("*.csv", "sample/*.csv", "sample/*.toml", "geo/*.geojson")
    for file in DATA.glob(pattern)
)


def _vanish(file: Path) -> None:
    file.unlink()


def _dangle(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.with_name("nowhere.csv"))


def _circle(file: Path) -> None:
    file.unlink()
    file.symlink_to(file)


def _become_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _become_a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _end_early(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def _lose_its_encoding(file: Path) -> None:
    file.write_bytes(file.read_bytes() + "세종".encode("cp949"))


DAMAGES = (_vanish, _dangle, _circle, _become_a_folder, _become_a_pipe, _empty, _end_early, _lose_its_encoding)


def load(file: str) -> object:
    """What the dashboard makes of a file of the data folder."""
    folder, _, name = file.rpartition("/")
    stem = name.partition(".")[0]
    if folder == "geo":
        return shapes.load(stem)
    if name == "sample.toml":
        return sample.as_of()
    module = discovery.module(f"datasets.{stem}")
    return module.load(folder == "sample") if stem in ("visitors", "bookings") else module.load()


def trouble_of(act: Callable[[], object]) -> DashError | None:
    """What is wrong, if anything is."""
    try:
        act()
    except DashError as trouble:
        return trouble
    return None


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: one.__name__.strip("_"))
@pytest.mark.parametrize("file", FILES)
def test_a_broken_file_is_told_by_its_name_alone(file: str, damage: Callable[[Path], None], data_copy: Path) -> None:
    before = data_files.fingerprint()
    try:
        damage(data_copy / file)
    except (OSError, AttributeError):  # Windows has no pipes, and asks for a right before it makes a link
        pytest.skip("this system cannot do that to a file")
    assert data_files.fingerprint() != before
    trouble = trouble_of(lambda: load(file))
    if trouble is None:
        assert damage is _end_early, "twenty bytes less may leave a sound table"
    else:
        for lang in words.LANGUAGES:
            told = " ".join(describe_error(trouble, words.of(errors.__file__, lang)).sentences)
            assert Path(file).name in told
            assert str(data_copy.parent) not in told
    if damage in (_dangle, _circle, _become_a_folder, _become_a_pipe):
        with pytest.raises(DashError) as refused:
            snapshots.create()
        assert refused.value.fields["file"] == file
        assert str(data_copy) not in str(refused.value.fields)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: one.__name__.strip("_"))
def test_a_broken_table_of_counts_stops_the_desk_with_a_sentence(damage: Callable[[Path], None], data_copy: Path) -> None:
    try:
        damage(data_copy / "visitors.csv")
    except (OSError, AttributeError):
        pytest.skip("this system cannot do that to a file")
    for way in ("", "type", "history"):
        app = discovery.opened(PROJECT / "pages" / "data.py", {"do": way, "sample": "false"})
        assert str(data_copy) not in " ".join(html_of(app))
    for act in (counts.version, counts.figures, counts.record_outside_edit):
        trouble = trouble_of(act)
        assert str(data_copy) not in str(trouble and trouble.fields)


def test_a_journal_that_cannot_be_read_is_told_without_its_place(data_copy: Path) -> None:
    journal.path().mkdir(parents=True)
    with pytest.raises(DashError) as trouble:
        counts.record_outside_edit()
    assert (trouble.value.key, trouble.value.fields["file"]) == ("store_unread", "visitors.jsonl")
    assert str(data_copy) not in str(trouble.value.fields)


def test_a_folder_that_cannot_be_written_is_told_without_its_place(data_copy: Path) -> None:
    journal.folder().write_text("in the way", encoding="utf-8")
    with pytest.raises(DashError) as trouble:
        counts.record_outside_edit()
    assert str(data_copy) not in str(trouble.value.fields)


@contextmanager
def quick() -> Iterator[None]:
    """Nothing is drawn, which is slow and tested elsewhere."""
    with ExitStack() as patches:
        for name in NAMES:
            if not isinstance(discovery.module(name), CardSet):
                patches.enter_context(
                    mock.patch.object(discovery.module(name), "draw", return_value=go.Figure(layout={"height": 400}))
                )
        yield
    kept.clear()  # drawings that were stubbed here must not be found by others


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_goes_between_a_look_and_the_next_takes_no_page_down(
    file: str, data_copy: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Each time after it was looked at and before it is opened."""
    path, kept = data_copy / file, (data_copy / file).read_bytes()
    plain = contents._stamp
    looks: list[Path] = []

    def vanishing(asked: Path) -> contents.Stamp:
        if asked == path:
            path.write_bytes(kept + b"\n" * len(looks))  # another file each time
        stamp = plain(asked)
        if asked == path:
            looks.append(asked)
            path.unlink()
        return stamp

    monkeypatch.setattr(contents, "_stamp", vanishing)
    choices = discovery.replace(discovery.BASE, sample=file not in ("visitors.csv", "bookings.csv"))
    tables = snapshot()  # which keeps what it could read: each chart looks for the file anew, and the season is made once
    for name in NAMES:
        trouble = trouble_of(partial(discovery.module(name).table, choices, tables))
        assert not isinstance(trouble, TableError) or trouble.problems[0].code == "file_missing"
    with quick():
        app = discovery.opened(PAGE_FILES[0], {})
    assert looks
    assert not [one for one in caplog.records if "cannot be drawn" in one.message]
    assert str(data_copy) not in " ".join(html_of(app))


def disturb(data: Path) -> None:
    """Each file in turn: half, gone, a link that leads nowhere, a folder, whole again."""
    for file in FILES:
        path, kept = data / file, (data / file).read_bytes()
        new = path.with_name(".new")
        path.write_bytes(kept[: len(kept) // 2])
        path.unlink()
        path.symlink_to("nowhere.csv")
        path.unlink()
        path.mkdir()
        path.rmdir()
        new.write_bytes(kept)
        new.replace(path)


@pytest.mark.thorough
def test_pages_and_exhibits_outlive_files_that_come_and_go(data_copy: Path, caplog: pytest.LogCaptureFixture) -> None:
    done, troubles = threading.Event(), []

    def disturb_again_and_again() -> None:
        while not done.is_set():
            disturb(data_copy)

    def draw_all() -> None:
        try:
            for number in range(2):
                choices = defaults.choices("ko", plan_id=discovery.PLANS[0], with_sample=bool(number % 2))
                for name in NAMES:
                    data_files.fingerprint()
                    trouble = trouble_of(partial(exhibits.exhibit, discovery.module(name), choices, snapshot()))
                    assert str(data_copy) not in str(trouble)
        except BaseException as wrong:
            troubles.append(wrong)
            raise

    with quick():
        workers = [threading.Thread(target=disturb_again_and_again), threading.Thread(target=draw_all)]
        try:
            for worker in workers:
                worker.start()
            for page, part in SCREENS:
                app = AppTest.from_file(str(PROJECT / "sejong_dash" / "shell.py"), default_timeout=120)
                app.query_params["part"] = part
                app.switch_page(str(page)).run()
                assert len(app.exception) == 0, page.stem
                assert str(data_copy) not in " ".join(html_of(app))
            workers[1].join()
        finally:
            done.set()
            for worker in workers:
                worker.join()
    assert troubles == []
    assert not [one for one in caplog.records if "cannot be drawn" in one.message]


@pytest.mark.thorough
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_plan_that_is_taken_out_while_a_page_is_made_is_told(lang: str) -> None:
    """Or a table of plans that comes back when the page has begun without any."""
    told = words.of(errors.__file__, lang)
    for plan_id in ("", "taken-out"):
        choices, tables = discovery.replace(discovery.BASE, lang=lang, plan=plan_id), snapshot()
        troubles = [trouble_of(partial(exhibits.exhibit, discovery.module(name), choices, tables)) for name in NAMES]
        assert {one.key for one in troubles if one} == {"unknown_plan"}
        assert describe_error(next(one for one in troubles if one), told).sentences == [told("unknown_plan", plan=plan_id)]


@pytest.mark.skipif(os.name == "nt", reason="names of files are Unicode there")
def test_a_file_whose_name_is_no_text_takes_nothing_down(data_copy: Path) -> None:
    """As an archive of another system leaves it."""
    before = data_files.fingerprint()
    (data_copy / os.fsdecode(b"\xb9\xe6\xb9\xae\xc0\xda.csv")).write_bytes(b"a\n")
    assert data_files.fingerprint() != before
