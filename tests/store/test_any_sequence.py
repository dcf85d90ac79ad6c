"""Whatever is stored, edited, removed, taken back or done by hand, in any order: does the journal build every state again?"""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
from clerk import APRIL, HEADER, at, put, rows, visitors_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sejong_dash.datasets import visitors
from sejong_dash.errors import DashError
from sejong_dash.measures import counts as measured
from sejong_dash.store import counts, history, journal
from sejong_dash.store.sheet import Key

PLACES = st.sampled_from(
    [("2026-04-09", "", "group"), ("2026-04-10", "13", "group"), ("2026-04-10", "13", ""), ("2026-04-12", "47", "late")]
)
FIGURES = st.dictionaries(PLACES, st.integers(0, 5), min_size=1, max_size=3)
STEPS = st.one_of(
    st.tuples(st.just("store"), FIGURES),
    st.tuples(st.just("edit"), FIGURES),
    st.tuples(st.just("undo"), st.integers(1, 9)),
    st.tuples(st.just("hand"), st.sampled_from([",1,", "\r\n", "memo"])),
    st.tuples(st.just("late"), FIGURES),
    st.tuples(st.just("morrow"), st.just(1)),
)


def by_hand(file: Path, what: str) -> None:
    """Somebody opens the file in another program: figures, the look of it, a further column."""
    text = file.read_text(encoding="utf-8", newline="") if False else file.read_bytes().decode("utf-8")
    lines = text.split("\r\n" if "\r\n" in text else "\n")
    if what == ",1,":
        text = text.replace(",3,", ",1,").replace(",4,", ",1,")
    elif what == "\r\n":
        text = "\r\n".join(lines)
    elif what not in lines[0]:
        text = "\n".join(f"{line},{what if not number else number}" if line else line for number, line in enumerate(lines))
    file.write_bytes(text.encode("utf-8"))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(STEPS, min_size=2, max_size=7))
def test_every_state_is_built_again(folder: Path, steps: list[tuple[str, object]]) -> None:
    shutil.rmtree(journal.folder())
    file = put(folder, HEADER + APRIL)
    counts.notice()
    now = at("2026-04-13")
    held = {1: file.read_bytes()}
    wanted: dict[Key, int] = visitors_of(counts.figures())
    evenings: list[tuple[pd.Timestamp, dict[Key, int]]] = []
    for step, told in steps:
        now += timedelta(minutes=1)
        pending = None
        try:
            if step in ("store", "late"):
                plan = counts.plan(rows(*[(*key, count) for key, count in told.items()]))  # type: ignore[attr-defined]
                if step == "late":  # somebody else is first, on a figure of their own
                    pending = counts.apply(
                        counts.plan(rows(("2026-04-11", "27", "group", len(held)))), who="Lee", why="first", when=now
                    )
                    wanted["2026-04-11", "27", "group"] = len(held)
                    held |= {pending.number: file.read_bytes()} if pending else {}
                made = counts.apply(plan, who="Kim", why="counted", when=now)
                wanted |= told  # type: ignore[operator]
            elif step == "edit":
                shown = counts.figures()
                made = counts.apply(
                    counts.plan(
                        rows(*[(*key, count) for key, count in told.items()]),
                        shown=shown[["date", "jis_code", "channel", "visitors"]],
                    ),  # type: ignore[attr-defined]
                    who="Kim",
                    why="edited",
                    when=now,
                )
                wanted = dict(told)  # type: ignore[call-overload]
            elif step == "undo":
                made = counts.undo(int(str(told)), who="Park", why="taken back", when=now)
                wanted = visitors_of(counts.figures())
            elif step == "hand":
                by_hand(file, str(told))
                made = counts.notice()
                wanted = visitors_of(counts.figures())
            else:
                evenings.append((pd.Timestamp(now.date()), visitors_of(counts.figures())))
                now, made = now + timedelta(days=1), None
        except DashError as refused:
            assert step == "undo"
            assert refused.key in {"store_conflict", "store_no_change", "store_undo_first", "store_undo_later"}
            made = None
        if made:
            held[made.number] = file.read_bytes()
        assert visitors_of(counts.figures()) == wanted
        assert history.history()[0].number == max(held)
    book = journal.Journal()
    for number, content in held.items():
        assert book.content(number) == content
        pd.testing.assert_frame_equal(history.rebuild(number), visitors.parse(content))
    told_of_all = history.receipt().iloc[::-1]
    for key, story in told_of_all.groupby(["date", "jis_code", "channel"], dropna=False):
        assert story["before"].iloc[1:].tolist() == story["after"].iloc[:-1].tolist(), f"{key}: each goes on from the one before"
    last = {
        key: count
        for key, count in visitors_of(told_of_all.assign(visitors=told_of_all["after"].fillna(-1))).items()
        if count >= 0
    }
    assert last == wanted
