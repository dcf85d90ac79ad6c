"""What stands side by side on a part of the progress page ends together."""

from collections.abc import Callable

import pytest
from visiting import DESKTOP, Visit

Look = Callable[..., Visit]
LANGS = pytest.mark.parametrize("lang", ["ko", "ja"])
KEPT = {"asof": "2026-05-06", "sample": "true"}
ENDS = "boxes => boxes.map(box => box.getBoundingClientRect().bottom)"


@pytest.mark.parametrize(
    ("part", "left", "right", "apart"),
    [("channels", "channel_visitors", "booking_stages", 40), ("difficulty", "arrivals_share", "benchmarks", 80)],
)
@LANGS
def test_neighbours_end_together(look: Look, lang: str, part: str, left: str, right: str, apart: int) -> None:
    page = look(size=DESKTOP).open("progress", lang=lang, part=part, **KEPT).page
    ends = [page.locator(f".st-key-chart-{name}").evaluate_all(ENDS)[0] for name in (left, right)]
    assert abs(ends[0] - ends[1]) <= apart
