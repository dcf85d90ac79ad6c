"""Tests that every shipped table is sound, and that each kind of broken row is named so that its keeper can mend it."""

import csv
import io
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import discovery
import pandas as pd
import pytest
from slips import SLIPS, Slip

from sejong_dash import errors, words
from sejong_dash.datasets import bookings, goals, places, plans, programme, sample, shapes, sources, visitors
from sejong_dash.errors import Problem, TableError
from sejong_dash.exhibits import error_text
from sejong_dash.ui.blocks import markup

TABLES = sorted(file.stem for file in discovery.DATA.glob("*.csv"))
EMPTY = ("visitors", "bookings")  # until there are real counts
SHAPES = sorted(file.stem for file in (discovery.DATA / "geo").glob("*.geojson"))


def load(table: str) -> pd.DataFrame:
    """A table by name; `sample/visitors` is the invented one."""
    folder, _, name = table.rpartition("/")
    dataset = import_module(f"sejong_dash.datasets.{name}")
    return dataset.load(folder == "sample") if name in ("visitors", "bookings") else dataset.load()


@pytest.mark.parametrize("table", [*TABLES, "sample/visitors", "sample/bookings"])
def test_every_shipped_table_loads(table: str) -> None:
    loaded = load(table)
    assert len(loaded) or table in ("visitors", "bookings")
    assert set(loaded.get("source_id", pd.Series(dtype=str)).str.split(";").explode().dropna()) <= {*sources.ids(), "sample"}


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_loads(name: str) -> None:
    assert shapes.load(name)["features"]


def test_what_was_reported_is_there() -> None:
    """The figures that the whole dashboard stands on."""
    plan = plans.load().iloc[0]
    assert (str(plan["opens_on"].date()), str(plan["closes_on"].date())) == ("2026-04-10", "2026-05-24")
    japan = goals.load().query("plan_id == @plan.plan_id and scope == 'japan'").iloc[0]
    said = (japan["visitors"], japan["bound"], japan["basis"], japan["source_id"])
    assert said == (150_000, "at_least", "reported", "sejong-japan-2024")
    assert set(programme.gardens()["jis_code"]) == {"21", "22", "25", "29"}
    assert len(load("prefectures")) == 47
    assert load("prefectures")["population_2020"].sum() == 126_146_099
    assert plans.load()["state"].tolist()[-1] == "cancelled"


def test_a_callers_change_stays_the_callers() -> None:
    table = plans.load()
    table.loc[:, "state"] = "announced"
    assert set(plans.load()["state"]) != {"announced"}


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_broken_row_is_told_where_it_stands(slip: Slip, data_copy: Path) -> None:
    path = data_copy / f"{slip.table}.csv"
    text = path.read_bytes().decode()
    assert slip.old in text, "the test's own slip"
    path.write_bytes(text.replace(slip.old, slip.new, 1).encode())
    problem = _only_line(_told(lambda: load(slip.table), path), slip.line)
    assert (problem.code, problem.line, problem.column) == (slip.code, slip.line, slip.column)
    assert problem.found == slip.found or (slip.code == "missing_column" and slip.found in problem.found)
    assert slip.expected in problem.expected
    _said_in_every_language(problem, path.name)


@pytest.mark.dear
@pytest.mark.parametrize("table", [*(one for one in TABLES if one not in EMPTY), *(f"sample/{one}" for one in EMPTY)])
def test_no_cell_of_any_column_holds_a_control_character(table: str, data_copy: Path) -> None:
    path = data_copy / f"{table}.csv"
    header, first, *rest = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    for place, column in enumerate(header):
        cells = [f"{cell}\x07" if number == place else cell for number, cell in enumerate(first)]
        text = io.StringIO(newline="")
        csv.writer(text).writerows([header, cells, *rest])
        path.write_bytes(text.getvalue().encode())
        (problem,) = _told(lambda: load(table), path)
        assert problem == Problem("control_character", 2, column, found="U+0007")


def test_tabs_and_line_ends_in_a_cell_are_text(data_copy: Path) -> None:
    path = data_copy / "places.csv"
    text = path.read_bytes().decode()
    path.write_bytes(text.replace("세종시,世宗市", '"세종\n시","世宗\t市"', 1).encode())
    assert places.load().iloc[0][["name_ko", "name_ja"]].tolist() == ["세종\n시", "世宗\t市"]


