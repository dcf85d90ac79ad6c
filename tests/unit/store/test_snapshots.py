"""A snapshot keeps its figures, whatever comes in later, and says so."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from page_html import html_of, use_bar
from streamlit.testing.v1 import AppTest

from sejong_dash import contents, errors, exhibits, paths, words
from sejong_dash.charts import goal_bar
from sejong_dash.choices import Choices
from sejong_dash.datasets import snapshot
from sejong_dash.datasets.schema import data_files
from sejong_dash.errors import DashError
from sejong_dash.exhibits import defaults
from sejong_dash.paths import PROJECT
from sejong_dash.store import snapshots


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(PROJECT / "data", folder, ignore=shutil.ignore_patterns(".*"))
    monkeypatch.setenv("SEJONG_DATA", str(folder))
    return folder


def one_more_day(data: Path, day: str = "2026-05-06") -> None:
    file = data / "sample" / "visitors.csv"
    header = file.read_text(encoding="utf-8").splitlines()[0].split(",")
    row = {"date": day, "channel": "late", "visitors": "777", "basis": "sample", "source_id": "sample"}
    with file.open("a", encoding="utf-8") as rows:
        rows.write(",".join(row.get(name, "") for name in header) + "\n")


def total(choices: Choices) -> int:
    return int(exhibits.exhibit(goal_bar, choices, snapshot(choices.data)).table["visitors"].iloc[0])


def test_a_snapshot_keeps_its_figures(data: Path) -> None:
    version = snapshots.create()
    assert snapshots.versions() == [version]
    assert snapshots.create() == version, "the same tables have one name"
    live = defaults.choices("ko")
    before = total(live)
    one_more_day(data)
    kept = replace(live, data=version)
    assert total(live) == before + 777
    assert total(kept) == before
    assert snapshots.days_since(version, sample=True) == 1
    stamp = exhibits.exhibit(goal_bar, kept, snapshot(kept.data)).words("stamp")
    assert version in stamp
    assert version not in exhibits.exhibit(goal_bar, live, snapshot(live.data)).words("stamp")
    assert snapshots.create() != version
    assert len(snapshots.versions()) == 2


def test_only_snapshots_have_versions(data: Path) -> None:
    folder = paths.frozen_dir("")
    for name in ("0123456789ab", "..", "nonsense", "0123456789abcdef"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    assert snapshots.versions() == [], "a folder without its note is no version"


def test_a_folder_that_cannot_be_written_is_named(data: Path) -> None:
    paths.frozen_dir("").write_text("in the way", encoding="utf-8")
    with pytest.raises(DashError) as trouble:
        snapshots.create()
    assert trouble.value.key == "frozen_unwritten"
    assert trouble.value.fields["folder"] == ".frozen", "by its name: where it lies is not the viewers' business"


def test_a_copy_that_changed_meanwhile_is_not_kept(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = contents.read

    def meanwhile(source: Path) -> bytes:
        if source.name == "visitors.csv" and source.parent.name == "sample":
            one_more_day(data)
        return plain(source)

    monkeypatch.setattr(contents, "read", meanwhile)
    with pytest.raises(DashError, match="frozen_moving"):
        snapshots.create()
    assert snapshots.versions() == []
    assert list(paths.frozen_dir("").iterdir()) == [], "nothing is left lying"


@pytest.mark.dear
@pytest.mark.parametrize("lang", ["ko", "ja", "en"])
def test_one_press_freezes_and_the_page_says_what_came_since(data: Path, lang: str) -> None:
    app = AppTest.from_file(str(PROJECT / "sejong_dash" / "shell.py"), default_timeout=60)
    app.query_params["lang"] = lang
    app.run()
    use_bar(app, "freeze")
    assert len(app.exception) == 0
    asked = dict(app.query_params)
    version = snapshots.versions()[0]
    assert asked["data"] == version
    assert (asked["lang"], asked["sample"], asked["asof"]) == (lang, "true", "2026-05-06")
    assert asked["plan"]
    one_more_day(data)
    again = AppTest.from_file(str(PROJECT / "sejong_dash" / "shell.py"), default_timeout=60)
    for name, value in asked.items():
        again.query_params[name] = value
    again.run()
    shown = " ".join(html_of(again))
    assert words.shared(lang)("frozen.newer", days="1") in shown
    before = total(replace(defaults.choices(lang), data=version))
    assert f"{before:,}" in shown
    assert f"{before + 777:,}" not in shown
    use_bar(again, "thaw")
    shown = " ".join(html_of(again))
    assert f"{before + 777:,}" in shown
    assert "data" not in again.query_params


def test_snapshots_are_no_data(data: Path) -> None:
    before = data_files.fingerprint()
    snapshots.create()
    assert data_files.fingerprint() == before


def test_what_cannot_be_read_makes_no_snapshot(data: Path) -> None:
    (data / "extra.csv").symlink_to(data / "nowhere.csv")
    with pytest.raises(DashError) as trouble:
        snapshots.create()
    assert (trouble.value.key, trouble.value.fields["file"]) == ("frozen_unread", "extra.csv")
    assert list(paths.frozen_dir("").iterdir()) == [], "nothing is left lying"


@pytest.mark.dear
@pytest.mark.parametrize("lang", ["ko", "ja", "en"])
def test_a_version_that_is_removed_while_it_is_shown_takes_no_page_down(
    data: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = snapshots.create()
    monkeypatch.setattr(snapshots, "versions", lambda: [version])  # it was there when the page began
    shutil.rmtree(paths.frozen_dir(version))
    app = AppTest.from_file(str(PROJECT / "sejong_dash" / "shell.py"), default_timeout=60)
    app.query_params["lang"], app.query_params["data"] = lang, version
    app.run()
    assert len(app.exception) == 0
    shown = " ".join(html_of(app))
    assert version in shown
    assert words.of(errors.__file__, lang)("frozen_gone", version=version) in shown
    assert str(data) not in shown
    assert 'data-act="thaw"' in shown
