"""Has viewers come, wait, use pages and press all at once, and measures each."""

import asyncio
import itertools
import os
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

import websockets

from tests.bench.load.figures import Figures
from tests.bench.load.process_use import use
from tests.bench.load.viewer import Viewer
from tests.lib.page_session import LostAnswer

_AT_ONCE = 10  # viewers that come at the same moment
# A line that breaks, an answer that ends too early, a page that cannot be compiled, a message that is referred to and not there.
_BROKEN = (OSError, websockets.WebSocketException, EOFError, RuntimeError, KeyError)


@dataclass(frozen=True)
class Plan:
    """How much is done. All of it is bounded by number and time."""

    viewers: int = 100
    idle: float = 5.0  # seconds in which nobody does anything
    seconds: float = 30.0  # with think time
    think: float = 10.0  # seconds between two interactions of a viewer: half to one and a half of it
    new_sessions: int = 8  # meanwhile, one after the other
    bursts: int = 3
    gap: float = 2.0  # seconds between them
    wait: float = 30.0  # seconds after which an answer is lost
    variety: int = 2  # entries of each menu that viewers try
    is_cold: bool = False  # the choices that viewers will make have not been shown to anybody


async def load(root: str, paths: Sequence[str], plan: Plan, pids: Sequence[int] = (), servers: Sequence[str] = ()) -> Figures:
    """Load the server at `root` with viewers on its pages `paths` in turn; `pids` are the processes of its servers.

    `servers` are the addresses of several behind `root`: what viewers will choose has been shown at each of them.
    """
    figures = Figures(viewers=plan.viewers)
    tries = _Tries(figures)
    early = [viewer for server in servers or [root] for viewer in _viewers(server, paths, plan, range(len(paths)))]
    # What the first viewer alone waits for is no matter of load.
    await asyncio.gather(*(tries.add([], viewer.arrive if plan.is_cold else viewer.see_all) for viewer in early))
    await asyncio.gather(*(viewer.leave() for viewer in early))
    before = use(*pids)
    viewers = [
        Viewer(root, path, number, plan.wait, plan.variety) for number, path in zip(range(plan.viewers), itertools.cycle(paths))
    ]
    try:
        await _arrive(viewers, figures, tries)
        figures.streams = sum(viewer.stream.is_offered for viewer in viewers)
        figures.runs_idle, figures.share_idle, _ = await _watched(viewers, pids, asyncio.sleep(plan.idle))
        used = asyncio.gather(_use_with_thought(viewers, plan, figures, tries), _newcomers(root, paths, plan, figures, tries))
        figures.runs_used, figures.share_used, figures.share_of_tool = await _watched(viewers, pids, used)
        after = use(*pids)
        if before and after and viewers:
            figures.session_mb = (after.megabytes - before.megabytes) / len(viewers)
        for _ in range(plan.bursts):
            await asyncio.gather(*(tries.add(figures.bursts, viewer.interact) for viewer in viewers))
            await asyncio.sleep(plan.gap)
        figures.errors += [f"/{viewer.session.path} shows {text}" for viewer in viewers for text in viewer.session.exceptions]
        figures.errors += ["a stream of events has ended" for viewer in viewers if viewer.stream.is_lost]
    finally:
        await asyncio.gather(*(viewer.leave() for viewer in viewers))
    return figures


def _viewers(root: str, paths: Sequence[str], plan: Plan, numbers: Iterable[int]) -> list[Viewer]:
    """Viewers with these numbers, on the pages in turn."""
    return [
        Viewer(root, path, number, plan.wait, plan.variety) for number, path in zip(numbers, itertools.cycle(paths), strict=False)
    ]


class _Tries:
    """Keeps what went wrong apart from what was measured."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures

    async def add(self, times: list[float], work: Callable[[], Awaitable[float]]) -> bool:
        """Add the seconds that `work` measures to `times`; return whether it could."""
        try:
            times.append(await work())
        except LostAnswer:
            self.figures.lost += 1
            return False
        except _BROKEN as error:
            self.figures.errors.append(f"{type(error).__name__}: {error}")
            return False
        return True


async def _arrive(viewers: list[Viewer], figures: Figures, tries: _Tries) -> None:
    """Have all viewers come, a few at a time; those who could not are taken out."""
    door, gone = asyncio.Semaphore(_AT_ONCE), []

    async def enter(viewer: Viewer) -> None:
        async with door:
            if not await tries.add(figures.arrivals, viewer.arrive):
                gone.append(viewer)

    await asyncio.gather(*(enter(viewer) for viewer in viewers))
    for viewer in gone:
        viewers.remove(viewer)
        await viewer.leave()


async def _watched(
    viewers: list[Viewer], pids: Sequence[int], work: Awaitable[object]
) -> tuple[float, float | None, float | None]:
    """Runs a second while `work` goes on, and the share of a core that the server and this tool take."""
    began, runs = time.perf_counter(), sum(viewer.session.runs for viewer in viewers)
    server, tool = use(*pids), use(os.getpid(), alone=True)
    await work
    seconds = time.perf_counter() - began
    server_after, tool_after = use(*pids), use(os.getpid(), alone=True)
    return (
        (sum(viewer.session.runs for viewer in viewers) - runs) / seconds,
        (server_after.seconds - server.seconds) / seconds if server and server_after else None,
        (tool_after.seconds - tool.seconds) / seconds if tool and tool_after else None,
    )


async def _use_with_thought(viewers: list[Viewer], plan: Plan, figures: Figures, tries: _Tries) -> None:
    end = time.perf_counter() + plan.seconds

    async def think(seconds: float) -> bool:
        """Return whether there is time left after it."""
        left = end - time.perf_counter()
        await asyncio.sleep(max(min(seconds, left), 0))
        return seconds < left

    async def use_page(viewer: Viewer) -> None:
        thought = viewer.random.uniform(0, plan.think)  # so that they do not begin together
        while await think(thought):
            await tries.add(figures.answers, viewer.interact)
            thought = viewer.random.uniform(0.5, 1.5) * plan.think

    await asyncio.gather(*(use_page(viewer) for viewer in viewers))


async def _newcomers(root: str, paths: Sequence[str], plan: Plan, figures: Figures, tries: _Tries) -> None:
    """One new session after the other while all viewers are there; none comes after the time is over."""
    for newcomer in _viewers(root, paths, plan, range(plan.viewers, plan.viewers + plan.new_sessions)):
        await asyncio.sleep(plan.seconds / (plan.new_sessions + 1))
        await tries.add(figures.new_sessions, newcomer.arrive)
        await newcomer.leave()
