"""Are counts stored, corrected, merged and taken back without losing anything?"""

from datetime import date
from pathlib import Path

import clerk
import pandas as pd
import pytest
from clerk import APRIL, HEADER, at, put, rows, store, visitors_of

from sejong_dash.datasets import reading, visitors
from sejong_dash.errors import DashError, TableError
from sejong_dash.exhibits import defaults
from sejong_dash.measures import counts as measured
from sejong_dash.store import counts, history


def test_a_plan_says_what_it_would_do_and_stores_nothing(data_copy: Path) -> None:
    file = put(data_copy, HEADER + APRIL)
    before = file.read_bytes()
    plan = counts.plan(
        rows(("2026-04-10", "13", "group", 125), ("2026-04-10", "13", "individual", 30), ("2026-04-12", "", "late", 7))
    )
    assert (len(plan.new), len(plan.changed), len(plan.unchanged), len(plan.removed)) == (1, 1, 1, 0)
    assert plan.changed[["before", "after"]].to_numpy().tolist() == [[120, 125]]
    assert plan.days[["before", "after"]].to_numpy().tolist() == [[150, 155], [0, 7]]
    assert file.read_bytes() == before
    assert not (data_copy / ".journal").exists()


def test_the_first_counts_turn_the_sample_off(data_copy: Path) -> None:
    assert not defaults.has_counts()
    made = store(("2026-04-10", "13", "group", 120), ("2026-04-10", "", "individual", 3))
    assert made is not None
    assert (made.new, made.changed, made.removed) == (2, 0, 0)
    assert defaults.has_counts()
    text = (data_copy / "visitors.csv").read_text(encoding="utf-8")
    assert text == HEADER + "2026-04-10,,individual,3,,reported,\n2026-04-10,13,group,120,,reported,\n"
    clerk.rebuilt_as_stored(data_copy)


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
    assert list(history.receipt(date(2026, 4, 10), "13", "group")["before"].dropna()) == [1200]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_the_file_keeps_its_ways(data_copy: Path, bom: str, end: str) -> None:
    text = (
        'memo,visitors,channel,date,jis_code,basis,source_id,\r\n"a ""b"", c",80,group,2026-04-11,27,reported,desk,\r\n\r\n'
        'x, 30,"group",2026-04-10,13,reported,"desk",'
    )
    file = put(data_copy, bom + text.replace("\r\n", end))
    before = file.read_bytes()
    assert counts.apply(counts.plan(rows(("2026-04-10", "13", "group", 30))), who="Kim", why="same") is None
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
    clerk.rebuilt_as_stored(data_copy)


def test_different_figures_merge(data_copy: Path) -> None:
    put(data_copy, HEADER + APRIL)
    mine = counts.plan(rows(("2026-04-10", "13", "group", 125), ("2026-04-12", "13", "group", 9)))
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
    mine = counts.plan(rows((*both[0], 125), (*both[1], 85), ("2026-04-12", "13", "group", 9)))
    theirs = store((*both[0], 130), (*both[1], 90), who="Lee")
    assert theirs is not None
    before = (data_copy / "visitors.csv").read_bytes()
    with pytest.raises(counts.Conflict) as clash:
        counts.apply(mine, who="Kim", why="recount")
    assert (data_copy / "visitors.csv").read_bytes() == before, "all or nothing"
    told = clash.value.figures
    assert told[["before", "theirs", "mine", "who", "change"]].to_numpy().tolist() == [
        [120, 130, 125, "Lee", theirs.number],
        [80, 90, 85, "Lee", theirs.number],
    ]
    chosen = clash.value.settled({both[1]})
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
    plan = counts.plan(edited, shown=shown)
    assert (len(plan.changed), len(plan.removed), len(plan.unchanged)) == (1, 1, 1)
    counts.apply(plan, who="Kim", why="by hand")
    assert visitors_of(counts.figures()) == {
        ("2026-04-10", "13", "group"): 500,
        ("2026-04-10", "13", "individual"): 31,
        ("2026-04-12", "13", "group"): 9,
    }
    with pytest.raises(counts.Conflict):
        counts.apply(counts.plan(shown.assign(visitors=[121, 30, 80]), shown=shown), who="Kim", why="an old screen")


