"""Does the map show who takes part as its twin on paper does, small, from here alone, and readable in each language?"""

import json
from itertools import combinations
from typing import Any

import discovery
import numpy as np
import pandas as pd
import pytest
from discovery import BASE

from sejong_dash import theme, words
from sejong_dash.choices import Choices
from sejong_dash.maps import participation
from sejong_dash.measures import ground, lettering, sheet
from sejong_dash.ui.deck import finish

MOST_BYTES = 150_000  # of the deck's JSON; the shapes of 47 prefectures and of Korea are most of it
PHONE, HEIGHT = 390, 560
DOKDO = (131.861, 37.243)
COLOURS = {"garden": theme.GARDEN, "partner": theme.PARTNER, "none": theme.ELSEWHERE}


def chosen(lang: str = "ko", prefecture: str | None = None) -> pd.DataFrame:
    return discovery.table_of("maps.participation", Choices(lang, BASE.plan, BASE.as_of, True, prefecture))


def layers(table: pd.DataFrame, lang: str = "ko") -> dict[str, dict[str, Any]]:
    deck = participation.draw(table, discovery.words_of("maps.participation", lang))
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


def test_the_table_has_each_prefecture_once_with_the_weakest_basis_of_what_it_says() -> None:
    table = chosen().set_index("jis_code")
    assert len(table) == table.index.nunique() == 47
    assert set(table.index[table["garden"]]) == {"21", "22", "25", "29"}
    assert set(table.index[table["role"] == "partner"]) == {"11", "12", "13", "19", "26", "27"}
    assert table.loc[["11", "13"], "basis"].tolist() == ["general"] * 2, "a seat that no report names"
    assert table.loc[["12", "22"], "basis"].tolist() == ["reported"] * 2
    assert table.loc["22", "projects"] == 5
    assert not table["chosen"].any()
    assert chosen(prefecture="29").query("chosen")["jis_code"].tolist() == ["29"]


@pytest.mark.parametrize("prefecture", [None, "13", "47"])
def test_map_and_paper_show_the_same_prefectures_in_the_same_colours(prefecture: str | None) -> None:
    table = chosen(prefecture=prefecture)
    on_map = {
        one["properties"]["jis_code"]: (one["properties"]["fill"], _outlines(one["geometry"]))
        for one in layers(table)["prefectures"]["data"]["features"]
    }
    figure = participation.paper(table, discovery.words_of("maps.participation", "ko"))
    on_paper: dict[str, set] = {}
    for trace in figure.data:
        if trace.showlegend:
            on_paper[trace.fillcolor] = _pieces(trace)
    assert set(on_map) == set(table["jis_code"])
    assert set(on_paper) == set(COLOURS.values())
    for role, colour in COLOURS.items():
        codes = table.loc[table["role"] == role, "jis_code"]
        assert all(on_map[code][0] == theme.rgb(colour) for code in codes)
        assert on_paper[colour] == set().union(*(on_map[code][1] for code in codes))


def _outlines(geometry: dict[str, Any]) -> set:
    return {tuple(map(tuple, one[0])) for one in sheet.polygons(geometry)}


def _pieces(trace: Any) -> set:
    points = list(zip(trace.x, trace.y, strict=True))
    breaks = [i for i, (x, _) in enumerate(points) if x is None or np.isnan(x)]
    return {tuple(points[start:end]) for start, end in zip([0, *(i + 1 for i in breaks)], breaks, strict=False)}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_deck_is_small_and_asks_nobody(lang: str) -> None:
    deck = participation.draw(chosen(lang, "47"), discovery.words_of("maps.participation", lang))
    for dark in (False, True):
        spec = finish(deck, dark).spec
        assert len(spec.encode()) < MOST_BYTES
        assert not [one for one in ("carto", "mapbox", "http", "mapProvider") if one in spec]
        # pydeck's word for no style at all: Streamlit takes it out, and would ask CARTO for one if it were blank
        assert json.loads(spec)["mapStyle"] == "__MAP_STYLE__"


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_sejong_and_whoever_takes_part_bear_a_label_in_the_readers_language(lang: str) -> None:
    table = chosen(lang, "01")
    labels = layers(table, lang)["labels"]
    texts = [one["text"] for one in labels["data"]]
    named = table[(table["role"] != "none") | table["chosen"]]
    assert texts[1:] == [f"{participation._MARKS[row.role]} {row.name}".strip() for row in named.itertuples()]
    assert texts[0] == {"ko": "◆ 세종시", "ja": "◆ 世宗市", "en": "◆ Sejong City"}[lang]
    assert labels["characterSet"] == "auto"
    assert labels["parameters"]["depthCompare"] == "always"
    marks = [said.split()[0] for _, said in participation.legend(table, discovery.words_of("maps.participation", lang))]
    assert [one for one in marks if one in "★●◆"] == ["★", "●", "◆"], "not by colour alone"


