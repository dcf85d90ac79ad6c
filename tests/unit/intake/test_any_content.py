"""Tests that reading a file with any content ends in rows or findings, never in an exception."""

import io

import count_files
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from sejong_dash import errors, words
from sejong_dash.datasets import visitors
from sejong_dash.errors import TableError
from sejong_dash.exhibits.error_text import describe_error
from sejong_dash.intake import Refused, findings, read
from sejong_dash.intake.findings import Finding
from sejong_dash.intake.gate_log import gate_counts, gate_file

DAYS = [f"2026-{month:02}-{day:02}" for month in (4, 5) for day in range(1, 24)][:45]
ROWS = [(day, f"{code:02}", code) for day in DAYS for code in range(1, 48)]
WEB_PAGE = (
    "<html><body><table><tr><th>날짜</th><th>도도부현</th><th>방문객수</th></tr>"
    + "".join(f'<tr class="count"><td>{day}</td><td class="place">{code}</td><td>{count}</td></tr>' for day, code, count in ROWS)
    + "</table></body></html>"
)
FILE = "counts.csv"
LONG = 140_000  # letters: more than Python's reader of CSV takes in a cell
PARTS = [
    *(b'"', b"\r", b"\n", b",", b";", b"\t", b"\0", b"\\", b"'", b"\x85", b'sep="\n', b"sep=\r\r\n", b"sep=;\n"),
    *(b"A" * LONG, b'"' + b"b" * LONG, b"A," * (LONG // 2), b"<table><tr><td>", b"</td><td>", b"2026-04-10 09:31", b"13"),
    *(b"PK\x03\x04", b"\x1f\x8b\x08", b"\xff\xfe", b"\xef\xbb\xbf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"2026-04-10"),
    *("시각,도도부현,게이트\n".encode(), "날짜,도도부현,방문객수\n".encode(), "날짜,도도부현".encode("cp949")),
]
CONTENTS = st.lists(st.one_of(st.sampled_from(PARTS), st.binary(max_size=8)), max_size=10).map(b"".join)


def test_a_web_page_on_one_line_is_a_table_of_counts_and_no_log() -> None:
    content = WEB_PAGE.encode()
    assert len(ROWS) == 2115
    assert b"\n" not in content
    assert len(content) > LONG
    file = io.BytesIO(content)
    assert not gate_file.is_gate_log(file, "집계.xls")
    assert file.tell() == 0
    result = read(content, "집계.xls", "visitors")
    assert count_files.list_rows(result) == ROWS
    assert result.errors == ()


LOG = "시각,도도부현,게이트\n2026-04-10 09:31:05,13,정문\n"


@pytest.mark.parametrize("above", ["x" * LONG, '"' + "x" * LONG, "title\rof a Mac"], ids=["long", "open quote", "return"])
def test_a_line_above_the_headings_that_cannot_be_cut_is_no_header(above: str) -> None:
    assert gate_file.is_gate_log(io.BytesIO(f"{above}\n{LOG}".encode()), "gate.csv")
    assert gate_counts.count_log(io.BytesIO(f"{above}\n{LOG}".encode()), "gate.csv").from_japan == 1


def assert_says_what_is_wrong(error: Finding | TableError) -> None:
    """Hold that a refusal names the file and is a whole sentence in each language."""
    for lang in words.LANGUAGES:
        if isinstance(error, TableError):
            text = " ".join(describe_error(error, words.of(errors.__file__, lang)).sentences)
        else:
            text = findings.describe(error, FILE, lang)
        assert FILE in text
        assert len(text) > len(FILE) + 10
        assert "{" not in text or "{" in str(getattr(error, "fields", ""))


@pytest.mark.thorough
@settings(max_examples=examples(150))
@given(CONTENTS)
def test_any_bytes_may_be_looked_at(content: bytes) -> None:
    assert gate_file.is_gate_log(io.BytesIO(content), FILE) in (True, False)
    result = read(content, FILE, "visitors")
    assert result.errors or len(result.rows)
    for error in result.errors[:5]:
        assert_says_what_is_wrong(error)


# pyarrow raises for a torn row that is no text, and the rows are then read line by line
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@settings(max_examples=examples(60))
@given(CONTENTS, st.sampled_from([b"", LOG.encode(), LOG.replace(",", ";").encode()]))
def test_any_bytes_are_counted_or_refused_in_words(content: bytes, start: bytes) -> None:
    try:
        log = gate_counts.count_log(io.BytesIO(start + content), FILE)
    except Refused as refused:
        assert_says_what_is_wrong(refused.finding)
        return
    except TableError as refused:
        assert_says_what_is_wrong(refused)
        return
    assert log.rows_read == log.from_japan + log.from_elsewhere + log.wrong_total


HEADER = "date,jis_code,channel,visitors,recorded_on,basis,source_id\n"


@pytest.mark.parametrize(
    ("row", "code"),
    [(f"2026-04-10,13,{'x' * LONG},3,,reported,\n", "cell_too_long"), ('2026-04-10,13,"x,3,,reported,\n', "broken_quotes")],
)
def test_a_cell_without_end_in_a_table_is_a_problem_of_its_line(row: str, code: str) -> None:
    with pytest.raises(TableError) as refused:
        visitors.parse(f"{HEADER}2026-04-09,13,,1,,reported,\n{row}".encode())
    assert [(problem.code, problem.line) for problem in refused.value.problems] == [(code, 3)]
