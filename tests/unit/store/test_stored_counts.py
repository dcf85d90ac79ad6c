"""Counts are stored, corrected, merged and undone without losing anything."""

from datetime import date
from pathlib import Path

import clerk
import pandas as pd
import pytest
from clerk import APRIL, HEADER, at, put, rows, store, visitors_of

from sejong_dash.datasets import snapshot, visitors
from sejong_dash.datasets.schema import data_files
from sejong_dash.errors import DashError, TableError
from sejong_dash.exhibits import defaults
from sejong_dash.measures.season import counts_as_of as measured
from sejong_dash.store import counts, history


def test_a_change_set_says_what_it_would_do_and_stores_nothing(data_copy: Path) -> None:
    file = put(data_copy, HEADER + APRIL)
    before = file.read_bytes()
    changes = counts.change_set(
        rows(("2026-04-10", "13", "group", 125), ("2026-04-10", "13", "individual", 30), ("2026-04-12", "", "late", 7))
    )
    assert (len(changes.new), len(changes.changed), len(changes.unchanged), len(changes.removed)) == (1, 1, 1, 0)
    assert changes.changed[["before", "after"]].to_numpy().tolist() == [[120, 125]]
    assert changes.days[["before", "after"]].to_numpy().tolist() == [[150, 155], [pd.NA, 7]], "what was not counted is not zero"
    assert file.read_bytes() == before
    assert not (data_copy / ".journal").exists()


def test_a_day_that_loses_its_last_figure_has_no_total(data_copy: Path) -> None:
    put(data_copy, HEADER + APRIL + "2026-04-12,13,group,0,,reported,desk\n")
    shown = counts.figures()
    changes = counts.change_set(shown[shown["date"] == "2026-04-10"].iloc[[0]], shown=shown)
    assert changes.days[["before", "after"]].to_numpy().tolist() == [[150, 120], [80, pd.NA], [0, pd.NA]], "a counted zero is one"


def test_what_a_change_set_leads_to_is_known_and_not_stored(data_copy: Path) -> None:
    file = put(data_copy, HEADER + APRIL)
    before = file.read_bytes()
    changes = counts.change_set(rows(("2026-04-10", "13", "group", 125), ("2026-04-12", "", "late", 7)))
    table = counts.rows_after(changes, when=at("2026-04-14"))
    assert file.read_bytes() == before
    assert not (data_copy / ".journal").exists()
    counts.apply(changes, who="Kim", why="recount", when=at("2026-04-14"))
    stands = visitors.load(sample=False)
    assert sorted(zip(table["date"], table["recorded_on"], strict=True)) == sorted(
        zip(stands["date"], stands["recorded_on"], strict=True)
    )
    assert stands["recorded_on"].max() == pd.Timestamp("2026-04-14")


def test_people_number_their_own_changes_from_one(data_copy: Path) -> None:
    put(data_copy, HEADER + APRIL)
    made = store(("2026-04-12", "13", "group", 9), ("2026-04-14", "27", "group", 8))
    assert made is not None
    assert (made.ordinal, made.days) == (1, (date(2026, 4, 12), date(2026, 4, 14)))
    assert [change.ordinal for change in history.history()] == [1, 0], "what stood when the history began is no change"
    with pytest.raises(DashError) as refused:
        counts.undo(9, who="Kim", why="slip")
    assert refused.value.fields == {"change": 8}


def test_the_story_of_a_sum_has_no_zero_for_what_was_not_counted(data_copy: Path) -> None:
    store(("2026-04-12", "13", "group", 9), ("2026-04-12", "27", "group", 0))
    counts.undo(2, who="Kim", why="slip")
    story = history.changes_of(date(2026, 4, 12), date(2026, 4, 12), None, None)
    assert story[["figures", "before", "after"]].to_numpy().tolist() == [[2, 9, pd.NA], [2, pd.NA, 9]]
    zero = history.changes_of(date(2026, 4, 12), date(2026, 4, 12), "27", None)
    assert zero[["before", "after"]].to_numpy().tolist() == [[0, pd.NA], [pd.NA, 0]], "a counted zero is one"


