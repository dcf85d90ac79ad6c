"""The files of a meeting are made from the page and from the shell, with what the screen says; a failure says what it is."""

import io
import json
import re
import threading
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import discovery
import pytest
from files_by_address import fetched, problem
from streamlit.testing.v1 import AppTest

from sejong_dash import clock, exports, words
from sejong_dash.charts import goal_bar
from sejong_dash.errors import DashError
from sejong_dash.exports import __main__ as shell
from sejong_dash.paths import PROJECT
from sejong_dash.ui.blocks.background_job import Job

pytestmark = pytest.mark.thorough

PAGE = PROJECT / "pages" / "report.py"


def page(lang: str, **asked: str) -> AppTest:
    return discovery.opened(PAGE, {"lang": lang, **asked})


def links(app: AppTest) -> dict[str, str]:
    """The addresses of the page's files by their kind."""
    shown = unescape(" ".join(one.value for one in app.main.get("html")))
    return {kind: address for address, kind in re.findall(r'href="export/(set/\w+\.(\w+)[^"]*)"', shown)}


@pytest.mark.dear
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_page_tells_what_will_be_in_the_files_and_links_to_them(lang: str) -> None:
    app = page(lang, set="mayor")
    shown = " ".join(one.value for one in app.main.get("html"))
    choices = discovery.replace(discovery.BASE, lang=lang)
    for name in ("cards.day_sentence", "charts.goal_bar", "charts.visitor_progress"):
        table, said = discovery.table_of(name, choices), discovery.words_of(name, lang)
        assert discovery.module(name).message(table, said) in shown.replace("&amp;", "&")
    found = links(app)
    assert list(found) == list(exports.REPORT_FORMATS)
    answer = fetched(found["csv"])
    assert answer.status == 200
    names = zipfile.ZipFile(io.BytesIO(answer.body)).namelist()
    assert [name.partition("_")[2] for name in names[1:]] == [
        f"{name}_{lang}.csv" for name in ("day_sentence", "goal_bar", "visitor_progress", "prefecture_map")
    ]


def test_what_is_chosen_is_in_the_links() -> None:
    app = page("ko", set="mayor", prefecture="29")
    assert "slides=" not in links(app)["json"], "a set has its own"
    app.multiselect(key="report-slides-mayor").set_value(["daily_visitors", "goal_bar"]).run()
    app.pills(key="report-languages-ko").set_value(["ko", "ja"]).run()
    content = json.loads(fetched(links(app)["json"]).body)
    found = [(each["name"], each["lang"]) for each in content["exhibits"]]
    assert found == [(name, lang) for name in ("daily_visitors", "goal_bar") for lang in ("ko", "ja")]
    app.multiselect(key="report-slides-mayor").set_value([]).run()
    assert links(app) == {}


def test_a_failure_names_the_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(report: object, tell: object, kind: str) -> bytes:
        raise DashError("export_failed", chart="goal", what="ValueError")

    monkeypatch.setattr("sejong_dash.exports.archive.write", broken)
    answer = fetched(links(page("ko", set="mayor"))["csv"])
    assert answer.status == 500
    assert "‘goal’" in problem(answer)["detail"]


def test_work_ends_before_its_next_step_once_it_is_stopped() -> None:
    begun, go_on, steps = threading.Event(), threading.Event(), []

    def work(tell: Any) -> dict[str, Any]:
        for number in range(3):
            tell(number, 3, str(number))
            steps.append(number)
            begun.set()
            go_on.wait(10)
        return {}

    job = Job(work).start()
    begun.wait(10)
    assert job.running
    job.stop()
    go_on.set()
    job._thread.join(10)  # type: ignore[union-attr]
    assert (steps, job.made, job.trouble, job.running) == ([0], None, None, False)


@pytest.mark.parametrize(("raised", "key"), [(DashError("export_empty"), "export_empty"), (ValueError("x"), "unexpected")])
def test_trouble_in_a_thread_reaches_the_page(raised: Exception, key: str) -> None:
    def work(tell: Any) -> dict[str, Any]:
        raise raised

    job = Job(work).start()
    job._thread.join(10)  # type: ignore[union-attr]
    assert job.trouble is not None
    assert job.trouble.key == key


