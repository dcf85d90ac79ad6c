"""Lets Streamlit's settings be read without the lock that all script threads share.

Relies on: `config.get_option` and `config.get_options_for_section` being looked up in the module by all that read settings;
`config._config_options` holding them, a dictionary that is filled anew at each parsing, whose options are changed in place by
`set_option`; `config.on_config_parsed` calling back when a parsing has ended; `config._config_lock`.
Why: a run of a page reads settings more often than it sends messages, and each reading takes one lock. At a hundred viewers 80 %
of the time of their threads went by in waiting for it. docs/performance.md has the report for Streamlit.
Tried with: Streamlit 1.67.0.
Without it: nothing breaks; with many viewers each run takes longer.
Off: `config_reads` in SEJONG_BORDER_OFF.
"""

from functools import wraps
from typing import TYPE_CHECKING, Any

from sejong_dash import border

if TYPE_CHECKING:  # what is imported when it is used can be switched off where it is gone
    from streamlit.config_option import ConfigOption

_parsed: "dict[str, ConfigOption] | None" = None  # the settings whose parsing has ended


def read_without_lock() -> None:
    """Read settings from those that were parsed last, without the lock. Calling it again changes nothing.

    A setting that is set is seen at once: it is changed in the very option that is read. While settings are parsed anew, readers
    wait for the lock as before, since what is there is not complete.
    """
    if border.is_off("config_reads"):
        return
    from streamlit import config

    get_option, get_section = config.get_option, config.get_options_for_section
    if hasattr(get_option, "__wrapped__"):
        return

    @wraps(get_option)
    def read(key: str) -> Any:
        options = config._config_options
        option = options.get(key) if options is not None and options is _parsed else None
        return get_option(key) if option is None else option.value

    @wraps(get_section)
    def read_section(section: str) -> dict[str, Any]:
        options = config._config_options
        if options is None or options is not _parsed:
            return get_section(section)
        return {option.name: option.value for option in options.values() if option.section == section}

    with config._config_lock:  # no parsing is under way
        config.get_config_options()
        _take()
        config.on_config_parsed(_take, force_connect=True)
    config.get_option, config.get_options_for_section = read, read_section


def _take() -> None:
    """Take the settings as they are now for complete."""
    global _parsed
    from streamlit import config

    _parsed = config._config_options