def test_the_first_counts_turn_the_sample_off(data_copy: Path) -> None:
    assert not defaults.has_counts(snapshot())
    made = store(("2026-04-10", "13", "group", 120), ("2026-04-10", "", "individual", 3))
    assert made is not None
    assert (made.new, made.changed, made.removed) == (2, 0, 0)
    assert defaults.has_counts(snapshot())
    text = (data_copy / "visitors.csv").read_text(encoding="utf-8")
    assert text == HEADER + "2026-04-10,,individual,3,,reported,\n2026-04-10,13,group,120,,reported,\n"
    clerk.assert_rebuilt(data_copy)


def test_a_correction_leaves_what_was_known_then(data_copy: Path) -> None:
    file = put(data_copy, HEADER + APRIL)
    store(("2026-04-10", "13", "group", 125), when="2026-04-13")
    added = "2026-04-10,13,group,125,2026-04-13,reported,desk\n"
    first, rest = APRIL.split("\n", 1)
    assert file.read_text(encoding="utf-8") == f"{HEADER}{first}\n{added}{rest}", "one line more, beside the one it corrects"
    table = visitors.load(sample=False)
    assert visitors_of(measured.known(table, date(2026, 4, 12)))["2026-04-10", "13", "group"] == 120
    assert visitors_of(measured.known(table, date(2026, 4, 13)))["2026-04-10", "13", "group"] == 125
    store(("2026-04-10", "13", "group", 126), when="2026-04-13")
    assert file.read_text(encoding="utf-8") == f"{HEADER}{first}\n{added.replace('125', '126')}{rest}", "one day has one row"
    store(("2026-04-10", "13", "group", 120), when="2026-04-13")
    assert file.read_text(encoding="utf-8") == HEADER + APRIL, "as it was in the morning"
    store(("2026-04-10", "13", "group", 125), when="2026-04-13")
    store(("2026-04-10", "13", "group", 120), when="2026-04-14")
    assert len(visitors.load(sample=False)) == 5, "the figure of the 13th is history too"


def test_a_slip_of_the_same_day_leaves_no_row(data_copy: Path) -> None:
    store(("2026-04-10", "13", "group", 1200), when="2026-04-11")
    store(("2026-04-10", "13", "group", 120), when="2026-04-11")
    assert (data_copy / "visitors.csv").read_text(encoding="utf-8") == HEADER + "2026-04-10,13,group,120,,reported,\n"
    assert list(history.figure_history(date(2026, 4, 10), "13", "group")["before"].dropna()) == [1200]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_the_file_keeps_its_ways(data_copy: Path, bom: str, end: str) -> None:
    text = (
        'memo,visitors,channel,date,jis_code,basis,source_id,\r\n"a ""b"", c",80,group,2026-04-11,27,reported,desk,\r\n\r\n'
        'x, 30,"group",2026-04-10,13,reported,"desk",'
    )
    file = put(data_copy, bom + text.replace("\r\n", end))
    before = file.read_bytes()
    assert counts.apply(counts.change_set(rows(("2026-04-10", "13", "group", 30))), who="Kim", why="same") is None
    assert file.read_bytes() == before
    store(("2026-04-09", "01", "group", 5), ("2026-04-11", "27", "group", 81), when="2026-04-12")
    lines = file.read_bytes().decode("utf-8").split(end)
    assert lines == [
        bom + "memo,visitors,channel,date,jis_code,basis,source_id,,recorded_on",
        '"a ""b"", c",80,group,2026-04-11,27,reported,desk,,',
        '"a ""b"", c",81,group,2026-04-11,27,reported,desk,,2026-04-12',
        "",
        'x, 30,"group",2026-04-10,13,reported,"desk",,',
        ",5,group,2026-04-09,01,reported,,,",
        "",
    ]
    clerk.assert_rebuilt(data_copy)


def test_different_figures_merge(data_copy: Path) -> None:
    put(data_copy, HEADER + APRIL)
    mine = counts.change_set(rows(("2026-04-10", "13", "group", 125), ("2026-04-12", "13", "group", 9)))
    store(("2026-04-11", "27", "group", 90), ("2026-04-12", "27", "group", 4), who="Lee")
    assert counts.apply(mine, who="Kim", why="recount") is not None
    assert visitors_of(counts.figures()) == {
        ("2026-04-10", "13", "group"): 125,
        ("2026-04-10", "13", "individual"): 30,
        ("2026-04-11", "27", "group"): 90,
        ("2026-04-12", "13", "group"): 9,
        ("2026-04-12", "27", "group"): 4,
    }
    assert counts.apply(mine, who="Kim", why="pressed twice") is None


