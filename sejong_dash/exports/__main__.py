"""Make the files of a meeting from the shell: `python -m sejong_dash.exports --set weekly --to out`

Exit code 0: all is made. 2: the command is wrong; the message names what is possible. 3: the data or this machine does not
allow some of it; what can be made is made, and stderr says what was not, why, and what to do, in the language asked for. Each
file's path is a line of stdout; a file stands under its name whole or not at all.
"""

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sejong_dash import cards, charts, clock, console, errors, maps, temporary
from sejong_dash import words as wording
from sejong_dash.datasets import snapshot
from sejong_dash.datasets.schema import data_files
from sejong_dash.decks import decks, parse
from sejong_dash.errors import DashError
from sejong_dash.exhibits import defaults, gone_counts
from sejong_dash.exhibits.error_text import describe_error
from sejong_dash.store import backends, missing_counts, snapshots

from . import REPORT_FORMATS
from .pictures import chrome
from .report import Report, gather_report, ignore_progress

_ROOMS = {name: room for room in (charts, maps, cards) for name in room.names()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the files and return the exit code."""
    console.make_safe()
    _end_in_order()
    logging.getLogger(chrome.__name__).addHandler(logging.NullHandler())  # what it says the reader is told in their language
    with temporary.own_folder():
        try:
            return _make(arguments)
        finally:
            chrome.close()


def _make(arguments: Sequence[str] | None) -> int:
    parser = _parser()
    asked = parser.parse_args(arguments)
    _check(parser, asked)
    lang = asked.lang[0] if console.shows(wording.LANGUAGE_NAMES[asked.lang[0]]) else "en"
    failures: list[DashError] = []
    try:
        backends.refresh()
        _check_against_tables(parser, asked)
        if not asked.sample and (found := missing_counts.find_unshown(asked.data)):
            console.report(gone_counts.describe(found, lang))
        report = _report(asked)
    except DashError as failure:
        _report_failures([failure], lang)
        return console.FAILED
    for name in report.left_out:
        console.report([f"left out, no data: {name}"])
    for kind in asked.format:
        try:
            print(_write(report, kind, asked.to))
        except DashError as failure:
            failures.append(failure)
    _report_failures(failures, lang)
    return console.FAILED if failures else console.MADE


def _end_in_order() -> None:
    """Let a request to stop end the program as an error does: its Chrome is closed, what is half written is removed."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(console.FAILED))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sejong_dash.exports",
        description="Make the files of a meeting without a browser open.",
        epilog=f"{console.RULE}; all other files are made, and stderr lists the failures with the reason and what to do.",
    )
    what = parser.add_argument_group("content")
    several: dict[str, Any] = {"type": _listed, "metavar": "A,B,..."}
    which = what.add_mutually_exclusive_group(required=True)
    which.add_argument("--set", choices=decks(), help="a ready-made set of charts; partner needs --prefecture")
    which.add_argument("--slides", **several, help="charts by name, with changes as in prefecture_map.measure.gap")
    what.add_argument("--format", **several, default=["pptx"], help=f"any of {', '.join(REPORT_FORMATS)} (default: pptx)")
    what.add_argument("--lang", **several, default=["ko"], help="ko, ja or en; two appear side by side (default: ko)")
    of = parser.add_argument_group("figures")
    of.add_argument("--asof", metavar="DAY", type=date.fromisoformat, help="the as-of date, such as 2026-05-06")
    of.add_argument("--plan", help="the plan's plan_id (default: the first)")
    of.add_argument("--prefecture", metavar="CODE", help="one prefecture, by its JIS X 0401 code, such as 29")
    of.add_argument(
        "--sample",
        action=argparse.BooleanOptionalAction,
        help="sample or real counts (default: real, if there are or ever were any)",
    )
    of.add_argument("--data", metavar="VERSION", default="", help="a version frozen for a meeting")
    where = parser.add_argument_group("destination")
    where.add_argument(
        "--to", metavar="FOLDER", type=Path, default=Path(), help="created if missing (default: the current folder)"
    )
    return parser


