"""A large change does its work before its turn, so that others need not wait for it, and its memory is bounded."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest
from clerk import assert_rebuilt, rows

from sejong_dash.store import counts, journal, lock, merge


def many(days: int) -> pd.DataFrame:
    dates = pd.date_range("2026-06-01", periods=days)
    figures = [(f"{day:%Y-%m-%d}", f"{code:02d}", "group", 7) for day in dates for code in range(1, 48)]
    return rows(*figures)


def test_nothing_is_computed_while_others_wait(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    is_held, computed = False, []
    hold, merged = lock.hold, merge.merged_content

    @contextmanager
    def noted(place: Path) -> Iterator[lock.WriteLock]:
        nonlocal is_held
        with hold(place) as held:
            is_held = True
            try:
                yield held
            finally:
                is_held = False

    def computing(*given: object) -> bytes:
        computed.append(is_held)
        return merged(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(lock, "hold", noted)
    monkeypatch.setattr(merge, "merged_content", computing)
    changes = counts.change_set(many(20))
    assert counts.apply(changes, who="Kim", why="all of June") is not None
    assert computed == [False]
    assert_rebuilt(folder)


def test_who_is_overtaken_each_time_is_stored_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another change comes between each preparation and its turn; the last tries are made in the turn itself."""
    preparing, number = counts._prepared, iter(range(100))

    def overtaken(*given: object, **named: object) -> merge.PreparedChange:
        made = preparing(*given, **named)  # type: ignore[arg-type]
        with monkeypatch.context() as plain:
            plain.setattr(counts, "_prepared", preparing)
            other = counts.change_set(rows(("2026-04-20", "13", "group", next(number))))
            assert counts.apply(other, who="Lee", why="quicker") is not None
        return made

    monkeypatch.setattr(counts, "_prepared", overtaken)
    made = counts.apply(counts.change_set(many(1)), who="Kim", why="slower")
    assert made is not None
    assert next(number) == counts._ATTEMPTS - 2
    assert_rebuilt(folder)


@pytest.mark.thorough
def test_a_single_long_line_is_kept_as_it_was_parsed(folder: Path) -> None:
    for day in (1, 2, 3):
        assert counts.apply(counts.change_set(many(40).assign(visitors=day)), who="Kim", why="again") is not None
    assert all(len(line) > journal._LONG for line in journal.path().read_bytes().splitlines()[1:])
    assert [entry.change for entry in journal.Journal()] == [1, 2, 3, 4]
    assert journal._parsed_long.cache_info().currsize == 1