def test_a_change_is_taken_back_and_forth(data_copy: Path) -> None:
    file = put(data_copy, HEADER + APRIL)
    before = file.read_bytes()
    shown = counts.figures()
    counts.apply(
        counts.plan(shown.iloc[[0]].assign(visitors=121), shown=shown), who="Kim", why="mend and remove", when=at("2026-04-13")
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
    assert [one.undone_by for one in history.history()] == [None, 4, None, None]
    clerk.rebuilt_as_stored(data_copy)


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
    made = counts.apply(clash.value.settled(set()), who="Kim", why="keep Lee's")
    assert made is not None
    assert made.undoes == 2
    stands = visitors_of(counts.figures())
    assert (stands["2026-04-10", "13", "group"], stands["2026-04-11", "27", "group"]) == (130, 80)


def test_a_receipt_tells_the_story_of_a_figure(data_copy: Path) -> None:
    put(data_copy, HEADER + APRIL)
    made = store(("2026-04-10", "13", "group", 125), ("2026-04-12", "", "late", 2))
    assert made is not None
    story = history.receipt(date(2026, 4, 10), "13", "group")
    assert story[["change", "kind", "who", "why", "file"]].to_numpy().tolist() == [
        [2, "applied", "Kim", "daily counts", "counts.xlsx"],
        [1, "begun", "", "", ""],
    ]
    assert story["before"].tolist() == [120, pd.NA]
    assert story["after"].tolist() == [125, 120]
    assert story["version"].iloc[0] == made.version == counts.version()
    assert len(history.receipt(date(2026, 4, 10))) == 3
    assert list(history.receipt(jis_code="")["channel"]) == ["late"]
    assert len(history.receipt(change=2)) == 2
    assert list(history.receipt(date(2030, 1, 1)).columns) == list(story.columns)


def test_edits_past_us_become_changes(data_copy: Path) -> None:
    file = put(data_copy, HEADER + APRIL)
    store(("2026-04-12", "13", "group", 9))
    good = file.read_bytes()
    assert counts.notice() is None
    file.write_bytes(b"\xef\xbb\xbf" + good.replace(b",120,", b",121,").replace(b"\n", b"\r\n"))
    found = counts.notice()
    assert found is not None
    assert (found.kind, found.changed, found.new) == ("outside", 1, 0)
    store(("2026-04-12", "13", "group", 10), when="2026-04-12")
    assert b",121," in file.read_bytes()
    counts.undo(found.number, who="Kim", why="not agreed")
    assert visitors_of(counts.figures())["2026-04-10", "13", "group"] == 120
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    clerk.rebuilt_as_stored(data_copy)


def test_a_file_broken_by_hand_can_be_put_back(data_copy: Path) -> None:
    file = put(data_copy, HEADER + APRIL)
    store(("2026-04-12", "", "group", 9))
    good = file.read_bytes()
    file.write_bytes("날짜,人数\n2026-04-10,12\n".encode("cp949", "replace") + b"\x81\xff\x00")
    with pytest.raises(TableError):
        counts.plan(rows(("2026-04-12", "13", "group", 10)))
    found = counts.notice()
    assert found is not None
    clerk.rebuilt_as_stored(data_copy)
    with pytest.raises(TableError):
        history.rebuild(found.number)
    file.write_bytes(good.replace(b",120,", b",119,"))
    mended = counts.notice()
    assert mended is not None
    assert mended.changed == 1, "held against the last state that could be read"
    with pytest.raises(DashError) as told:
        counts.undo(found.number, who="Kim", why="too late")
    assert told.value.key == "store_undo_later"
    file.write_bytes(b"")
    emptied = counts.notice()
    assert emptied is not None
    assert emptied.removed == 4
    counts.undo(emptied.number, who="Kim", why="lost")
    assert visitors_of(counts.figures())["2026-04-10", "13", "group"] == 119
    file.write_bytes(b"\xff\xfe")
    broken = counts.notice()
    assert broken is not None
    counts.undo(broken.number, who="Kim", why="put back")
    assert visitors_of(counts.figures())["2026-04-10", "13", "group"] == 119
    clerk.rebuilt_as_stored(data_copy)


def test_rows_removed_by_hand_come_back_with_their_history(data_copy: Path) -> None:
    corrected = "2026-04-10,13,group,125,2026-04-11,reported,desk\n"
    first, rest = APRIL.split("\n", 1)
    file = put(data_copy, f"{HEADER}{first}\n{corrected}{rest}")
    before = file.read_bytes()
    counts.notice()
    put(data_copy, f"{HEADER}{corrected}{rest}")  # the figure stays, its history goes
    found = counts.notice()
    assert found is not None
    assert counts.undo(found.number, who="Kim", why="history") is not None
    assert file.read_bytes() == before


def test_who_looks_sees_another_file_each_time(data_copy: Path) -> None:
    """Readers know a file by its time and size; writes within one tick of the clock must differ all the same."""
    seen, loaded = set(), []
    for visitors_now in range(100, 130):
        store(("2026-04-10", "13", "group", visitors_now))
        seen.add(reading.fingerprint())
        loaded.append(int(visitors.load(sample=False)["visitors"].iloc[0]))
    assert len(seen) == 30
    assert loaded == list(range(100, 130))


def test_what_is_refused(data_copy: Path) -> None:
    file = put(data_copy, HEADER + APRIL)
    with pytest.raises(DashError, match="store_twice"):
        counts.plan(rows(("2026-04-10", "", "group", 1), ("2026-04-10", "", "group", 2)))
    with pytest.raises(DashError, match="store_sample"):
        counts.plan(rows(("2026-04-10", "13", "group", 1)).assign(basis="sample"))
    with pytest.raises(TableError):
        counts.plan(rows(("2026-04-10", "48", "group", 1)))
    with pytest.raises(TableError):
        counts.plan(rows(("2026-04-10", "13", "group", -1)))
    plan = counts.plan(rows(("2026-04-10", "13", "group", 1)))
    for who, why in (("", "because"), ("Kim", "  ")):
        with pytest.raises(DashError, match="store_unsigned"):
            counts.apply(plan, who=who, why=why)
    with pytest.raises(DashError, match="store_no_change"):
        counts.undo(7, who="Kim", why="none")
    counts.notice()
    with pytest.raises(DashError, match="store_undo_first"):
        counts.undo(1, who="Kim", why="first")
    assert file.read_text(encoding="utf-8") == HEADER + APRIL


def test_a_file_name_is_a_name(data_copy: Path) -> None:
    plan = counts.plan(rows(("2026-04-10", "13", "group", 1)))
    made = counts.apply(plan, who="Kim\n\ud800", why="a\tb\u2028c", file="..\\..\\secret/집계.xlsx")
    assert made is not None
    assert (made.file, made.why) == ("집계.xlsx", "a b c")
    assert history.history()[0] == made
