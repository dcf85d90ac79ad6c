"""Tests that no row is lost or changed without a finding, and that every finding has its sentence, whatever comes in."""

import ast
import io
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, partial
from string import Formatter

import count_files
import pandas as pd
import pytest
import source_trees
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from sejong_dash import words
from sejong_dash.exports.sheets import csv, xlsx
from sejong_dash.intake import COLUMNS, Checksum, Intake, describe, findings, read
from sejong_dash.intake.files.encoding import OFFERED
from sejong_dash.paths import PROJECT

ROOM = PROJECT / "sejong_dash" / "intake"
CODES = {str(prefecture).zfill(2) for prefecture in range(1, 48)}
read_counts = partial(read, filename="counts.csv", table="visitors")
ODD = st.sampled_from(
    [
        *(
            "2026-04-10",
            "2026.4.10",
            "4/10",
            "46122",
            "令和8年4月10日",
            "도쿄도",
            "東京",
            "기타",
            "미상",
            "13",
            "합계",
            "1,200",
            "1200명",
        ),
        *(
            "15만",
            "1.234",
            "-5",
            "",
            " ",
            "-",
            "=1+1",
            '"',
            "\n",
            "날짜",
            "도도부현",
            "방문객수",
            "date",
            "Total",
            "<b>",
            "\u202e",
            "'",
        ),
    ]
)
CELLS = st.lists(st.lists(st.one_of(ODD, st.text(max_size=6)), min_size=1, max_size=6), max_size=8)


def check_result(result: Intake) -> None:
    """Assert what must be true of every result."""
    assert list(result.rows.columns) == ["date", "jis_code", "channel", "visitors"]
    assert len(result.rows) == len(result.source)
    assert set(result.rows["jis_code"].dropna()) <= CODES
    assert result.rows[["date", "visitors"]].notna().all().all()
    assert (result.rows["visitors"] >= 0).all()
    assert result.outcome in ("accept", "accept_with_notice", "partial", "reject_file")
    assert result.errors or len(result.rows)
    # a number that does not stand in the file as it came out has its notice
    before, after = result.source["visitors"].str.strip(), result.rows["visitors"].astype("str")
    changed = set(result.source["line"][(before != after).to_numpy()])
    assert changed <= {notice.row for notice in result.notices if notice.column == "visitors"}
    if result.checksum is not None:
        check_checksum(result, result.checksum)
    assert [change.severity for change in result.changes] == sorted((change.severity for change in result.changes), reverse=True)
    for finding in (*result.errors, *result.notices, *result.steps):
        assert finding.column in (*COLUMNS, None)
        for lang in words.LANGUAGES:
            assert describe(finding, result.filename, lang)


def check_checksum(result: Intake, checksum: Checksum) -> None:
    """Assert that every number of the file counts or has its reason, and that nothing is added to what stands."""
    assert checksum.sum_understood == int(result.rows["visitors"].sum())
    explained = checksum.sum_as_it_stands + sum(difference.amount for difference in checksum.differences)
    assert abs(explained - checksum.sum_understood) < 1e-3
    if not any(notice.code == "unit_of_heading" for notice in result.notices):
        assert checksum.sum_understood <= checksum.sum_as_it_stands + 1e-3