def test_the_same_figure_is_a_choice(data_copy: Path) -> None:
    put(data_copy, HEADER + APRIL)
    both = (("2026-04-10", "13", "group"), ("2026-04-11", "27", "group"))
    mine = counts.change_set(rows((*both[0], 125), (*both[1], 85), ("2026-04-12", "13", "group", 9)))
    theirs = store((*both[0], 130), (*both[1], 90), who="Lee")
    assert theirs is not None
    before = (data_copy / "visitors.csv").read_bytes()
    with pytest.raises(counts.Conflict) as clash:
        counts.apply(mine, who="Kim", why="recount")
    assert (data_copy / "visitors.csv").read_bytes() == before, "all or nothing"
    figures = clash.value.figures
    assert figures[["before", "theirs", "mine", "who", "change"]].to_numpy().tolist() == [
        [120, 130, 125, "Lee", theirs.number],
        [80, 90, 85, "Lee", theirs.number],
    ]
    chosen = clash.value.resolved({both[1]})
    store((*both[1], 91), who="Park")
    with pytest.raises(counts.Conflict):
        counts.apply(chosen, who="Kim", why="what was chosen between has moved again")
    store((*both[1], 90), who="Park")
    assert counts.apply(chosen, who="Kim", why="chosen") is not None
    stands = visitors_of(counts.figures())
    assert (stands[both[0]], stands[both[1]], stands["2026-04-12", "13", "group"]) == (130, 85, 9)


def test_an_editor_changes_only_what_its_reader_touched(data_copy: Path) -> None:
    put(data_copy, HEADER + APRIL)
    shown = counts.figures()
    edited = shown.assign(visitors=[120, 31, 80]).iloc[[0, 1]]  # one cell typed, one row deleted
    store(("2026-04-10", "13", "group", 500), ("2026-04-12", "13", "group", 9), who="Lee")
    changes = counts.change_set(edited, shown=shown)
    assert (len(changes.changed), len(changes.removed), len(changes.unchanged)) == (1, 1, 1)
    counts.apply(changes, who="Kim", why="by hand")
    assert visitors_of(counts.figures()) == {
        ("2026-04-10", "13", "group"): 500,
        ("2026-04-10", "13", "individual"): 31,
        ("2026-04-12", "13", "group"): 9,
    }
    with pytest.raises(counts.Conflict):
        counts.apply(counts.change_set(shown.assign(visitors=[121, 30, 80]), shown=shown), who="Kim", why="an old screen")


def test_a_change_is_taken_back_and_forth(data_copy: Path) -> None:
    file = put(data_copy, HEADER + APRIL)
    before = file.read_bytes()
    shown = counts.figures()
    counts.apply(
        counts.change_set(shown.iloc[[0]].assign(visitors=121), shown=shown),
        who="Kim",
        why="mend and remove",
        when=at("2026-04-13"),
    )
    after = file.read_bytes()
    undone = counts.undo(2, who="Lee", why="was right", when=at("2026-04-13", 10))
    assert file.read_bytes() == before
    assert undone is not None
    assert (undone.kind, undone.undoes) == ("undone", 2)
    assert counts.undo(2, who="Lee", why="again") is None
    assert history.history()[1].undone_by == 3
    counts.undo(3, who="Kim", why="was wrong", when=at("2026-04-13", 11))
    assert file.read_bytes() == after
    assert [change.undone_by for change in history.history()] == [None, 4, None, None]
    clerk.assert_rebuilt(data_copy)


def test_a_correction_taken_back_later_stays_history(data_copy: Path) -> None:
    put(data_copy, HEADER + APRIL)
    store(("2026-04-10", "13", "group", 500), when="2026-04-13")
    counts.undo(2, who="Lee", why="typing error", when=at("2026-04-15"))
    table = visitors.load(sample=False)
    on = {day: visitors_of(measured.known(table, date(2026, 4, day)))["2026-04-10", "13", "group"] for day in (12, 14, 15)}
    assert on == {12: 120, 14: 500, 15: 120}


