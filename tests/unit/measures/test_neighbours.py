"""Tests of neighbours: which prefectures share a border, also with simplified outlines."""

import numpy as np
import pytest

from sejong_dash.datasets import prefectures, shapes
from sejong_dash.layout import projection
from sejong_dash.layout.thinning import thinned
from sejong_dash.measures.neighbours import neighbours


@pytest.mark.parametrize(
    ("code", "beside"),
    [("22", ["14", "19", "20", "23"]), ("25", ["18", "21", "24", "26"]), ("27", ["26", "28", "29", "30"]), ("01", ["02", "03"])],
)
def test_neighbours(code: str, beside: list[str]) -> None:
    found = neighbours(shapes.load("japan_prefectures")["features"], prefectures.load(), code)
    assert found == beside


def test_each_is_a_neighbour_of_its_neighbours() -> None:
    features, places = shapes.load("japan_prefectures")["features"], prefectures.load()
    all_ = {code: set(neighbours(features, places, code)) for code in places["jis_code"]}
    assert all(all_.values())
    islands = {"01", "47"}
    assert [(a, b) for a, some in all_.items() for b in some if a not in all_[b] and a not in islands] == []


def test_a_thinned_outline_stays_within_what_was_asked() -> None:
    for shape in shapes.load("japan_prefectures")["features"][:12]:
        few = thinned(shape["geometry"], 0.06)
        line = np.array(max((one[0] for one in few["coordinates"]), key=len))
        fine = np.array(max((one[0] for one in projection.polygons(shape["geometry"])), key=len))
        assert 3 < len(line) < len(fine)
        assert (line[0] == line[-1]).all()
        steps = np.linspace(line[:-1], line[1:], 60, axis=1).reshape(-1, 2)
        away = np.sqrt(((fine[:, None] - steps[None]) ** 2).sum(axis=2)).min(axis=1)
        assert away.max() < 0.12
