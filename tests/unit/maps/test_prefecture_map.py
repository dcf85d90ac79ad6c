"""The map shows what its table says as its twin on paper does, small, from here alone, and readable in each language."""

import gzip
import json
import re
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import discovery
import numpy as np
import pandas as pd
import pytest
from discovery import BASE

from sejong_dash import maps, theme, words
from sejong_dash.choices import MEASURES
from sejong_dash.datasets import prefectures
from sejong_dash.errors import TableError
from sejong_dash.layout import ground, projection
from sejong_dash.maps import _class_looks, _shapes, _views, prefecture_map
from sejong_dash.measures.prefecture_values import BY_DAY
from sejong_dash.ui.browser.finished_deck import finish

MOST_BYTES = 60_000  # of the deck's JSON; the shapes come from a file
MOST_SHAPES = 40_000  # of both files, as plain http in an office gets them
DOKDO = (131.861, 37.243)
CLEAR = "rgba(0,0,0,0)"
each = pytest.mark.parametrize("measure", MEASURES)


def chosen(lang: str = "ko", prefecture: str | None = None, **more: Any) -> pd.DataFrame:
    return discovery.table_of("maps.prefecture_map", replace(BASE, lang=lang, prefecture=prefecture, **more))


def said(lang: str = "ko") -> words.Words:
    return discovery.words_of("maps.prefecture_map", lang)


def layers(table: pd.DataFrame, lang: str = "ko") -> dict[str, dict[str, Any]]:
    """By id; those without one, that answer the pointer, by their kind."""
    deck = json.loads(prefecture_map.draw(table, said(lang)).to_json())
    return {layer.get("id", layer["@@type"]): layer for layer in deck["layers"]}


def looked_up(expression: str) -> dict[str, str]:
    """What deck.gl makes of `([colours])[([which])[properties.i]]`: code -> colour."""
    found = re.fullmatch(r"@@=\((\[.*\])\)\[\((\[.*\])\)\[properties\.i\]\]", expression)
    assert found, expression
    colours, which = json.loads(found[1]), json.loads(found[2])
    return {code: "#" + "".join(f"{part:02x}" for part in colours[which[i]]) for i, code in enumerate(_shapes.codes())}


def test_the_table_has_each_prefecture_once_with_the_weakest_basis_of_what_it_says() -> None:
    table = chosen().set_index("jis_code")
    assert len(table) == table.index.nunique() == 47
    assert set(table.index[table["role"] == "garden"]) == {"21", "22", "25", "29"}
    assert set(table.index[table["class"] == 2]) == {"11", "12", "13", "19", "26", "27"}
    assert table.loc[["11", "13"], "basis"].tolist() == ["general"] * 2, "a seat that no report names"
    assert table.loc[["12", "22"], "basis"].tolist() == ["reported"] * 2
    assert table.loc["22", "projects"] == 5
    assert not table["chosen"].any()
    assert chosen(prefecture="29").query("chosen")["jis_code"].tolist() == ["29"]


def test_the_measures_are_those_of_the_goal_and_of_the_counts() -> None:
    by = {measure: chosen(measure=measure).set_index("jis_code") for measure in MEASURES}
    assert by["goal"]["value"].sum() == 150_000
    counted = int(discovery.table_of("charts.goal_bar", BASE)["visitors"].iloc[0])
    assert by["visitors"]["value"].sum() == counted, "those from nobody knows where too"
    own = discovery.table_of("charts.prefecture_visitors", BASE).dropna(subset="name").set_index("jis_code")
    codes = list(own.index)
    assert by["visitors"].loc[codes, "value"].tolist() == own["visitors"].astype(float).tolist()
    assert by["gap"].loc[codes, "value"].tolist() == own["gap"].astype(float).tolist()
    people = prefectures.load().set_index("jis_code")["population_2020"]
    rate = 100_000 * by["visitors"]["value"].reindex(people.index) / people
    assert (by["per_100k"]["value"].reindex(people.index) - rate).abs().max() <= 0.05
    assert set(by["gap"]["basis"]) == {"sample"}
    assert set(by["goal"]["basis"]) == {"assumption"}