def _listed(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise argparse.ArgumentTypeError("at least one is needed")
    return names


def _check(parser: argparse.ArgumentParser, asked: argparse.Namespace) -> None:
    """Check the arguments against each other. Ends the program with exit code 2 where something is not known."""
    wrong = [lang for lang in asked.lang if lang not in wording.LANGUAGES]
    if wrong or len(asked.lang) > 2 or len(set(asked.lang)) < len(asked.lang):
        parser.error(f"--lang: one or two of {', '.join(wording.LANGUAGES)}, not {','.join(asked.lang)}")
    if wrong := [kind for kind in asked.format if kind not in REPORT_FORMATS]:
        parser.error(f"--format: {wrong[0]} is not one of {', '.join(REPORT_FORMATS)}")
    for code in asked.slides or []:
        if parse(code, _ROOMS) is None:
            parser.error(f"--slides: {code} is not one of {', '.join(_ROOMS)} (with changes as in prefecture_map.measure.gap)")
    if asked.data and asked.data not in snapshots.versions():
        parser.error(f"--data: {asked.data} does not exist; available: {', '.join(snapshots.versions()) or 'none'}")


def _check_against_tables(parser: argparse.ArgumentParser, asked: argparse.Namespace) -> None:
    """Check the arguments against the tables.

    Ends the program with exit code 2 where something is not in them; raises TableError where they cannot be read.
    """
    tables = snapshot(asked.data)
    known = {"plan": tables.plans()["plan_id"], "prefecture": tables.prefectures()["jis_code"]}
    for name, ids in known.items():
        found = getattr(asked, name)
        if found is not None and found not in set(ids):
            parser.error(f"--{name}: {found} is not one of {', '.join(ids)}")
    if asked.set and decks()[asked.set].of_prefecture and asked.prefecture is None:
        table = tables.prefectures()
        named = [f"{row.jis_code} {row.name_en}" for row in table[table["role"] != "none"].itertuples()]
        parser.error(
            f"--set {asked.set} is made for one prefecture: choose it with --prefecture, "
            f"one of {', '.join(named)}, or another of {', '.join(table['jis_code'])}"
        )


def _report(asked: argparse.Namespace) -> Report:
    named = {"plan_id": asked.plan, "on": asked.asof, "with_sample": asked.sample, "prefecture": asked.prefecture}
    choices = defaults.choices(asked.lang[0], **named, data=asked.data)
    deck = decks().get(asked.set)
    slides = [parse(code, _ROOMS) for code in (deck.slides if deck else asked.slides)]
    found = [(_ROOMS[slide.name].named(slide.name), dict(slide.changes)) for slide in slides if slide]
    titles = deck.titles if deck else {lang: wording.shared(lang)("app") for lang in asked.lang}
    version = snapshots.version_of(data_files.fingerprint(asked.data))
    return gather_report(asked.set or "charts", titles, found, choices, asked.lang, version, clock.now(), ignore_progress)


def _write(report: Report, kind: str, folder: Path) -> Path:
    """Write the file and return its path. Raises DashError where it cannot be made or written."""
    report_format = REPORT_FORMATS[kind]
    try:
        content = report_format.write(report, ignore_progress)
    except DashError:
        raise
    except Exception as error:  # a Chrome that is there and does not start, say
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        raise DashError("export_unmade", format=kind.upper(), what=what) from error
    name = report.file_name(report_format.suffix if report_format.suffix == kind else f"{kind}.{report_format.suffix}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".{name}.part"
        try:
            unfinished.write_bytes(content)
            return unfinished.replace(folder / name)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise DashError("export_unwritten", file=str(folder / name), what=error.strerror or str(error)) from error


def _report_failures(failures: Sequence[DashError], lang: str) -> None:
    described = [tuple(describe_error(failure, wording.of(errors.__file__, lang)).sentences) for failure in failures]
    for sentences in dict.fromkeys(described):  # a Chrome that does not start is said once, whatever was to be made with it
        console.report(list(sentences))


if __name__ == "__main__":
    sys.exit(main())
