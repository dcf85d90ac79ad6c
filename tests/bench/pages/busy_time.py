"""Adds up how long the browser's main thread was busy, by script, from a sampling profile."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

_IDLE = "(idle)"
NATIVE, COLLECTING = "(program)", "(garbage collector)"  # style, layout, paint and the like; memory
UNNAMED = "(in the page)"


def busy_by_script(profile: Mapping[str, Any]) -> Counter[str]:
    """Return milliseconds by the name of the script, without the hash that its file bears; idle time is left out.

    `profile` is a Profile of the DevTools protocol: a sample is the node in which the thread was, a delta the microseconds
    since the sample before it.
    """
    frames = {node["id"]: node["callFrame"] for node in profile["nodes"]}
    busy: Counter[str] = Counter()
    for sample, microseconds in zip(profile["samples"], profile["timeDeltas"], strict=True):
        name = _name(frames[sample])
        if name != _IDLE:
            busy[name] += microseconds / 1000  # type: ignore[assignment]
    return busy


def _name(frame: Mapping[str, Any]) -> str:
    if frame["functionName"].startswith("("):
        return str(frame["functionName"])
    file = urlsplit(frame["url"]).path.rpartition("/")[2]
    return _without_hash(file) if file else UNNAMED


def _without_hash(file: str) -> str:
    """PlotlyChart.D9Z0_fxz.js -> PlotlyChart.js; plotly.v4_1_1m1776.min.js -> plotly.js"""
    first, *_, last = file.split(".") if "." in file else (file, "")
    return f"{first}.{last}".rstrip(".")
