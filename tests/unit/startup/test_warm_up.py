"""The server starts with the settings that it needs, or not at all."""

import asyncio
import re
import threading
import tomllib
from functools import partial
from unittest.mock import MagicMock

import event_loops
import pytest
from answers import options, started

from sejong_dash.paths import PROJECT
from sejong_dash.serving import active_runs
from sejong_dash.serving.front_end import FrontEnd
from sejong_dash.startup import warm_up


def test_an_error_links_to_no_search_engine() -> None:
    settings = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["client"]["showErrorLinks"] is False
    assert warm_up.NEEDED["client.showErrorLinks"] is False


@pytest.mark.parametrize("name", list(warm_up.NEEDED))
def test_a_setting_that_did_not_take_stops_the_start(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    options(monkeypatch, **{name: True})
    with pytest.raises(RuntimeError, match=rf"{name} is True.*\.streamlit/config\.toml"):
        started(warm_up.warm())


def test_the_source_is_watched_for_developers_alone() -> None:
    settings = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["fileWatcherType"] == "none"
    run, dev = re.findall(r"^\t\$\(BIN\)/streamlit run .*$", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert "fileWatcherType" not in run
    assert "--server.fileWatcherType auto" in dev


def test_the_server_is_ready_before_its_work_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    options(monkeypatch)
    monkeypatch.delenv("SEJONG_DRAW_AHEAD")
    monkeypatch.setattr(active_runs, "_under_way", 0)
    monkeypatch.setattr(active_runs, "_expected_until", 0.0)
    ready, done = threading.Event(), threading.Event()

    def piece() -> None:
        if ready.wait(60):
            done.set()

    async def start() -> None:
        async with warm_up.warm(lambda: [piece], no_scripts())(MagicMock()):
            assert not done.is_set()
            ready.set()
            assert await asyncio.to_thread(done.wait, 60)

    event_loops.run(start())


def test_no_work_is_begun_when_the_server_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    options(monkeypatch)
    monkeypatch.delenv("SEJONG_DRAW_AHEAD")
    monkeypatch.setattr(active_runs, "_under_way", 1)
    begun: list[str] = []
    started(warm_up.warm(lambda: [lambda: begun.append("piece")], no_scripts()))
    assert begun == []
    assert not [thread for thread in threading.enumerate() if thread.name in {"drawing ahead", "compression"}]


def test_nothing_is_drawn_ahead_where_a_setting_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    options(monkeypatch)
    monkeypatch.setenv("SEJONG_DRAW_AHEAD", "off")

    async def start() -> None:
        async with warm_up.warm(lambda: [lambda: None], no_scripts())(MagicMock()):
            assert not [thread for thread in threading.enumerate() if thread.name in {"drawing ahead", "compression"}]

    event_loops.run(start())


def test_the_scripts_of_the_first_page_are_compressed_first() -> None:
    scripts = MagicMock(first=["chart.js"], names={"a.js", "chart.js"})
    for piece in warm_up._compression(scripts):
        piece()
    assert [call.args for call in scripts.compressed.call_args_list] == [
        (name, coding) for name in ("chart.js", "a.js") for coding in ("br", "gzip")
    ]


@pytest.mark.parametrize("others", [[], ["first"], ["first", "third"]])
def test_the_compression_begins_behind_the_imports(others: list[str]) -> None:
    done: list[str] = []
    for piece in warm_up._second(lambda: done.append("compression"), [partial(done.append, name) for name in others]):
        piece()
    assert done == [*others[:1], "compression", *others[1:]]


def no_scripts() -> FrontEnd:
    return MagicMock(first=(), names=())  # type: ignore[no-any-return]
