"""A few viewers on a real server are answered, and what they ask for is counted."""

import asyncio
from collections.abc import Iterator

import event_loops
import pytest

from tests.bench.load.phases import Plan, load
from tests.lib.launching import server_process
from tests.lib.page_session import LostAnswer, PageSession
from tests.lib.page_weight import weigh

pytestmark = pytest.mark.thorough
PAGE = """
import time
import streamlit as st

chosen = st.selectbox("Place", ["All", "Osaka", "Tokyo"], key="place", bind="query-params")
st.html(f"<p>{chosen}</p>")
if chosen == "Tokyo":
    time.sleep(3)

@st.fragment
def part():
    st.slider("More", 0, 100, 0, 5)
    st.html("<p>part</p>")

@st.fragment(run_every=0.2)
def watch():
    st.html("<p>watched</p>")

part()
# Streamlit as it comes may lose an answer where a part runs by itself (sejong_dash/serving/run_ends.py): on request alone.
if st.query_params.get("watch"):
    watch()
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    script = tmp_path_factory.mktemp("page") / "page.py"
    script.write_text(PAGE, encoding="utf-8")
    with server_process(script, script.with_suffix(".log"), "--browser.gatherUsageStats", "false") as (root, process):
        yield root, process.pid


def test_three_viewers_are_answered(server: tuple[str, int]) -> None:
    root, pid = server
    plan = Plan(viewers=3, idle=1.0, seconds=2.0, think=0.5, new_sessions=1, bursts=1, gap=0.0, wait=60.0)
    figures = event_loops.run(load(root, [""], plan, [pid]))
    assert (figures.errors, figures.lost, figures.streams) == ([], 0, 0)
    assert (len(figures.arrivals), len(figures.bursts), len(figures.new_sessions)) == (3, 3, 1)
    assert len(figures.answers) >= 3
    assert figures.runs_used is not None
    assert figures.runs_used > 0


def test_a_menu_a_part_and_the_address_are_used_as_in_a_browser(server: tuple[str, int]) -> None:
    async def use() -> None:
        async with PageSession(server[0], polls=False) as session:
            first = await session.run()
            assert first.kinds["selectbox"] == first.kinds["slider"] == 1
            (slider,) = [identity for identity, (kind, _) in session.widgets.items() if kind == "slider"]
            (menu,) = [identity for identity, (kind, _) in session.widgets.items() if kind == "selectbox"]
            part = await session.change(slider, dict(session.changes())[slider])
            assert [element.body for _, kind, element in part.elements if kind == "html"] == ["<p>part</p>"]
            osaka = next(state for identity, state in session.changes() if identity == menu and state.string_value == "Osaka")
            whole = await session.change(menu, osaka)
            assert next(element.body for _, kind, element in whole.elements if kind == "html") == "<p>Osaka</p>"
            assert session.query == {"place": ["Osaka"]}
            assert session.exceptions == []

    event_loops.run(use())


def test_a_part_that_runs_by_itself_is_asked_for_as_a_browser_does(server: tuple[str, int]) -> None:
    async def use() -> None:
        async with PageSession(server[0], query="watch=yes") as session, asyncio.timeout(60):
            await session.run()
            while session.polled < 2 or session.runs < 2:
                await asyncio.sleep(0.05)

    event_loops.run(use())


def test_an_answer_that_does_not_come_in_time_is_lost(server: tuple[str, int]) -> None:
    async def use() -> None:
        async with PageSession(server[0], polls=False) as session:
            await session.run()
            session.wait = 0.2
            slow = [change for change in session.changes() if change[1].string_value == "Tokyo"]
            await session.change(*slow[0])

    with pytest.raises(LostAnswer):
        event_loops.run(use())


def test_a_page_is_weighed(server: tuple[str, int]) -> None:
    found = weigh(server[0], query="watch=yes")
    assert (found.elements, found.polls, found.download_buttons) == (5, 1, 0)
    assert found.messages > found.elements
    assert found.bytes > 500
