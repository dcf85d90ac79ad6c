"""Whatever is stored, edited, removed, undone or done by hand, in any order: the journal builds every state again."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from clerk import APRIL, HEADER, at, put, rows, visitors_of
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sejong_dash.datasets import visitors
from sejong_dash.errors import DashError
from sejong_dash.store import counts, history, journal
from sejong_dash.store.counts_csv import FigureKey

FIGURES = st.dictionaries(
    st.sampled_from(
        [("2026-04-09", "", "group"), ("2026-04-10", "13", "group"), ("2026-04-10", "13", ""), ("2026-04-12", "47", "x")]
    ),
    st.integers(0, 5),
    min_size=1,
    max_size=3,
)
STEPS = st.one_of(
    st.tuples(st.sampled_from(["store", "merge", "edit"]), FIGURES),
    st.tuples(st.just("undo"), st.integers(1, 9)),
    st.tuples(st.just("hand"), st.sampled_from([",1,", "\r\n", "memo"])),
    st.tuples(st.just("morrow"), st.just(1)),
)
ASIDE = ("2026-04-11", "27", "group")


def by_hand(file: Path, what: str) -> None:
    """Edit the file as in another program: other figures, other line ends, a further column."""
    text = file.read_bytes().decode("utf-8")
    lines = text.splitlines()
    if what == ",1,":
        text = text.replace(",3,", ",1,").replace(",4,", ",1,")
    elif what == "\r\n":
        text = "\r\n".join(lines)
    elif what not in lines[0]:
        text = "\n".join([f"{lines[0]},{what}", *(f"{line},{number}" for number, line in enumerate(lines[1:]))])
    file.write_bytes(text.encode("utf-8"))


def step_on(file: Path, step: str, argument: Any, now: datetime, wanted: dict[FigureKey, int]) -> dict[FigureKey, int]:
    """Take a step and return what must stand afterwards."""
    if step == "hand":
        by_hand(file, argument)
        counts.record_outside_edit()
        return visitors_of(counts.figures())
    if step == "undo":
        if undone(argument, now):
            return visitors_of(counts.figures())
        return wanted
    given = rows(*[(*key, count) for key, count in argument.items()])
    shown = counts.figures()[list(given.columns)] if step == "edit" else None
    changes = counts.change_set(given, shown=shown)
    if step == "merge":  # somebody else is first, with a figure of their own
        counts.apply(counts.change_set(rows((*ASIDE, 7))), who="Lee", why="first", when=now)
        wanted = wanted | {ASIDE: 7}
    counts.apply(changes, who="Kim", why=step, when=now)
    return dict(argument) if step == "edit" else wanted | argument


def undone(number: int, now: datetime) -> bool:
    """Undo a change and return whether that can be: what it had changed stands as it did before."""
    try:
        changes = counts.undo_change_set(number)
        counts.apply(changes, who="Park", why="taken back", when=now)
    except DashError as refused:
        return refused.key not in {"store_conflict", "store_no_change", "store_undo_first", "store_undo_later"}
    stands = visitors_of(counts.figures())
    back = visitors_of(changes.rows.assign(visitors=changes.rows["after"].fillna(-1)))
    assert {key: stands.get(key, -1) for key in back} == back
    return True


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(STEPS, min_size=2, max_size=6))
def test_every_state_is_built_again(folder: Path, steps: list[tuple[str, Any]]) -> None:
    shutil.rmtree(journal.folder())
    file = put(folder, HEADER + APRIL)
    counts.record_outside_edit()
    now = at("2026-04-13")
    wanted = visitors_of(counts.figures())
    held: dict[str, bytes] = {}
    for step, argument in steps:
        held[counts.version()] = file.read_bytes()
        if step == "morrow":
            now += timedelta(days=1)
            continue
        wanted = step_on(file, step, argument, now, wanted)
        assert visitors_of(counts.figures()) == wanted
        assert history.history()[0].version == counts.version()
    held[counts.version()] = file.read_bytes()
    book = journal.Journal()
    known = {line.version: line.change for line in book}
    for version, content in held.items():
        assert book.content(known[version]) == content
        pd.testing.assert_frame_equal(history.rebuild(known[version]), visitors.parse(content))
    story = history.figure_history().iloc[::-1]
    for key, of_one in story.groupby(["date", "jis_code", "channel"], dropna=False):
        links = zip(of_one["after"].iloc[:-1].fillna(-1), of_one["before"].iloc[1:].fillna(-1), strict=True)
        assert all(after == before for after, before in links), f"{key}: each goes on from where the last one ended"
    ends = visitors_of(story.assign(visitors=story["after"].fillna(-1)))
    assert {key: count for key, count in ends.items() if count >= 0} == wanted
