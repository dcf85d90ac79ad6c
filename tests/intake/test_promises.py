"""Is nothing lost, nothing changed in silence, and every finding said, whatever comes in?"""

import ast
import io
from datetime import date, timedelta
from functools import cache, partial
from string import Formatter

import pandas as pd
import pytest
import written
from hypothesis import given, settings
from hypothesis import strategies as st

from sejong_dash import words
from sejong_dash.exports import csv, xlsx
from sejong_dash.intake import COLUMNS, Intake, intake, read, sentence
from sejong_dash.intake.encoding import OFFERED
from sejong_dash.paths import PROJECT

ROOM = PROJECT / "sejong_dash" / "intake"
CODES = {str(prefecture).zfill(2) for prefecture in range(1, 48)}
take = partial(read, filename="counts.csv", table="visitors")
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


def holds(made: Intake) -> None:
    """What must be true of everything that is read."""
    assert list(made.rows.columns) == ["date", "jis_code", "channel", "visitors"]
    assert len(made.rows) == len(made.source)
    assert set(made.rows["jis_code"].dropna()) <= CODES
    assert made.rows[["date", "visitors"]].notna().all().all()
    assert (made.rows["visitors"] >= 0).all()
    assert made.outcome in ("accept", "accept_with_notice", "partial", "reject_file")
    assert made.errors or len(made.rows)
    # a number that does not stand in the file as it came out has its notice
    before, after = made.source["visitors"].str.strip(), made.rows["visitors"].astype("str")
    changed = set(made.source["line"][(before != after).to_numpy()])
    assert changed <= {one.row for one in made.notices if one.column == "visitors"}
    for finding in (*made.errors, *made.notices, *made.done):
        assert finding.column in (*COLUMNS, None)
        for lang in words.LANGUAGES:
            assert sentence(finding, made.filename, lang)


@settings(max_examples=80)
@given(
    CELLS, st.sampled_from([",", "\t", ";"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp949", "cp932"]), st.booleans()
)
def test_no_table_is_too_odd(cells: list[list[str]], delimiter: str, encoding: str, headed: bool) -> None:
    rows = ([["날짜", "도도부현", "방문객수", "비고"]] if headed else []) + cells
    out = io.StringIO()
    for row in rows:
        out.write(delimiter.join(row) + "\r\n")
    holds(take(out.getvalue().encode(encoding, "replace")))


@settings(max_examples=100)
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [b"", b"PK\x03\x04", b"<table><tr><td>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "날짜,도도부현,방문객수\n".encode("cp949")]
    ),
)
def test_no_bytes_are_too_odd(content: bytes, start: bytes) -> None:
    holds(take(start + content))


@cache
def _workbook() -> bytes:
    table = pd.DataFrame({"date": [pd.Timestamp("2026-04-10")] * 2, "jis_code": ["13", "27"], "visitors": [1, 2]})
    return xlsx.write(None, table, words.of(PROJECT / "data" / "visitors", "ko").with_entries(title="방문객"))


@settings(max_examples=100)
@given(st.data())
def test_no_broken_workbook_is_too_odd(data: st.DataObject) -> None:
    content = bytearray(_workbook())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    holds(take(bytes(content)))


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


@settings(max_examples=40)
@given(TABLES, st.sampled_from(words.LANGUAGES), st.sampled_from(OFFERED))
def test_our_own_exports_come_back_as_they_went(rows: list[tuple[date, str, str, int]], lang: str, encoding: str) -> None:
    table = pd.DataFrame(rows, columns=["date", "jis_code", "channel", "visitors"])
    table = table.astype({"date": "datetime64[us]", "jis_code": "str", "channel": "str", "visitors": "Int64"})
    said = words.of(PROJECT / "data" / "visitors", lang)
    back = [take(xlsx.write(None, table, said)), take(csv.write(None, table, said))]
    text = csv.write(None, table, said).decode("utf-8-sig")
    if text.encode(encoding, "replace").decode(encoding) == text:
        back += [take(text.encode(encoding), encoding=encoding)]
    for made in back:
        assert (made.errors, made.encoding in (None, "utf-8-sig", encoding)) == ((), True)
        pd.testing.assert_frame_equal(made.rows, table)


def test_every_row_is_either_taken_or_told() -> None:
    lines = [
        f"{date(2026, 4, 10) + timedelta(at % 40)},{('도쿄도', '교토부', '없는현')[at % 3]},{('5', 'x', '1,000')[at % 7 % 3]}"
        for at in range(120)
    ]
    made = take(written.text(*lines))
    there = [*made.source["line"], *made.wrong["line"]]
    assert sorted(there) == list(range(2, 122))
    assert {one.row for one in made.errors} == set(made.wrong["line"])


def test_a_crowd_of_findings_is_told_in_short_and_kept_whole() -> None:
    made = take(written.text(*(f"2026-04-10,도쿄도,{at}x" for at in range(5000))))
    assert len(made.errors) == 1001
    assert (made.errors[-1].code, made.errors[-1].fields["count"]) == ("more_errors", 4000)
    assert len(made.wrong) == 5000


def _codes() -> set[str]:
    """The codes that the room uses: what is refused, what a cell's reading says, what is noticed."""
    found: set[str] = set()
    for file in ROOM.glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found |= {str(one.value) for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
        found |= {f"more_{kind}" for kind in ("errors", "notices")} | {"heading_date_year_missing"}
        found |= {f"read_{kind}" for kind in ("text", "workbook", "old_workbook", "web_table")}
    return found


def test_every_finding_has_its_sentence() -> None:
    entries = words.entries(ROOM / "intake.toml", "ko")
    said = {key.removeprefix("found.") for key in entries if key.startswith("found.")}
    columns = tuple(f"_{name}" for name in intake.COLUMNS)  # a sentence for one column alone
    codes = _codes()
    assert all(one in codes or (one.endswith(columns) and one.rpartition("_")[0] in codes) for one in said), "nothing says it"
    for file in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            place = {"Refused": 0, "wrong": 0, "Finding": 2}.get(name)
            if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                assert node.args[place].value in said, (file.name, node.lineno)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_finding_says_where_what_and_what_to_do(lang: str) -> None:
    made = take(written.text("2026-04-10,东京都,1", "2026-04-11,도쿄도,1.234"))
    place, number = (sentence(one, "counts.csv", lang) for one in made.errors)
    assert "东京都" in place
    assert {"ko": "도쿄도", "ja": "東京都", "en": "Tokyo"}[lang] in place
    assert all(part in number for part in ("counts.csv", "3", "1.234", "1234"))
    assert not [name for _, name, _, _ in Formatter().parse(number) if name]
    assert intake.sentence is sentence