def test_every_problem_has_a_slip() -> None:
    files = {"file_missing", "dangling_link", "is_folder", "unreadable", "not_utf8", "empty_file", "not_json", "not_toml"}
    queries = {"two_sources", "query_unanswered"}
    elsewhere = files | queries | {"missing_row", "emptied", "cut_off", "mostly_wrong"}
    known = {
        key.removeprefix("problem.")
        for key in words.entries(Path(errors.__file__).with_suffix(".toml"), "en")
        if key.startswith("problem.")
    }
    assert {slip.code for slip in SLIPS} | elsewhere == known


@pytest.mark.parametrize("table", [*TABLES, "sample/visitors", "sample/bookings"])
def test_a_missing_file_is_told(table: str, data_copy: Path) -> None:
    path = data_copy / f"{table}.csv"
    path.unlink()
    (problem,) = _told(lambda: load(table), path)
    assert (problem.code, problem.line, problem.column, problem.expected) == ("file_missing", None, None, f"{table}.csv")
    _said_in_every_language(problem, path.name)


@pytest.mark.parametrize("place_id", places.load()["place_id"])
def test_a_place_that_is_gone_is_told_by_its_name(place_id: str, data_copy: Path) -> None:
    path = data_copy / "places.csv"
    path.write_text("".join(line for line in path.read_text("utf-8").splitlines(True) if not line.startswith(place_id)), "utf-8")
    (problem,) = _told(lambda: places.place(places.load(), place_id), path)
    assert (problem.code, problem.column, problem.expected) == ("missing_row", "place_id", place_id)
    _said_in_every_language(problem, path.name)


@pytest.mark.parametrize("content", [b"", b"\n", "\ufeff".encode()], ids=["nothing", "a blank line", "a mark alone"])
def test_an_empty_file_is_told(content: bytes, data_copy: Path) -> None:
    path = data_copy / "goals.csv"
    path.write_bytes(content)
    (problem,) = _told(goals.load, path)
    assert (problem.code, problem.line) == ("empty_file", 1)
    assert problem.expected == "plan_id, scope, jis_code, visitors, bound, basis, source_id"
    _said_in_every_language(problem, path.name)


def test_a_file_that_korean_excel_saved_is_told(data_copy: Path) -> None:
    path = data_copy / "goals.csv"
    path.write_bytes(path.read_bytes() + "reports-2024,all,,1,reported,세종\n".encode("cp949"))
    (problem,) = _told(goals.load, path)
    assert (problem.code, problem.line, problem.expected) == ("not_utf8", 7, "UTF-8")
    assert problem.found == repr("세".encode("cp949")[:1])
    _said_in_every_language(problem, path.name)


def test_a_file_that_may_not_be_read_is_told(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    (data_copy / "goals.csv").touch()
    monkeypatch.setattr(Path, "open", locked)
    (problem,) = _told(goals.load, data_copy / "goals.csv")
    assert (problem.code, problem.found) == ("unreadable", "Permission denied")
    _said_in_every_language(problem, "goals.csv")


@pytest.mark.parametrize("content", ["{", "[]", '{"type": "FeatureCollection"}', '{"type": "Feature"}'])
def test_a_broken_shape_is_told(content: str, data_copy: Path) -> None:
    path = data_copy / "geo" / "korea.geojson"
    path.write_text(content)
    (problem,) = _told(lambda: shapes.load("korea"), path)
    assert problem.code == "not_json"
    _said_in_every_language(problem, path.name)
    path.unlink()
    (problem,) = _told(lambda: shapes.load("korea"), path)
    assert problem.code == "file_missing"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("as_of = 2026-05-06", "as_of = 6 May", "not_toml"), ("as_of = 2026-05-06", 'as_of = "May"', "not_a_date")],
)
def test_a_broken_setting_of_the_sample_is_told(old: str, new: str, code: str, data_copy: Path) -> None:
    path = data_copy / "sample" / "sample.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    (problem,) = _told(sample.as_of, path)
    assert problem.code == code
    _said_in_every_language(problem, path.name)


