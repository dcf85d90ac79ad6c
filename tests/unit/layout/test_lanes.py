"""A bar is never shorter than what is known, and no label lies on another."""

from datetime import timedelta

import pandas as pd

from sejong_dash.layout import lanes, text_width

FIRST, LAST = pd.Timestamp(2020, 1, 1), pd.Timestamp(2029, 1, 1)


def rows() -> pd.DataFrame:
    spans = [
        ("2020-11-04", "2020-11-04"),
        ("2024-01-01", "2024-12-31"),
        (None, "2023-10-31"),
        ("2023-11-01", None),
        ("2028-01-01", "2028-12-31"),
        (None, None),
        ("2020-01-01", "2028-12-31"),
    ]
    table = pd.DataFrame(spans, columns=["starts_on", "ends_on"]).apply(pd.to_datetime)
    return table.assign(field=["a", "a", "b", "b", "b", "c", "c"])


def test_years_are_whole() -> None:
    days = pd.Series(pd.to_datetime(["2023-05-06", None, "2026-12-31"]))
    assert lanes.years(days) == (pd.Timestamp(2023, 1, 1), pd.Timestamp(2027, 1, 1))


def test_spans_hold_the_last_day_and_open_ends_stay_on_the_axis() -> None:
    spans = lanes.spans(rows(), FIRST, LAST)
    known = spans.dropna(subset=["starts_on", "ends_on"])
    assert (known["left"] == known["starts_on"]).all()
    assert (known["right"] == known["ends_on"] + timedelta(days=1)).all()
    dated = spans.dropna(subset=["left"])
    assert (dated["left"] < dated["right"]).all()
    assert dated["left"].min() >= FIRST
    assert dated["right"].max() <= LAST
    assert spans.loc[5, ["left", "right"]].isna().all()


def test_labels_stay_on_a_phone() -> None:
    titles = pd.Series(["Governor of Chiba promises cooperation in digital, medicine and gardens"] * 7)
    spans = lanes.spans(rows(), FIRST, LAST)
    told = lanes.labelled(spans, titles, FIRST, LAST).dropna(subset=["left"]).drop(index=6)
    for row in told.to_dict("records"):
        wide = max(map(text_width.width, row["lines"])) * lanes.LETTER + lanes.GAP
        begin, end = ((row[edge] - FIRST) / (LAST - FIRST) * lanes.PHONE for edge in ("left", "right"))
        assert (end + wide if row["side"] == "right" else lanes.PHONE - begin + wide) <= lanes.PHONE + 0.1


def test_rows_do_not_lie_on_each_other() -> None:
    titles = pd.Series(["Joint research on medical devices with a university", "a", "b", "c", "d", "e", "f"])
    told = lanes.labelled(lanes.spans(rows(), FIRST, LAST), titles, FIRST, LAST)
    told, heads, end = lanes.placed(told, {"a": "Gardens", "b": "A heading that is rather long", "c": "C"}, 50)
    tall = told["lines"].map(lambda lines: max(len(lines) * lanes.LINE, lanes.BAR))
    tops, bottoms = told["y"] - tall / 2, told["y"] + tall / 2
    assert (tops.iloc[1:].to_numpy() > bottoms.iloc[:-1].to_numpy()).all()
    assert bottoms.max() < end
    assert [head.heading for head in heads] == ["Gardens", "A heading that is rather long", "C"]
    # a heading that has room stands beside its lane's first row, another above it
    assert heads[1].heading_y < tops[2] - 5


def test_no_rows_no_lanes() -> None:
    empty = rows().iloc[:0].assign(edge=[], lines=[], side=[])
    _, heads, end = lanes.placed(empty, {}, 10)
    assert heads == []
    assert end == 10
