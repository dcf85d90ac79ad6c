"""No label of a map lies on what another names, no leader crosses another, on the screen, on paper and on a slide."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations, permutations, product

import discovery
import numpy as np
import pytest
from discovery import BASE
from letter_widths import measure_line_height, measure_width

from sejong_dash import words
from sejong_dash.choices import MEASURES
from sejong_dash.layout import ground, projection
from sejong_dash.maps import _map_marks, _shapes, _views

pytestmark = pytest.mark.dear

TEXT, PAD, BOLD = 13, (6, 3), 700  # as they are drawn
PLACES = {"screen": _views.view("japan"), "paper": _views.on_paper("japan"), "slide": _views.on_slide("japan")}
NEAR = _views.view("gardens")
# Laying labels is dear. On the screen each measure is looked at in each language; on paper, with more room, and on a slide, with
# fewer labels, in one of them in turn.
_ON_SCREEN = product(words.LANGUAGES, ["screen"], MEASURES)
_IN_FILES = [
    (words.LANGUAGES[(number + shift) % 3], place, measure)
    for shift, place in enumerate(("paper", "slide"))
    for number, measure in enumerate(MEASURES)
]
CASES = [*_ON_SCREEN, *_IN_FILES]


@cache
def named(lang: str, measure: str, view: str, where: _views.View, few: bool) -> list[dict[str, np.ndarray]]:
    """What each label names and where it stands, in pixels: point, middle, half of its size; the code of a highlighted area."""
    table = discovery.table_of("maps.prefecture_map", replace(BASE, lang=lang, measure=measure, view=view)).copy()
    table.attrs["few"] = few
    labels = _map_marks.labels(table, discovery.words_of("maps.prefecture_map", lang), where)
    highlighted = set(table.loc[table["role"] != "none", "jis_code"])
    high, found = measure_line_height(BOLD) * TEXT / 2 + PAD[1], []
    for label in labels:
        code = label["tip"].get("jis_code")
        found.append(
            {
                "text": label["text"],
                "code": code if code in highlighted else "",
                "point": np.array(projection.spot(label["from"], where.zoom)),
                "middle": np.array(projection.spot(label["at"], where.zoom)),
                "half": np.array([measure_width(label["text"], BOLD) * TEXT / 2 + PAD[0], high]),
            }
        )
    return found


@cache
def area(code: str, where: _views.View) -> np.ndarray:
    """Points of a highlighted prefecture, without its islands, in pixels; none of what has no code or no shape."""
    rings = [rings[0] for rings in projection.polygons(_shapes.drawn()[code])] if code in _shapes.drawn() else []
    main = [[ground.drawn_at(code, place) for place in ring] for ring in sorted(rings, key=len)[-1:]]
    return np.array(projection.spots_inside(main, where.zoom, every=3.0)).reshape(-1, 2)


def crossing(found: Sequence[dict[str, np.ndarray]]) -> list[tuple[np.ndarray, np.ndarray]]:
    def turn(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> bool:
        return bool((b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0]))

    crossed = []
    for one, other in combinations(found, 2):
        a, b, c, d = one["point"], one["middle"], other["point"], other["middle"]
        if turn(c, d, a) != turn(c, d, b) and turn(a, b, c) != turn(a, b, d):
            crossed.append((one["text"], other["text"]))
    return crossed


def met(found: Sequence[dict[str, np.ndarray]]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Labels through which another's leader runs."""
    parts = np.linspace(0, 1, 60)[:, None]
    return [
        (one["text"], other["text"])
        for one, other in permutations(found, 2)
        if (np.abs(one["point"] + (one["middle"] - one["point"]) * parts - other["middle"]) < other["half"] - 1).all(axis=1).any()
    ]


@pytest.mark.parametrize(("lang", "place", "measure"), CASES)
def test_no_label_lies_on_what_another_names(lang: str, place: str, measure: str) -> None:
    found = named(lang, measure, "japan", PLACES[place], place == "slide")
    assert len(found) > 3
    areas = [area(label["code"], PLACES[place]) for label in found]
    assert place == "slide" or sum(len(each) > 0 for each in areas) >= 4
    covering = [
        (one["text"], other["text"])
        for one, (other, its_area) in product(found, zip(found, areas, strict=True))
        if one is not other and (np.abs(its_area - one["middle"]) < one["half"]).all(axis=1).any()
    ]
    assert covering == []
    pairs = zip(found, areas, strict=True)
    hidden = {one["text"]: (np.abs(own - one["middle"]) < one["half"]).all(axis=1).sum() for one, own in pairs}
    assert {text: count for text, count in hidden.items() if count > 5} == {}  # of its own, a corner of 45 square px at most


@pytest.mark.parametrize(("lang", "place", "measure"), [*CASES, *product(words.LANGUAGES, ["near"], MEASURES)])
def test_no_leader_crosses_another_or_a_label(lang: str, place: str, measure: str) -> None:
    view, where = ("gardens", NEAR) if place == "near" else ("japan", PLACES[place])
    found = named(lang, measure, view, where, place == "slide")
    assert crossing(found) == []
    assert len(met(found)) <= (place == "near")  # from near all 14 have a label within a phone's width