@pytest.mark.parametrize("measure", MEASURES[1:])
def test_every_value_lies_in_its_class_and_no_class_is_empty(measure: str) -> None:
    table = chosen(measure=measure).dropna(subset="jis_code")
    legend = prefecture_map.legend(table, said())
    assert (table["class_low"] <= table["value"]).all()
    assert (table["value"] <= table["class_high"]).all()
    assert sorted(table["class"].unique()) == list(range(1, len(legend) - 1))  # two entries are signs
    unit = {"ko": "명", "ja": "人", "en": "visitors"}
    for lang, one in unit.items():
        entries = prefecture_map.legend(chosen(lang, measure=measure), said(lang))
        assert all(one in text or "per 100,000 people" in text for colour, text in entries if colour != theme.INK)


def test_participation_has_a_class_for_each_role_and_an_entry_for_each_class() -> None:
    table = chosen(measure="participation").dropna(subset="jis_code")
    roles = table.groupby("class")["role"].agg(set)
    assert roles.map(len).eq(1).all()
    assert roles.map(min).is_unique
    classes = [text for colour, text in prefecture_map.legend(table, said()) if colour != theme.INK]
    assert len(classes) == len(roles)


# A chosen prefecture is marked alike in every measure: with a class and with an amount will do.
@pytest.mark.dear
@pytest.mark.parametrize(
    ("measure", "prefecture"),
    [*((measure, None) for measure in MEASURES), *product(("participation", "visitors"), ("13", "47"))],
)
def test_map_and_paper_show_the_same_classes_in_the_same_colours(measure: str, prefecture: str | None) -> None:
    table = chosen(prefecture=prefecture, measure=measure)
    on_map = looked_up(layers(table)["prefectures"]["getFillColor"])
    classes = [one for one in prefecture_map.legend(table, said()) if one[0] != theme.INK]
    figure = prefecture_map.paper(table, said())
    on_paper = {trace.fillcolor: trace for trace in figure.data if trace.showlegend is True}
    assert [(trace.fillcolor, trace.name) for trace in figure.data if trace.showlegend is True] == classes
    assert [t.name for t in figure.data if t.name] == [text for _, text in prefecture_map.legend(table, said())]
    shape = _shapes.drawn()
    for colour, _ in classes:
        codes = {code for code, one in on_map.items() if one == colour}
        assert codes == {code for code, one in _class_looks.colours(table).items() if one == colour}
        rings = {tuple(map(tuple, one[0])) for code in codes for one in projection.polygons(shape[code])}
        assert _pieces(on_paper[colour]) == rings
    rows = table.dropna(subset="jis_code").set_index("jis_code")
    by_class = {int(n): {on_map[code] for code in rows.index[rows["class"] == n]} for n in rows["class"].unique()}
    assert all(len(colours) == 1 for colours in by_class.values())
    assert len(set().union(*by_class.values())) == len(by_class), "two classes of one colour"


def _pieces(trace: Any) -> set:
    points = list(zip(trace.x, trace.y, strict=True))
    breaks = [i for i, (x, _) in enumerate(points) if x is None or np.isnan(x)]
    return {tuple(points[start:end]) for start, end in zip([0, *(i + 1 for i in breaks)], breaks, strict=False)}


@pytest.mark.dear
@each
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_deck_is_small_and_asks_this_server_alone(lang: str, measure: str) -> None:
    deck = prefecture_map.draw(chosen(lang, "47", measure=measure), said(lang))
    for dark in (False, True):
        spec = finish(deck, dark).spec
        assert len(spec.encode()) < MOST_BYTES
        assert not [one for one in ("carto", "mapbox", "http", "mapProvider") if one in spec]
        # pydeck's word for no style at all: Streamlit takes it out, and would ask CARTO for one if it were blank
        assert json.loads(spec)["mapStyle"] == "__MAP_STYLE__"
        asked = {layer["data"] for layer in json.loads(spec)["layers"] if isinstance(layer["data"], str)}
        assert all(maps.shape_file(path) for path in asked)
        assert len(asked) == 2
        assert sum(len(gzip.compress(maps.shape_file(path) or b"", 6)) for path in asked) < MOST_SHAPES


