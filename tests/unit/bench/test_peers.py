"""What the dashboard is compared with shows what it is meant to show, with the same libraries."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest

from sejong_dash.paths import PROJECT

PEERS = PROJECT / "tests" / "bench" / "peers"


@pytest.fixture
def six_charts(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(PEERS))
    import six_charts

    yield six_charts
    sys.modules.pop("six_charts", None)


def test_there_are_six_charts_of_a_place_that_ask_no_other_host(six_charts: ModuleType) -> None:
    assert {"All", "Osaka", "Tokyo"} <= set(six_charts.places())
    for place in ("All", "Osaka"):
        figures, charts = six_charts.draw(place)
        assert len(figures) == 3
        assert [chart.layout.title.text for chart in charts] == [f"{title} - {place}" for title in six_charts.TITLES]
        assert all(len(chart.data) > 0 for chart in charts)
        assert not any(trace.type in ("scattergeo", "choropleth") for chart in charts for trace in chart.data)


def test_the_naive_page_follows_its_menu(six_charts: ModuleType) -> None:
    page = AppTest.from_file(str(PEERS / "naive_page.py"), default_timeout=60).run()
    everywhere = page.metric[0].value
    page.selectbox(key="place").set_value("Osaka").run()
    assert not page.exception
    assert page.metric[0].value != everywhere
    assert len(page.get("plotly_chart")) == 6


@pytest.mark.parametrize("name", ["bare_page.py", "empty_page.py"])
def test_the_other_pages_run(name: str) -> None:
    page = AppTest.from_file(str(PEERS / name), default_timeout=60).run()
    assert not page.exception
    assert page.title[0].value == "Expo"


def pins(file: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w-]+)==(\S+)", file.read_text("utf-8"), re.MULTILINE))


def test_peers_draw_with_the_dashboards_own_libraries() -> None:
    wanted, peers, own = pins(PEERS / "requirements.in"), pins(PEERS / "requirements.txt"), pins(PROJECT / "requirements.txt")
    assert {"dash", "panel"} <= set(wanted)
    assert {name: peers.get(name) for name in wanted} == wanted
    assert (peers["plotly"], peers["pandas"]) == (own["plotly"], own["pandas"])
