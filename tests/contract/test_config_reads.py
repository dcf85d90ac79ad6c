"""Settings are read without Streamlit's lock, and a setting that is set or parsed anew is seen at once."""

import inspect
import threading
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from sejong_dash.serving import config_reads

INSTALLED = f"Streamlit {version('streamlit')}"
KEY = "client.toolbarMode"


class CountedLock:
    """A lock that counts how often it was taken."""

    def __init__(self, lock: Any) -> None:
        self.lock, self.times = lock, 0

    def __enter__(self) -> bool:
        self.times += 1
        return bool(self.lock.__enter__())

    def __exit__(self, *what: Any) -> None:
        self.lock.__exit__(*what)


@pytest.fixture
def lock(monkeypatch: pytest.MonkeyPatch) -> Iterator[CountedLock]:
    """Streamlit's own way to read settings and the lock that it takes; settings as they were when the test has ended."""
    for name in ("get_option", "get_options_for_section"):
        own = getattr(config, name)
        monkeypatch.setattr(config, name, inspect.unwrap(own))
    monkeypatch.setattr(config_reads, "_parsed", None)
    counted = CountedLock(config._config_lock)
    monkeypatch.setattr(config, "_config_lock", counted)
    options = config.get_config_options()
    before, defined = options[KEY].value, options[KEY].where_defined
    yield counted
    monkeypatch.setattr(config, "_config_options", options)
    options[KEY].set_value(before, defined)


def taken(lock: CountedLock, read: Callable[[], object]) -> int:
    before = lock.times
    read()
    return lock.times - before


def in_a_thread(read: Callable[[], object]) -> object:
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(read()), daemon=True)
    thread.start()
    thread.join(60)
    return found[0] if found else "waits"


def test_streamlit_takes_the_lock(lock: CountedLock) -> None:
    """Why config_reads is there. Where this fails, Streamlit reads without the lock: config_reads can go."""
    assert taken(lock, lambda: config.get_option(KEY)) == 1
    assert taken(lock, lambda: config.get_options_for_section("theme")) == 1


def test_no_lock_is_taken(lock: CountedLock) -> None:
    config_reads.read_without_lock()
    whole = [config.get_options_for_section.__wrapped__(section) for section in ("theme", "theme.dark.sidebar", "server")]  # type: ignore[attr-defined]
    assert taken(lock, lambda: config.get_option(KEY)) == 0, f"{INSTALLED} breaks config_reads: readers stand in line again."
    assert taken(lock, lambda: config.get_options_for_section("theme")) == 0
    assert [config.get_options_for_section(section) for section in ("theme", "theme.dark.sidebar", "server")] == whole


def test_a_reader_does_not_wait_for_who_holds_the_lock(lock: CountedLock) -> None:
    config_reads.read_without_lock()
    with config._config_lock:
        assert in_a_thread(lambda: config.get_option(KEY)) == config.get_option(KEY)


@pytest.mark.parametrize("value", ["minimal", "developer"])
def test_a_setting_that_is_set_is_seen_at_once(lock: CountedLock, value: str) -> None:
    config_reads.read_without_lock()
    config.set_user_option(KEY, value)
    assert config.get_option(KEY) == value, f"{INSTALLED} breaks config_reads: what is set is not seen."
    assert in_a_thread(lambda: config.get_option(KEY)) == value
    assert config.get_options_for_section("client")["toolbarMode"] == value


def test_what_is_parsed_anew_is_seen_at_once_and_read_without_the_lock(lock: CountedLock) -> None:
    config_reads.read_without_lock()
    config.get_config_options(force_reparse=True, options_from_flags={KEY: "minimal"})
    assert config.get_option(KEY) == "minimal", f"{INSTALLED} breaks config_reads: what is parsed anew is not seen."
    assert taken(lock, lambda: config.get_option(KEY)) == 0, f"{INSTALLED} breaks config_reads: readers stand in line again."


def test_settings_that_are_being_parsed_are_not_read(lock: CountedLock, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a thread finds in the middle of a parsing is the default of each setting."""
    config.set_user_option(KEY, "minimal")
    config_reads.read_without_lock()
    parse, found, threads = config._update_config_with_sensitive_env_var, [], list[threading.Thread]()

    def parsing(options: Any) -> None:
        threads.append(threading.Thread(target=lambda: found.append(config.get_option(KEY)), daemon=True))
        threads[0].start()
        threads[0].join(0.2)  # it has no lock to wait for if this fails
        assert found == []
        parse(options)

    monkeypatch.setattr(config, "_update_config_with_sensitive_env_var", parsing)
    config.get_config_options(force_reparse=True, options_from_flags={KEY: "developer"})
    threads[0].join(60)
    assert found == ["developer"]


def test_an_unknown_setting_is_refused_as_before(lock: CountedLock) -> None:
    config_reads.read_without_lock()
    with pytest.raises(RuntimeError, match="not defined"):
        config.get_option("client.nothing")


def test_asking_twice_wraps_once(lock: CountedLock) -> None:
    config_reads.read_without_lock()
    first = config.get_option
    config_reads.read_without_lock()
    assert config.get_option is first


def test_it_can_be_switched_off(lock: CountedLock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEJONG_BORDER_OFF", "config_reads")
    config_reads.read_without_lock()
    assert taken(lock, lambda: config.get_option(KEY)) == 1


def test_all_of_streamlit_reads_settings_through_the_module() -> None:
    """A module that imports the function itself would take the lock further on."""
    folder = Path(config.__file__).parent
    named = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if "from streamlit.config import" in path.read_text("utf-8") and "get_option" in path.read_text("utf-8")
    ]
    assert named == [], f"{INSTALLED} breaks config_reads: these read settings past it."