def test_a_measure_changes_colours_and_no_shapes() -> None:
    first, other = (layers(chosen(measure=one)) for one in ("goal", "visitors"))
    for name in ("land", "borders", "edges", "sea"):
        assert first[name] == other[name]
    differ = {key for key in first["prefectures"] if first["prefectures"][key] != other["prefectures"][key]}
    assert differ == {"getFillColor", "updateTriggers"}
    assert maps.shape_file("shapes/land.0123456789abcdef.json") is None


def test_the_lists_inside_an_expression_wear_the_dark() -> None:
    dark = json.loads(finish(prefecture_map.draw(chosen(measure="goal"), said()), True).spec)
    fill = next(layer["getFillColor"] for layer in dark["layers"] if layer.get("id") == "prefectures")
    assert set(looked_up(fill).values()) == {theme.PALETTE[f"AMOUNT_{n}"][1] for n in range(1, 6)}


def test_not_by_colour_alone() -> None:
    """Who bears no label with its value bears the number of its class; the table beside the map says both."""
    for measure in MEASURES[1:]:
        table = chosen(measure=measure)
        drawn = layers(table)
        named = {one.get("jis_code") for one in drawn["TextLayer"]["data"]} - {None}
        assert len(drawn["marks"]["data"]) + len(named) == 47
        assert {"21", "22", "25", "29"} <= named
    assert all(row[5] for row in prefecture_map.listed(table, said()))
    marks = [text.split()[0] for _, text in prefecture_map.legend(chosen(), said())]
    assert [one for one in marks if one in "★●◆"] == ["★", "●", "◆"]


@pytest.mark.dear
@pytest.mark.parametrize("measure", BY_DAY)
def test_from_day_to_day_classes_and_labels_stay_where_they_are(measure: str) -> None:
    end, early = chosen(measure=measure), chosen(measure=measure, day=date(2026, 4, 12))
    assert prefecture_map.legend(early, said()) == prefecture_map.legend(end, said())
    if measure == "visitors":
        assert early["value"].sum() < end["value"].sum()
    places = [[one["at"] for one in layers(table)["TextLayer"]["data"]] for table in (end, early)]
    assert places[0] == places[1] or measure == "gap"
    assert chosen(measure=measure, day=date(2026, 5, 20)).equals(end), "a day after as-of is not known"


def test_nothing_else_is_named() -> None:
    """No name of a sea and none of a neighbour: their shapes come without names and no other layer has text."""
    drawn = layers(chosen())
    assert [name for name, one in drawn.items() if "getText" in one] == ["marks", "TextLayer"]
    land = json.loads(maps.shape_file(drawn["land"]["data"]) or "")
    assert {key for one in land["features"] for key in one["properties"]} == {"k", "a"}


def test_dokdo_is_drawn_with_korea_and_can_be_seen() -> None:
    drawn = layers(chosen())
    land = json.loads(maps.shape_file(drawn["land"]["data"]) or "")["features"]
    korea = [one["geometry"] for one in land if one["properties"]["k"] == 2]
    corners = [p for one in korea for ring in projection.polygons(one) for p in ring[0]]
    assert any(abs(lon - DOKDO[0]) < 0.01 and abs(lat - DOKDO[1]) < 0.01 for lon, lat in corners)
    assert list(DOKDO) in [one["at"] for one in drawn["points"]["data"]]


def test_okinawa_stands_in_its_frame() -> None:
    corners = np.array([point for one in projection.polygons(_shapes.drawn()["47"]) for point in one[0]])
    frame = np.array(ground.frame())
    assert (corners > frame.min(axis=0)).all()
    assert (corners < frame.max(axis=0)).all()