def test_lines_are_those_of_the_file_also_after_a_cell_of_several_lines(data_copy: Path) -> None:
    path = data_copy / "places.csv"
    text = path.read_bytes().decode()
    path.write_bytes(text.replace("The city for which", "The\ncity\nfor which", 1).replace("36.495", "north", 1).encode())
    (problem,) = _told(lambda: load("places"), path)
    assert (problem.line, problem.column, problem.found) == (5, "lat", "north")


def test_every_slip_of_a_file_is_told_at_once_in_the_order_of_its_lines(data_copy: Path) -> None:
    path = data_copy / "goals.csv"
    text = path.read_bytes().decode()
    path.write_bytes(
        text.replace("150000,at_least,reported", "many,at_least,rumour", 1).replace("all,,1800000", "every,,", 1).encode()
    )
    told = [(one.line, one.column, one.code) for one in _told(goals.load, path)]
    assert told == sorted(told)
    assert {(2, "visitors", "not_an_integer"), (2, "basis", "not_allowed")} <= set(told)
    assert len({line for line, _, _ in told}) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text + "\n\n",
        lambda text: text + ",,,,,,\n",
        lambda text: text.replace(",", " , "),
        lambda text: "\n".join(line + (",note" if i == 0 else ",x") for i, line in enumerate(text.strip().split("\n"))),
    ],
    ids=["mark", "windows", "blank lines", "row of commas", "blanks", "column of one's own"],
)
def test_what_excel_does_to_a_file_is_borne(change: Callable[[str], str], data_copy: Path) -> None:
    before = goals.load()
    path = data_copy / "goals.csv"
    path.write_bytes(change(path.read_bytes().decode()).encode())
    pd.testing.assert_frame_equal(goals.load(), before)


def test_goals_of_an_earlier_version_are_plain_numbers(data_copy: Path) -> None:
    """A frozen version, or the file of whoever keeps their own, may have been written before there were bounds."""
    earlier = "plan_id,scope,jis_code,visitors,basis,source_id\nreports-2024,japan,,150000,reported,sejong-japan-2024\n"
    (data_copy / "goals.csv").write_text(earlier, encoding="utf-8")
    assert goals.load()["bound"].isna().all()
    assert goals.load()["visitors"].tolist() == [150_000]


def test_a_status_of_an_earlier_version_is_read_as_what_it_is_called_now(data_copy: Path) -> None:
    path = data_copy / "programme.csv"
    before = programme.load()
    path.write_text(path.read_text(encoding="utf-8").replace(",campaign_planned,", ",sought,"), encoding="utf-8")
    pd.testing.assert_frame_equal(programme.load(), before)


def test_recorded_on_may_be_left_out_of_a_first_table(data_copy: Path) -> None:
    (data_copy / "visitors.csv").write_text("date,jis_code,channel,visitors,basis,source_id\n2026-04-10,29,,3,reported,\n")
    table = visitors.load(sample=False)
    assert table["recorded_on"].tolist() == table["date"].tolist() == [pd.Timestamp(2026, 4, 10)]
    assert bookings.load(sample=False).empty


def _told(act: Callable[[], object], path: Path) -> list[Problem]:
    with pytest.raises(TableError) as caught:
        act()
    assert caught.value.file == path.name
    assert caught.value.fields["count"] == len(caught.value.problems) > 0
    return caught.value.problems


def _only_line(problems: list[Problem], line: int | None) -> Problem:
    """The problem of that line. A key that stands twice is told at both places, and takes references along."""
    here = [one for one in problems if one.line == line]
    assert len(here) == 1, problems
    assert len(problems) == 1 or here[0].code == "duplicate", problems
    return here[0]


def _said_in_every_language(problem: Problem, file: str) -> None:
    for lang in words.LANGUAGES:
        said = error_text.describe_problem(problem, file, words.of(errors.__file__, lang))
        for part in (file, problem.line, problem.column, problem.found):
            assert part is None or str(part) in said, said
        sentence = markup.error(TableError(file, file, [problem]), words.of(errors.__file__, lang))
        assert f'lang="{lang}"' in sentence
        assert file in sentence
