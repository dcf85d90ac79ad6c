"""A log whose rows are wrong is read no further than a bound, and says so; one that is mostly right is read to its end."""

import io

import pytest

from sejong_dash import errors, words
from sejong_dash.errors import TableError
from sejong_dash.exhibits.error_text import describe_error
from sejong_dash.intake.gate_log import gate_counts

HEADER = "time,prefecture,gate\n"
WRONG = "yesterday,13,A\n"
RIGHT = "2026-04-10 09:31:05,13,A\n"


def log_of(*parts: str) -> io.BytesIO:
    return io.BytesIO((HEADER + "".join(parts)).encode())


def test_a_log_of_wrong_rows_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_counts, "MOST_WRONG", 1000)
    monkeypatch.setattr(gate_counts, "_BLOCK_SIZE", 1 << 14)
    seen: list[int] = []
    with pytest.raises(TableError) as refused:
        gate_counts.count_log(log_of(WRONG * 100_000), "gate.csv", lambda done, size, so_far: seen.append(so_far))
    (problem,) = refused.value.problems
    assert (problem.code, problem.found) == ("mostly_wrong", "yesterday")
    assert max(seen, default=0) < 3000, "it was stopped at its beginning"
    for lang in words.LANGUAGES:
        text = " ".join(describe_error(refused.value, words.of(errors.__file__, lang)).sentences)
        assert "yesterday" in text
        assert "gate.csv" in text


def test_a_log_that_is_mostly_right_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_counts, "MOST_WRONG", 1000)
    monkeypatch.setattr(gate_counts, "_BLOCK_SIZE", 1 << 14)
    counted = gate_counts.count_log(log_of(*([WRONG + RIGHT * 2] * 3000)), "gate.csv")
    assert (counted.wrong_total, counted.from_japan) == (3000, 6000)


def test_a_few_wrong_rows_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = gate_counts.count_log(log_of(WRONG * 900), "gate.csv")
    assert (counted.wrong_total, len(counted.wrong)) == (900, 900)