@settings(max_examples=examples(80))
@given(
    CELLS, st.sampled_from([",", "\t", ";"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp949", "cp932"]), st.booleans()
)
def test_no_table_is_too_odd(cells: list[list[str]], delimiter: str, encoding: str, headed: bool) -> None:
    rows = ([["날짜", "도도부현", "방문객수", "비고"]] if headed else []) + cells
    out = io.StringIO()
    for row in rows:
        out.write(delimiter.join(row) + "\r\n")
    check_result(read_counts(out.getvalue().encode(encoding, "replace")))


@settings(max_examples=examples(100))
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [b"", b"PK\x03\x04", b"<table><tr><td>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "날짜,도도부현,방문객수\n".encode("cp949")]
    ),
)
def test_no_bytes_are_too_odd(content: bytes, start: bytes) -> None:
    check_result(read_counts(start + content))


@cache
def _workbook() -> bytes:
    table = pd.DataFrame({"date": [pd.Timestamp("2026-04-10")] * 2, "jis_code": ["13", "27"], "visitors": [1, 2]})
    return xlsx.write(None, table, words.of(PROJECT / "data" / "visitors", "ko").with_entries(title="방문객"))


@settings(max_examples=examples(100))
@given(st.data())
def test_no_broken_workbook_is_too_odd(data: st.DataObject) -> None:
    content = bytearray(_workbook())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    check_result(read_counts(bytes(content)))


TABLES = st.lists(
    st.tuples(
        st.dates(date(2000, 1, 1), date(2099, 12, 31)),
        st.sampled_from(sorted(CODES)),
        st.sampled_from(["group", "individual", "exchange", "학교", "学校"]),
        st.integers(0, 500_000),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda row: row[:3],
)


@pytest.mark.thorough
@settings(max_examples=examples(40))
@given(TABLES, st.sampled_from(words.LANGUAGES), st.sampled_from(OFFERED))
def test_our_own_exports_come_back_as_they_went(rows: list[tuple[date, str, str, int]], lang: str, encoding: str) -> None:
    table = pd.DataFrame(rows, columns=["date", "jis_code", "channel", "visitors"])
    table = table.astype({"date": "datetime64[us]", "jis_code": "str", "channel": "str", "visitors": "Int64"})
    column_words = words.of(PROJECT / "data" / "visitors", lang)
    back = [read_counts(xlsx.write(None, table, column_words)), read_counts(csv.write(None, table, column_words))]
    text = csv.write(None, table, column_words).decode("utf-8-sig")
    if text.encode(encoding, "replace").decode(encoding) == text:
        back += [read_counts(text.encode(encoding), encoding=encoding)]
    for result in back:
        assert (result.errors, result.encoding in (None, "utf-8-sig", encoding)) == ((), True)
        pd.testing.assert_frame_equal(result.rows, table)


def test_every_row_is_either_read_or_reported() -> None:
    lines = [
        f"{date(2026, 4, 10) + timedelta(at % 40)},{('도쿄도', '교토부', '없는현')[at % 3]},{('5', 'x', '1,000')[at % 7 % 3]}"
        for at in range(120)
    ]
    result = read_counts(count_files.add_header(*lines))
    there = [*result.source["line"], *result.wrong["line"]]
    assert sorted(there) == list(range(2, 122))
    assert {error.row for error in result.errors} == set(result.wrong["line"])


def test_a_crowd_of_findings_is_listed_in_short_and_kept_whole() -> None:
    result = read_counts(count_files.add_header(*(f"2026-04-10,도쿄도,{at}x" for at in range(5000))))
    assert len(result.errors) == 1001
    assert (result.errors[-1].code, result.errors[-1].fields["count"]) == ("more_errors", 4000)
    assert len(result.wrong) == 5000


def _codes() -> set[str]:
    """Return every text in the room's code, among them all codes of findings."""
    codes: set[str] = set()
    for file in ROOM.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        codes |= {str(node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        codes |= {f"more_{kind}" for kind in ("errors", "notices")} | {"heading_date_year_missing"}
        codes |= {f"read_{kind}" for kind in ("text", "workbook", "old_workbook", "web_table")}
    return codes


def test_every_finding_has_its_sentence() -> None:
    entries = words.entries(ROOM / "findings.toml", "ko")
    sentences = {key.removeprefix("found.") for key in entries if key.startswith("found.")}
    columns = tuple(f"_{name}" for name in COLUMNS)  # a sentence for a single column
    codes = _codes()
    assert all(code in codes or (code.endswith(columns) and code.rpartition("_")[0] in codes) for code in sentences), "no code"
    written = {
        code: f"{file.name}, line {line}" for file in ROOM.rglob("*.py") for code, line in _written_codes(file.read_text("utf-8"))
    }
    assert len(written) > 40
    lacking = {f"write found.{code} in findings.toml ({place})" for code, place in written.items() if code not in sentences}
    assert lacking == set()


def _written_codes(source: str) -> Iterator[tuple[str, int]]:
    """Give each code that is written as text where a finding is made, also on one side of an `if`, with its line."""
    for node in source_trees.nodes(source):
        name = getattr(getattr(node, "func", None), "id", "")
        place = {"Refused": 0, "reject": 0, "Finding": 2}.get(name)
        if isinstance(node, ast.Call) and place is not None and len(node.args) > place:
            yield from ((text, node.lineno) for text in _texts(node.args[place]))


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_a_code_on_either_side_of_an_if_is_noticed() -> None:
    source = 'reject("a" if x else "b" if y else "c")\nFinding(1, None, "d")\nRefused(code)\n'
    assert sorted(_written_codes(source)) == [("a", 1), ("b", 1), ("c", 1), ("d", 2)]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_finding_says_where_what_and_what_to_do(lang: str) -> None:
    result = read_counts(count_files.add_header("2026-04-10,东京都,1", "2026-04-11,도쿄도,1.234"))
    place, number = (describe(error, "counts.csv", lang) for error in result.errors)
    assert "东京都" in place
    assert {"ko": "도쿄도", "ja": "東京都", "en": "Tokyo"}[lang] in place
    assert all(part in number for part in ("counts.csv", "3", "1.234", "1234"))
    assert not [name for _, name, _, _ in Formatter().parse(number) if name]
    assert findings.describe is describe
