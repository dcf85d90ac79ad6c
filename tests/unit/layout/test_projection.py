"""A place comes back from the sheet, and a shape keeps what counts."""

import numpy as np
import pytest

from sejong_dash.layout import ground, projection

SQUARE = [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0], [0.0, 0.0]]


@pytest.mark.parametrize("place", [(127.29, 36.48), (141.3469, 43.0642), (0.0, 0.0), (-179.5, -60.0)])
def test_a_place_comes_back(place: projection.Place) -> None:
    assert projection.place(projection.spot(place, 4.25), 4.25) == pytest.approx(place, abs=1e-4)


def test_a_degree_at_zoom_nought_and_north_is_up() -> None:
    assert projection.spot((0, 0), 0) == (256, 256)
    assert projection.spot((1, 0), 0)[0] - 256 == pytest.approx(512 / 360)
    assert projection.spot((0, 10), 3)[1] < projection.spot((0, 0), 3)[1]


@pytest.mark.parametrize(("start", "end"), [((127.3, 36.5), (140.1, 35.6)), ((140.1, 35.6), (127.3, 36.5))])
def test_a_line_ends_where_it_should_and_bows_to_the_north(start: projection.Place, end: projection.Place) -> None:
    line = projection.bow(start, end, height=0.1)
    assert line[0] == start
    assert line[-1] == end
    middle = line[len(line) // 2]
    assert middle[1] - 36.05 == pytest.approx(1.28, abs=0.01)


def test_rounding_drops_points_but_no_island() -> None:
    islet = [[131.86, 37.243], [131.861, 37.244], [131.862, 37.241], [131.86, 37.243]]
    coast = [[0.0, 0.0], [0.001, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
    shape = projection.coarse({"type": "MultiPolygon", "coordinates": [[coast], [islet]]}, 2)
    assert shape["coordinates"] == [[[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]], [islet]]


def test_the_centre_is_that_of_the_largest_part() -> None:
    speck = [[9.0, 9.0], [9.1, 9.0], [9.1, 9.1], [9.0, 9.0]]
    assert projection.centre({"type": "MultiPolygon", "coordinates": [[speck], [SQUARE]]}) == (1.0, 1.0)


def test_spots_inside_fill_the_ring_and_nothing_else() -> None:
    spots = np.array(projection.spots_inside([SQUARE], zoom=6, every=5))
    (x0, y1), (x1, y0) = projection.spot((0, 0), 6), projection.spot((2, 2), 6)
    assert len(spots) == pytest.approx((x1 - x0) * (y1 - y0) / 25, rel=0.1)
    assert ((spots > [x0, y0]) & (spots < [x1, y1])).all()


def test_the_fade_hides_the_cut_wholly_and_the_middle_not_at_all() -> None:
    strips = list(ground.fading())
    assert max(hidden for _, hidden in strips) == 1
    assert all(west < 122 or east > 146 or south > 45 or north < 27 for (west, south, east, north), _ in strips)
    assert all(west < east and south < north for (west, south, east, north), _ in strips)


def test_only_okinawa_is_drawn_elsewhere() -> None:
    assert ground.drawn_at("46", (130.5, 31.6)) == (130.5, 31.6)
    lon, lat = ground.drawn_at("47", (127.68, 26.21))
    assert 136 < lon < 141
    assert 30 < lat < 33
