"""No label of a map lies on what another names, no leader crosses another, on the screen, on paper and on a slide."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, permutations

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


def named(lang: str, measure: str, view: str, where: _views.View, few: bool) -> list[dict[str, np.ndarray]]:
    """What each label names and where it stands, in pixels: point, middle, half of its size; its highlighted area."""
    table = discovery.table_of("maps.prefecture_map", replace(BASE, lang=lang, measure=measure, view=view)).copy()
    table.attrs["few"] = few
    labels = _map_marks.labels(table, discovery.words_of("maps.prefecture_map", lang), where)
    highlighted = set(table.loc[table["role"] != "none", "jis_code"])
    outlines = _shapes.by_code(_map_marks.version_of(table))
    high, found = measure_line_height(BOLD) * TEXT / 2 + PAD[1], []
    for label in labels:
        code = label["tip"].get("jis_code")
        rings = [rings[0] for rings in projection.polygons(outlines[code])] if code in highlighted & set(outlines) else []
        main = [[ground.drawn_at(code, place) for place in ring] for ring in sorted(rings, key=len)[-1:]]  # without its islands
        found.append(
            {
                "text": label["text"],
                "point": np.array(projection.spot(label["from"], where.zoom)),
                "middle": np.array(projection.spot(label["at"], where.zoom)),
                "half": np.array([measure_width(label["text"], BOLD) * TEXT / 2 + PAD[0], high]),
                "area": np.array(projection.spots_inside(main, where.zoom, every=3.0)).reshape(-1, 2),
            }
        )
    return found


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


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_no_label_lies_on_what_another_names(lang: str, place: str, measure: str) -> None:
    found = named(lang, measure, "japan", PLACES[place], place == "slide")
    assert len(found) > 3
    assert place == "slide" or sum(len(label["area"]) > 0 for label in found) >= 4
    covering = [
        (one["text"], other["text"])
        for one, other in permutations(found, 2)
        if (np.abs(other["area"] - one["middle"]) < one["half"]).all(axis=1).any()
    ]
    assert covering == []
    hidden = {one["text"]: (np.abs(one["area"] - one["middle"]) < one["half"]).all(axis=1).sum() for one in found}
    assert {text: count for text, count in hidden.items() if count > 5} == {}  # of its own, a corner of 45 square px at most


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("place", [*PLACES, "near"])
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_no_leader_crosses_another_or_a_label(lang: str, place: str, measure: str) -> None:
    view, where = ("gardens", NEAR) if place == "near" else ("japan", PLACES[place])
    found = named(lang, measure, view, where, place == "slide")
    assert crossing(found) == []
    assert len(met(found)) <= (place == "near")  # from near all 14 have a label within a phone's width
