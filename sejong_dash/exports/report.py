"""Gather exhibits into a report: what is carried away from a meeting, in one language or two, under one stamp."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from sejong_dash import words as wording
from sejong_dash.choices import Choices
from sejong_dash.contracts import ExhibitSource
from sejong_dash.errors import DashError
from sejong_dash.exhibits import Exhibit, exhibit, snapshot
from sejong_dash.version import TAG
from sejong_dash.words import Words

T = TypeVar("T")
Progress = Callable[[int, int, str], None]
"""Called before each part is written: parts done, parts in all, title of the next (blank while they are gathered). What it
raises (the reader cancels) ends the writing."""


@dataclass(frozen=True)
class Report:
    """Exhibits bound together; the same report gives the same file, whoever makes it.

    `name` is that of its files. `parts` hold one exhibit in each of `languages` (one or two), in their order; none is empty.
    `version` names the state of the data as `store.snapshots` does, `made_at` is the moment that stands on every page. `single`
    says that one chart was taken away by itself: no cover, no contents.
    """

    name: str
    titles: tuple[str, ...]
    parts: tuple[tuple[Exhibit, ...], ...]
    version: str
    made_at: datetime
    left_out: tuple[str, ...] = ()  # titles of those that have nothing to show
    single: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(exhibit.choices.lang for exhibit in self.parts[0])

    def words(self, number: int = 0) -> Words:
        """Return the words of reports (report.toml) in the language of this `number`."""
        return wording.of(__file__, self.languages[number])

    def stamp(self, number: int = 0) -> str:
        """Return as-of, version of the data and when it was made: the same on every page and in every kind of file."""
        words, first = self.words(number), self.parts[0][number]
        made = words("made", date=words.date(self.made_at.date()), time=f"{self.made_at:%H:%M}")
        version = [] if first.choices.data else [words("version", version=self.version)]  # a frozen one is in the exhibit's stamp
        return words("dots").join([first.words("stamp"), *version, made])

    def application(self, lang: str = "") -> str:
        """Return what made the file, with its version, in this language (blank: the report's first)."""
        return f"{wording.shared(lang or self.languages[0])('app')} {TAG}"

    def file_name(self, suffix: str) -> str:
        """Return set, plan, languages, as-of and what else was chosen: files with different figures have different names."""
        first = self.parts[0][0].choices
        parts = [self.name, first.plan, "-".join(self.languages), first.as_of.isoformat()]
        parts += [first.prefecture] if first.prefecture else []
        parts += [first.data] if first.data else []
        parts += ["sample"] if first.sample else []
        return "_".join(parts) + f".{suffix}"

    def left_out_sentence(self) -> str:
        """Return a sentence that names what was left out; blank where nothing was."""
        words = self.words()
        return words("left_out", titles=words("comma").join(self.left_out)) if self.left_out else ""


def write_parts(report: Report, progress: Progress, write: Callable[[tuple[Exhibit, ...]], T]) -> list[T]:
    """Return what `write` makes of each part, in their order; `progress` is called before each.

    Raises DashError naming the exhibit where `write` fails; what `progress` raises goes through.
    """
    written = []
    for number, part in enumerate(report.parts):
        title = part[0].words("title")
        progress(number, len(report.parts), title)
        try:
            written.append(write(part))
        except DashError:
            raise
        except Exception as error:
            raise DashError("export_failed", chart=title, what=type(error).__name__) from error
    return written


def gather_report(
    name: str,
    titles: Mapping[str, str],
    slides: Sequence[tuple[ExhibitSource, Mapping[str, Any]]],
    choices: Choices,
    languages: Sequence[str],
    version: str,
    made_at: datetime,
    progress: Progress,
) -> Report:
    """Draw these charts, each with what it changes of `choices`, in each of `languages`, and bind them; `titles` by language.

    Raises DashError where a table that is needed cannot be used, or where nothing has anything to show.
    """
    parts, tables = [], snapshot(choices.data)
    for number, (chart, changes) in enumerate(slides):
        progress(number, len(slides), "")
        parts.append([exhibit(chart, replace(choices, lang=lang, **changes), tables) for lang in languages])
    return bind_report(name, [titles[lang] for lang in languages], parts, version, made_at)


def ignore_progress(done: int, total: int, title: str) -> None:
    """Do nothing: a `Progress` for whoever shows none."""


def bind_report(
    name: str, titles: Sequence[str], parts: Sequence[Sequence[Exhibit]], version: str, made_at: datetime, *, single: bool = False
) -> Report:
    """Return a report of those parts that have something to show. Raises DashError where none has."""
    full = tuple(tuple(part) for part in parts if not part[0].empty)
    if not full:
        raise DashError("export_empty")
    left_out = tuple(part[0].words("title") for part in parts if part[0].empty)
    return Report(name, tuple(titles), full, version, made_at, left_out, single)
