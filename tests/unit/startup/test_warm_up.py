"""The server starts with the settings that it needs, or not at all."""

import re
import tomllib

import pytest
from answers import options, started

from sejong_dash.paths import PROJECT
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
