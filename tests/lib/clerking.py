"""Do at the desk in a browser what clerks do, and read the counts after it."""

import csv
from pathlib import Path

from playwright.sync_api import expect
from visiting import Visit

from sejong_dash import words
from sejong_dash.paths import PROJECT


def own(name: str, lang: str = "ko") -> words.Words:
    """Return the texts of a module of the user interface."""
    return words.of(next((PROJECT / "sejong_dash" / "ui").rglob(f"{name}.toml")), lang)


def bring(visit: Visit, *rows: str, encoding: str = "cp949") -> None:
    """Drop a file with these rows."""
    text = "날짜,도도부현,경로,방문객 수\n" + "".join(f"{row}\n" for row in rows)
    file = {"name": "집계.csv", "mimeType": "text/csv", "buffer": text.encode(encoding)}
    visit.page.set_input_files("input[type=file]", [file])  # type: ignore[list-item]


def drop(visit: Visit, *rows: str, encoding: str = "cp949") -> None:
    """Drop a file with these rows, and wait until it can be applied."""
    bring(visit, *rows, encoding=encoding)
    expect(visit.page.locator(".st-key-desk-apply button")).to_be_visible()
    visit.still()


def apply(visit: Visit, who: str, why: str = "확정") -> None:
    """Sign a change and press its button without a pause, as people do."""
    visit.page.locator(".st-key-desk-who input").fill(who)
    visit.page.locator(".st-key-desk-why input").fill(why)
    visit.page.locator(".st-key-desk-apply button").click()


def stored(data: Path) -> dict[tuple[str, str], int]:
    """Return the stored visitors by day and prefecture code."""
    with (data / "visitors.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(row["date"], row["jis_code"]): int(row["visitors"]) for row in csv.DictReader(file)}


def expect_stored(visit: Visit) -> None:
    """Wait until the page shows what was stored."""
    expect(visit.page.locator(".st-key-desk-done")).to_be_visible()
