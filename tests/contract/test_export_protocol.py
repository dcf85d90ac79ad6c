"""The addresses of files keep to HTTP: marks, methods, headers, and what is wrong is said in the reader's language."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from answers import ask
from discovery import BASE, replace
from files_by_address import fetched, path_of, problem
from starlette.applications import Starlette

from sejong_dash import words
from sejong_dash.access import answers as answers_at_the_door
from sejong_dash.api import asked_file, problem_document, registry
from sejong_dash.api.routes import export_routes
from sejong_dash.exhibits import defaults
from sejong_dash.exports.pictures import chrome
from sejong_dash.paths import PROJECT

GOAL = path_of("goal_bar.csv", BASE)


def mark(path: str) -> str:
    answer = fetched(path)
    assert answer.status == 200
    return answer.headers["etag"]


def test_what_is_known_is_not_sent_again() -> None:
    first = fetched(GOAL)
    assert first.headers["cache-control"] == "private, no-cache"
    again = fetched(GOAL, if_none_match=first.headers["etag"])
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert fetched(GOAL, if_none_match=f'"other", {first.headers["etag"]}').status == 304
    assert fetched(GOAL, if_none_match=first.headers["etag"].removeprefix("W/")).status == 304, "the comparison is weak"
    assert fetched(GOAL, if_none_match="*").status == 304
    assert fetched(GOAL, if_none_match='"other"').body == first.body


@pytest.mark.thorough
def test_the_mark_is_that_of_the_figures() -> None:
    same = {mark(GOAL), mark("goal_bar.csv"), mark(path_of("goal_bar.csv", BASE, show_prefecture_days="true"))}
    assert len(same) == 1, "said in full, by default, or with what belongs to pages"
    others = [
        path_of("goal_bar.csv", replace(BASE, lang="ja")),
        path_of("goal_bar.csv", replace(BASE, as_of=BASE.as_of.replace(day=5))),
        path_of("goal_bar.csv", replace(BASE, prefecture="29")),
        path_of("goal_bar.json", BASE),
        path_of("daily_visitors.csv", BASE),
        path_of("set/mayor.json", BASE),
        path_of("set/mayor.json", BASE, languages="ko,ja"),
        path_of("set/mayor.json", BASE, slides="goal_bar"),
        path_of("receipt.csv", BASE, receipt="2026-05-06"),
        path_of("receipt.csv", BASE, receipt="2026-05-05"),
    ]
    assert len({*same, *map(mark, others)}) == 1 + len(others)


def test_the_mark_changes_with_the_data(data_copy: Path) -> None:
    before, figures = mark(GOAL), fetched(GOAL).body
    goals = data_copy / "goals.csv"
    rows = list(csv.reader(goals.read_text("utf-8").splitlines()))
    assert "150000" in goals.read_text("utf-8")
    with goals.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["160000" if cell == "150000" else cell for cell in row] for row in rows])
    after = fetched(GOAL, if_none_match=before)
    assert after.status == 200
    assert after.headers["etag"] != before
    assert b"160000" in after.body
    assert after.body != figures


@pytest.mark.dear
@pytest.mark.parametrize("path", [GOAL, path_of("set/mayor.json", BASE), path_of("receipt.csv", BASE, receipt="2026-05-06")])
def test_head_is_get_without_content(path: str) -> None:
    got, head = fetched(path), fetched(path, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert {name: value for name, value in got.headers.items() if name != "content-length"} == dict(head.headers)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", [GOAL, "", "openapi.json"])
def test_files_are_only_fetched(method: str, path: str) -> None:
    answer = fetched(path, method)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert problem(answer)["type"] == "/export/#wrong-method"


def test_a_problem_has_one_media_type_at_the_door_and_behind_it() -> None:
    """The two rooms may not import each other."""
    assert answers_at_the_door.PROBLEM == problem_document.MIME


MISSING = [
    ("goal.csv", "unknown_exhibit", "goal_bar"),
    ("_days.csv", "unknown_exhibit", "goal_bar"),
    ("goal_bar.doc", "unknown_format", "pptx, xlsx, csv"),
    ("sources.png", "unknown_format", "pptx, xlsx, csv, pdf"),
    ("set/monthly.pptx", "unknown_set", "weekly"),
    ("set/weekly.doc", "unknown_format", "pptx, pdf"),
    ("receipt.png?receipt=2026-05-06", "unknown_format", "csv, xlsx"),
    ("goal_bar", "unknown_address", ""),
    ("a/b.csv", "unknown_address", ""),
    ("set/set/weekly.pptx", "unknown_address", ""),
]


@pytest.mark.parametrize(("path", "kind", "expected"), MISSING, ids=[path for path, _, _ in MISSING])
def test_what_is_not_there_is_not_found(path: str, kind: str, expected: str) -> None:
    answer = fetched(path)
    told = problem(answer)
    assert (answer.status, told["status"], told["type"]) == (404, 404, f"/export/#{kind.replace('_', '-')}")
    assert expected in told.get("expected", "")
    assert told["title"] == words.of(problem_document.__file__, "ko")(f"{kind}.title")


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_wrong_choices_are_named_in_the_reader_s_language(lang: str) -> None:
    answer = fetched(f"goal_bar.csv?lang={lang}&asof=2026-13-01&prefecture=99&as_of=x")
    told = problem(answer)
    assert (answer.status, answer.headers["content-language"], told["status"]) == (400, lang, 400)
    assert {(each["parameter"], each["found"]) for each in told["errors"]} == {
        ("asof", "2026-13-01"),
        ("prefecture", "99"),
        ("as_of", "as_of"),
    }
    assert all(each["expected"] and each["detail"] in told["detail"] for each in told["errors"])
    others = {problem(fetched(f"goal_bar.csv?lang={other}&asof=2026-13-01"))["detail"] for other in words.LANGUAGES}
    assert len(others) == len(words.LANGUAGES)


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("set/weekly.json?slides=nonsense", "slides"),
        ("set/weekly.json?slides=prefecture_map.measure.nonsense", "slides"),
        (f"set/weekly.json?slides={','.join(['goal_bar'] * 61)}", "slides"),
        ("set/weekly.json?languages=ko,ja,en", "languages"),
        ("set/weekly.json?languages=ko,ko", "languages"),
        ("set/weekly.json?languages=fr", "languages"),
        ("receipt.csv", "receipt"),
        ("receipt.csv?receipt=nonsense", "receipt"),
        ("goal_bar.csv?lang=fr", "lang"),
    ],
)
def test_each_address_names_its_own_parameters(path: str, parameter: str) -> None:
    answer = fetched(path)
    assert answer.status == 400
    assert [each["parameter"] for each in problem(answer)["errors"]] == [parameter]


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("ja,en;q=0.8", "ja"),
        ("fr, en;q=0.3, ja;q=0.7", "ja"),
        ("en-GB,en;q=0.9", "en"),
        ("fr", "ko"),
        ("", "ko"),
        ("en;q=x, ja", "ja"),
    ],
)
def test_without_a_language_the_browser_s_holds(accepted: str, lang: str) -> None:
    assert fetched("goal.csv", accept_language=accepted).headers["content-language"] == lang
    assert fetched("goal.csv?lang=en", accept_language=accepted).headers["content-language"] == "en"


def test_nothing_to_show_is_said_with_its_reason() -> None:
    answer = fetched(path_of("prefecture_profile.csv", BASE))
    own = words.of(registry.source("prefecture_profile").__file__ or "", "ko")
    assert (answer.status, problem(answer)["type"]) == (404, "/export/#nothing-to-show")
    assert problem(answer)["detail"] == own("empty")
    assert fetched(path_of("prefecture_profile.csv", BASE), "HEAD").status == 404
    undated = fetched(path_of("receipt.csv", replace(BASE, plan="2024-12-11"), receipt="*"))
    assert problem(undated)["type"] == "/export/#no-days"


def test_a_table_that_cannot_be_used_is_named(data_copy: Path) -> None:
    (data_copy / "plans.csv").unlink()
    answer = fetched("goal_bar.csv?lang=en")
    assert (answer.status, problem(answer)["type"]) == (500, "/export/#table")
    assert "plans.csv" in problem(answer)["detail"]
    assert str(data_copy) not in problem(answer)["detail"]


def test_without_a_chrome_its_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chrome, "found", lambda: False)
    for path in ("goal_bar.png", "goal_bar.pdf", "set/weekly.pdf", "set/weekly.svg"):
        answer = fetched(f"{path}?lang=en")
        assert (answer.status, problem(answer)["type"]) == (501, "/export/#not-made-here"), path
        assert "Chrome" in problem(answer)["detail"]
    assert fetched("goal_bar.json").status == 200


def test_a_fault_is_logged_and_said(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fails(*given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(asked_file.single_file, "write", fails)
    answer = fetched(f"{GOAL}&lang=en".replace("lang=ko&", ""))
    assert (answer.status, problem(answer)["type"]) == (500, "/export/#failed")
    assert "ZeroDivisionError" in problem(answer)["detail"]
    assert "Traceback" in caplog.text


def _states(monkeypatch: pytest.MonkeyPatch, states: list[str]) -> None:
    real = defaults.state()
    monkeypatch.setattr(defaults, "state", lambda version="": (states.pop(0) if states else "") or real)


def test_a_file_is_of_one_state_of_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    _states(monkeypatch, ["a" * 24, ""])  # found in one state, made in another: made again
    assert fetched(GOAL).status == 200
    _states(monkeypatch, list("abcdef"))
    answer = fetched(GOAL)
    assert (answer.status, problem(answer)["type"]) == (503, "/export/#moving")
    assert int(answer.headers["retry-after"]) > 0


def test_the_routes_follow_the_app_s_path() -> None:
    app = Starlette(routes=export_routes("/dash/"))
    assert ask(app, "/dash/export/goal_bar.json").status == 200
    assert problem(ask(app, "/dash/export/goal.json"))["type"] == "/dash/export/#unknown-exhibit"
    assert ask(app, "/export/goal_bar.json").status == 404
    to_list = ask(app, "/dash/export?lang=ja")
    assert (to_list.status, to_list.headers["location"]) == (307, "export/?lang=ja")


def test_mounting_the_routes_imports_nothing_that_is_heavy() -> None:
    code = (
        "import sys; from sejong_dash.api.routes import export_routes; export_routes(); "
        "print([name for name in sys.modules if name in ('pandas', 'plotly', 'streamlit', 'sejong_dash.api.answering')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
