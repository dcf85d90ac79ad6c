"""Reads what a running server says of itself."""

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any


def fetched(address: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Return status, headers (their names in lower case) and body of an answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=named), timeout=60) as answer:
            status, found, body = answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        status, found, body = refused.code, refused.headers, refused.read()
    return status, {name.lower(): value for name, value in found.items()}, body.decode()


def metric(root: str, name: str) -> float:
    """Return the value of a figure without labels."""
    _, _, text = fetched(f"{root}/metrics")
    found = re.search(rf"^{name} (\S+)$", text, re.MULTILINE)
    assert found, f"{name} is not among\n{text}"
    return float(found[1])


def ready(root: str) -> dict[str, Any]:
    """Return what the server says of its readiness."""
    answer: dict[str, Any] = json.loads(fetched(f"{root}/readyz")[2])
    return answer


def wait_until(holds: Callable[[], bool], seconds: float = 90.0, what: Callable[[], str] = lambda: "") -> None:
    """Return as soon as something holds. Raises AssertionError with `what` there is instead where it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"it does not come to hold: {what()}"
        time.sleep(0.1)
