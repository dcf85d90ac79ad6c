"""Labels keep clear of each other wherever there is room."""

from itertools import combinations

import numpy as np
import pytest

from sejong_dash.layout import label_places

ROOM = (0.0, 0.0, 600.0, 400.0)


def boxes(spots: list[tuple[float, float]], size: tuple[float, float]) -> np.ndarray:
    middles, half = np.array(spots), np.array(size) / 2
    return np.hstack([middles - half, middles + half])


def apart(one: np.ndarray, other: np.ndarray) -> bool:
    return bool((np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2])).min() <= 0)


def test_nothing_to_lay() -> None:
    assert label_places.lay([], [], ROOM) == []


def test_a_lone_label_stands_next_to_its_point() -> None:
    (spot,) = label_places.lay([(300, 200)], [(60, 20)], ROOM)
    assert np.hypot(spot[0] - 300, spot[1] - 200) < 50


@pytest.mark.thorough
def test_labels_of_a_crowd_cover_neither_each_other_nor_a_point() -> None:
    crowd = [(280 + 12 * (i % 4), 190 + 14 * (i // 4)) for i in range(12)]
    laid = boxes(label_places.lay(crowd, [(60, 20)] * 12, ROOM), (60, 20))
    assert all(apart(a, b) for a, b in combinations(laid, 2))
    assert not [p for p in crowd for box in laid if box[0] < p[0] < box[2] and box[1] < p[1] < box[3]]


def test_the_room_and_what_is_taken_are_respected() -> None:
    taken = (0.0, 120.0, 300.0, 180.0)
    laid = boxes(label_places.lay([(10, 100), (590, 390), (150, 110)], [(80, 20)] * 3, ROOM, taken=[taken]), (80, 20))
    assert (laid[:, :2] >= 0).all()
    assert (laid[:, 2:] <= [600, 400]).all()
    assert all(apart(box, np.array(taken)) for box in laid)


def test_what_should_be_seen_is_left_open() -> None:
    detail = [(x, y) for x in range(300, 400, 4) for y in range(150, 250, 4)]
    ((x, _),) = label_places.lay([(300, 200)], [(60, 20)], ROOM, detail=detail)
    assert x < 300


def test_the_same_input_gives_the_same_places() -> None:
    points = [(100.0 + 9 * i, 200.0 + 5 * i) for i in range(8)]
    assert label_places.lay(points, [(50, 18)] * 8, ROOM) == label_places.lay(points, [(50, 18)] * 8, ROOM)
