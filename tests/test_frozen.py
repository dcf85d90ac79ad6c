"""Does a frozen meeting keep its figures, whatever comes in later, and say so?"""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sejong_dash import exhibits, paths, words
from sejong_dash.charts import goal_bar
from sejong_dash.choices import Choices
from sejong_dash.datasets import reading
from sejong_dash.errors import DashError
from sejong_dash.exhibits import defaults
from sejong_dash.paths import PROJECT
from sejong_dash.store import frozen


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
    return int(exhibits.exhibit(goal_bar, choices).table["visitors"].iloc[0])


def test_a_frozen_version_keeps_its_figures(data: Path) -> None:
    version = frozen.freeze()
    assert frozen.versions() == [version]
    assert frozen.freeze() == version, "the same tables have one name"
    live = defaults.choices("ko")
    before = total(live)
    one_more_day(data)
    kept = replace(live, data=version)
    assert total(live) == before + 777
    assert total(kept) == before
    assert frozen.days_since(version, sample=True) == 1
    said = exhibits.exhibit(goal_bar, kept).words("stamp")
    assert version in said
    assert version not in exhibits.exhibit(goal_bar, live).words("stamp")
    assert frozen.freeze() != version
    assert len(frozen.versions()) == 2


def test_only_frozen_versions_have_names(data: Path) -> None:
    folder = paths.frozen_dir("")
    for name in ("0123456789ab", "..", "nonsense", "0123456789abcdef"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    assert frozen.versions() == [], "a folder without its note is no version"


def test_a_folder_that_cannot_be_written_is_named(data: Path) -> None:
    paths.frozen_dir("").write_text("in the way", encoding="utf-8")
    with pytest.raises(DashError) as trouble:
        frozen.freeze()
    assert trouble.value.key == "frozen_unwritten"
    assert str(paths.frozen_dir("")) in str(trouble.value.fields["folder"])


def test_a_copy_that_changed_meanwhile_is_not_kept(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = shutil.copyfile

    def meanwhile(source: Path, place: str) -> object:
        if Path(source).name == "visitors.csv" and Path(source).parent.name == "sample":
            one_more_day(data)
        return plain(source, place)

    monkeypatch.setattr(shutil, "copyfile", meanwhile)
    with pytest.raises(DashError, match="frozen_moving"):
        frozen.freeze()
    assert frozen.versions() == []
    assert list(paths.frozen_dir("").iterdir()) == [], "nothing is left lying"


@pytest.mark.parametrize("lang", ["ko", "ja", "en"])
def test_one_press_freezes_and_the_page_says_what_came_since(data: Path, lang: str) -> None:
    app = AppTest.from_file(str(PROJECT / "sejong_dash" / "shell.py"), default_timeout=60)
    app.query_params["lang"] = lang
    app.run()
    app.button(key="freeze").click().run()
    assert len(app.exception) == 0
    asked = dict(app.query_params)
    version = frozen.versions()[0]
    assert asked["data"] == version
    assert (asked["lang"], asked["sample"], asked["asof"]) == (lang, "true", "2026-05-06")
    assert asked["plan"]
    one_more_day(data)
    again = AppTest.from_file(str(PROJECT / "sejong_dash" / "shell.py"), default_timeout=60)
    for name, said in asked.items():
        again.query_params[name] = said
    again.run()
    shown = " ".join(element.value for element in again.main.get("html"))
    assert words.shared(lang)("frozen.newer", days="1") in shown
    before = total(replace(defaults.choices(lang), data=version))
    assert f"{before:,}" in shown
    assert f"{before + 777:,}" not in shown
    again.button(key="thaw").click().run()
    shown = " ".join(element.value for element in again.main.get("html"))
    assert f"{before + 777:,}" in shown
    assert "data" not in again.query_params


def test_frozen_folders_are_no_data(data: Path) -> None:
    before = reading.fingerprint()
    frozen.freeze()
    assert reading.fingerprint() == before