def test_nothing_else_is_named() -> None:
    """No name of a sea and none of a neighbour: their shapes come without properties and no other layer has text."""
    drawn = layers(chosen())
    assert [one for one in drawn.values() if "getText" in one] == [drawn["labels"]]
    assert all(one["properties"] == {} for name in ("neighbours", "korea") for one in drawn[name]["data"]["features"])


def test_dokdo_is_drawn_with_korea_and_can_be_seen() -> None:
    drawn = layers(chosen())
    corners = [p for one in drawn["korea"]["data"]["features"] for ring in sheet.polygons(one["geometry"]) for p in ring[0]]
    assert any(abs(lon - DOKDO[0]) < 0.01 and abs(lat - DOKDO[1]) < 0.01 for lon, lat in corners)
    assert list(DOKDO) in [one["at"] for one in drawn["points"]["data"]]
    near = sheet.spot(DOKDO, 4.25)
    lines = [sheet.spot(point, 4.25) for one in drawn["lines"]["data"] for point in one["line"]]
    assert min(np.hypot(x - near[0], y - near[1]) for x, y in lines) > 2, "a line runs over it"


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("prefecture", [None, "47", "01"])
def test_no_label_covers_another_or_leaves_the_phone(lang: str, prefecture: str | None) -> None:
    labels = layers(chosen(lang, prefecture), lang)["labels"]["data"]
    middle = np.array(sheet.spot((participation._LON, participation._LAT), participation._ZOOM))
    boxes = []
    for one in labels:
        half = np.array([lettering.width(one["text"]) * 13 + 12, 13 * 1.25 + 6]) / 2
        spot = np.array(sheet.spot(one["at"], participation._ZOOM)) - middle
        boxes.append((one["text"], spot - half, spot + half))
    for (name, low, high), (other, other_low, other_high) in combinations(boxes, 2):
        assert (np.minimum(high, other_high) - np.maximum(low, other_low)).min() <= 0, f"{name} and {other}"
    edge = np.array([PHONE, HEIGHT]) / 2
    assert [name for name, low, high in boxes if (low < -edge).any() or (high > edge).any()] == []


def test_okinawa_stands_in_its_frame() -> None:
    shape = next(one for one in layers(chosen())["prefectures"]["data"]["features"] if one["properties"]["jis_code"] == "47")
    corners = np.array([point for one in sheet.polygons(shape["geometry"]) for point in one[0]])
    frame = np.array(ground.frame())
    assert (corners > frame.min(axis=0)).all()
    assert (corners < frame.max(axis=0)).all()


def test_a_tooltip_holds_no_markup_of_the_data() -> None:
    """Values are put into the markup by the page, which escapes them; they stand in the deck as they are."""
    hostile = "<img src=x onerror=alert(1)> & {role}"
    table = chosen().assign(partners=hostile, name=hostile)
    deck = participation.draw(table, discovery.words_of("maps.participation", "ko"))
    assert deck._tooltip["html"] == participation._TOOLTIP
    assert hostile in deck.to_json().encode().decode("unicode_escape", errors="ignore")
    shown = participation._TOOLTIP
    for name in layers(table)["prefectures"]["data"]["features"][0]["properties"]:
        shown = shown.replace(f"{{{name}}}", "")
    assert "{" not in shown, "a placeholder that nothing fills"


def test_the_message_names_them_and_says_that_no_garden_is_confirmed() -> None:
    said = participation.message(chosen(prefecture="13"), discovery.words_of("maps.participation", "ko"))
    assert all(name in said for name in ("시즈오카현", "나라현", "시가현", "기후현", "확정된 곳은 없습니다", "고른 곳: 도쿄도"))