def test_what_the_pointer_meets_is_where_the_prefectures_are() -> None:
    features = layers(chosen())["GeoJsonLayer"]["data"]["features"]
    assert {one["properties"]["jis_code"] for one in features} == set(_shapes.codes())
    for one in features:
        corners = np.array([point for piece in projection.polygons(one["geometry"]) for point in piece[0]])
        fine = np.array([p for piece in projection.polygons(_shapes.drawn()[one["properties"]["jis_code"]]) for p in piece[0]])
        assert (corners.min(axis=0) >= fine.min(axis=0) - 0.01).all()
        assert (corners.max(axis=0) <= fine.max(axis=0) + 0.01).all()


def test_a_tooltip_holds_no_markup_of_the_data() -> None:
    """Values are put into the markup by the page, which escapes them; they stand in the deck as they are."""
    hostile = "<img src=x onerror=alert(1)> & {role}"
    table = chosen().assign(partners=hostile, name=hostile)
    deck = prefecture_map.draw(table, said())
    assert deck._tooltip["html"] == prefecture_map._TOOLTIP
    shown = prefecture_map._TOOLTIP
    for name in layers(table)["GeoJsonLayer"]["data"]["features"][0]["properties"]:
        shown = shown.replace(f"{{{name}}}", "")
    assert "{" not in shown, "a placeholder that nothing fills"


@pytest.mark.dear
@each
@pytest.mark.parametrize("plan", discovery.PLANS)
@pytest.mark.parametrize("as_of", [date(2026, 4, 1), date(2026, 4, 10), date(2026, 6, 30)])
def test_every_plan_and_day_gives_a_map_or_says_why_not(measure: str, plan: str, as_of: date) -> None:
    for sample in (True, False):
        table = chosen(measure=measure, plan=plan, as_of=as_of, sample=sample)
        if table.empty:
            assert measure != "participation"
            continue
        assert not re.search(r"\\b(nan|NaN|None|inf)\\b", prefecture_map.message(table, said()))
        assert prefecture_map.legend(table, said())
        assert finish(prefecture_map.draw(table, said()), False).spec


@each
def test_the_table_tells_what_the_pointer_tells(measure: str) -> None:
    table = chosen(measure=measure)
    rows = {one.code: one for one in prefecture_map.listed(table, said())}
    tips = {one["properties"]["jis_code"]: one["properties"] for one in layers(table)["GeoJsonLayer"]["data"]["features"]}
    assert rows.keys() == tips.keys()
    for code, tip in tips.items():
        row = rows[code]
        assert row.name == tip["name"]
        assert tip["role"] in row.hover_text
        assert tip["basis"].partition(": ")[2] in row.hover_text
        if measure == "participation":
            assert tip["place"].partition(": ")[2] in row.hover_text
            assert row.value_text in tip["value"] or row.value == "0.0"
        else:
            assert row.value_text in tip["value"]
            assert tip["place"] == said()("tip_rank", rank=row.rank, number=row.number)


def test_the_venue_stands_in_the_legend_where_it_is_drawn() -> None:
    entries = {view: prefecture_map.legend(chosen(view=view), said()) for view in _views.VIEWS}
    assert [view for view, some in entries.items() if (theme.GARDEN, said()("venue")) in some] == ["venue"]


@pytest.mark.parametrize(("view", "gone"), [("japan", "sejong-city"), ("venue", "sejong-central-park")])
def test_a_place_that_is_gone_is_named(view: str, gone: str, data_copy: Path) -> None:
    path = data_copy / "places.csv"
    path.write_text("".join(line for line in path.read_text("utf-8").splitlines(True) if not line.startswith(gone)), "utf-8")
    with pytest.raises(TableError) as trouble:
        prefecture_map.draw(chosen(view=view), said())
    assert [(one.code, one.expected) for one in trouble.value.problems] == [("missing_row", gone)]
