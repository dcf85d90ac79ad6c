"""How does a scheduled job make the files of a meeting? `python -m sejong_dash.exports --set weekly --to out`

Exit code 0: made. 2: the command is wrong. 3: the data, a choice or this machine does not allow it; stderr says what to do,
in the language asked for. Each file's path is a line of stdout; a file stands under its name whole or not at all.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sejong_dash import cards, charts, errors, maps, paths
from sejong_dash import words as wording
from sejong_dash.choices import Choices
from sejong_dash.datasets import plans, prefectures, reading
from sejong_dash.decks import decks, parse
from sejong_dash.errors import DashError
from sejong_dash.exhibits import defaults
from sejong_dash.exhibits.complaint import complaint
from sejong_dash.exports import BINDINGS
from sejong_dash.exports.report import Report, gathered, quiet
from sejong_dash.store import frozen

_ROOMS = {name: room for room in (charts, maps, cards) for name in room.names()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the files; the exit code."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    _check(parser, asked)
    try:
        with paths.frozen(asked.data):
            report = _report(asked)
        for name in report.left_out:
            print(f"left out, nothing to show: {name}", file=sys.stderr)
        for kind in asked.format:
            print(_write(report, kind, asked.to))
    except DashError as trouble:
        for said in complaint(trouble, wording.of(errors.__file__, asked.lang[0])).sentences:
            print(said, file=sys.stderr)
        return 3
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sejong_dash.exports",
        description="Make the files of a meeting without a browser open.",
        epilog="Exit code 0: made; 2: the command is wrong; 3: it cannot be made, stderr says why and what to do.",
    )
    what = parser.add_argument_group("what")
    several: dict[str, Any] = {"type": _listed, "metavar": "A,B,…"}
    which = what.add_mutually_exclusive_group(required=True)
    which.add_argument("--set", choices=decks(), help="a ready set of charts")
    which.add_argument("--slides", **several, help="charts by name, with changes as in prefecture_map.measure.gap")
    what.add_argument("--format", **several, default=["pptx"], help=f"any of {', '.join(BINDINGS)} (default: pptx)")
    what.add_argument("--lang", **several, default=["ko"], help="ko, ja or en; two are set side by side (default: ko)")
    of = parser.add_argument_group("of which figures")
    of.add_argument("--asof", metavar="DAY", type=date.fromisoformat, help="the day at whose end they stand, as 2026-05-06")
    of.add_argument("--plan", help="the plan's plan_id (default: the first)")
    of.add_argument("--prefecture", metavar="CODE", help="one prefecture, by its JIS X 0401 code, as 29")
    of.add_argument(
        "--sample", action=argparse.BooleanOptionalAction, help="invented or real counts (default: real, where there are any)"
    )
    of.add_argument("--data", metavar="VERSION", default="", help="a version that was frozen for a meeting")
    where = parser.add_argument_group("where to")
    where.add_argument("--to", metavar="FOLDER", type=Path, default=Path(), help="made if it is not there (default: here)")
    return parser


def _listed(said: str) -> list[str]:
    return [one.strip() for one in said.split(",") if one.strip()]


def _check(parser: argparse.ArgumentParser, asked: argparse.Namespace) -> None:
    """What one argument alone does not tell. Ends the program with exit code 2 where something is not known."""
    wrong = [one for one in asked.lang if one not in wording.LANGUAGES]
    if wrong or not 1 <= len(asked.lang) <= 2 or len(set(asked.lang)) < len(asked.lang):
        parser.error(f"--lang: one or two of {', '.join(wording.LANGUAGES)}, not {','.join(asked.lang) or 'none'}")
    if wrong := [one for one in asked.format if one not in BINDINGS]:
        parser.error(f"--format: {wrong[0]} is none of {', '.join(BINDINGS)}")
    for one in asked.slides or []:
        if parse(one, _ROOMS) is None:
            parser.error(f"--slides: {one} is none of {', '.join(_ROOMS)} (with changes as in prefecture_map.measure.gap)")
    if asked.data and asked.data not in frozen.versions():
        parser.error(f"--data: {asked.data} is not kept; kept are {', '.join(frozen.versions()) or 'none'}")


def _report(asked: argparse.Namespace) -> Report:
    choices = _choices(asked)
    deck = decks().get(asked.set)
    slides = [parse(code, _ROOMS) for code in (deck.slides if deck else asked.slides)]
    found = [(_ROOMS[one.name].named(one.name), dict(one.changes)) for one in slides if one]
    titles = deck.titles if deck else {lang: wording.shared(lang)("app") for lang in asked.lang}
    version = frozen.version_of(reading.fingerprint())
    return gathered(asked.set or "charts", titles, found, choices, asked.lang, version, defaults.now(), quiet)


def _choices(asked: argparse.Namespace) -> Choices:
    known = set(plans.load()["plan_id"])
    if asked.plan and asked.plan not in known:
        raise DashError("unknown_choice", name="--plan", found=asked.plan, known=", ".join(sorted(known)))
    if asked.prefecture and asked.prefecture not in set(prefectures.codes()):
        raise DashError("unknown_choice", name="--prefecture", found=asked.prefecture, known="01 … 47")
    named = {"plan_id": asked.plan, "on": asked.asof, "with_sample": asked.sample, "prefecture": asked.prefecture}
    return defaults.choices(asked.lang[0], **named, data=asked.data)


def _write(report: Report, kind: str, folder: Path) -> Path:
    """The file's path, once it is written."""
    binding = BINDINGS[kind]
    content = binding.write(report, quiet)
    name = report.file_name(binding.suffix if binding.suffix == kind else f"{kind}.{binding.suffix}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".{name}.part"
        unfinished.write_bytes(content)
        return unfinished.replace(folder / name)
    except OSError as trouble:
        raise DashError("export_unwritten", file=str(folder / name), what=trouble.strerror or str(trouble)) from trouble


if __name__ == "__main__":
    sys.exit(main())
