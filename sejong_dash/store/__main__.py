"""Copy, back up and restore what is kept: `python -m sejong_dash.store copy --from files --to database`

A place is `files` (the data folder), `database` (SEJONG_DATABASE), the path of another folder, or the address of another
database. Exit code 0: done. 2: the command is wrong. 3: something could not be read or written; stderr says why and what to do.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sejong_dash import console, errors
from sejong_dash import words as wording
from sejong_dash.errors import DashError
from sejong_dash.exhibits.error_text import describe_error

from . import backends, queries
from .backends import StoreContents, backup_file, store_copy


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked and return the exit code."""
    console.make_safe()
    asked = _parser().parse_args(arguments)
    try:
        print(_done(asked))
    except DashError as error:
        lang = asked.lang if console.shows(wording.LANGUAGE_NAMES[asked.lang]) else "en"
        console.report(describe_error(error, wording.of(errors.__file__, lang)).sentences)
        return console.FAILED
    return console.MADE


def _done(asked: argparse.Namespace) -> str:
    """Do what is asked and return what is now kept, in one line."""
    if asked.command == "copy":
        return _summary(store_copy.copy(asked.source, asked.target, is_replacing=asked.replace))
    if asked.command == "backup":
        return _summary(backup_file.write(asked.file, asked.source).store)
    if asked.command == "restore":
        return _summary(backup_file.restore(asked.file, asked.target, is_replacing=asked.replace).store)
    if asked.command == "queries":
        return "\n".join(_standing(path, asked.lang) for path in queries.query_paths())
    backend = backends.current()
    if asked.command == "setting":
        backend.keep_setting(asked.name)
    contents = backend.contents()
    contents.check()
    return _summary(contents)


def _standing(path: Path, lang: str) -> str:
    """Ask a query now and return how it stands."""
    found = queries.ask(path)
    if not found.problem:
        return f"{path.name}: {found.rows:,} rows, {found.answered_at}"
    fields = found.fields or {}
    own = wording.of(errors.__file__, lang if console.shows(wording.LANGUAGE_NAMES[lang]) else "en")
    return "\n".join([f"{path.name}: {own(found.problem, **fields)}", *filter(None, [fields.get("what")])])


def _summary(contents: StoreContents) -> str:
    rows = max(0, sum(bool(line.strip()) for line in contents.counts.splitlines()) - 1)
    kept = {"rows": rows, "changes": len(contents.journal), "snapshots": len(contents.snapshots)}
    return ", ".join(f"{name}: {count:,}" for name, count in (kept | {"settings": len(contents.settings)}).items())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sejong_dash.store",
        description="Copy, back up, restore and check counts, journal, snapshots and settings.",
        epilog=f"{console.RULE}; stderr says why and what to do.",
    )
    parser.add_argument("--lang", choices=wording.LANGUAGES, default="ko", help="of what is said on stderr (default: ko)")
    commands = parser.add_subparsers(dest="command", required=True)
    place = "files, database, a folder or a database's address"
    here = store_copy.DATABASE if backends.database_url() else store_copy.FILES
    copying = commands.add_parser("copy", help="from one place to another, counts and history equal")
    copying.add_argument("--from", dest="source", required=True, metavar="PLACE", help=place)
    copying.add_argument("--to", dest="target", required=True, metavar="PLACE", help=place)
    backup = commands.add_parser("backup", help="everything, and the tables beside it, into one file")
    backup.add_argument("--from", dest="source", default=here, metavar="PLACE", help=f"{place} (now: {here})")
    backup.add_argument("--to", dest="file", required=True, type=Path, metavar="FILE", help="the backup, such as 2026-11-30.zip")
    restoring = commands.add_parser("restore", help="a backup back into a place")
    restoring.add_argument("--from", dest="file", required=True, type=Path, metavar="FILE", help="the backup")
    restoring.add_argument("--to", dest="target", default=here, metavar="PLACE", help=f"{place} (now: {here})")
    for command in (copying, restoring):
        command.add_argument("--replace", action="store_true", help="what is kept there may go")
    commands.add_parser("check", help="that each change follows from the one before, and the last leads to the counts")
    commands.add_parser("queries", help="ask every query now, and say how its answer stands")
    setting = commands.add_parser("setting", help="keep a setting as its file in the data folder holds it now")
    setting.add_argument("name", help="such as letterhead.toml")
    return parser


if __name__ == "__main__":
    sys.exit(main())