def test_each_names_the_exhibit_that_cannot_be_written() -> None:
    from sejong_dash.exhibits import exhibit
    from sejong_dash.exports import report

    shown = exhibit(goal_bar, discovery.BASE, discovery.tables_now())
    bound = report.bind_report("one", ["one"], [[shown]], "0" * 12, clock.now())

    def write(part: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(DashError) as trouble:
        report.write_parts(bound, report.ignore_progress, write)
    assert trouble.value.fields == {"chart": shown.words("title"), "what": "ZeroDivisionError"}


SHELL = ["--set", "mayor", "--asof", "2026-05-06", "--sample"]


def test_the_shell_makes_the_same_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = shell.main([*SHELL, "--lang", "ja", "--format", "pptx,csv,xlsx,html", "--to", str(tmp_path / "out")])
    said = capsys.readouterr()
    assert (code, said.err) == (0, "")
    written = [Path(line) for line in said.out.splitlines()]
    assert [one.name for one in written] == [
        f"mayor_reports-2024_ja_2026-05-06_sample.{suffix}" for suffix in ("pptx", "csv.zip", "xlsx", "html")
    ]
    assert all(one.stat().st_size > 1000 for one in written)
    assert sorted(written) == sorted((tmp_path / "out").iterdir()), "nothing unfinished is left"


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["--set", "monthly"],
        ["--set", "weekly", "--slides", "goal_bar"],
        ["--slides", "goal_bar,nonsense"],
        ["--slides", "prefecture_map.measure.nonsense"],
        ["--set", "weekly", "--lang", "fr"],
        ["--set", "weekly", "--lang", "ko,ja,en"],
        ["--set", "weekly", "--lang", "ko,ko"],
        ["--set", "weekly", "--format", "doc"],
        ["--set", "weekly", "--asof", "yesterday"],
        ["--set", "weekly", "--data", "../../etc"],
        ["--set", "weekly", "--format", ","],
        ["--slides", ","],
    ],
    ids=" ".join,
)
def test_a_wrong_command_is_told(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        shell.main(wrong)
    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wrong", "known"),
    [
        (["--set", "weekly", "--plan", "nope"], discovery.PLANS),
        (["--set", "weekly", "--plan", ""], discovery.PLANS),
        (["--set", "weekly", "--prefecture", "99"], ["01", "29", "47"]),
        (["--set", "weekly", "--data", "abc"], ["none"]),
        (["--set", "partner"], ["--prefecture", "29 Nara", "01", "47"]),
        (["--set", "nope"], ["mayor", "partner", "weekly"]),
        (["--set", "weekly", "--format", "doc"], list(exports.REPORT_FORMATS)),
    ],
    ids=lambda one: " ".join(one),
)
def test_a_wrong_value_is_told_with_the_possible_ones(
    wrong: list[str], known: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        shell.main([*wrong, "--to", str(tmp_path)])
    assert left.value.code == 2
    told = capsys.readouterr().err
    assert [name for name in known if name not in told] == []
    assert list(tmp_path.iterdir()) == []


def test_the_partner_s_prefecture_is_in_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--set", "partner", "--prefecture", "29", "--asof", "2026-05-06", "--sample", "--lang", "en", "--format", "html"]
    assert shell.main([*asked, "--to", str(tmp_path)]) == 0
    file = Path(capsys.readouterr().out.strip())
    assert "_29_" in file.name
    assert "Nara" in file.read_text(encoding="utf-8")


def test_a_table_that_cannot_be_read_is_no_wrong_command(data_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data_copy / "plans.csv").unlink()
    assert shell.main(["--set", "weekly", "--plan", "nope", "--lang", "en", "--to", str(data_copy / "out")]) == 3
    assert "plans.csv" in capsys.readouterr().err


def test_what_the_data_do_not_allow_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slides = ["--slides", "channel_visitors", "--asof", "2026-05-06", "--to", str(tmp_path)]
    assert shell.main([*slides, "--no-sample", "--lang", "ja"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err) > 20
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert shell.main([*SHELL, "--format", "csv", "--to", str(tmp_path / "file")]) == 3
    assert "csv.zip" in capsys.readouterr().err


def test_help_is_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        shell.main(["--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert all(name in said for name in ("--set", "--slides", "--lang", "--asof", "--to", "--format", "Exit code"))
    assert all(kind in said for kind in exports.REPORT_FORMATS)