def test_taking_back_what_was_changed_since_is_a_choice(data_copy: Path) -> None:
    put(data_copy, HEADER + APRIL)
    store(("2026-04-10", "13", "group", 125), ("2026-04-11", "27", "group", 81))
    store(("2026-04-10", "13", "group", 130), who="Lee")
    with pytest.raises(counts.Conflict) as clash:
        counts.undo(2, who="Kim", why="wrong file")
    assert clash.value.figures[["before", "theirs", "mine"]].to_numpy().tolist() == [[125, 130, 120]]
    made = counts.apply(clash.value.resolved(set()), who="Kim", why="keep Lee's")
    assert made is not None
    assert made.undoes == 2
    stands = visitors_of(counts.figures())
    assert (stands["2026-04-10", "13", "group"], stands["2026-04-11", "27", "group"]) == (130, 80)


def test_a_receipt_tells_the_story_of_a_figure(data_copy: Path) -> None:
    put(data_copy, HEADER + APRIL)
    made = store(("2026-04-10", "13", "group", 125), ("2026-04-12", "", "late", 2))
    assert made is not None
    story = history.figure_history(date(2026, 4, 10), "13", "group")
    assert story[["change", "kind", "who", "why", "file"]].to_numpy().tolist() == [
        [2, "applied", "Kim", "daily counts", "counts.xlsx"],
        [1, "begun", "", "", ""],
    ]
    assert story["before"].tolist() == [120, pd.NA]
    assert story["after"].tolist() == [125, 120]
    assert story["version"].iloc[0] == made.version == counts.version()
    assert len(history.figure_history(date(2026, 4, 10))) == 3
    assert list(history.figure_history(jis_code="")["channel"]) == ["late"]
    assert len(history.figure_history(change=2)) == 2
    assert list(history.figure_history(date(2030, 1, 1)).columns) == list(story.columns)


def test_who_looks_sees_another_file_each_time(data_copy: Path) -> None:
    """Readers know a file by its time and size; writes within one tick of the clock must differ all the same."""
    seen, loaded = set(), []
    for visitors_now in range(100, 112):
        store(("2026-04-10", "13", "group", visitors_now))
        seen.add(data_files.fingerprint())
        loaded.append(int(visitors.load(sample=False)["visitors"].iloc[0]))
    assert len(seen) == 12
    assert loaded == list(range(100, 112))


def test_what_is_refused(data_copy: Path) -> None:
    file = put(data_copy, HEADER + APRIL)
    with pytest.raises(DashError, match="store_twice"):
        counts.change_set(rows(("2026-04-10", "", "group", 1), ("2026-04-10", "", "group", 2)))
    with pytest.raises(DashError, match="store_sample"):
        counts.change_set(rows(("2026-04-10", "13", "group", 1)).assign(basis="sample"))
    with pytest.raises(TableError):
        counts.change_set(rows(("2026-04-10", "48", "group", 1)))
    with pytest.raises(TableError):
        counts.change_set(rows(("2026-04-10", "13", "group", -1)))
    changes = counts.change_set(rows(("2026-04-10", "13", "group", 1)))
    for who, why in (("", "because"), ("Kim", "  ")):
        with pytest.raises(DashError, match="store_unsigned"):
            counts.apply(changes, who=who, why=why)
    with pytest.raises(DashError, match="store_no_change"):
        counts.undo(7, who="Kim", why="none")
    counts.record_outside_edit()
    with pytest.raises(DashError, match="store_undo_first"):
        counts.undo(1, who="Kim", why="first")
    assert file.read_text(encoding="utf-8") == HEADER + APRIL


def test_a_file_name_is_a_name(data_copy: Path) -> None:
    changes = counts.change_set(rows(("2026-04-10", "13", "group", 1)))
    made = counts.apply(changes, who="Kim\n\ud800", why="a\tb\u2028c", file="..\\..\\secret/집계.xlsx")
    assert made is not None
    assert (made.file, made.why) == ("집계.xlsx", "a b c")
    assert history.history()[0] == made
    again = counts.change_set(rows(("2026-04-11", "13", "group", 1)))
    made = counts.apply(again, who="K\u202eim" * 1000, why="\x1b[2J" + "a" * 2_000_000)
    assert made is not None
    assert (len(made.who), len(made.why)) == (200, 200)
    assert (made.who + made.why).isprintable()
